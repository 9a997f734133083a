/** The axis of days: which ones are shown, where each stands, and its ticks. Pure. */
import { isFirstOfMonth, monthText, shortText, weekdayOf, weekdayText } from "./days";

export type Zoom = "week" | "month" | "quarter";

/** From near to far. */
export const zooms: readonly Zoom[] = ["week", "month", "quarter"];

export interface Axis {
  zoom: Zoom;
  /** The first day that is shown. */
  start: number;
  /** How many days are shown. */
  days: number;
}

export interface Tick {
  day: number;
  label: string | null;
}

const spans: Record<Zoom, { days: number; before: number }> = {
  week: { days: 7, before: 1 },
  month: { days: 31, before: 6 },
  quarter: { days: 92, before: 14 },
};

/** The axis on which this day stands where today usually does. */
export function axisAt(zoom: Zoom, day: number): Axis {
  const { days, before } = spans[zoom];
  return { zoom, start: day - before, days };
}

export function endOf(axis: Axis): number {
  return axis.start + axis.days;
}

/** Where a time stands, from 0 to 1; outside of that it is not shown. */
export function shareOf(axis: Axis, at: number): number {
  return (at - axis.start) / axis.days;
}

/** A share as styles and drawings take it. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}

export function isShown(axis: Axis, at: number): boolean {
  return at >= axis.start && at < endOf(axis);
}

/** The same axis where the time is shown, and otherwise one that has it in the middle. */
export function showing(axis: Axis, at: number): Axis {
  if (isShown(axis, at)) return axis;
  return { ...axis, start: Math.floor(at) - Math.floor(axis.days / 2) };
}

/** Further back or ahead, with a quarter of what was shown still there. */
export function paged(axis: Axis, direction: -1 | 1): Axis {
  return { ...axis, start: axis.start + direction * Math.round(axis.days * 0.75) };
}

/** Nearer or farther; the day stays where it stands. */
export function zoomed(axis: Axis, zoom: Zoom, around: number): Axis {
  if (zoom === axis.zoom) return axis;
  const { days } = spans[zoom];
  const share = isShown(axis, around) ? shareOf(axis, around) : 0.5;
  const centre = isShown(axis, around) ? around : axis.start + axis.days / 2;
  return { zoom, start: Math.round(centre - share * days), days };
}

/** Days in a week, Mondays in a month, the months and Mondays of a quarter. */
export function ticksOf(axis: Axis): Tick[] {
  const days = Array.from({ length: axis.days }, (_, at) => axis.start + at);
  switch (axis.zoom) {
    case "week":
      return days.map((day) => ({ day, label: weekdayText(day) }));
    case "month":
      return days
        .filter((day) => weekdayOf(day) === 0)
        .map((day) => ({ day, label: shortText(day) }));
    case "quarter":
      return days
        .filter((day) => weekdayOf(day) === 0 || isFirstOfMonth(day))
        .map((day) => ({ day, label: isFirstOfMonth(day) ? monthText(day) : null }));
  }
}

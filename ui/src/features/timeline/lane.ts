/** What a lane draws on an axis: stretches of days from what is known, and events. Pure. */
import type { TimelineEvent, TimelineLane } from "../../ipc";
import { today } from "../../lib/dates";
import { endOf, isShown, shareOf, type Axis } from "./axis";
import { dayOf } from "./days";

/**
 * A stretch of a lane. `life` is the key from its issue to its end; `open` goes on where nobody
 * knows an end; `window` is when it is to be replaced; `overdue` is after that; `overlap` is when old
 * and new are both known to work.
 */
export interface Stretch {
  kind: "life" | "open" | "window" | "overdue" | "overlap";
  /** Shares of the axis, cut off at its ends. */
  from: number;
  to: number;
}

/** An event that the axis shows. */
export interface Mark {
  event: TimelineEvent;
  /** Which of the lane's events. */
  index: number;
  at: number;
}

/** A moment as days with their fraction, on the day of the user's calendar that the agent names. */
export function timeOf(event: TimelineEvent): number {
  const day = dayOf(event.on);
  // What is due or ends on a day is so for the whole of it.
  if (event.kind === "due" || event.kind === "expires" || event.kind === "issued") return day + 0.5;
  return day + shareOfDay(Date.parse(event.at));
}

/** Which part of the user's day has passed. */
export function shareOfDay(at: number): number {
  const time = new Date(at);
  return (time.getHours() * 60 + time.getMinutes()) / 1_440;
}

export function marksOf(lane: TimelineLane, axis: Axis): Mark[] {
  return lane.events
    .map((event, index) => ({ event, index, at: timeOf(event) }))
    .filter(({ at }) => isShown(axis, at));
}

function instant(text: string): number {
  const at = Date.parse(text);
  return dayOf(today(at)) + shareOfDay(at);
}

export function stretchesOf(lane: TimelineLane, axis: Axis, now: number): Stretch[] {
  const stretches: Stretch[] = [];
  const add = (kind: Stretch["kind"], from: number, to: number): void => {
    const cut = { kind, from: Math.max(from, axis.start), to: Math.min(to, endOf(axis)) };
    if (cut.to > cut.from)
      stretches.push({ kind, from: shareOf(axis, cut.from), to: shareOf(axis, cut.to) });
  };
  const issued = dayOf(lane.from);
  const ends = lane.until === null ? null : dayOf(lane.until) + 1;
  const due = lane.due_on === null ? null : dayOf(lane.due_on) + 1;
  const lived = ends ?? Math.max(due ?? now, now);
  add("life", issued, lived);
  if (ends === null) add("open", lived, Infinity);
  if (lane.window_from !== null)
    add("window", Math.max(dayOf(lane.window_from), issued), due ?? ends ?? Infinity);
  if (due !== null && due <= now) add("overdue", due, Math.min(now, ends ?? Infinity));
  if (lane.overlap_from !== null)
    add(
      "overlap",
      instant(lane.overlap_from),
      lane.overlap_until === null ? now : instant(lane.overlap_until),
    );
  return stretches;
}

/**
 * Days as numbers since 1 January 1970, without time zones: the agent says which day of the user's
 * calendar something is on, and here it is only counted.
 */
import { count } from "../../lib/plural";

const MS = 86_400_000;

const long = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const short = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const withYear = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });
const weekday = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  timeZone: "UTC",
});
const month = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" });
const monthAndYear = new Intl.DateTimeFormat("en-GB", {
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** The day that an ISO date names. */
export function dayOf(date: string): number {
  return Math.floor(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / MS);
}

/** A day as an ISO date. */
export function dateOf(day: number): string {
  return new Date(day * MS).toISOString().slice(0, 10);
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

export function isFirstOfMonth(day: number): boolean {
  return new Date(day * MS).getUTCDate() === 1;
}

/** `5 June 2026`. */
export const longText = (day: number): string => long.format(day * MS);
/** `5 Jun`. */
export const shortText = (day: number): string => short.format(day * MS);
/** `Fri 5`. */
export const weekdayText = (day: number): string => weekday.format(day * MS).replace(",", "");

/** `Jun`, and in January with its year. */
export function monthText(day: number): string {
  return new Date(day * MS).getUTCMonth() === 0
    ? monthAndYear.format(day * MS)
    : month.format(day * MS);
}

/** `5 Jun – 4 Jul 2026`. */
export function rangeText(from: number, to: number): string {
  const sameYear = dateOf(from).slice(0, 4) === dateOf(to).slice(0, 4);
  return `${(sameYear ? short : withYear).format(from * MS)} – ${withYear.format(to * MS)}`;
}

/** `today`, `tomorrow`, `in 12 days`, `3 days ago`. */
export function awayText(days: number): string {
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  if (days === -1) return "yesterday";
  return days > 0 ? `in ${count(days, "day", "days")}` : `${count(-days, "day", "days")} ago`;
}

/**
 * Days as numbers since 1 January 1970, without time zones: the agent says which day of the user's
 * calendar something is on, and here it is only counted.
 */
import { written } from "../../lib/locale";
import { times } from "../../words/times";

const MS = 86_400_000;

const UTC = { timeZone: "UTC" } as const;
const SHORT = { ...UTC, day: "numeric", month: "short" } as const;
const WITH_YEAR = { ...UTC, dateStyle: "medium" } as const;

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
export const longText = (day: number): string => written(day * MS, { ...UTC, dateStyle: "long" });
/** `5 Jun`. */
export const shortText = (day: number): string => written(day * MS, SHORT);
/** `Fri 5`. */
export const weekdayText = (day: number): string =>
  written(day * MS, { ...UTC, weekday: "short", day: "numeric" }).replace(",", "");

/** `Jun`, and in January with its year. */
export function monthText(day: number): string {
  const january = new Date(day * MS).getUTCMonth() === 0;
  return written(day * MS, { ...UTC, month: "short", ...(january ? { year: "numeric" } : {}) });
}

/** `5 Jun – 4 Jul 2026`. */
export function rangeText(from: number, to: number): string {
  const sameYear = dateOf(from).slice(0, 4) === dateOf(to).slice(0, 4);
  const begin = written(from * MS, sameYear ? SHORT : WITH_YEAR);
  return `${begin} – ${written(to * MS, WITH_YEAR)}`;
}

/** `today`, `tomorrow`, `in 12 days`, `3 days ago`. */
export function awayText(days: number): string {
  if (days === 0) return times.today;
  if (days === 1) return times.tomorrow;
  if (days === -1) return times.yesterday;
  return days > 0 ? times.ahead(days) : times.ago(-days);
}

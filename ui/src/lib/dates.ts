/** Dates and times in words, in the user's own time zone. */
import { times } from "../words/times";
import { written } from "./locale";

const DAY = { day: "numeric", month: "short", year: "numeric" } as const;
const NEAR = { weekday: "short", day: "numeric", month: "short" } as const;

/** How many of the user's days lie between two moments. */
export function daysBetween(from: number, to: number): number {
  const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

/** `today 14:05`, `tomorrow 14:05`, `Sat, 28 Nov 14:05`, or with the year where it is far. */
export function moment(text: string, now: number): string {
  const at = Date.parse(text);
  const days = daysBetween(now, at);
  const near = Math.abs(days) < 180 ? NEAR : DAY;
  const names: Record<number, string> = {
    0: times.today,
    1: times.tomorrow,
    [-1]: times.yesterday,
  };
  return times.at(names[days] ?? written(at, near), timeText(at));
}

/** `14:05`. */
export function timeText(at: number): string {
  return written(at, { hour: "2-digit", minute: "2-digit" });
}

/** A day without a time, as `21 Nov 2026`. */
export function dayText(text: string): string {
  return written(text.length === 10 ? new Date(`${text}T12:00:00`) : new Date(text), DAY);
}

/** Today in the form of date fields. */
export function today(now: number): string {
  const date = new Date(now);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** How long a reminder is put off. Pure. */

const DAY_S = 86_400;
/** The longest that the agent takes. */
const YEAR_S = 365 * DAY_S;

/** The hour at which a reminder that was put off until a day comes back. */
const HOUR = 9;

export type SnoozeProblem = "empty" | "past" | "far";

/** Seconds from now until the morning of a day. */
export function secondsUntil(date: string, now: number): number {
  const morning = new Date(`${date}T00:00:00`).setHours(HOUR, 0, 0, 0);
  return Math.floor((morning - now) / 1_000);
}

export function problemOf(date: string, now: number): SnoozeProblem | null {
  if (date === "" || Number.isNaN(Date.parse(date))) return "empty";
  const seconds = secondsUntil(date, now);
  if (seconds < 60) return "past";
  return seconds > YEAR_S ? "far" : null;
}

/** The choices that need no date. */
export const spans = { day: DAY_S, threeDays: 3 * DAY_S, week: 7 * DAY_S } as const;

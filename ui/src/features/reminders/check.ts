/** What may be set, as the agent checks it again. Pure. */
import { reminderWords as words } from "../../words/reminders";

const MOST_LEADS = 20;
const LONGEST = 36_500;

/** The days of `30, 14, 7, 1`, the farthest first; or what is wrong with it. None is the day itself. */
export function leadDaysOf(text: string): { days: number[] } | { problem: string } {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  const wrong = parts.find((part) => !/^\d{1,3}$/.test(part) || +part < 1 || +part > 365);
  if (wrong !== undefined) return { problem: words.leadWrong(wrong) };
  const days = [...new Set(parts.map(Number))].sort((one, other) => other - one);
  return days.length > MOST_LEADS ? { problem: words.leadMany } : { days };
}

export function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

export function quietProblem(from: string, until: string): string | null {
  if (!isTime(from) || !isTime(until)) return words.quietWrong;
  return from === until ? words.quietSame : null;
}

/** An interval in days, or null where it is none. */
export function intervalOf(text: string): number | null {
  const days = Number(text.trim());
  const whole = /^\d{1,5}$/.test(text.trim());
  return whole && days >= 1 && days <= LONGEST ? days : null;
}

/** A time of the agent as a field takes it, and back. */
export const toField = (time: string): string => time.slice(0, 5);
export const fromField = (time: string): string => `${time}:00`;

/** The next morning, as a moment. */
export function tomorrowMorning(now: number): string {
  const date = new Date(now);
  date.setDate(date.getDate() + 1);
  date.setHours(6, 0, 0, 0);
  return date.toISOString();
}

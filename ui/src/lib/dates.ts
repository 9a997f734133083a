/** Dates and times in words, in the user's own time zone. */

const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const weekday = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
});

function daysBetween(from: number, to: number): number {
  const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

/** `today 14:05`, `tomorrow 14:05`, `Sat, 28 Nov 14:05`, or with the year where it is far. */
export function moment(text: string, now: number): string {
  const at = Date.parse(text);
  const days = daysBetween(now, at);
  if (days === 0) return `today ${time.format(at)}`;
  if (days === 1) return `tomorrow ${time.format(at)}`;
  if (days === -1) return `yesterday ${time.format(at)}`;
  return `${(Math.abs(days) < 180 ? weekday : day).format(at)} ${time.format(at)}`;
}

/** A day without a time, as `21 Nov 2026`. */
export function dayText(text: string): string {
  return day.format(text.length === 10 ? new Date(`${text}T12:00:00`) : new Date(text));
}

/** Today in the form of date fields. */
export function today(now: number): string {
  const date = new Date(now);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** When a token is soon over and when that is urgent, as the agent checks it again. Pure. */
import type { Countdown } from "../../ipc";
import { reminderWords as words } from "../../words/reminders";

export type Threshold = keyof Countdown;

/** What it comes with. */
export const USUAL: Countdown = {
  short_soon_percent: 20,
  short_urgent_percent: 5,
  long_soon_days: 14,
  long_urgent_days: 3,
};

const MOST = { percent: 90, days: 365 } as const;

/** The other one of the pair: urgent has less left than soon. */
const OTHER: Record<Threshold, Threshold> = {
  short_soon_percent: "short_urgent_percent",
  short_urgent_percent: "short_soon_percent",
  long_soon_days: "long_urgent_days",
  long_urgent_days: "long_soon_days",
};

export function isUsual(countdown: Countdown): boolean {
  return (Object.keys(USUAL) as Threshold[]).every((name) => countdown[name] === USUAL[name]);
}

/** The number that was typed, or what is wrong with it beside the other one of its pair. */
export function thresholdOf(
  name: Threshold,
  text: string,
  countdown: Countdown,
): { value: number } | { problem: string } {
  const typed = text.trim();
  const value = Number(typed);
  const percent = name.endsWith("percent");
  const most = percent ? MOST.percent : MOST.days;
  if (!/^\d{1,3}$/.test(typed) || value < 1 || value > most)
    return { problem: percent ? words.percentWrong(most) : words.thresholdDaysWrong(most) };
  const other = countdown[OTHER[name]];
  if (name.includes("soon") && value <= other) return { problem: words.soonTooLate(other) };
  if (name.includes("urgent") && value >= other) return { problem: words.urgentTooEarly(other) };
  return { value };
}

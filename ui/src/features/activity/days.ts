/** Entries by the user's own days, and a day in words. Pure. */
import type { JournalEntryView } from "../../ipc";
import { daysBetween, dayText, today } from "../../lib/dates";
import { activityWords as words } from "../../words/activity";

export interface DayOfEntries {
  /** As `2026-11-22`, in the user's time zone. */
  day: string;
  entries: JournalEntryView[];
}

/** The days of entries that come newest first; the order stays. */
export function byDay(entries: readonly JournalEntryView[]): DayOfEntries[] {
  const days: DayOfEntries[] = [];
  for (const entry of entries) {
    const day = today(Date.parse(entry.at));
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

/** A day as the user calls it; days are counted by the calendar, since not all have 24 hours. */
export function dayName(day: string, now: number): string {
  const ago = daysBetween(Date.parse(`${day}T12:00:00`), now);
  if (ago === 0) return words.today;
  return ago === 1 ? words.yesterday : dayText(day);
}

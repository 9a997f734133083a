/** The words of the inbox. They come with its screen, not with the window. */
import { count } from "../lib/plural";
import { spoken } from "./spoken";

export const inboxWords = spoken("inbox", {
  title: "Inbox",
  lead: (unread: number) =>
    unread === 0 ? "All read." : `${count(unread, "reminder is", "reminders are")} unread.`,
  markAll: "Mark all read",
  told: "What was told",
  coming: "What is coming",
  problem: "Your system shows no notifications",
  problemHint: "Reminders wait here meanwhile.",
  empty: "Nothing was told yet.",
  emptyHint: "Reminders stand here, too, when you missed their notification.",
  nothingComing: "No reminder is planned.",
  unread: "Unread",
  toldAt: (when: string) => `told ${when}`,
  snoozed: (when: string) => `quiet until ${when}`,
  open: "Open",
  done: "Done",
  doneState: "Seen to",
  snooze: "Snooze",
  spans: { day: "1 day", threeDays: "3 days", week: "A week", until: "Until a date…" },
  until: "Quiet until",
  problems: {
    empty: "Choose a day.",
    past: "Choose a day to come.",
    far: "At most a year ahead.",
  },
  actFor: (act: string, title: string) => `${act}: ${title}`,
  item: (title: string, unread: boolean) => (unread ? `Unread: ${title}` : title),
  kinds: {
    key_expires: "Key ends",
    rotation_due: "Rotation",
    support_silent: "Support silent",
    carried_token: "Copied token",
    checklist: "Checklist",
    check_failed: "Daily check",
  },
} as const);

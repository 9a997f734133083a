/** What the screens beside the credentials are called, and what the sidebar says of them. */
import { dayText } from "../lib/dates";
import { count } from "../lib/plural";

export const screens = {
  vault: "Credentials",
  timeline: "Timeline",
  requests: "Requests",
  health: "Health",
  inbox: "Inbox",
  activity: "Activity",
  trash: "Trash",
  settings: "Settings",
  about: "About Keyturn",
  sidebar: "Screens",
  back: "Back to the credentials",
  backByKey: "Back to the credentials (Esc)",
  loading: "Opening…",
  failed: "This screen did not open",
  failedHint: "Go back and try again.",
  unread: (amount: number) => `Inbox, ${count(amount, "unread reminder", "unread reminders")}`,
  findings: (amount: number) => `Health, ${count(amount, "finding", "findings")}`,
  snoozed: (reference: string, until: string) => `${reference} is quiet until ${dayText(until)}`,
  acknowledged: (reference: string) => `${reference}: seen to`,
} as const;

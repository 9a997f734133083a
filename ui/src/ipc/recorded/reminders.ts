/** What the recorded backend answers about reminders: told, to come, and how they are told. */
import type {
  CredentialDetail,
  InboxView,
  ReminderSettings,
  ReminderView,
  SnoozeAnswer,
  SnoozeReminder,
} from "../types";
import { usualCountdown } from "./countdown";
import { DAY, day, iso, MINUTE } from "./times";

export class RecordedReminders {
  reminders: ReminderView[] = [];
  inbox: InboxView = { items: [], unread: 0, problem: null };
  settings: ReminderSettings = {
    lead_days: [30, 14, 7, 1],
    at: "09:00:00",
    quiet_from: null,
    quiet_until: null,
    hide_names: false,
    paused_until: null,
    rotate_every_days: null,
    providers: [{ provider: "deepvue", rotate_every_days: 90 }],
    countdown: usualCountdown,
  };

  /** What these credentials have been and will be reminded of. */
  static of(credentials: readonly CredentialDetail[], now: number): RecordedReminders {
    const recorded = new RecordedReminders();
    recorded.reminders = credentials.flatMap((one) => toCome(one, now));
    const told = [...credentials.flatMap((one) => toldOf(one, now)), ...carried(credentials, now)];
    recorded.keep(told.sort((a, b) => ((a.told_at ?? "") < (b.told_at ?? "") ? 1 : -1)));
    return recorded;
  }

  snooze(call: SnoozeReminder): SnoozeAnswer {
    const until = iso(Date.now() + call.for_s * 1_000);
    const put = (one: ReminderView): ReminderView =>
      one.ref === call.reference ? { ...one, snoozed_until: until } : one;
    this.reminders = this.reminders.map(put);
    this.keep(this.inbox.items.map(put));
    const due = this.reminders.find((one) => one.ref === call.reference)?.due_on ?? null;
    const late = due !== null && until.slice(0, 10) > due;
    return { until, warning: late ? `The key is due on ${due}, before that.` : null };
  }

  acknowledge(reference: string): void {
    this.settle((item) => item.ref === reference);
  }

  markRead(ids: string[]): InboxView {
    this.settle((item) => ids.length === 0 || ids.includes(item.id));
    return this.inbox;
  }

  private settle(which: (item: ReminderView) => boolean): void {
    this.keep(
      this.inbox.items.map((item) =>
        which(item) && item.done_at === null ? { ...item, done_at: item.told_at } : item,
      ),
    );
  }

  private keep(items: ReminderView[]): void {
    const unread = items.filter((item) => item.done_at === null).length;
    this.inbox = { ...this.inbox, items, unread };
  }
}

function reminder(
  one: CredentialDetail,
  at: number,
  words: Pick<ReminderView, "kind" | "title" | "body">,
): ReminderView {
  return {
    id: `${one.ref}:${words.kind}:${day(at)}`,
    ref: one.ref,
    at: iso(at),
    due_on: one.rotation.due_on,
    snoozed_until: null,
    told_at: null,
    done_at: null,
    ...words,
  };
}

/** The lead times of 30, 14, 7 and 1 days and the day itself, at nine in the morning. */
function leads(one: CredentialDetail): { at: number; left: number }[] {
  const { due_on } = one.rotation;
  if (due_on === null) return [];
  const due = Date.parse(`${due_on}T09:00:00Z`);
  return [30, 14, 7, 1, 0].map((left) => ({ at: due - left * DAY, left }));
}

function dueWords(
  one: CredentialDetail,
  left: number,
): Pick<ReminderView, "kind" | "title" | "body"> {
  const when = left === 0 ? "today" : left === 1 ? "tomorrow" : `in ${left} days`;
  return {
    kind: "rotation_due",
    title: `${one.ref} is due ${when}`,
    body: `Replace the key in ${one.provider_name} by ${one.rotation.due_on ?? ""}.`,
  };
}

function toCome(one: CredentialDetail, now: number): ReminderView[] {
  return leads(one)
    .filter(({ at }) => at > now)
    .map(({ at, left }) => reminder(one, at, dueWords(one, left)));
}

function toldOf(one: CredentialDetail, now: number): ReminderView[] {
  return leads(one)
    .filter(({ at }) => at <= now && at > now - 21 * DAY)
    .map(({ at, left }) => {
      const told = { ...reminder(one, at, dueWords(one, left)), told_at: iso(at + MINUTE) };
      return at < now - 10 * DAY ? { ...told, done_at: iso(at + 20 * MINUTE) } : told;
    });
}

function carried(credentials: readonly CredentialDetail[], now: number): ReminderView[] {
  const copied = credentials.find((one) => one.token.state === "expired");
  if (copied === undefined) return [];
  const words = {
    kind: "carried_token" as const,
    title: `The token of ${copied.ref} expires in 1 h`,
    body: "It was copied yesterday; whoever has it needs a new one.",
  };
  const at = now - 26 * 60 * MINUTE;
  return [{ ...reminder(copied, at, words), due_on: null, told_at: iso(at), done_at: iso(at) }];
}

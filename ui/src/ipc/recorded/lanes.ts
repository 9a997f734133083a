/** What the recorded backend answers about the timeline and health, from its credentials. */
import type {
  CredentialDetail,
  HealthFinding,
  HealthView,
  ReminderView,
  TimelineEvent,
  TimelineKind,
  TimelineLane,
  TimelineView,
} from "../types";
import { DAY, day, iso } from "./times";

export function timelineOf(
  credentials: readonly CredentialDetail[],
  now: number,
  reminders: readonly ReminderView[] = [],
): TimelineView {
  const lanes = credentials.map((one) => laneOf(one, now, quietUntil(one.ref, reminders)));
  const due = (lane: TimelineLane): string => lane.due_on ?? "9999";
  lanes.sort((a, b) => (due(a) < due(b) ? -1 : due(a) > due(b) ? 1 : a.ref < b.ref ? -1 : 1));
  return { today: day(now), lanes };
}

/** Until when the reminders of a credential are quiet. */
function quietUntil(reference: string, reminders: readonly ReminderView[]): number | null {
  const until = reminders.find((one) => one.ref === reference)?.snoozed_until ?? null;
  return until === null ? null : Date.parse(until);
}

function laneOf(one: CredentialDetail, now: number, quiet: number | null): TimelineLane {
  const from = one.issued_on ?? one.created_at.slice(0, 10);
  const { due_on } = one.rotation;
  const event = (kind: TimelineKind, at: number, title: string): TimelineEvent => ({
    at: iso(at),
    on: day(at),
    kind,
    title,
  });
  const events = [event("issued", Date.parse(from), "The key was issued")];
  if (due_on !== null) {
    const due = Date.parse(`${due_on}T09:00:00Z`);
    if (quiet !== null) events.push(event("reminder", quiet, "Reminder, put off"));
    for (const left of [30, 14, 7, 1]) {
      const at = due - left * DAY;
      if (at > Math.max(now, quiet ?? 0))
        events.push(event("reminder", at, `Reminder, ${left} days ahead`));
    }
    events.push(event("due", due, "The key is due to be replaced"));
  }
  if (one.expires_on !== null)
    events.push(event("expires", Date.parse(one.expires_on), "The key ends"));
  if (one.token.expires_at !== null)
    events.push(event("token_expires", Date.parse(one.token.expires_at), "The token ends"));
  const rotating = one.ref === "deepvue/main";
  if (rotating) events.push(event("rotation", now - 2 * DAY, "The new key was verified"));
  events.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return {
    ref: one.ref,
    state: rotating ? "verified" : one.rotation.state,
    from,
    until: one.expires_on,
    due_on,
    window_from: due_on === null ? null : day(Date.parse(due_on) - 30 * DAY),
    overlap_from: rotating ? iso(now - 2 * DAY) : null,
    overlap_until: null,
    events,
  };
}

export function healthOf(credentials: readonly CredentialDetail[], now: number): HealthView {
  const has = (ref: string): boolean => credentials.some((one) => one.ref === ref);
  const findings: HealthFinding[] = [];
  const at = (
    kind: HealthFinding["kind"],
    which: readonly CredentialDetail[],
    finding: (one: CredentialDetail) => string,
    action: string,
  ): void => {
    for (const one of which) findings.push({ kind, ref: one.ref, finding: finding(one), action });
  };
  at(
    "overdue",
    credentials.filter((one) => one.rotation.state === "overdue"),
    (one) => `The key was to be replaced by ${one.rotation.due_on ?? ""}.`,
    "Replace it: `keyturn rotate`.",
  );
  if (has("deepvue/nightly-batch") && has("deepvue/trial"))
    at(
      "reused_value",
      credentials.filter(({ ref }) => ref === "deepvue/nightly-batch" || ref === "deepvue/trial"),
      (one) =>
        `Its client secret is stored at ${one.name === "trial" ? "deepvue/nightly-batch" : "deepvue/trial"}, too.`,
      "Get a key of its own for each.",
    );
  at(
    "never_rotated",
    credentials.filter((one) => one.ref === "deeply/cloud"),
    () => "The key is 143 days old and was never replaced.",
    "Set an interval, or replace it now.",
  );
  at(
    "no_owner",
    credentials.filter((one) => one.owner === null),
    () => "Nobody is named as its owner.",
    "Name who is asked when it has to be replaced.",
  );
  at(
    "unused",
    credentials.filter((one) => one.ref === "deeply/factory"),
    () => "Nobody used it through this Keyturn for 90 days.",
    "End it at the provider and remove it, if nobody misses it.",
  );
  return { at: iso(now), credentials: credentials.length, findings };
}

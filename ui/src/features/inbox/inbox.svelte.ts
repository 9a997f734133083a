/** What was told and what is coming: a cache that the agent's events renew. */
import { ipc, type InboxView, type ReminderView } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";
import { Loader } from "../../lib/loader";
import { toasts } from "../../lib/toasts.svelte";
import { words } from "../../words/en";

class Inbox {
  view = $state.raw<InboxView | null>(null);
  /** What was not told yet, the next first. */
  coming = $state.raw<ReminderView[]>([]);
  failure = $state<Failure | null>(null);
  private refused = $state.raw<{ reference: string; failure: Failure } | null>(null);

  readonly unread = $derived(this.view?.unread ?? 0);

  private readonly loader = new Loader(
    () => Promise.all([ipc().show_inbox(), ipc().list_reminders()]),
    ([view, reminders]) => {
      this.view = view;
      this.coming = reminders
        .filter((one) => one.told_at === null && one.done_at === null && comesAt(one) > Date.now())
        .sort((one, other) => comesAt(one) - comesAt(other));
      this.failure = null;
    },
    (error) => (this.failure = asFailure(error)),
  );

  load(): Promise<void> {
    return this.loader.load();
  }

  /** Notes that these were read; none named is all. */
  async markRead(ids: string[]): Promise<void> {
    try {
      this.view = await ipc().mark_inbox_read({ ids });
    } catch (error) {
      this.failure = asFailure(error);
    }
  }

  /** What went wrong last with the reminders of a credential: it stands at them. */
  failureOf(reference: string): Failure | null {
    return this.refused?.reference === reference ? this.refused.failure : null;
  }

  /** Puts the reminders of a credential off. */
  snooze(reference: string, seconds: number): Promise<boolean> {
    return this.attempt(reference, async () => {
      const answer = await ipc().snooze_reminder({ reference, for_s: Math.round(seconds) });
      const tone = answer.warning === null ? "done" : "warn";
      toasts.show(words.screens.snoozed(reference, answer.until), answer.warning, tone);
    });
  }

  /** Notes that the user saw to it. */
  done(reference: string): Promise<boolean> {
    return this.attempt(reference, async () => {
      await ipc().acknowledge_reminder({ reference });
      toasts.show(words.screens.acknowledged(reference));
    });
  }

  private async attempt(reference: string, work: () => Promise<void>): Promise<boolean> {
    this.refused = null;
    try {
      await work();
    } catch (error) {
      this.refused = { reference, failure: asFailure(error) };
      return false;
    }
    await this.load();
    return true;
  }

  clear(): void {
    this.loader.forget();
    this.view = null;
    this.coming = [];
    this.failure = null;
    this.refused = null;
  }
}

/** When a reminder comes, a snooze included, in epoch milliseconds. */
export function comesAt(reminder: ReminderView): number {
  return Date.parse(reminder.snoozed_until ?? reminder.at);
}

export const inbox = new Inbox();

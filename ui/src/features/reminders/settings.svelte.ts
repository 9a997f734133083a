/** How and when it is reminded: each change is kept at once, and can be taken back. */
import { ipc, type ReminderSettings } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";
import { toasts } from "../../lib/toasts.svelte";
import { reminderWords as words } from "../../words/reminders";

export class Settings {
  /** What the agent keeps; the fields show it. */
  kept = $state.raw<ReminderSettings | null>(null);
  failure = $state<Failure | null>(null);
  private last: Promise<void> = Promise.resolve();

  async load(): Promise<void> {
    try {
      const kept = await ipc().show_reminder_settings();
      // What did not change leaves the fields alone: somebody may be typing in one.
      if (JSON.stringify(kept) !== JSON.stringify(this.kept)) this.kept = kept;
      this.failure = null;
    } catch (error) {
      this.failure = asFailure(error);
    }
  }

  /** Keeps some of it; one change after the other, so that none is lost to another. */
  change(part: Partial<ReminderSettings>): Promise<void> {
    this.last = this.last.then(() => this.keep(part, true));
    return this.last;
  }

  private async keep(part: Partial<ReminderSettings>, undoable: boolean): Promise<void> {
    const before = this.kept;
    if (before === null) return;
    const settings = { ...before, ...part };
    if (JSON.stringify(settings) === JSON.stringify(before)) return;
    try {
      this.kept = await ipc().set_reminder_settings({ settings });
      this.failure = null;
    } catch (error) {
      // A copy, so that fields show again what is kept.
      this.kept = { ...before };
      this.failure = asFailure(error);
      return;
    }
    const old = Object.fromEntries(
      Object.keys(part).map((key) => [key, before[key as keyof ReminderSettings]]),
    );
    const undo = { label: words.undo, run: () => this.undo(old) };
    toasts.show(undoable ? words.saved : words.undone, null, "done", undoable ? undo : null);
  }

  private undo(old: Partial<ReminderSettings>): void {
    this.last = this.last.then(() => this.keep(old, false));
  }
}

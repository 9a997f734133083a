import { words } from "../words/en";
import { asFailure, type Failure } from "./failure";
import { toasts } from "./toasts.svelte";

/** Settings that are kept as soon as one of them is changed, and that can be taken back. */
export abstract class Kept<T extends object> {
  /** What is kept; the fields show it. */
  kept = $state.raw<T | null>(null);
  failure = $state<Failure | null>(null);
  private last: Promise<void> = Promise.resolve();

  protected abstract ask(): Promise<T>;
  /** Keeps all of them, and answers what is kept then. */
  protected abstract keep(settings: T): Promise<T>;
  /** What takes a change back, of settings that may have been changed again since. */
  protected inverse(before: T, part: Partial<T>, _now: T): Partial<T> {
    const keys = Object.keys(part) as (keyof T)[];
    return Object.fromEntries(keys.map((key) => [key, before[key]])) as Partial<T>;
  }

  /** What else follows from what is kept. */
  protected heard(_kept: T): void {
    // Nothing by itself.
  }

  async load(): Promise<void> {
    try {
      const kept = await this.ask();
      // What did not change leaves the fields alone: somebody may be typing in one.
      if (JSON.stringify(kept) !== JSON.stringify(this.kept)) this.take(kept);
      this.failure = null;
    } catch (error) {
      this.failure = asFailure(error);
    }
  }

  /** Keeps some of it; one change after the other, so that none is lost to another. */
  change(part: Partial<T>): Promise<void> {
    this.last = this.last.then(() => this.put(() => part, true));
    return this.last;
  }

  /** Keeps some of it without a word: what the user sees happen needs none. */
  remember(part: Partial<T>): Promise<void> {
    this.last = this.last.then(() => this.put(() => part, null));
    return this.last;
  }

  private async put(wanted: (now: T) => Partial<T>, undoable: boolean | null): Promise<void> {
    const before = this.kept;
    if (before === null) return;
    const part = wanted(before);
    const settings = { ...before, ...part };
    if (JSON.stringify(settings) === JSON.stringify(before)) return;
    try {
      this.take(await this.keep(settings));
      this.failure = null;
    } catch (error) {
      // A copy, so that fields show again what is kept.
      this.kept = { ...before };
      this.failure = asFailure(error);
      return;
    }
    if (undoable === null) return;
    const undo = {
      label: words.common.undo,
      run: () => this.undo((now) => this.inverse(before, part, now)),
    };
    const text = undoable ? words.common.saved : words.common.undone;
    toasts.show(text, null, "done", undoable ? undo : null);
  }

  private take(kept: T): void {
    this.kept = kept;
    this.heard(kept);
  }

  private undo(old: (now: T) => Partial<T>): void {
    this.last = this.last.then(() => this.put(old, false));
  }

  /** Forgets it: the vault is locked. */
  clear(): void {
    this.kept = null;
    this.failure = null;
  }
}

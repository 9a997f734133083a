import { asFailure, type Failure } from "./failure";

/**
 * What belongs to the credential that is shown, and that the agent answers anew with each change.
 * Of answers that overtake each other the last that was asked for counts.
 */
export abstract class Shown<T> {
  reference = $state<string | null>(null);
  view = $state.raw<T | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** What is being changed: one thing at a time. */
  changing = $state<string | null>(null);
  private turn = 0;

  protected abstract ask(reference: string): Promise<T>;

  async load(reference: string): Promise<void> {
    if (this.reference !== reference) {
      this.view = null;
      this.failure = null;
    }
    this.reference = reference;
    await this.take(() => this.ask(reference));
  }

  /** Answers whether it was changed. */
  protected async change(what: string, work: (reference: string) => Promise<T>): Promise<boolean> {
    const { reference } = this;
    if (reference === null || this.changing !== null) return false;
    this.changing = what;
    const changed = await this.take(() => work(reference));
    this.changing = null;
    return changed;
  }

  private async take(work: () => Promise<T>): Promise<boolean> {
    const turn = ++this.turn;
    try {
      const view = await work();
      if (turn === this.turn) {
        this.view = view;
        this.failure = null;
      }
      return true;
    } catch (error) {
      if (turn === this.turn) this.failure = asFailure(error);
      return false;
    }
  }

  /** Forgets it: the vault is locked. */
  clear(): void {
    this.turn += 1;
    this.reference = null;
    this.view = null;
    this.failure = null;
    this.changing = null;
  }
}

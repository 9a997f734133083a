/** Whether keys still work: their saved requests and harmless test calls, run when the user asks. Forgotten with the lock. */
import { ipc, type CheckedView } from "../../../ipc";
import { asFailure, type Failure } from "../../../lib/failure";

interface Outcome {
  reference: string;
  /** When it was run. */
  at: number;
  rows: CheckedView[];
  failure: Failure | null;
}

class Checking {
  /** With which credential they are run just now. */
  running = $state<string | null>(null);
  private outcomes = $state.raw<readonly Outcome[]>([]);
  private turn = 0;

  of(reference: string): Outcome | null {
    return this.outcomes.find((one) => one.reference === reference) ?? null;
  }

  async run(reference: string): Promise<void> {
    if (this.running !== null) return;
    const turn = ++this.turn;
    this.running = reference;
    const outcome: Outcome = { reference, at: 0, rows: [], failure: null };
    try {
      outcome.rows = await ipc().run_checks({ reference, confirmed: false });
    } catch (error) {
      outcome.failure = asFailure(error);
    }
    if (turn !== this.turn) return;
    outcome.at = Date.now();
    this.outcomes = [...this.outcomes.filter((one) => one.reference !== reference), outcome];
    this.running = null;
  }

  /** Forgets everything: the vault is locked. */
  clear(): void {
    this.turn += 1;
    this.running = null;
    this.outcomes = [];
  }
}

export const checking = new Checking();

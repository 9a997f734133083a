/** Asks the agent for what the lists do not know: earlier keys, by their last four characters. */
import { ipc, type FoundCredential } from "../../ipc";
import { lengthOf } from "../../lib/scalar";

/** How long typing rests before the agent is asked. */
const REST = 120;
const SHORTEST = 3;

export class Finder {
  found = $state.raw<FoundCredential[]>([]);
  private timer: number | undefined;
  private turn = 0;

  /** Looks for a text once typing rests; prefixes and short texts are the lists' own affair. */
  look(text: string): void {
    window.clearTimeout(this.timer);
    this.turn += 1;
    const { turn } = this;
    const wanted = text.trim();
    if (lengthOf(wanted) < SHORTEST || /^[>@#]/.test(wanted)) {
      this.found = [];
      return;
    }
    this.timer = window.setTimeout(() => void this.ask(wanted, turn), REST);
  }

  private async ask(text: string, turn: number): Promise<void> {
    // What the lists show needs no answer of the agent: a failure leaves them as they are.
    const found = await ipc()
      .find_credentials({ text })
      .catch(() => []);
    if (turn === this.turn) this.found = found;
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.turn += 1;
    this.found = [];
  }
}

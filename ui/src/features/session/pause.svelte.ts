/** The wait after wrong tries, as the agent asks for it and the user is told. */
import { clock } from "../../lib/clock";
import { leftText } from "../../lib/remaining";
import { words } from "../../words/en";
import { waitOf } from "./wait";

export class Pause {
  private until = $state(0);
  /** What is said while it lasts. */
  text = $state<string | null>(null);

  /** Begins it, by the agent's advice. */
  begin(hint: string | null): void {
    this.until = Date.now() + waitOf(hint) * 1_000;
  }

  /** Counts it down; for an effect. */
  watch(): () => void {
    const until = this.until;
    return clock.watch((now) => {
      this.text = until > now ? words.lock.wait(leftText(until - now)) : null;
      return until > now ? 1_000 - ((until - now) % 1_000) + 1 : Infinity;
    });
  }
}

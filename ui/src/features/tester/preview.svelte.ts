/** What would be sent, secrets masked: asked of the agent, which buys no token for it. */
import { ipc, type SendRequestAnswer } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";
import { tester } from "./tester.svelte";

export class Preview {
  shown = $state.raw<SendRequestAnswer | null>(null);
  failure = $state.raw<Failure | null>(null);
  private turn = 0;

  async load(): Promise<void> {
    const turn = ++this.turn;
    const call = tester.call(0);
    if (call === null) return;
    try {
      const shown = await ipc().tester_preview(call);
      if (turn !== this.turn) return;
      this.shown = shown;
      this.failure = null;
    } catch (error) {
      if (turn === this.turn) this.failure = asFailure(error);
    }
  }
}

/** What is on its way to a provider, and what came back: one at a time, each with a turn that can be taken back. */
import { ipc, type EnvironmentName } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";
import { toasts } from "../../lib/toasts.svelte";
import { testerWords as text } from "../../words/tester";
import type { TesterAnswer } from "./contract";

export class Answering {
  answer = $state.raw<TesterAnswer | null>(null);
  /** Why the last one was not answered; `answer` is null then. */
  failure = $state.raw<Failure | null>(null);
  /** Since when one is on its way (epoch, ms). */
  sendingSince = $state<number | null>(null);
  /** In which environment the last one was sent; the chosen one may be another since. */
  askedIn = $state<EnvironmentName | null>(null);
  /** Whether the next exchange is kept, with its note. */
  keeps = $state(false);
  note = $state("");
  /** Grows with each answer and each failure: what shows a history asks again. */
  settled = $state(0);

  protected turn = 0;

  /** Shows what is answered, unless it was given up meanwhile; says why there is no answer. */
  protected async ask(
    turn: number,
    asking: () => Promise<TesterAnswer | null>,
  ): Promise<Failure | null> {
    this.sendingSince = Date.now();
    try {
      const answer = await asking();
      if (turn === this.turn && answer !== null) this.show(answer);
      return null;
    } catch (error) {
      if (turn !== this.turn) return null;
      this.sendingSince = null;
      return asFailure(error);
    }
  }

  protected fail(failure: Failure): void {
    this.answer = null;
    this.failure = failure;
    this.settled += 1;
  }

  /** Shows an answer in the place of the last one. */
  show(answer: TesterAnswer): void {
    this.sendingSince = null;
    this.answer = answer;
    this.failure = null;
    this.settled += 1;
  }

  /** Ends what is on its way: its answer is not waited for. */
  cancel(): void {
    if (this.sendingSince === null) return;
    this.sendingSince = null;
    const turn = this.turn;
    this.turn += 1;
    this.settled += 1;
    toasts.say(text.cancelled);
    ipc()
      .tester_cancel({ turn })
      .catch(() => undefined);
  }

  /** Keeping is a choice for one request (acceptance X7): the next one is not kept by itself. */
  protected unkeep(): void {
    this.keeps = false;
    this.note = "";
  }

  /** Forgets it, and waits for nothing. */
  protected end(): void {
    this.unkeep();
    this.askedIn = null;
    this.turn += 1;
    this.answer = null;
    this.failure = null;
    this.sendingSince = null;
  }
}

/**
 * Catching a key that its provider shows exactly once. A pasted key is held in a private variable until it
 * is stored, and wiped from there; no state that the page draws has it. What came from the clipboard is
 * read by the agent and never passes here.
 */
import { ipc, type CaptureAnswer, type CaughtView, type KeyTestView } from "../../ipc";
import { asFailure, isApiError, type Failure } from "../../lib/failure";
import { credentials } from "../credential/credentials.svelte";

export type Stage = "ready" | "caught" | "safe";

export class Catching {
  stage = $state<Stage>("ready");
  /** What the agent says of the caught key; nothing of the key but its end. */
  caught = $state.raw<CaughtView | null>(null);
  stored = $state.raw<CaptureAnswer | null>(null);
  tested = $state.raw<KeyTestView | null>(null);
  failure = $state.raw<Failure | null>(null);
  working = $state<"looking" | "storing" | "testing" | null>(null);
  fromClipboard = $state(false);
  /** Whether the agent asked for a yes that the look before had not told of. */
  asked = $state(false);
  private value: string | null = null;

  constructor(private readonly reference: string) {}

  /** Whether it takes a yes of its own to store what was caught. */
  get needsYes(): boolean {
    const { caught } = this;
    if (caught === null) return false;
    return this.asked || caught.duplicate_of !== null || caught.matches_known_last_four === false;
  }

  /** Takes a pasted key; `null` has the agent look at the clipboard. */
  async take(value: string | null): Promise<void> {
    if (this.working !== null) return;
    this.forget();
    this.value = value;
    this.fromClipboard = value === null;
    const { reference } = this;
    await this.attempt("looking", async () => {
      this.caught = await ipc().check_capture({ reference, value });
      this.stage = "caught";
    });
    // What is no key is not kept: nothing was stored, and the clipboard is as it was.
    if (this.caught === null) this.value = null;
  }

  async store(): Promise<void> {
    if (this.working !== null || this.stage !== "caught") return;
    const { reference, value } = this;
    const confirmed = this.needsYes;
    await this.attempt("storing", async () => {
      const answer = await ipc().capture_key({ reference, value, confirmed });
      if (!answer.safe_to_close) return;
      this.value = null;
      this.stored = answer;
      this.stage = "safe";
      await credentials.load();
      await credentials.select(reference);
    });
  }

  async test(): Promise<void> {
    if (this.working !== null || this.stage !== "safe") return;
    this.tested = null;
    await this.attempt("testing", async () => {
      this.tested = await ipc().test_key({ reference: this.reference });
    });
  }

  /** Back to the beginning; what was caught is gone from the page. */
  forget(): void {
    this.value = null;
    this.caught = null;
    this.failure = null;
    this.asked = false;
    this.fromClipboard = false;
    if (this.stage === "caught") this.stage = "ready";
  }

  private async attempt(
    what: NonNullable<typeof this.working>,
    work: () => Promise<void>,
  ): Promise<void> {
    this.working = what;
    this.failure = null;
    try {
      await work();
    } catch (error) {
      this.asked = what === "storing" && isApiError(error) && error.code === "confirmation_needed";
      this.failure = asFailure(error);
    }
    this.working = null;
  }
}

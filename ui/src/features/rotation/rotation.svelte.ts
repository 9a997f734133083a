/**
 * Where the rotation of one credential stands, as the agent says it: for the card and for the wizard.
 * Holds no secret: new keys pass by on their way to the agent and are not kept.
 */
import {
  ipc,
  type ConsumerEdit,
  type RotationDetail,
  type RotationOffer,
  type RotationStep,
} from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";
import { credentials } from "../credential/credentials.svelte";

class CurrentRotation {
  detail = $state.raw<RotationDetail | null>(null);
  /** Why it could not be loaded. */
  failure = $state.raw<Failure | null>(null);
  /** The step that was taken last and failed, with why. */
  stepFailure = $state.raw<{ step: RotationOffer | "consumers"; failure: Failure } | null>(null);
  working = $state<RotationOffer | "consumers" | null>(null);
  private reference: string | null = null;
  private underWay: Promise<void> = Promise.resolve();

  /** Its detail, if it is the one of this credential. */
  of(reference: string): RotationDetail | null {
    return this.detail?.ref === reference ? this.detail : null;
  }

  async load(reference: string): Promise<void> {
    if (this.reference !== reference) this.clear();
    this.reference = reference;
    try {
      const detail = await ipc().show_rotation({ reference });
      if (this.reference !== reference) return;
      this.detail = detail;
      this.failure = null;
    } catch (error) {
      if (this.reference === reference) this.failure = asFailure(error);
    }
  }

  /** Takes one step, and answers where the rotation stands then; null where it was not taken. */
  async advance(reference: string, step: RotationStep): Promise<RotationDetail | null> {
    let after: RotationDetail | null = null;
    const taken = await this.attempt(nameOf(step), async () => {
      // Whoever gives up was asked before.
      after = await ipc().advance_rotation({ reference, step, agreed: step === "cancel" });
      this.reference = reference;
      this.detail = after;
      // Nothing here waits for the list: what the user does next must not meet a step that still ends.
      void credentials.changed(reference);
    });
    return taken ? after : null;
  }

  /** A tick is never lost: it waits for the step that is under way. */
  async editConsumers(reference: string, edit: ConsumerEdit): Promise<boolean> {
    while (this.working !== null) await this.underWay;
    return this.attempt("consumers", async () => {
      const consumers = await ipc().edit_consumers({ reference, edit });
      if (this.detail?.ref === reference) this.detail = { ...this.detail, consumers };
    });
  }

  private async attempt(
    step: RotationOffer | "consumers",
    work: () => Promise<void>,
  ): Promise<boolean> {
    if (this.working !== null) return false;
    this.working = step;
    this.stepFailure = null;
    const working = work();
    this.underWay = working.catch(() => undefined);
    try {
      await working;
      return true;
    } catch (error) {
      this.stepFailure = { step, failure: asFailure(error) };
      return false;
    } finally {
      this.working = null;
    }
  }

  forgetFailure(): void {
    this.stepFailure = null;
  }

  clear(): void {
    this.reference = null;
    this.detail = null;
    this.failure = null;
    this.stepFailure = null;
    this.working = null;
  }
}

function nameOf(step: RotationStep): RotationOffer {
  return (typeof step === "string" ? step : Object.keys(step)[0]) as RotationOffer;
}

export const rotation = new CurrentRotation();

/** What went wrong with this step, if it was the last one. */
export function failureOf(step: RotationOffer | "consumers"): Failure | null {
  return rotation.stepFailure?.step === step ? rotation.stepFailure.failure : null;
}

/** Sending a sample request of the profile. Answers come redacted and are forgotten with the lock. */
import { ipc, type CredentialView, type SampleView, type SendRequestAnswer } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";

interface Outcome {
  reference: string;
  sample: SampleView;
  answer: SendRequestAnswer | null;
  failure: Failure | null;
}

class SampleRequest {
  outcome = $state.raw<Outcome | null>(null);
  sending = $state<string | null>(null);
  /** A request that creates something, waiting for a yes. */
  asking = $state.raw<{ credential: CredentialView; sample: SampleView } | null>(null);
  private turn = 0;

  /** Sends it, or asks first where it creates something. */
  async start(credential: CredentialView, sample: SampleView): Promise<void> {
    if (sample.creates) this.asking = { credential, sample };
    else await this.send(credential, sample, false);
  }

  async confirm(): Promise<void> {
    const asked = this.asking;
    this.asking = null;
    if (asked !== null) await this.send(asked.credential, asked.sample, true);
  }

  private async send(
    credential: CredentialView,
    sample: SampleView,
    confirmed: boolean,
  ): Promise<void> {
    if (this.sending !== null) return;
    const turn = ++this.turn;
    const reference = credential.ref;
    this.sending = reference;
    this.outcome = null;
    let answer: SendRequestAnswer | null = null;
    let failure: Failure | null = null;
    try {
      answer = await ipc().send_request({
        reference,
        sample: sample.id,
        method: null,
        path: null,
        query: [],
        headers: [],
        body: null,
        environment: null,
        recipe: null,
        confirmed,
        dry_run: false,
        no_wait: false,
        keep: null,
        checks: [],
        saved: null,
      });
    } catch (error) {
      failure = asFailure(error);
    }
    if (turn !== this.turn) return;
    this.sending = null;
    if (failure?.code === "confirmation_needed") this.asking = { credential, sample };
    else this.outcome = { reference, sample, answer, failure };
  }

  clear(): void {
    this.turn += 1;
    this.outcome = null;
    this.sending = null;
    this.asking = null;
  }
}

export const sampleRequest = new SampleRequest();

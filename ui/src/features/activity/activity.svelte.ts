/** The journal, a page after the other, narrowed to a credential and a kind. */
import { ipc, type JournalEntryView, type JournalKind, type JournalProof } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";

const PAGE = 100;

export class Activity {
  entries = $state.raw<JournalEntryView[] | null>(null);
  /** Whether there are older ones. */
  more = $state(false);
  failure = $state<Failure | null>(null);
  loading = $state(false);
  reference = $state<string | null>(null);
  kind = $state<JournalKind | null>(null);
  proof = $state.raw<JournalProof | null>(null);
  proofFailure = $state<Failure | null>(null);
  verifying = $state(false);
  private turn = 0;

  /** All of it, or what is about a credential. */
  constructor(reference: string | null = null) {
    this.reference = reference;
  }

  readonly narrowed = $derived(this.reference !== null || this.kind !== null);

  /** Loads the newest ones anew. */
  async load(): Promise<void> {
    await this.fetch(null);
  }

  async loadOlder(): Promise<void> {
    const last = this.entries?.at(-1);
    if (last !== undefined && !this.loading) await this.fetch(last.number);
  }

  async narrow(reference: string | null, kind: JournalKind | null): Promise<void> {
    this.reference = reference;
    this.kind = kind;
    await this.load();
  }

  async verify(): Promise<void> {
    if (this.verifying) return;
    this.verifying = true;
    try {
      this.proof = await ipc().verify_journal();
      this.proofFailure = null;
    } catch (error) {
      this.proofFailure = asFailure(error);
    }
    this.verifying = false;
  }

  private async fetch(before: number | null): Promise<void> {
    const turn = ++this.turn;
    this.loading = true;
    const { reference, kind } = this;
    try {
      const kinds = kind === null ? [] : [kind];
      const page = await ipc().list_journal({ reference, kinds, before, limit: PAGE });
      if (turn !== this.turn) return;
      const known = before === null ? [] : (this.entries ?? []);
      this.entries = [...known, ...page.entries];
      this.more = page.more;
      this.failure = null;
    } catch (error) {
      if (turn === this.turn) this.failure = asFailure(error);
    }
    if (turn === this.turn) this.loading = false;
  }
}

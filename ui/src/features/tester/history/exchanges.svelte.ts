/** What was asked with a credential, as the vault keeps it; and the answers that are still in this window. */
import {
  ipc,
  type AnswerRef,
  type ExchangeView,
  type SendRequestAnswer,
  type ShownBody,
  type TesterAnswer,
} from "../../../ipc";
import { asFailure, type Failure } from "../../../lib/failure";
import { found, searchable, type Found, type Which } from "./find";

/** As many as bodies are held for. */
const RECENT = 24;

export interface Whole {
  answer: SendRequestAnswer;
  shown: ShownBody | null;
}

interface Recent extends Whole {
  /** Each credential counts its own. */
  reference: string;
  id: string;
}

class Exchanges {
  reference = $state<string | null>(null);
  loaded = $state(false);
  failure = $state.raw<Failure | null>(null);
  search = $state("");
  which = $state<Which>("all");
  all = $state.raw<readonly Found[]>([]);
  readonly shown = $derived(found(this.all, this.search, this.which));
  private recent = $state.raw<readonly Recent[]>([]);
  private turn = 0;

  async load(reference: string): Promise<void> {
    const turn = ++this.turn;
    if (reference !== this.reference) {
      this.reference = reference;
      this.all = [];
      this.loaded = false;
    }
    try {
      const all = await ipc().list_exchanges({ reference });
      if (turn !== this.turn) return;
      this.all = all.map(searchable);
      this.failure = null;
      this.loaded = true;
    } catch (error) {
      if (turn === this.turn) this.failure = asFailure(error);
    }
  }

  /** Forgets one, or all of them; says whether it did. */
  async forget(id: string | null): Promise<boolean> {
    const { reference } = this;
    if (reference === null) return false;
    try {
      await ipc().forget_exchanges({ reference, id });
      this.recent = this.recent.filter(
        (one) => one.reference !== reference || (id !== null && one.id !== id),
      );
      await this.load(reference);
      return true;
    } catch (error) {
      this.failure = asFailure(error);
      return false;
    }
  }

  /** Remembers an answer that is in this window, to be looked at and compared. */
  note(reference: string, { answer, shown }: TesterAnswer): void {
    const id = answer.exchange;
    if (id === null || this.find(reference, id) !== null) return;
    this.recent = [...this.recent.slice(1 - RECENT), { reference, id, answer, shown }];
  }

  /** The whole answer where it is still in this window. */
  recentOf(id: string): Whole | null {
    return this.find(this.reference, id);
  }

  private find(reference: string | null, id: string): Whole | null {
    return this.recent.find((one) => one.reference === reference && one.id === id) ?? null;
  }

  /** By what an answer is compared; null where it was not kept and is not here any more. */
  comparable(entry: ExchangeView): AnswerRef | null {
    if (entry.kept && this.reference !== null) return { kept: [this.reference, entry.id] };
    const body = this.recentOf(entry.id)?.shown;
    return body ? { shown: body.id } : null;
  }

  reset(): void {
    this.search = "";
    this.which = "all";
  }

  /** Forgets everything: the vault is locked. */
  clear(): void {
    this.turn += 1;
    this.reference = null;
    this.all = [];
    this.recent = [];
    this.loaded = false;
    this.failure = null;
    this.reset();
  }
}

export const exchanges = new Exchanges();

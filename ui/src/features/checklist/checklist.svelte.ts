/** The provider's checklist before production: of the credential that is shown. */
import { ipc, type ChecklistItemView } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";

class Checklist {
  reference = $state<string | null>(null);
  items = $state.raw<ChecklistItemView[] | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** The item that is being ticked. */
  working = $state<string | null>(null);
  private turn = 0;

  get done(): number {
    return this.items?.filter((item) => item.state === "done").length ?? 0;
  }

  async load(reference: string): Promise<void> {
    if (this.reference !== reference) this.items = null;
    this.reference = reference;
    await this.take(() => ipc().show_checklist({ reference }));
  }

  async tick(item: string, done: boolean): Promise<void> {
    const { reference } = this;
    if (reference === null || this.working !== null) return;
    this.working = item;
    await this.take(() => ipc().tick_checklist({ reference, item, done }));
    this.working = null;
  }

  private async take(work: () => Promise<ChecklistItemView[]>): Promise<void> {
    const turn = ++this.turn;
    try {
      const items = await work();
      if (turn !== this.turn) return;
      this.items = items;
      this.failure = null;
    } catch (error) {
      if (turn === this.turn) this.failure = asFailure(error);
    }
  }

  clear(): void {
    this.turn += 1;
    this.reference = null;
    this.items = null;
    this.failure = null;
    this.working = null;
  }
}

export const checklist = new Checklist();

/** The saved requests of the credential that the tester is on. */
import { ipc } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";
import { toasts } from "../../lib/toasts.svelte";
import { words } from "../../words/en";
import { testerWords as text } from "../../words/tester";
import type { NotSavedView, SavedRequest, SavedView } from "./contract";

const NONE: ReadonlySet<string> = new Set();

class SavedRequests {
  all = $state.raw<SavedView[]>([]);
  failure = $state.raw<Failure | null>(null);
  private reference: string | null = null;

  async load(reference: string): Promise<void> {
    if (this.reference !== reference) this.all = [];
    this.reference = reference;
    await this.put(reference, () => ipc().list_saved({ reference }));
  }

  named(name: string | null): SavedView | undefined {
    return this.all.find(({ saved }) => saved.name === name);
  }

  /** A name that none of them has, nor one of the others. */
  free(wanted: string, others: ReadonlySet<string> = NONE): string {
    const short = wanted.trim().replace(/\s+/g, " ").slice(0, 70) || text.untitled;
    const taken = (name: string): boolean => others.has(name) || this.named(name) !== undefined;
    let name = short;
    for (let more = 2; taken(name); more += 1) name = `${short} ${more}`;
    return name;
  }

  /** Answers whether it was saved. */
  async save(saved: SavedRequest, replaces: string | null): Promise<boolean> {
    const { reference } = this;
    if (reference === null) return false;
    return this.put(reference, () => ipc().save_request({ reference, saved, replaces }));
  }

  /** Saves several new ones, as many of them as can be, and answers which were not; null where nothing was. */
  async saveAll(requests: SavedRequest[]): Promise<NotSavedView[] | null> {
    const { reference } = this;
    if (reference === null) return null;
    let left: NotSavedView[] = [];
    const done = await this.put(reference, async () => {
      const answer = await ipc().save_requests({ reference, requests });
      left = answer.not_saved;
      return answer.saved;
    });
    return done ? left : null;
  }

  /** Removes it; a notice takes that back, and tells it. */
  async remove(name: string, onback: () => void): Promise<boolean> {
    const { reference } = this;
    const gone = this.named(name)?.saved;
    if (reference === null || gone === undefined) return false;
    if (!(await this.put(reference, () => ipc().remove_saved({ reference, name })))) return false;
    const back = { reference, saved: gone, replaces: null };
    toasts.show(text.removed(name), null, "done", {
      label: words.common.undo,
      run: () =>
        void this.put(reference, () => ipc().save_request(back)).then((isBack) => {
          if (isBack) onback();
        }),
    });
    return true;
  }

  private async put(reference: string, ask: () => Promise<SavedView[]>): Promise<boolean> {
    try {
      const all = await ask();
      if (this.reference === reference) this.all = all;
      this.failure = null;
      return true;
    } catch (error) {
      this.failure = asFailure(error);
      return false;
    }
  }

  clear(): void {
    this.reference = null;
    this.all = [];
    this.failure = null;
  }
}

export const saved = new SavedRequests();

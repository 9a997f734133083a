/**
 * What was pasted, as far as the page may know it: what it is, and to which providers it belongs. The
 * text itself goes to the agent and is held in no variable that outlives the call.
 */
import { ipc, type PasteView } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";
import { pasteWords } from "../../words/paste";

/** As much as the agent looks at. */
const LARGEST = 64 * 1024;

export class Pasting {
  found = $state.raw<PasteView | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** What was wrong with the paste itself. */
  problem = $state<string | null>(null);
  working = $state(false);

  async take(text: string): Promise<void> {
    if (this.working) return;
    this.forget();
    if (text.trim() === "") {
      this.problem = pasteWords.nothing;
      return;
    }
    this.working = true;
    try {
      this.found = await ipc().recognize_paste({ text });
    } catch (error) {
      this.failure = asFailure(error);
    }
    this.working = false;
  }

  /** A file that was dropped counts as its text. */
  async takeFile(file: File): Promise<void> {
    this.forget();
    if (file.size > LARGEST) {
      this.problem = pasteWords.tooLarge;
      return;
    }
    // A folder, or a file that is gone, has none.
    const text = await file.text().catch(() => null);
    if (text === null || /[\0\uFFFD]/.test(text)) this.problem = pasteWords.notText;
    else await this.take(text);
  }

  /** Says why something is no paste. */
  refuse(problem: string): void {
    this.forget();
    this.problem = problem;
  }

  forget(): void {
    this.found = null;
    this.failure = null;
    this.problem = null;
  }
}

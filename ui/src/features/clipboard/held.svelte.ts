/**
 * What Keyturn holds on the clipboard, as this window knows it: the notice of a copy counts down to its
 * clearing, and says what became of it when the agent tells.
 */
import { ipc, type ClipboardEnd } from "../../ipc";
import { clock } from "../../lib/clock";
import { asFailure } from "../../lib/failure";
import { toasts } from "../../lib/toasts.svelte";
import { words } from "../../words/en";

/** So long after the time the agent may take to say how it ended. */
const GRACE = 5_000;

class HeldCopy {
  private notice: number | null = null;
  private stop: (() => void) | null = null;

  /** A secret lies on the clipboard, for so many seconds. */
  copied(text: string, seconds: number, warning: string): void {
    this.forget();
    const at = Date.now() + seconds * 1_000;
    this.notice = toasts.show(
      text,
      warning === "" ? null : warning,
      warning === "" ? "done" : "warn",
      { label: words.copied.clearNow, run: () => void this.clearNow() },
      { at, left: words.copied.left, spoken: words.copied.clears(seconds) },
    );
    this.stop = clock.watch((now) => {
      const left = at + GRACE - now;
      if (left > 0) return left;
      this.settle(words.copied.over);
      return Infinity;
    });
  }

  /** The agent says what became of it. */
  ended(end: ClipboardEnd): void {
    this.settle(words.copied.ended[end]);
  }

  private async clearNow(): Promise<void> {
    try {
      await ipc().clear_clipboard();
    } catch (error) {
      this.settle(asFailure(error).message);
    }
  }

  private settle(text: string): void {
    const { notice } = this;
    this.stop?.();
    this.stop = null;
    this.notice = null;
    if (notice !== null) toasts.settle(notice, text);
  }

  /** One copy is on the clipboard: the notice of the one before it goes. */
  forget(): void {
    if (this.notice !== null) toasts.dismiss(this.notice);
    this.settle("");
  }
}

export const heldCopy = new HeldCopy();

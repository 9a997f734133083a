/**
 * Short notices that something was done, and the messages that only readers of the screen get. What
 * went wrong is never a toast: it stands where it happened.
 */

export interface Toast {
  id: number;
  text: string;
  detail: string | null;
  tone: "done" | "warn";
  /** What takes it back. */
  undo: Undo | null;
}

export interface Undo {
  label: string;
  run: () => void;
}

const LIFETIME = 6_000;

class Toasts {
  shown = $state<Toast[]>([]);
  /** What is told to readers of the screen alone. */
  spoken = $state("");
  private next = 1;
  private readonly timers = new Map<number, number>();

  show(
    text: string,
    detail: string | null = null,
    tone: Toast["tone"] = "done",
    undo: Undo | null = null,
  ): void {
    const toast = { id: this.next++, text, detail, tone, undo };
    // Two at most: more would lie over what is to be clicked next.
    this.shown = [...this.shown.slice(-1), toast];
    this.keepAlive(toast.id);
  }

  say(text: string): void {
    this.spoken = text;
  }

  /** Holds a toast while the pointer or the focus rests on it. */
  hold(id: number): void {
    window.clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }

  keepAlive(id: number): void {
    this.hold(id);
    this.timers.set(
      id,
      window.setTimeout(() => this.dismiss(id), LIFETIME),
    );
  }

  dismiss(id: number): void {
    this.hold(id);
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }

  clear(): void {
    for (const toast of this.shown) this.dismiss(toast.id);
    this.spoken = "";
  }
}

export const toasts = new Toasts();

/**
 * Short notices that something was done, and the messages that only readers of the screen get. What went
 * wrong is a toast only where what was used has no place of its own for it.
 */
import type { Failure } from "./failure";

export interface Toast {
  id: number;
  text: string;
  detail: string | null;
  tone: "done" | "warn";
  /** What takes it back. */
  undo: Undo | null;
  /** What it counts down to; it stays until that is over. */
  until: Until | null;
}

/** A time to come that a notice counts down to. */
export interface Until {
  at: number;
  /** What ticks, for the eye. */
  left: (seconds: number) => string;
  /** What readers of the screen get, once. */
  spoken: string;
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
    until: Until | null = null,
  ): number {
    const toast = { id: this.next++, text, detail, tone, undo, until };
    // Two at most: more would lie over what is to be clicked next.
    this.shown = [...this.shown.slice(-1), toast];
    this.keepAlive(toast.id);
    return toast.id;
  }

  /** Says what went wrong. */
  fail(failure: Failure): void {
    this.show(failure.title, failure.message, "warn");
  }

  /** Says how it ended what a notice counted down to, and lets it go after a while. */
  settle(id: number, detail: string): void {
    this.shown = this.shown.map((toast) =>
      toast.id === id ? { ...toast, detail, undo: null, until: null } : toast,
    );
    this.keepAlive(id);
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
    if (this.shown.find((toast) => toast.id === id)?.until) return;
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

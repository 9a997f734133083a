/**
 * The one clock of all countdowns. It wakes once, for the earliest thing that changes on the screen,
 * and never while the window is hidden; what is shown is always derived from the wall clock, so a
 * suspended machine or a set clock is right again at the next wake.
 */

/** Looks at the time, and says in how many milliseconds it wants to look again. */
export type Watcher = (now: number) => number;

/** The longest sleep: a clock that was set meanwhile is noticed within it. */
const LONGEST = 60_000;

interface Ground {
  now(): number;
  setTimeout(run: () => void, delay: number): number;
  clearTimeout(timer: number): void;
  hidden(): boolean;
}

const window_: Ground = {
  now: () => Date.now(),
  setTimeout: (run, delay) => window.setTimeout(run, delay),
  clearTimeout: (timer) => window.clearTimeout(timer),
  hidden: () => document.hidden,
};

export class Clock {
  private readonly due = new Map<Watcher, number>();
  private timer: number | null = null;
  private wakesAt = Infinity;
  private last = -Infinity;
  /** How often it woke: what the measurements count. */
  wakes = 0;

  constructor(private readonly ground: Ground = window_) {}

  /** Has the watcher look now and whenever it asked to; the answer ends it. */
  watch(watcher: Watcher): () => void {
    const now = this.ground.now();
    this.due.set(watcher, this.boundary(now, watcher(now)));
    this.plan();
    return () => {
      this.due.delete(watcher);
      this.plan();
    };
  }

  /** Stops where the window is hidden, and has everybody look where it is shown again. */
  visibilityChanged(): void {
    if (!this.ground.hidden()) this.run(true);
    this.plan();
  }

  /** Whole seconds, so that all that changes within one costs one wake. */
  private boundary(now: number, delay: number): number {
    return Math.ceil((now + Math.min(Math.max(delay, 1), LONGEST)) / 1_000) * 1_000;
  }

  private run(everybody: boolean): void {
    const now = this.ground.now();
    const setBack = now < this.last;
    this.last = now;
    this.wakes += 1;
    for (const [watcher, due] of [...this.due]) {
      if (everybody || setBack || due <= now)
        this.due.set(watcher, this.boundary(now, watcher(now)));
    }
  }

  private plan(): void {
    const next = this.ground.hidden() ? Infinity : Math.min(...this.due.values(), Infinity);
    if (this.timer !== null && next === this.wakesAt) return;
    if (this.timer !== null) this.ground.clearTimeout(this.timer);
    this.timer = null;
    this.wakesAt = next;
    if (next === Infinity) return;
    const delay = Math.max(next - this.ground.now(), 0);
    this.timer = this.ground.setTimeout(() => {
      this.timer = null;
      this.run(false);
      this.plan();
    }, delay);
  }
}

export const clock = new Clock();

if (typeof document !== "undefined") {
  document.addEventListener("visibilitychange", () => clock.visibilityChanged());
}

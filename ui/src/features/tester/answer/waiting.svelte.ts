/** Waits until a time, and then does something once; it can be told not to. */
export class Waiting {
  /** Until when; null where nothing is waited for. */
  until = $state<number | null>(null);
  private timer: number | undefined;

  start(until: number, work: () => void): void {
    this.cancel();
    this.until = until;
    this.timer = window.setTimeout(
      () => {
        this.cancel();
        work();
      },
      Math.max(0, until - Date.now()),
    );
  }

  /** Waits, or no longer does. */
  toggle(until: number, work: () => void): void {
    if (this.until === null) this.start(until, work);
    else this.cancel();
  }

  cancel(): void {
    window.clearTimeout(this.timer);
    this.until = null;
  }
}

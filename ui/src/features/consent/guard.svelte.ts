/**
 * Keeps the answers that allow asleep until a person had the time to see the question. A window that just
 * appeared, or just came to the front, gets keys and clicks that were meant for what was there before.
 */

/** How long nothing is allowed after the question is seen. */
export const ASLEEP = 700;

export class Guard {
  awake = $state(false);
  private timer: ReturnType<typeof setTimeout> | null = null;

  /** The question appeared, or came to the front again. */
  seen(): void {
    this.stop();
    this.awake = false;
    this.timer = setTimeout(() => (this.awake = true), ASLEEP);
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}

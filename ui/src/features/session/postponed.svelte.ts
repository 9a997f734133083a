/**
 * What the user asked for when the vault turned out to be locked: done once it is open again, unless that
 * takes so long that nobody expects it any more.
 */

const LONGEST = 120_000;

class Postponed {
  /** Whether something waits. */
  waits = $state(false);
  private work: (() => void) | null = null;
  private at = 0;

  /** The newest one counts. */
  keep(work: () => void): void {
    this.work = work;
    this.at = Date.now();
    this.waits = true;
  }

  /** The vault is open, and what is in it is known. */
  opened(): void {
    const { work } = this;
    this.work = null;
    this.waits = false;
    if (work !== null && Date.now() - this.at <= LONGEST) work();
  }
}

export const postponed = new Postponed();

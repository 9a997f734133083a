/** One key after another: `G` and then a letter. */

/** For how long the second key is waited for. */
const PATIENCE = 1_500;

let waitsUntil = 0;

/** Begins to wait for the second key. */
export function beginSequence(): void {
  waitsUntil = Date.now() + PATIENCE;
}

/** Whether the next key is the second. */
export function sequenceBegun(): boolean {
  return Date.now() < waitsUntil;
}

/** Takes the second key; answers whether it was waited for. */
export function endSequence(): boolean {
  const begun = sequenceBegun();
  waitsUntil = 0;
  return begun;
}

/** A failure as a text that can be sent to somebody: what the page shows, its code, and when. */
import type { Failure } from "./failure";

/** Holds no secret: neither title nor message nor advice ever has one. */
export function detailsOf(failure: Failure, now: number): string {
  const said = [failure.message, failure.hint].filter((line) => line !== null);
  return [`Keyturn: ${failure.title} (${failure.code})`, ...said, new Date(now).toISOString()].join(
    "\n",
  );
}

/** What may be said of a key that was just pasted: enough to recognise it, not enough to use it. */
import { lastFour, lengthOf, prefixOf } from "../../lib/scalar";

export interface Caught {
  prefix: string | null;
  length: number;
  lastFour: string | null;
}

export function describe(value: string): Caught {
  return { prefix: prefixOf(value), length: lengthOf(value), lastFour: lastFour(value) };
}

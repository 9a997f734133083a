/** A number and what it counts, in the language's own forms. */
import { formOf, numberText, type Forms } from "./locale";

/** `1 day`, `3 days`. */
export function count(amount: number, one: string, other: string): string {
  return countIn(amount, { one, other });
}

/** The same for a language with other forms than one and many. */
export function countIn(amount: number, forms: Forms): string {
  return `${numberText(amount)} ${formOf(amount, forms)}`;
}

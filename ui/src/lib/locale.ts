/**
 * The language's own rules for numbers, plurals, days and times. A formatter is costly to make: each is
 * made once, and made anew only where the language changed, which happens before anything is drawn.
 */

let tag = "en-GB";
const formatters = new Map<string, Intl.DateTimeFormat>();
let plurals = new Intl.PluralRules(tag);
let numbers = new Intl.NumberFormat(tag);

/** Has everything written by the rules of this language. */
export function speakLike(locale: string): void {
  tag = locale;
  formatters.clear();
  plurals = new Intl.PluralRules(tag);
  numbers = new Intl.NumberFormat(tag);
}

/** A day or a time, as the language writes it. */
export function written(at: number | Date, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(tag, options);
  formatters.set(key, known);
  return known.format(at);
}

/** `12,000`. */
export function numberText(amount: number): string {
  return numbers.format(amount);
}

/** The forms of a word by the language's own kinds of number; every language has `other`. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** The form of a word that goes with a number. */
export function formOf(amount: number, forms: Forms): string {
  return forms[plurals.select(amount)] ?? forms.other;
}

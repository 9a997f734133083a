/** Plural forms by the language's own rules. */
const rules = new Intl.PluralRules("en");

/** `1 day`, `3 days`. */
export function count(amount: number, one: string, other: string): string {
  return `${amount.toLocaleString("en-GB")} ${rules.select(amount) === "one" ? one : other}`;
}

/** Answers about single values, for forms. */

/** The characters that a user counts. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** The last four characters, where showing them gives nothing away; as the agent decides it. */
export function lastFour(secret: string): string | null {
  const characters = [...secret];
  return characters.length >= 12 ? characters.slice(-4).join("") : null;
}

/** The part of a key up to its first underscore, where that is short enough to be a prefix. */
export function prefixOf(secret: string): string | null {
  return /^[a-z]{2,8}_/i.exec(secret)?.[0] ?? null;
}

/** What a name must be; the agent checks it again. */
export const NAME_LIMIT = 64;
export const NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

export type Strength = 0 | 1 | 2 | 3;

/** A rough guess at how long a passphrase withstands guessing; the agent has the last word. */
export function strengthOf(passphrase: string): Strength {
  const characters = [...passphrase];
  const repeats = characters.filter((c, at) => at > 0 && c === characters[at - 1]).length;
  const runs = characters.filter((c, at) => {
    const before = characters[at - 1];
    return before !== undefined && (c.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0) === 1;
  }).length;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(passphrase));
  const distinct = new Set(characters).size;
  const worth = Math.min(characters.length - repeats - runs, distinct * 2) + kinds.length * 1.5;
  if (/^(password|passphrase|letmein|qwerty|keyturn)/i.test(passphrase) && worth < 24) return 0;
  if (worth < 11) return 0;
  if (worth < 16) return 1;
  return worth < 22 ? 2 : 3;
}

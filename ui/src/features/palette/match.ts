/**
 * How well a text fits what was typed: by the beginnings of its words, then by its middle, then by
 * initials, then with a slip of the fingers. Pure.
 */
import { lengthOf } from "../../lib/scalar";

/** The words of a text, in small letters. */
export function wordsOf(text: string): string[] {
  return text
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** How many slips a word of that length may hold. */
function slipsAllowed(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/**
 * The least number of slips (a letter more, less, other, or two swapped) that make the beginning of
 * `word` out of `typed`; above `most` it is not told how many.
 */
export function slips(typed: string, word: string, most: number): number {
  const a = [...typed];
  const b = [...word].slice(0, a.length + most);
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row += 1) {
    const now = [row];
    for (let at = 1; at <= b.length; at += 1) {
      const same = a[row - 1] === b[at - 1];
      let least = Math.min(
        (last[at] ?? 0) + 1,
        (now[at - 1] ?? 0) + 1,
        (last[at - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && at > 1 && a[row - 1] === b[at - 2] && a[row - 2] === b[at - 1];
      if (swapped) least = Math.min(least, (before[at - 2] ?? 0) + 1);
      now.push(least);
    }
    if (Math.min(...now) > most) return most + 1;
    before = last;
    last = now;
  }
  return Math.min(...last);
}

/** A text with its words, made once and looked at with every key. */
export interface Prepared {
  lower: string;
  parts: readonly string[];
}

export function prepare(text: string): Prepared {
  return { lower: text.toLocaleLowerCase(), parts: wordsOf(text) };
}

function fitOfWord(typed: string, { lower, parts }: Prepared): number {
  if (!lower.includes(typed)) return 0;
  if (parts.includes(typed)) return 100;
  return parts.some((part) => part.startsWith(typed)) ? 80 : 50;
}

/** Points for a text, or 0 where it does not fit; `tolerant` forgives slips of the fingers. */
export function fit(typed: readonly string[], text: Prepared, tolerant = false): number {
  let sum = 0;
  for (const word of typed) {
    let points = fitOfWord(word, text);
    if (points === 0 && tolerant) points = tolerantFit(word, text.parts);
    if (points === 0) return initials(typed, text.parts);
    sum += points;
  }
  return typed.length === 0 ? 1 : sum / typed.length;
}

/** What a typed word is from the words of all texts, since thousands of texts share their words. */
const known = new Map<string, Map<string, number>>();
const MOST_KNOWN = 8;

/** Forgets the words: they came out of the vault. */
export function forgetWords(): void {
  known.clear();
}

function slipsOnce(typed: string, part: string, most: number): number {
  let parts = known.get(typed);
  if (parts === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(typed, (parts = new Map()));
  }
  let found = parts.get(part);
  if (found === undefined) {
    found = part.length < typed.length - most ? most + 1 : slips(typed, part, most);
    parts.set(part, found);
  }
  return found;
}

function tolerantFit(typed: string, parts: readonly string[]): number {
  const most = slipsAllowed(lengthOf(typed));
  if (most === 0) return 0;
  let least = most + 1;
  for (const part of parts) least = Math.min(least, slipsOnce(typed, part, most));
  return least > most ? 0 : 30 - least * 10;
}

/** `dm` for `deepcurrent main`. */
function initials(typed: readonly string[], parts: readonly string[]): number {
  const [only, ...others] = typed;
  if (only === undefined || others.length > 0 || only.length < 2) return 0;
  return parts
    .map((part) => part.charAt(0))
    .join("")
    .startsWith(only)
    ? 35
    : 0;
}

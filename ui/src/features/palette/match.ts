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

/** A text that is looked at with every key. Its words are made when they are wanted first: few are. */
export class Prepared {
  readonly lower: string;
  private words: readonly string[] | null = null;

  constructor(text: string) {
    this.lower = text.toLocaleLowerCase();
  }

  get parts(): readonly string[] {
    return (this.words ??= wordsOf(this.lower));
  }
}

export function prepare(text: string): Prepared {
  return new Prepared(text);
}

const INSIDE = /[\p{L}\p{N}]/u;

/** Whether a word ends or begins between this character and its neighbour. */
function isEdge(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (Number.isNaN(code)) return true;
  const letter = code >= 97 && code <= 122;
  const digit = code >= 48 && code <= 57;
  // Half of a pair is looked at as a letter: it is one more often than not.
  if (code >= 0xd800 && code <= 0xdfff) return false;
  return code < 128 ? !letter && !digit : !INSIDE.test(text.charAt(at));
}

function fitOfWord(typed: string, { lower }: Prepared): number {
  let points = 0;
  for (let at = lower.indexOf(typed); at !== -1; at = lower.indexOf(typed, at + 1)) {
    if (isEdge(lower, at - 1)) {
      if (isEdge(lower, at + typed.length)) return 100;
      points = 80;
    }
    points = Math.max(points, 50);
  }
  return points;
}

/** Points for a text, or 0 where it does not fit; `tolerant` forgives slips of the fingers. */
export function fit(typed: readonly string[], text: Prepared, tolerant = false): number {
  let sum = 0;
  for (const word of typed) {
    let points = fitOfWord(word, text);
    if (points === 0 && tolerant) points = tolerantFit(word, text.parts);
    if (points === 0) return initials(typed, text);
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
function initials(typed: readonly string[], text: Prepared): number {
  const [only, ...others] = typed;
  if (only === undefined || others.length > 0 || only.length < 2) return 0;
  // A text that begins with another letter need not be taken apart.
  if (INSIDE.exec(text.lower)?.[0] !== only.charAt(0)) return 0;
  const letters = text.parts.map((part) => part.charAt(0)).join("");
  return letters.startsWith(only) ? 35 : 0;
}

/**
 * A line of a body as it is drawn: pieces with their colour and their hits. Nothing in it is more than text: what
 * would move the cursor, turn the writing round or show nothing is drawn as a sign of its own. Pure.
 */

export type Kind = "plain" | "name" | "text" | "number" | "word" | "sign";

export interface Piece {
  text: string;
  kind: Kind;
  /** Whether the search found it. */
  hit: boolean;
  /** Whether it stands for a character that shows nothing. */
  unseen: boolean;
}

interface Span {
  start: number;
  end: number;
  kind: Kind;
}

const TOKEN =
  /"(?:[^"\\]|\\.)*"?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\btrue\b|\bfalse\b|\bnull\b|[{}[\],:]/g;

/** Of what kind the parts of a line of laid out JSON are. One that goes on from the row above begins within a text. */
function jsonSpans(line: string, continued: boolean): Span[] {
  const spans: Span[] = [];
  let start = 0;
  if (continued) {
    const end = /^(?:[^"\\]|\\.)*"?/.exec(line)?.[0].length ?? 0;
    spans.push({ start: 0, end, kind: "text" });
    start = end;
  }
  TOKEN.lastIndex = start;
  for (let found = TOKEN.exec(line); found !== null; found = TOKEN.exec(line)) {
    const [text] = found;
    const end = found.index + text.length;
    const isName = text.startsWith('"') && /^\s*:/.test(line.slice(end, end + 8));
    const first = text.charAt(0);
    const kind: Kind = isName
      ? "name"
      : first === '"'
        ? "text"
        : /[-\d]/.test(first)
          ? "number"
          : /[a-z]/.test(first)
            ? "word"
            : "sign";
    spans.push({ start: found.index, end, kind });
  }
  return spans;
}

/** What the shell has put in their place stays as it is, and is drawn alike. */
const SIGNS = /[\u2400-\u2421\ufffd]/;

/** Control characters, what turns the direction, and what has no width. */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u2400-\u2421\ufffd]/g;

/** The sign for a character that shows nothing. */
function signOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (SIGNS.test(character)) return character;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

/** A text of somebody else's on one line: nothing in it acts, and nothing hides. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => (character === "\t" ? "␉" : signOf(character)));
}

/** Where a piece ends: at the borders of kinds and of hits. */
function borders(
  length: number,
  spans: Span[],
  marks: readonly (readonly [number, number])[],
): number[] {
  const all = new Set([0, length]);
  for (const { start, end } of spans) all.add(start).add(end);
  for (const [start, amount] of marks) all.add(start).add(start + amount);
  return [...all].filter((at) => at >= 0 && at <= length).sort((a, b) => a - b);
}

function split(text: string, kind: Kind, hit: boolean): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { index, 0: character } of text.matchAll(UNSEEN)) {
    if (character === "\t") continue;
    if (index > from) pieces.push({ text: text.slice(from, index), kind, hit, unseen: false });
    pieces.push({ text: signOf(character), kind, hit, unseen: true });
    from = index + character.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), kind, hit, unseen: false });
  return pieces;
}

export function piecesOf(
  line: { text: string; continued: boolean; marks: readonly (readonly [number, number])[] },
  json: boolean,
): Piece[] {
  const { text, marks } = line;
  const spans = json ? jsonSpans(text, line.continued) : [];
  if (spans.length === 0 && marks.length === 0) return split(text, "plain", false);
  const ends = borders(text.length, spans, marks);
  const pieces: Piece[] = [];
  let span = 0;
  for (const [at, start] of ends.entries()) {
    const end = ends[at + 1];
    if (end === undefined) break;
    while ((spans[span]?.end ?? Infinity) <= start) span += 1;
    const here = spans[span];
    const kind = here !== undefined && here.start <= start ? here.kind : "plain";
    const hit = marks.some(([from, amount]) => from <= start && start < from + amount);
    pieces.push(...split(text.slice(start, end), kind, hit));
  }
  return pieces;
}

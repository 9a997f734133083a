/** Bodies of answers as the shell holds them: their lines, folds and hits; the page gets a part at a time. */
import type { BodyForm, BodyHits, BodyLine, BodyLines, ShownBody } from "../types";
import { failure } from "./answers";

/** What a row shows of a line at most. */
const WIDE = 1_000;
const MOST_HITS = 10_000;

interface Held {
  text: string;
  shown: ShownBody;
  folded: Set<number>;
  search: string;
}

type Row = Omit<BodyLine, "marks">;

function laidOut(text: string): string {
  return JSON.stringify(JSON.parse(text), null, 2);
}

/** Bytes as a dump: where they stand, what they are, what they say. */
function dumped(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const some = [...bytes.slice(at, at + 16)];
    const digits = some.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const said = some
      .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "."))
      .join("");
    lines.push(`${at.toString(16).padStart(8, "0")}  ${digits.padEnd(47)}  ${said}`);
  }
  return lines.join("\n");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return /^\s*[[{]/.test(text);
  } catch {
    return false;
  }
}

export class HeldBodies {
  private readonly held = new Map<number, Held>();
  private last = 0;

  put(text: string, media_type: string | null = "application/json"): ShownBody {
    const image = media_type?.startsWith("image/") === true && !media_type.includes("svg");
    const forms: BodyForm[] = image
      ? ["image", "hex"]
      : isJson(text)
        ? ["json", "text", "hex"]
        : ["text", "hex"];
    const id = (this.last += 1);
    const bytes = new TextEncoder().encode(text).length;
    const form = forms[0] ?? "text";
    const shown = { id, bytes, media_type, forms, form, remarks: [] };
    this.held.set(id, { text, shown, folded: new Set(), search: "" });
    return shown;
  }

  text(id: number): string {
    return this.of(id).text;
  }

  lines(call: { body: number; form: BodyForm; from: number; count: number }): BodyLines {
    const held = this.of(call.body);
    const rows = this.rows(held, call.form);
    const some = rows.slice(call.from, call.from + call.count);
    const lines = some.map((row): BodyLine => ({ ...row, marks: this.marks(row.text, held) }));
    const longest = rows.reduce((most, { text }) => Math.max(most, text.length), 0);
    return { total: rows.length, longest, from: call.from, lines };
  }

  fold(call: { body: number; form: BodyForm; line: number | null; closed: boolean }): {
    total: number;
  } {
    const held = this.of(call.body);
    const all = call.line === null ? this.folds(held) : [call.line];
    for (const line of all) {
      if (call.closed) held.folded.add(line);
      else held.folded.delete(line);
    }
    return { total: this.rows(held, call.form).length };
  }

  search(call: { body: number; form: BodyForm; text: string }): BodyHits {
    const held = this.of(call.body);
    held.search = call.text.toLowerCase();
    if (call.text === "") return { hits: 0, most: false, rows: [] };
    const lines = this.whole(held, call.form).split("\n");
    const rows = lines.flatMap((text, line) => this.marks(text, held).map(() => line));
    const most = rows.length > MOST_HITS;
    return { hits: Math.min(rows.length, MOST_HITS), most, rows: rows.slice(0, MOST_HITS) };
  }

  show(call: { body: number; form: BodyForm; line: number }): { row: number } {
    const held = this.of(call.body);
    for (const line of held.folded) if (line < call.line) held.folded.delete(line);
    return { row: this.rows(held, call.form).findIndex(({ line }) => line === call.line) };
  }

  private of(id: number): Held {
    const held = this.held.get(id);
    if (held === undefined) throw failure("not_found", "this body is not held any more");
    return held;
  }

  private whole({ text }: Held, form: BodyForm): string {
    if (form === "hex") return dumped(text);
    return form === "json" ? laidOut(text) : text;
  }

  private marks(text: string, { search }: Held): [number, number][] {
    if (search === "") return [];
    const marks: [number, number][] = [];
    const small = text.toLowerCase();
    for (let at = small.indexOf(search); at !== -1; at = small.indexOf(search, at + 1))
      marks.push([at, search.length]);
    return marks;
  }

  private folds(held: Held): number[] {
    const lines = laidOut(held.text).split("\n");
    return lines.flatMap((line, at) => (/[[{]$/.test(line) ? [at] : []));
  }

  private rows(held: Held, form: BodyForm): Row[] {
    const lines = this.whole(held, form).split("\n");
    const depths = lines.map((line) => (/^ */.exec(line)?.[0].length ?? 0) / 2);
    const rows: Row[] = [];
    for (let at = 0; at < lines.length; at += 1) {
      const text = lines[at] ?? "";
      const opens = form === "json" && /[[{]$/.test(text);
      const depth = form === "json" ? (depths[at] ?? 0) : 0;
      let end = at;
      if (opens) {
        end = at + 1;
        while (end < lines.length && (depths[end] ?? 0) > depth) end += 1;
      }
      const closed = opens && held.folded.has(at);
      const fold = opens ? (closed ? "closed" : "open") : null;
      for (let from = 0; from === 0 || from < text.length; from += WIDE) {
        const part = (form === "json" ? text.trimStart() : text).slice(from, from + WIDE);
        const shut = closed ? `${part} … ${(lines[end] ?? "").trim()}` : part;
        rows.push({ line: at, text: shut, continued: from > 0, depth, fold, hides: end - at });
      }
      if (closed) at = end;
    }
    return rows;
  }
}

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, type AST } from "svelte/compiler";
import { afterAll, expect, test, vi } from "vitest";
import { count, countIn } from "../../src/lib/plural";
import { speakLike, written } from "../../src/lib/locale";
import { chosen } from "../../src/words";
import stretched from "../../src/words/languages/stretched";
import { speak } from "../../src/words/spoken";

const SOURCES = join(import.meta.dirname, "../../src");

// The words themselves were overwritten: the files after this one load them anew.
afterAll(() => void vi.resetModules());

test("the user's own language comes first, then the system's, then English", () => {
  const there = ["de", "pt-BR"];
  expect(chosen(["de-AT", "en"], there)).toBe("de");
  expect(chosen(["fr", "pt-BR"], there)).toBe("pt-BR");
  expect(chosen(["en-US", "de"], there)).toBeNull();
  expect(chosen(["ja"], there)).toBeNull();
});

test("numbers, plurals and days are written by the rules of the language", () => {
  expect(count(1, "day", "days")).toBe("1 day");
  expect(count(12_000, "day", "days")).toBe("12,000 days");
  speakLike("cs");
  const forms = { one: "den", few: "dny", many: "dne", other: "dní" };
  expect([1, 3, 5].map((amount) => countIn(amount, forms))).toEqual(["1 den", "3 dny", "5 dní"]);
  speakLike("de");
  expect(count(12_000, "Tag", "Tage")).toBe("12.000 Tage");
  const noon = Date.UTC(2026, 5, 5, 12);
  expect(written(noon, { dateStyle: "long", timeZone: "UTC" })).toBe("5. Juni 2026");
});

/** All texts of what a file of words exports; functions are tried with plain values. */
function texts(said: unknown, path: string): [string, string][] {
  if (typeof said === "string") return [[path, said]];
  if (Array.isArray(said)) return said.flatMap((one, at) => texts(one, `${path}.${at}`));
  if (typeof said !== "object" || said === null) return [];
  return Object.entries(said).flatMap(([name, one]) => texts(one, `${path}.${name}`));
}

test("another language is put over every word of every file, also of those that come later", async () => {
  await import("../../src/words/en");
  speak(stretched);
  const files = import.meta.glob("../../src/words/*.ts");
  const plain: string[] = [];
  let seen = 0;
  for (const [path, load] of Object.entries(files)) {
    const all = texts(await load(), path.replace(/^.*\//, ""));
    seen += all.length;
    const own = all.filter(([, text]) => /\p{L}/u.test(text) && !text.startsWith("⟦"));
    plain.push(...own.map(([name]) => name));
  }
  expect(seen).toBeGreaterThan(500);
  expect(plain).toEqual([]);
});

/** What a template says by itself: letters between its tags, and in attributes that are read out. */
function literals(source: string): string[] {
  const found: string[] = [];
  const spoken = new Set(["aria-label", "title", "placeholder", "alt", "label"]);
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== "object" || node === null) return;
    const { type } = node as { type?: string };
    if (["Script", "StyleSheet", "Comment", "StyleDirective"].includes(type ?? "")) return;
    // What is printed on a key is the keyboard's.
    if (type === "RegularElement" && (node as AST.RegularElement).name === "kbd") return;
    if (type === "Text") {
      const { data } = node as AST.Text;
      if (/\p{L}{2}/u.test(data)) found.push(data.trim());
    }
    if (type === "Attribute") {
      const { name, value } = node as AST.Attribute;
      if (spoken.has(name)) visit(value);
      return;
    }
    for (const [name, inner] of Object.entries(node)) if (name !== "css") visit(inner);
  };
  visit(parse(source, { modern: true }).fragment);
  return found;
}

test("no template says anything by itself", async () => {
  expect(literals(`<p class="x" title="Planted">{a} word</p>`)).toEqual(["Planted", "word"]);
  const names = (await readdir(SOURCES, { recursive: true })).filter((n) => n.endsWith(".svelte"));
  const all: string[] = [];
  for (const name of names)
    all.push(
      ...literals(await readFile(join(SOURCES, name), "utf8")).map((text) => `${name}: ${text}`),
    );
  expect(all).toEqual([]);
});

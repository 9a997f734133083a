/**
 * English at 1.4 times its length, between marks, for tests: what is cut off shows, and so does a word
 * that stands in no file of words.
 */
import type { Language } from "../spoken";

const WIDE: Record<string, string> = { a: "á", e: "é", i: "í", o: "ó", u: "ú", y: "ý" };

function stretched(text: string): string {
  if (!/\p{L}/u.test(text)) return text;
  const wide = text.replace(/[aeiouy]/g, (letter) => WIDE[letter] ?? letter);
  return `⟦${wide}${"·ẽ".repeat(Math.ceil(text.length / 5))}⟧`;
}

function inAll(said: unknown): unknown {
  if (typeof said === "string") return stretched(said);
  if (Array.isArray(said)) return said.map(inAll);
  if (typeof said === "function") return (...given: unknown[]) => inAll(said(...given));
  if (typeof said !== "object" || said === null) return said;
  return Object.fromEntries(Object.entries(said).map(([name, one]) => [name, inAll(one)]));
}

export default {
  tag: "en-GB",
  say: (_, english) => inAll(english) as never,
} satisfies Language;

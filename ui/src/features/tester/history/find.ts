/** What of a history is looked for. Pure; 500 entries are gone through while a key is pressed. */
import type { ExchangeView } from "../../../ipc";
import { statusText } from "../answer/spoken";

export type Which = "all" | "failed" | "kept";

export interface Found {
  entry: ExchangeView;
  /** All that is searched in it, in small letters. */
  text: string;
}

export function wentWrong(entry: ExchangeView): boolean {
  const { status, refused, checks_failed, problem } = entry;
  return problem !== null || refused || checks_failed > 0 || (status ?? 0) >= 400;
}

/** Made once where the history comes, not with every key. */
export function searchable(entry: ExchangeView): Found {
  const { method, path, status, meaning, problem, note, saved, query, environment } = entry;
  const parts = [method, path, status, meaning, problem, note, saved, environment, ...query];
  return {
    entry,
    text: parts
      .filter((part) => part !== null)
      .join(" ")
      .toLowerCase(),
  };
}

/** Those with every word of the search in them. */
export function found(all: readonly Found[], search: string, which: Which): ExchangeView[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ entry, text }: Found): boolean =>
    (which === "all" || (which === "kept" ? entry.kept : wentWrong(entry))) &&
    words.every((word) => text.includes(word));
  return all.filter(fits).map(({ entry }) => entry);
}

/** `200`, or that there was no answer. */
export function outcomeText(entry: ExchangeView, none: string): string {
  return entry.status === null ? none : statusText({ status: entry.status, status_words: null });
}

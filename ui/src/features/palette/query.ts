/** What was typed into the palette: `>` asks for actions, `@` for a provider, `#` for an environment. */
import { lengthOf } from "../../lib/scalar";
import { wordsOf } from "./match";

export interface Query {
  /** Whether actions alone are wanted. */
  actionsOnly: boolean;
  /** The beginning of a provider's name. */
  provider: string | null;
  /** The beginning of an environment's name. */
  environment: string | null;
  /** The rest, as words. */
  words: string[];
  /** What may be the last four characters of a key, as it was typed. */
  tail: string | null;
}

export function parse(text: string): Query {
  const trimmed = text.trim();
  const query: Query = {
    actionsOnly: trimmed.startsWith(">"),
    provider: null,
    environment: null,
    words: [],
    tail: null,
  };
  if (query.actionsOnly) return { ...query, words: wordsOf(trimmed) };
  for (const part of trimmed.split(/\s+/).filter(Boolean)) {
    if (part.startsWith("@")) query.provider = part.slice(1).toLocaleLowerCase();
    else if (part.startsWith("#")) query.environment = part.slice(1).toLocaleLowerCase();
    else query.words.push(...wordsOf(part));
  }
  const isTail = lengthOf(trimmed) === 4 && !/\s/.test(trimmed) && !/^[@#]/.test(trimmed);
  return { ...query, tail: isTail ? trimmed : null };
}

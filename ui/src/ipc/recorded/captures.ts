/** What the recorded backend finds out about a key that was pasted; the agent knows much more. */
import type { CaughtView, CredentialDetail, KeyMark, KeyTestView } from "../types";
import { failure } from "./answers";
import { make } from "./credentials";

/** What stands on the clipboard of the recorded backend. */
export const CLIPBOARD = "dc_from_the_clipboard_Wk55";

export class RecordedCaptures {
  /** Said of every key from now on. */
  facts: Partial<CaughtView> = {};
  test: KeyTestView = {
    worked: true,
    words: "it works: the provider took it",
    warning: null,
  };

  look(pasted: string, credential: CredentialDetail | undefined): CaughtView {
    const bare = pasted.trim().replace(/^(authorization:\s*)?bearer\s+/i, "");
    if (bare.includes("@"))
      throw failure(
        "invalid_input",
        "this is not the API key: it looks like an e-mail address",
        "The key is another value on that page; copy it again.",
      );
    const key = credential?.fields.find((field) => field.secret && !field.set);
    const known = key?.last_four ?? null;
    const four = bare.length >= 12 ? bare.slice(-4) : null;
    return {
      field: "api_key",
      begins: "dc_",
      length: bare.length,
      last_four: four,
      notes: bare === pasted.trim() ? [] : ["what stood around the key was left out"],
      duplicate_of: null,
      known_last_four: known,
      matches_known_last_four: known === null ? null : known === four,
      is_next: false,
      ...this.facts,
    };
  }
}

/** What a mark makes of a credential of DeepCurrent's kind. */
export function marked(
  mark: KeyMark | null | undefined,
): Pick<Parameters<typeof make>[1], "missing" | "reveal"> {
  if (mark === null || mark === undefined) return {};
  if (mark === "not_revealed") return { reveal: "not_revealed" };
  if (mark === "lost") return { missing: { api_key: null }, reveal: "lost" };
  return { missing: { api_key: mark.last_four }, reveal: "last_four_only" };
}

/** A credential with a mark. */
export function markedDetail(now: number, old: CredentialDetail, mark: KeyMark): CredentialDetail {
  const { provider, name, provider_name } = old;
  const secrets = {};
  return make(now, { provider, providerName: provider_name, name, secrets, ...marked(mark) });
}

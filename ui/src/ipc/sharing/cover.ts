/**
 * An answer of the agent as it may be shown while somebody else looks: names, hosts, owners, notes,
 * values and last characters are masked, by the meaning of the field that they stand in; sentences lose
 * every such word that is known. What a field says by a closed word stays, and so does its form.
 */
import { TAIL, type Kind, type Masks } from "./masks";

type Fields = Record<string, unknown>;

const REFERENCES = new Set([
  "ref",
  "reference",
  "stored",
  "copied",
  "deleted",
  "targets",
  "credential_changed",
  "open_requested",
]);
const TAILS = /(^|_)last_four$/;
const WORDS: Record<string, Kind> = {
  owner: "owner",
  ticket: "ticket",
  hosts: "host",
  host: "host",
  peer: "host",
  address: "host",
  users: "service",
  behind: "service",
  begins: "value",
};
/** Hosts with their scheme and path. */
const ADDRESSES = new Set(["url", "base_url", "token_origin"]);
/** Sentences that may be a single word. */
const SENTENCES = new Set([
  "body",
  "headers",
  "line",
  "text",
  "title",
  "to",
  "message",
  "path",
  "code",
]);

/** The kind of word that a field holds, where its object has to say it. */
function kindIn(key: string, fields: Fields): Kind | null {
  const has = (...names: string[]): boolean => names.some((name) => name in fields);
  if (key === "note" && has("owner", "ticket", "declared_at", "days_silent")) return "note";
  if (key === "name" && has("has_wanted", "added_on")) return "service";
  if (key === "label" && has("registered_on")) return "note";
  if (key === "ticket" && has("sure")) return null;
  // An open field of a paste, and who made a token.
  if (key === "value" && has("last_four")) return "value";
  if (key === "issuer" && has("algorithm")) return "host";
  return WORDS[key] ?? null;
}

function coverAddress(text: string, masks: Masks): string {
  const found = /^([a-z]+:\/\/)([^/?#]+)(.*)$/i.exec(text);
  return found === null
    ? masks.inSentence(text)
    : `${found[1] ?? ""}${masks.of("host", found[2] ?? "")}${masks.inSentence(found[3] ?? "")}`;
}

function coverText(text: string, key: string, fields: Fields, masks: Masks): string {
  if (text === "") return text;
  if (REFERENCES.has(key)) return masks.ofReference(text);
  if (TAILS.test(key)) {
    masks.hideTail(text);
    return TAIL;
  }
  if (key === "name" && typeof fields["provider"] === "string" && "ref" in fields)
    return masks.ofName(fields["provider"], text);
  if (ADDRESSES.has(key)) return coverAddress(text, masks);
  // What a found key is noted for is one of two closed words.
  if (key === "note" && "line" in fields) return text;
  const kind = kindIn(key, fields);
  if (kind !== null) return masks.of(kind, text);
  return SENTENCES.has(key) || /\s/.test(text) ? masks.inSentence(text) : text;
}

type Claim = [string, string];

/** What a token says of its owner: numbers and times stay. */
function coverClaims(claims: Claim[], masks: Masks): Claim[] {
  return claims.map(([name, said]) => [name, /^\d*$/.test(said) ? said : masks.of("value", said)]);
}

function coverValue(value: unknown, key: string, fields: Fields, masks: Masks): unknown {
  if (typeof value === "string") return coverText(value, key, fields, masks);
  if (key === "claims" && Array.isArray(value)) return coverClaims(value as Claim[], masks);
  if (Array.isArray(value)) return value.map((one) => coverValue(one, key, fields, masks));
  if (typeof value !== "object" || value === null) return value;
  const inner = value as Fields;
  const values = key === "open_values";
  const covered = Object.entries(inner).map(([name, one]) => [
    name,
    values && typeof one === "string" && one !== ""
      ? masks.of("value", one)
      : coverValue(one, key === "headers" ? key : name, inner, masks),
  ]);
  return Object.fromEntries(covered);
}

/** Names come before the sentences that they stand in. */
function learn(value: unknown, masks: Masks): void {
  if (Array.isArray(value)) for (const one of value) learn(one, masks);
  else if (typeof value === "object" && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      if (typeof one !== "string") learn(one, masks);
      else if (REFERENCES.has(key)) masks.ofReference(one);
      else if (TAILS.test(key)) masks.hideTail(one);
      else if (
        kindIn(key, value as Fields) !== null &&
        one !== "" &&
        !("line" in value && key === "note")
      )
        coverText(one, key, value as Fields, masks);
      else if (ADDRESSES.has(key)) coverAddress(one, masks);
    }
    if ("open_values" in value) coverValue(value.open_values, "open_values", {}, masks);
  }
}

/** The answer without what is hidden. */
export function cover<T>(answer: T, masks: Masks): T {
  learn(answer, masks);
  return coverValue(answer, "", {}, masks) as T;
}

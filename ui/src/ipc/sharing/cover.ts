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
  "got",
  "left",
  "right",
  "saved",
  "request",
  "words",
]);
/** What goes back with the next request; an object called a request may be of another kind. */
const COMPOSED = new Set(["saved", "request", "requests", "query", "check", "checks", "variables"]);
/** What a request says by closed words. */
const CLOSED = new Set(["method", "kind", "of", "environment", "recipe", "sample", "outcome"]);
/** Paths that may be of another place: where a redirect led. */
const PLACES = new Set(["to", "path"]);
const CERTIFICATE: Record<string, Kind> = {
  subject: "host",
  issuer: "host",
  names: "host",
  sha256: "value",
};

/** The kind of word that a field holds, where its object has to say it. */
function kindIn(key: string, fields: Fields): Kind | null {
  const has = (...names: string[]): boolean => names.some((name) => name in fields);
  const noted = ["owner", "ticket", "declared_at", "days_silent", "sent_body", "cut_from", "kept"];
  if (key === "note" && has(...noted)) return "note";
  if (has("sha256")) return CERTIFICATE[key] ?? null;
  if (key === "name" && has("has_wanted", "added_on")) return "service";
  if (key === "label" && has("registered_on")) return "note";
  if (key === "ticket" && has("sure")) return null;
  // An open field of a paste, and who made a token.
  if (key === "value" && has("last_four")) return "value";
  if (key === "issuer" && has("algorithm")) return "host";
  return WORDS[key] ?? null;
}

function isAddress(key: string, text: string): boolean {
  return ADDRESSES.has(key) || (PLACES.has(key) && /^[a-z]+:\/\//i.test(text));
}

/** Whether what the field holds, all through, goes back with the next request. */
function isComposed(key: string, value: unknown): boolean {
  if (!COMPOSED.has(key)) return false;
  return key !== "request" || (typeof value === "object" && value !== null && "method" in value);
}

function coverAddress(text: string, masks: Masks, goesBack = false): string {
  const found = /^([a-z]+:\/\/)([^/?#]+)(.*)$/i.exec(text);
  return found === null
    ? masks.inSentence(text, goesBack)
    : `${found[1] ?? ""}${masks.of("host", found[2] ?? "")}${masks.inSentence(found[3] ?? "", goesBack)}`;
}

function coverText(
  text: string,
  key: string,
  fields: Fields,
  masks: Masks,
  goesBack = false,
): string {
  if (text === "") return text;
  if (REFERENCES.has(key)) return masks.ofReference(text);
  if (TAILS.test(key) && !goesBack) {
    masks.hideTail(text);
    return TAIL;
  }
  if (key === "name" && typeof fields["provider"] === "string" && "ref" in fields)
    return masks.ofName(fields["provider"], text);
  if (isAddress(key, text)) return coverAddress(text, masks, goesBack);
  // What a found key is noted for is one of two closed words.
  if (key === "note" && "line" in fields) return text;
  const kind = kindIn(key, fields);
  if (kind !== null) return masks.of(kind, text);
  if (goesBack) return CLOSED.has(key) ? text : masks.inSentence(text, true);
  // The path of what was asked is asked again.
  const asked = key === "path" && "sent_body" in fields;
  return SENTENCES.has(key) || /\s/.test(text) ? masks.inSentence(text, asked) : text;
}

type Claim = [string, string];

/** What a token says of its owner: numbers and times stay. */
function coverClaims(claims: Claim[], masks: Masks): Claim[] {
  return claims.map(([name, said]) => [name, /^\d*$/.test(said) ? said : masks.of("value", said)]);
}

function coverValue(
  value: unknown,
  key: string,
  fields: Fields,
  masks: Masks,
  within = false,
): unknown {
  const goesBack = within || isComposed(key, value);
  if (typeof value === "string") return coverText(value, key, fields, masks, goesBack);
  if (key === "claims" && Array.isArray(value)) return coverClaims(value as Claim[], masks);
  if (Array.isArray(value)) return value.map((one) => coverValue(one, key, fields, masks, within));
  if (typeof value !== "object" || value === null) return value;
  const inner = value as Fields;
  const values = key === "open_values";
  const covered = Object.entries(inner).map(([name, one]) => [
    key === "variables" ? masks.inSentence(name, true) : name,
    values && typeof one === "string" && one !== ""
      ? masks.of("value", one)
      : coverValue(one, key === "headers" ? key : name, inner, masks, goesBack),
  ]);
  const all = Object.fromEntries(covered) as Fields;
  // Where the hits were is told of the text as it was.
  return "marks" in inner && all["text"] !== inner["text"] ? { ...all, marks: [] } : all;
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
      else if (isAddress(key, one)) coverAddress(one, masks);
    }
    if ("open_values" in value) coverValue(value.open_values, "open_values", {}, masks);
  }
}

/** The answer without what is hidden. */
export function cover<T>(answer: T, masks: Masks): T {
  learn(answer, masks);
  return coverValue(answer, "", {}, masks) as T;
}

/** What is kept of a request that is composed: all of it aside in this window, less of it in the vault. Pure. */
import { sizeOf } from "../drafts/room";
import type { Check, Request } from "./contract";

/** Where a request goes, and how it is sent. */
export interface Place {
  environment: string | null;
  recipe: string | null;
}

/** What was left out: a body that is too long, files, headers that authenticate, and what was sent already. */
export type Missing = "body" | "files" | "headers" | "sent";

export interface KeptDraft extends Place {
  request: Request;
  checks: Check[];
  saved: string | null;
  sample: string | null;
  /** Whether an answer to it came, and nothing was changed since. */
  answered: boolean;
  missing: Missing[];
}

/** The longest body that the vault keeps while it is written, in bytes: all drafts share 64 KiB. */
const LONGEST_BODY = 40_000;

/** As `carries_secret` of keyturn-request has them. */
const PLAIN = new Set([
  "idempotency-key",
  "sec-websocket-key",
  "x-csrf-token",
  "x-xsrf-token",
  "authority",
  "author",
  "x-goog-authuser",
]);

/** Whether a header of this name tells who asks: no such header is kept. */
export function authenticates(name: string): boolean {
  const lower = name.trim().toLowerCase();
  return !PLAIN.has(lower) && /key|token|secret|auth|cookie/.test(lower);
}

/** What an older or newer window kept in another form is no draft. */
export function isKept(kept: unknown): kept is KeptDraft {
  if (typeof kept !== "object" || kept === null || !("request" in kept)) return false;
  const { request, checks, missing } = kept as Partial<KeptDraft> & { request: Partial<Request> };
  const isWhole = Array.isArray(checks) && Array.isArray(missing);
  return isWhole && typeof request?.method === "string" && typeof request.url === "string";
}

function isLong(body: unknown): boolean {
  const text = JSON.stringify(body);
  return text.length > LONGEST_BODY || sizeOf(text) > LONGEST_BODY;
}

/** Without the values that an answer came to: nobody asked to keep them. */
function withoutValues({ method, url, query, headers }: Request): Request {
  const [path = ""] = url.split("?");
  const names = query?.map((param) => ({ ...param, value: "" }));
  return { method, url: path, ...(names && { query: names }), ...(headers && { headers }) };
}

/** What the vault keeps of it. */
export function forVault(kept: KeptDraft): KeptDraft {
  const { headers = [], body } = kept.request;
  const missing: Missing[] = [];
  const plain = headers.filter(({ name }) => !authenticates(name));
  if (plain.length < headers.length) missing.push("headers");
  let request: Request = { ...kept.request, headers: plain };
  if (kept.answered) {
    const less = withoutValues(request);
    if (JSON.stringify(less) !== JSON.stringify(request)) missing.push("sent");
    request = less;
  } else if (body !== undefined && isLong(body)) {
    missing.push("body");
    delete request.body;
  }
  return { ...kept, request, missing };
}

/**
 * The door while somebody else looks: answers come through it covered, and masks that the page gives
 * back go out as what they stand for. So no screen has to think of it, and none can forget.
 */
import type { Backend } from "../index";
import type { ShellEvent } from "../contract";
import { cover } from "./cover";
import { Masks } from "./masks";

let masks = new Masks();

/** What the user typed to be kept secret is never looked at, but for a request: nothing in it is a secret. */
const TYPED = new Set([
  "value",
  "secrets",
  "passphrase",
  "recovery_key",
  "tail",
  "body",
  "body_base64",
]);
const NOTHING = new Set<string>();
const REQUESTS = new Set([
  "tester_send",
  "tester_preview",
  "save_request",
  "save_requests",
  "remove_saved",
  "request_code",
  "request_variables",
]);
/** Providers' own words name nothing of the user's, but for the addresses they added. */
const PUBLIC = new Set(["list_providers", "app_info", "show_preferences", "set_preferences"]);

function revealed(value: unknown, typed: Set<string>, key = ""): unknown {
  // A body of several parts is no text: what is masked in them goes out as it is meant.
  if (typed.has(key) && (typeof value === "string" || key === "secrets")) return value;
  if (typeof value === "string") return masks.reveal(value);
  if (Array.isArray(value)) return value.map((one) => revealed(one, typed));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      key === "variables" ? masks.reveal(name) : name,
      revealed(one, typed, name),
    ]),
  );
}

/** What is asked before the vault is open, or says no name. */
const NAMELESS = new Set(["show_status", "unlock_vault", "init_vault", "set_share_safe"]);

type Command = (call?: unknown) => Promise<unknown>;

let known: Promise<boolean> | null = null;

/** Learns all names before the first sentence that one may stand in; tried again behind the lock. */
async function learnNames(backend: Backend): Promise<boolean> {
  try {
    cover(await backend.list_credentials(), masks);
    cover(await backend.list_trash(), masks);
    return true;
  } catch {
    known = null;
    return false;
  }
}

async function through(backend: Backend, name: string, call: unknown): Promise<unknown> {
  const command = backend[name as keyof Backend] as Command;
  if (!NAMELESS.has(name)) await (known ??= learnNames(backend));
  try {
    const answer = await command(revealed(call, REQUESTS.has(name) ? NOTHING : TYPED));
    return PUBLIC.has(name) ? answer : cover(answer, masks);
  } catch (error) {
    throw cover(error, masks);
  }
}

/** Begins to count anew; for tests, whose pages share it. */
export function forgetNames(): void {
  masks = new Masks();
  known = null;
}

/** The backend as the page may see it. */
export function covered(backend: Backend): Backend {
  known = null;
  return new Proxy(backend, {
    get: (_, name) =>
      name === "subscribe" || typeof name === "symbol"
        ? Reflect.get(backend, name)
        : (call?: unknown) => through(backend, name, call),
  });
}

/** An event as the page may hear it. */
export function coveredEvent(event: ShellEvent): ShellEvent {
  return cover(event, masks);
}

/** A reference as the page knows it while names are hidden, and back. */
export const maskOf = (reference: string): string => masks.ofReference(reference);
export const meantBy = (reference: string): string => masks.reveal(reference);

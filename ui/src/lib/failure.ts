/** What went wrong, as the user is told: every error of the shell passes through {@link asFailure}. */
import type { ApiError, ErrorCode } from "../ipc";
import { words } from "../words/en";

/** What the user can do about a failure with one click. */
export type FailureAction = "retry" | "unlock" | "passphrase" | "confirm" | "none";

export interface Failure {
  code: ErrorCode;
  title: string;
  message: string;
  hint: string | null;
  action: FailureAction;
  /** When it may be tried again, where that is told. */
  retryAt?: string;
}

/** The one table from codes to the offered action; the words stand in the catalogue. */
const actions: Partial<Record<ErrorCode, FailureAction>> = {
  vault_locked: "unlock",
  keyring_unavailable: "passphrase",
  confirmation_needed: "confirm",
  network: "retry",
  tls: "none",
  timeout: "retry",
  provider_answer: "retry",
  clipboard_unavailable: "retry",
  agent_unreachable: "retry",
  restart_needed: "retry",
  not_saved: "retry",
  internal: "retry",
};

export function isApiError(error: unknown): error is ApiError {
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}

/** A first capital and a full stop, since the agent's messages come without. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}

/** Advice that names the command line's flags is of no use in a window. */
function windowHint(hint: string | null | undefined): string | null {
  if (hint === null || hint === undefined) return null;
  const kept = hint
    .split(/(?<=[.!?])\s+/)
    .filter((part) => !/`keyturn |--[a-z]/.test(part))
    .join(" ");
  return kept === "" ? null : sentence(kept);
}

export function asFailure(error: unknown): Failure {
  const known = isApiError(error) ? error : null;
  const code: ErrorCode = known?.code ?? "internal";
  const entry = words.errors[code];
  return {
    code,
    title: entry.title,
    message: known === null ? words.errors.unexpected : sentence(known.message),
    hint: windowHint(known?.hint) ?? entry.hint,
    action: actions[code] ?? "none",
    ...(known?.retry_at ? { retryAt: known.retry_at } : {}),
  };
}

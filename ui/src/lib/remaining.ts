/**
 * How much of a token's life is left: pure arithmetic on epoch milliseconds. Says when the answer
 * will change next, so that nobody has to look before. When a token is soon over is the agent's word.
 */
import type { TokenView } from "../ipc";
import { times } from "../words/times";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Phase = "none" | "unknown" | "endless" | "ok" | "soon" | "urgent" | "expired";

export interface Span {
  issued: number;
  end: number;
  /** From how many milliseconds before the end it is soon over, and urgent. */
  soon: number;
  urgent: number;
}

export function spanOf(token: TokenView): Span | null {
  if (token.expires_at === null) return null;
  const end = Date.parse(token.expires_at);
  const issued = token.issued_at === null ? end - DAY : Date.parse(token.issued_at);
  const before = (at: string | null): number => (at === null ? 0 : end - Date.parse(at));
  return { issued, end, soon: before(token.soon_at), urgent: before(token.urgent_at) };
}

/** A token that is kept fresh is renewed before it is soon over: only a renewal that failed is alarming. */
export function staysCalm(token: TokenView): boolean {
  return token.kept_fresh === true && (token.renewal_problem ?? null) === null;
}

export function phaseOf(token: TokenView, now: number): Phase {
  if (token.state === "none") return "none";
  const span = spanOf(token);
  if (span === null) return token.source === "no_expiry" ? "endless" : "unknown";
  const left = span.end - now;
  if (left <= 0) return "expired";
  if (staysCalm(token)) return "ok";
  if (left <= span.urgent) return "urgent";
  return left <= span.soon ? "soon" : "ok";
}

/** Milliseconds until {@link phaseOf} says something else; infinite where it never will. */
export function untilNextPhase(token: TokenView, now: number): number {
  const span = token.state === "none" ? null : spanOf(token);
  if (span === null) return Infinity;
  const left = span.end - now;
  const warnings = staysCalm(token) ? [] : [left - span.soon, left - span.urgent];
  const steps = [...warnings, left].filter((step) => step > 0);
  return steps.length === 0 ? Infinity : Math.min(...steps);
}

/** The share of the life that is left, from 0 to 1, in steps that a small ring can show. */
export function shareLeft(token: TokenView, now: number): number {
  const span = spanOf(token);
  if (span === null || span.end <= span.issued) return 0;
  const share = (span.end - now) / (span.end - span.issued);
  return Math.round(Math.min(Math.max(share, 0), 1) * 60) / 60;
}

/** What is left of a time to come, as `12 d`, `5 h 12 m` or `12:07`. */
export function leftText(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / SECOND));
  if (seconds >= 2 * 86_400) return times.days(Math.floor(seconds / 86_400));
  const minutes = Math.floor(seconds / 60);
  if (seconds >= 3_600) return times.hoursAndMinutes(Math.floor(minutes / 60), minutes % 60);
  return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
}

/** How long ago a time was, as `2 h`; null within the first minute. */
export function agoText(ago: number): string | null {
  if (ago < MINUTE) return null;
  if (ago < HOUR) return times.minutes(Math.floor(ago / MINUTE));
  return ago < 2 * DAY ? times.hours(Math.floor(ago / HOUR)) : times.days(Math.floor(ago / DAY));
}

/** Milliseconds until {@link leftText} or {@link agoText} of that end reads differently. */
export function untilNextText(end: number, now: number): number {
  const left = end - now;
  if (left <= 0) {
    const unit = -left < HOUR ? MINUTE : -left < 2 * DAY ? HOUR : DAY;
    return unit - (-left % unit);
  }
  const seconds = Math.ceil(left / SECOND);
  let next = seconds - 1;
  if (seconds >= 2 * 86_400) next = Math.floor(seconds / 86_400) * 86_400 - 1;
  else if (seconds >= 3_600) next = Math.floor(seconds / 60) * 60 - 1;
  return left - next * SECOND;
}

/** The figures of an answer in words, and the parts of its time. Pure. */
import { numberText, written } from "../../../lib/locale";
import { answerWords as words } from "../../../words/answer";
import type { TimingView } from "../../../ipc";

/** `812 bytes`, `3.4 kB`, `10.2 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return words.bytes(bytes);
  const [unit, per] = bytes < 1_000_000 ? (["kB", 1_000] as const) : (["MB", 1_000_000] as const);
  const amount = bytes / per;
  return `${numberText(Number(amount.toFixed(amount < 100 ? 1 : 0)))} ${unit}`;
}

/** `142 ms`, `3.1 ms`, `12.4 s`. */
export function timeText(ms: number): string {
  if (ms >= 10_000) return `${numberText(Number((ms / 1_000).toFixed(1)))} s`;
  return `${numberText(Number(ms.toFixed(ms < 10 ? 1 : 0)))} ms`;
}

export type Phase = "dns" | "connect" | "tls" | "first_byte" | "download";

export interface Part {
  phase: Phase;
  /** Null where a kept connection had it before. */
  ms: number | null;
  /** Where it begins, and how long it is, as a share of all parts: from 0 to 100. */
  start: number;
  share: number;
}

const PHASES: Phase[] = ["dns", "connect", "tls", "first_byte", "download"];

/** The parts of an answer's time, each where the one before ends. */
export function partsOf(timing: TimingView): Part[] {
  const sum = PHASES.reduce((all, phase) => all + (timing[phase] ?? 0), 0);
  const whole = Math.max(sum, timing.total, Number.EPSILON);
  let passed = 0;
  return PHASES.map((phase) => {
    const ms = timing[phase];
    const share = ((ms ?? 0) / whole) * 100;
    const start = (passed / whole) * 100;
    passed += ms ?? 0;
    return { phase, ms, start, share };
  });
}

/** Whether the connection was there before: nothing was looked up nor opened. */
export function keptConnection(timing: TimingView): boolean {
  return timing.dns === null && timing.connect === null && timing.tls === null;
}

/** `22 Nov 2026`, in the user's language. */
export function dayOf(text: string): string {
  return written(Date.parse(text), { day: "numeric", month: "short", year: "numeric" });
}

/** A name of a file that says what was asked: `api-v1-orders`. */
export function fileName(url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, "").replace(/[?#].*$/, "");
  const name = path.replaceAll(/[^A-Za-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "");
  return name.slice(0, 60) || "answer";
}

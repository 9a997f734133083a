/** An answer in few words. Pure. */
import type { Tone } from "../../../components/StatusCode.svelte";
import type { SendRequestAnswer } from "../../../ipc";
import { answerWords as words } from "../../../words/answer";
import { timeText } from "./figures";

/** `200 OK`. */
export function statusText(answer: Pick<SendRequestAnswer, "status" | "status_words">): string {
  if (answer.status === null) return words.dry;
  return [String(answer.status), answer.status_words ?? ""].join(" ").trim();
}

/** `3 checks passed`, `1 of 3 checks failed`; null where none were made. */
export function checksText(checks: SendRequestAnswer["checks"] | undefined): string | null {
  if (checks === undefined || checks.length === 0) return null;
  const failed = checks.filter(({ passed }) => !passed).length;
  return failed === 0
    ? words.checks.allPassed(checks.length)
    : words.checks.someFailed(failed, checks.length);
}

/** What readers of the screen are told once. */
export function announced(answer: SendRequestAnswer): string {
  const time = timeText(answer.timing_ms.total);
  return words.announce(statusText(answer), time, checksText(answer.checks));
}

export function toneOf(answer: Pick<SendRequestAnswer, "status" | "refused">): Tone {
  if (answer.status === null) return "calm";
  if (answer.refused || answer.status >= 400) return "bad";
  return answer.status < 300 ? "ok" : "warn";
}

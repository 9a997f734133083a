/** The one step that helps after an answer or a failure. Pure; the rule is the explanation's, with what sending adds. */
import type {
  CredentialDetail,
  DiagnosisView,
  ProviderView,
  SendRequestAnswer,
} from "../../../ipc";
import type { Failure } from "../../../lib/failure";
import { nextSteps, secondsToWait, type NextStep } from "../../explain/next";

export type Step =
  | { kind: "wait"; until: number }
  | { kind: "environment"; name: string }
  | { kind: NextStep | "again" | "support" };

/** Another environment of the credential that a text speaks of. */
function otherEnvironment(text: string, credential: CredentialDetail, now: string): string | null {
  const words = new Set(
    text.toLowerCase().match(/[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?/gu) ?? [],
  );
  const others = credential.environments.filter((name) => name !== now);
  return others.find((name) => words.has(name.toLowerCase())) ?? null;
}

function toldIn({ meaning, action, provider_says, notes }: DiagnosisView): string {
  return [meaning, action, provider_says, ...notes].join(" ");
}

/** Whether it went wrong. */
export function failed(answer: Pick<SendRequestAnswer, "status" | "refused">): boolean {
  return answer.refused || (answer.status ?? 0) >= 400;
}

export function stepAfter(
  answer: SendRequestAnswer,
  credential: CredentialDetail,
  provider: ProviderView | undefined,
  sentTo: string,
  now: number,
): Step | null {
  const { diagnosis } = answer;
  if (!failed(answer)) return null;
  if (diagnosis === null) return { kind: "support" };
  const explained = { ...diagnosis, credential_refused: answer.credential_refused };
  const seconds = secondsToWait(explained, null, now);
  if (seconds !== null) return { kind: "wait", until: now + seconds * 1_000 };
  if (diagnosis.keyturn === "back_off") return { kind: "again" };
  const steps = nextSteps(explained, credential, provider);
  const environment = otherEnvironment(toldIn(diagnosis), credential, sentTo);
  if (environment !== null && !steps.includes("renew"))
    return { kind: "environment", name: environment };
  const [first] = steps;
  return { kind: first ?? "support" };
}

/** What helps where nothing was answered. Trying again is offered with the failure itself. */
export function stepAfterFailure(
  failure: Failure,
  credential: CredentialDetail,
  sentTo: string,
  now: number,
): Step | null {
  if (failure.code === "credential_refused") return { kind: "rotate" };
  if (failure.retryAt !== undefined)
    return { kind: "wait", until: Math.max(now, Date.parse(failure.retryAt)) };
  if (failure.code === "not_yet") return { kind: "again" };
  if (failure.code !== "refused_by_policy") return null;
  const told = `${failure.message} ${failure.hint ?? ""}`;
  const environment = otherEnvironment(told, credential, sentTo);
  return environment === null ? null : { kind: "environment", name: environment };
}

/** What the window offers after an explanation. Pure. */
import type { CredentialView, ExplainAnswerView, ProviderView } from "../../ipc";
import { usesToken } from "../credential/reading";

export type NextStep = "renew" | "addresses" | "rotate";

/** Whether an explanation speaks of the provider's list of addresses. */
function namesAddresses(answer: ExplainAnswerView): boolean {
  return /\bIP\b|\baddress(es)?\b/.test(`${answer.meaning} ${answer.action ?? ""}`);
}

export function nextSteps(
  answer: ExplainAnswerView,
  credential: CredentialView,
  provider: ProviderView | undefined,
): NextStep[] {
  const steps: NextStep[] = [];
  if (answer.keyturn === "renew_once" && usesToken(credential, provider)) steps.push("renew");
  if (provider?.ip_allow_list === true && namesAddresses(answer)) steps.push("addresses");
  if (answer.credential_refused) steps.push("rotate");
  return steps;
}

/** In how many seconds to come back; `null` where nobody says. */
export function secondsToWait(
  answer: ExplainAnswerView,
  retryAfter: number | null,
  now: number,
): number | null {
  if (answer.retry_at !== null)
    return Math.max(0, Math.ceil((Date.parse(answer.retry_at) - now) / 1_000));
  return retryAfter;
}

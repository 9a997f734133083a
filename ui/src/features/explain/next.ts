/** What the window offers after an explanation. Pure. */
import type { CredentialView, ExplainAnswerView, ProviderView } from "../../ipc";
import { usesToken } from "../credential/reading";

export type NextStep = "renew" | "addresses" | "rotate";

/** What is known of an answer, whoever got it. */
export type Explained = Pick<
  ExplainAnswerView,
  "meaning" | "action" | "keyturn" | "retry_at" | "credential_refused"
>;

/** Whether an explanation speaks of the provider's list of addresses. */
function namesAddresses(answer: Explained): boolean {
  return /\bIP\b|\baddress(es)?\b/.test(`${answer.meaning} ${answer.action ?? ""}`);
}

export function nextSteps(
  answer: Explained,
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
  answer: Explained,
  retryAfter: number | null,
  now: number,
): number | null {
  if (answer.retry_at !== null)
    return Math.max(0, Math.ceil((Date.parse(answer.retry_at) - now) / 1_000));
  return retryAfter;
}

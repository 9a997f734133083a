/** What the recorded backend says of answers that other programs got. */
import type { CredentialDetail, ExplainAnswer, ExplainAnswerView } from "../types";
import { failure } from "./answers";

type Said = Partial<ExplainAnswerView>;

function rows(status: number, body: string, now: number): Said | null {
  if (status === 403)
    return {
      meaning: "Deepvue does not let this address in, or the token is for other endpoints.",
      action: "Add this machine's address to the IP list: Dashboard → Security.",
      row: "DV7.403",
    };
  if (status === 401 && /credentials|client/i.test(body))
    return {
      meaning: "Deepvue does not know this pair of client id and client secret.",
      action: "Compare both with Dashboard → Credentials and store them again.",
      row: "DV7.401.credentials",
      credential_refused: true,
    };
  if (status === 401)
    return {
      meaning: "The token has expired.",
      action: "Get a new token.",
      row: "DV7.401.token",
      keyturn: "renew_once",
    };
  if (status === 429)
    return {
      meaning: "Too many requests: the limit of the plan is reached.",
      action: "Wait, longer each time.",
      row: "DV7.429",
      keyturn: "back_off",
      retry_at: new Date(now + 30_000).toISOString(),
    };
  return null;
}

export function explained(
  call: ExplainAnswer,
  credential: CredentialDetail,
  now: number,
): ExplainAnswerView {
  if (call.status < 100 || call.status > 599)
    throw failure("invalid_input", "an HTTP status is a number from 100 to 599");
  const bytes = Uint8Array.from(atob(call.body_base64), (c) => c.charCodeAt(0));
  const body = new TextDecoder().decode(bytes);
  const row = rows(call.status, body, now);
  return {
    meaning: `No row of ${credential.provider_name}'s profile matches this answer.`,
    action: null,
    row: null,
    keyturn: "none",
    verified: row !== null,
    provider_says: /"detail":"([^"]*)"/.exec(body)?.[1] ?? null,
    retry_at: null,
    notes: [],
    credential_refused: false,
    facts: {
      status: call.status,
      exchange: call.path === "/v1/authorize",
      method: "client_credentials",
      token_age_s: 7_200,
      clock_skew_s: null,
      this_machine_listed: "unknown",
    },
    body: body.replaceAll(/"access_token":"[^"]*"/g, '"access_token":"[redacted]"'),
    ...row,
  };
}

/** Vaults of many credentials, for measurements. */
import type { CredentialDetail } from "../types";
import { make, tokenOf } from "./credentials";
import { DAY, HOUR, MINUTE } from "./times";

/** Many, for measurements. */
export function manyCredentials(now: number, amount: number): CredentialDetail[] {
  return Array.from({ length: amount }, (_, at) =>
    make(now, {
      provider: "deepvue",
      providerName: "Deepvue",
      name: `service-${String(at + 1).padStart(4, "0")}`,
      secrets: { client_secret: String(1_000 + (at % 9_000)) },
      open: { client_id: `client-${at + 1}` },
      token: tokenOf(now, 23 * HOUR + (at % 59) * MINUTE, DAY, "response_field"),
    }),
  );
}

/** Many keys with a date each, for the timeline. */
export function manyDue(now: number, amount: number): CredentialDetail[] {
  return Array.from({ length: amount }, (_, at) =>
    make(now, {
      provider: at % 2 === 0 ? "deepidv" : "deepcurrent",
      providerName: at % 2 === 0 ? "deepidv" : "DeepCurrent",
      name: `service-${String(at + 1).padStart(5, "0")}`,
      owner: "Platform",
      secrets: { api_key: String(1_000 + (at % 9_000)) },
      dueInDays: (at % 200) - 3,
    }),
  );
}

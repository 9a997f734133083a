/** A vault in which everything that the user wrote says "canary": what hides names is tried on it. */
import type { CredentialDetail } from "../types";
import { make, tokenOf } from "./credentials";
import { DAY, HOUR } from "./times";

/** The one that lies in the trash as well, where its name was taken again. */
const MAIN = {
  provider: "deepvue",
  providerName: "Deepvue",
  name: "canaryname",
  owner: "Canary Owner",
  secrets: { client_secret: "cNrY" },
};

export function canaries(now: number): CredentialDetail[] {
  return [
    make(now, {
      ...MAIN,
      note: "canary note, over\ntwo lines",
      open: { client_id: "canary-client-4821" },
      token: tokenOf(now, 20 * HOUR, DAY, "response_field"),
      dueInDays: -3,
    }),
    make(now, {
      provider: "deepidv",
      providerName: "deepidv",
      name: "canary.other",
      owner: "canary@northwind.example",
      secrets: { api_key: "cNrY" },
      open: { organization: "Canary & Sons" },
      dueInDays: 5,
    }),
  ];
}

/** What lies in the trash of that vault: one whose name is taken again, and one known from there alone. */
export function trashedCanaries(now: number): CredentialDetail[] {
  return [
    make(now, MAIN),
    make(now, {
      provider: "deepidv",
      providerName: "deepidv",
      name: "canary-removed",
      owner: "Former Canary",
      secrets: { api_key: "cNrY" },
    }),
  ];
}

/** Deepvue's checklist: seen by Keyturn, ticked by the user, due again, and open. */
import type { ChecklistItemView } from "../types";

export function checklistItems(): ChecklistItemView[] {
  const none = { by: null, on: null, again_on: null, note: null };
  const seen = { ...none, by: "keyturn" as const, state: "done" as const, tickable: false };
  const user = { ...none, state: "open" as const, tickable: true };
  const ticked = { ...user, by: "user" as const, on: "2026-10-12" };
  return [
    {
      ...seen,
      id: "https",
      text: "All API calls use HTTPS",
      note: "every environment of this credential speaks HTTPS",
    },
    {
      ...seen,
      id: "stored",
      text: "Credentials stored in environment variables or secrets manager",
      note: "encrypted in Keyturn's vault",
    },
    {
      ...user,
      id: "source",
      text: "No credentials in source code or version control",
      note: "not checked by Keyturn: its leak scan is not built yet, so you say it",
    },
    {
      ...seen,
      id: "ips",
      text: "IP whitelisting configured for production servers",
      note: "3 addresses recorded, and one of them changes",
    },
    {
      ...seen,
      id: "tokens",
      text: "Access tokens cached and refreshed proactively",
      note: "one token for every caller, renewed when 20 % of its life is left",
    },
    {
      ...ticked,
      id: "monitoring",
      text: "API usage monitoring enabled in the Dashboard",
      state: "due",
      again_on: "2026-11-11",
    },
    {
      ...ticked,
      id: "team",
      text: "Team access to credentials limited to authorized personnel",
      state: "done",
    },
    { ...user, id: "incident", text: "Incident response plan in place for credential leaks" },
  ];
}

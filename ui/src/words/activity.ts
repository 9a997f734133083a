/** The words of the activity. They come with its screen, and with the history of a credential. */
import type { JournalKind } from "../ipc";
import { count } from "../lib/plural";
import { spoken } from "./spoken";

/** What was done, in the past tense; the credential stands beside it. */
const kinds: Record<JournalKind, string> = {
  added: "Added",
  edited: "Edited",
  removed: "Moved to the trash",
  restored: "Restored",
  deleted: "Deleted for good",
  captured: "Key caught",
  rotated: "Key replacement",
  token: "Token handed out",
  fetched: "Secret handed to a program",
  revealed: "Secret shown",
  copied: "Copied",
  requested: "Request sent",
  exchanged: "Token bought",
  revoked: "Token revoked",
  allowed: "Program let in or refused",
  settings: "Settings changed",
  other: "Something else",
};

export const activityWords = spoken("activity", {
  title: "Activity",
  lead: "What was done with your credentials, by which program. It holds no secret.",
  kinds,
  filters: "Filter the activity",
  credential: "Credential",
  anyCredential: "All credentials",
  kind: "What was done",
  anyKind: "Everything",
  verify: "Verify",
  verifying: "Verifying…",
  whole: (entries: number, since: string) =>
    `The journal is whole since ${since}: ${count(entries, "entry is", "entries are")} proven, none is changed or missing.`,
  wholeEmpty: "The journal is whole: nothing is in it yet.",
  broken: "The journal is not whole",
  brokenAt: (entries: number, until: string | null) =>
    until === null
      ? "Nothing of it is proven."
      : `${count(entries, "entry is", "entries are")} proven, the last of ${until}. What comes after may be changed.`,
  head: "End of the chain",
  headHint: "Write it down elsewhere: it shows later that nothing before it was changed.",
  copyHead: "Copy the end of the chain",
  headCopied: "End of the chain copied",
  itself: "Keyturn by itself",
  by: (program: string) => `by ${program}`,
  whole_caller: (caller: string) => `Started by: ${caller}`,
  action: (action: string) => `Recorded as “${action}”`,
  changed: (what: string[]) => `Changed: ${what.join(", ")}`,
  request: (host: string, path: string | null, status: number | null) =>
    [`${host}${path ?? ""}`, status === null ? "" : `answered ${status}`]
      .filter(Boolean)
      .join(", "),
  version: (version: number) => `Version ${version} of the key`,
  details: (what: string) => `Details: ${what}`,
  empty: "Nothing was done yet",
  emptyHint: "Each use of a credential is written down here.",
  nothing: "Nothing fits this filter.",
  reset: "Show everything",
  older: "Show older",
  loadingOlder: "Looking…",
  today: "Today",
  yesterday: "Yesterday",
} as const);

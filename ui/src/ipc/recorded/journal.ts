/** What the recorded backend's journal holds: some weeks of a team's work, the newest first. */
import type {
  CredentialDetail,
  JournalEntryView,
  JournalKind,
  JournalPage,
  JournalProof,
  ListJournal,
} from "../types";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const PAGE = 100;

type Deed = [JournalKind, string, Partial<JournalEntryView>?];

const WINDOW = { program: "Keyturn's window", caller: "keyturn-desktop (2210) < systemd (1)" };
const MAKE = { program: "make", caller: "keyturn (8123) < sh (8120) < make (8117) < zsh (4000)" };
const SHELL = { program: "zsh", caller: "keyturn (8301) < zsh (4000) < foot (3991)" };
const ITSELF = { program: null, caller: "keyturn, keeping fresh" };

/** A round of what is done day by day. */
const DAYS: Deed[] = [
  ["token", "token", MAKE],
  [
    "exchanged",
    "exchange",
    { ...ITSELF, host: "production.deepvue.tech", path: "/v1/authorize", status: 200 },
  ],
  ["copied", "copy", WINDOW],
  [
    "requested",
    "request GET",
    { ...SHELL, host: "production.deepvue.tech", path: "/v1/verification/panbasic", status: 403 },
  ],
  ["token", "token", SHELL],
  ["fetched", "get", MAKE],
  ["edited", "edit", { ...WINDOW, changed: ["owner", "note"] }],
  ["revealed", "reveal", WINDOW],
];

/** The other things, once each. */
const ONCE: Deed[] = [
  ["rotated", "rotate promote", { ...WINDOW, version: 2 }],
  ["rotated", "rotate verify", { ...WINDOW, version: 2 }],
  ["rotated", "rotate store", { ...WINDOW, version: 2 }],
  ["rotated", "rotate start", WINDOW],
  [
    "edited",
    "edit",
    { ...SHELL, changed: ["client_secret"], host: "production: a.example → b.example" },
  ],
  ["added", "add", WINDOW],
];

export class RecordedJournal {
  entries: JournalEntryView[];
  problem: string | null = null;

  constructor(credentials: readonly CredentialDetail[], now: number) {
    const entries = credentials
      .slice(0, 12)
      .flatMap((one, at) => deeds(one, now - at * 7 * MINUTE));
    const made = {
      ...blank(now - 144 * DAY),
      kind: "settings" as const,
      action: "init",
      ...WINDOW,
    };
    const sorted = [...entries, made].sort((a, b) => a.at.localeCompare(b.at));
    this.entries = sorted.map((entry, at) => ({ ...entry, number: at + 1 })).reverse();
  }

  page(call: ListJournal): JournalPage {
    const { reference = null, since = null, before = null } = call;
    const kinds = call.kinds ?? [];
    const found = this.entries.filter(
      (entry) =>
        (kinds.length === 0 || kinds.includes(entry.kind)) &&
        (reference === null || entry.ref === reference) &&
        (since === null || Date.parse(entry.at) >= Date.parse(since)) &&
        (before === null || entry.number < before),
    );
    const limit = call.limit ?? PAGE;
    return { entries: found.slice(0, limit), more: found.length > limit };
  }

  proof(): JournalProof {
    const proven = this.problem === null ? this.entries : this.entries.slice(-7);
    return {
      intact: this.problem === null,
      entries: proven.length,
      since: proven.at(-1)?.at ?? null,
      until: proven.at(0)?.at ?? null,
      head: "5f0c7be1a0b3d94e6c21f8a7350de94b17c26a8f4e0d3b95a8c71f26e04d93b8",
      problem: this.problem,
    };
  }
}

function blank(at: number): JournalEntryView {
  return {
    number: 0,
    at: new Date(at).toISOString(),
    kind: "other",
    action: "",
    program: null,
    caller: "",
    ref: null,
    host: null,
    path: null,
    status: null,
    version: null,
    changed: [],
  };
}

function deeds(one: CredentialDetail, from: number): JournalEntryView[] {
  const version = 1;
  const days = DAYS.map(([kind, action, more], at) => {
    const when = from - at * at * 5 * HOUR - at * 11 * MINUTE;
    return { ...blank(when), kind, action, ref: one.ref, version, ...more };
  });
  const once = ONCE.map(([kind, action, more], at) => {
    const when = kind === "added" ? from - 143 * DAY : from - 40 * DAY - at * 3 * HOUR;
    return { ...blank(when), kind, action, ref: one.ref, version, ...more };
  });
  return [...days, ...once];
}

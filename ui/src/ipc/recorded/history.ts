/** What the recorded backend answers about a credential's history: three versions, one to go back to. */
import type { CredentialDetail, HistoryView, RestoreVersion, VersionView } from "../types";
import { failure } from "./answers";
import type { RecordedJournal } from "./journal";
import providers from "./providers.json";

const DAY = 86_400_000;

/** What the history needs of the backend around it. */
interface Ground {
  now(): number;
  find(reference: string): CredentialDetail;
  put(credential: CredentialDetail): void;
  journal(): RecordedJournal;
}

export class RecordedHistory {
  private readonly versions = new Map<string, VersionView[]>();

  constructor(private readonly ground: Ground) {}

  show(reference: string): HistoryView {
    const credential = this.ground.find(reference);
    const versions = this.versions.get(reference) ?? this.demo(credential);
    const page = this.ground.journal().page({ reference, limit: 200 });
    return { ref: reference, versions, changes: page.entries, more: page.more };
  }

  restore(call: RestoreVersion): HistoryView {
    const { versions } = this.show(call.reference);
    const wanted = versions.find((one) => one.version === call.version);
    if (wanted === undefined)
      throw failure("not_found", `${call.reference} has no version ${call.version}`);
    if (!wanted.restorable)
      throw failure("refused_by_policy", wanted.note ?? "that version cannot be put in use again");
    if (!call.confirmed)
      throw failure(
        "confirmation_needed",
        `version ${call.version} would be put in use, and its tokens bought anew`,
      );
    const since = new Date(this.ground.now()).toISOString();
    this.versions.set(
      call.reference,
      versions.map((one): VersionView => {
        if (one === wanted)
          return { ...one, standing: "current", since, restorable: false, note: null };
        return one.standing === "current"
          ? { ...one, standing: "next", since, note: "Promote it with its rotation." }
          : one;
      }),
    );
    this.ground.put(this.ground.find(call.reference));
    return this.show(call.reference);
  }

  private demo(credential: CredentialDetail): VersionView[] {
    const secrets = credential.fields.filter((field) => field.secret && field.set);
    const labels = providers.find(({ id }) => id === credential.provider)?.fields ?? [];
    const now = this.ground.now();
    const iso = (days: number): string => new Date(now - days * DAY).toISOString();
    const fields = (four: string | null): VersionView["fields"] =>
      secrets.map(({ name, last_four }) => ({
        name,
        label: labels.find((field) => field.name === name)?.label ?? name,
        last_four: four ?? last_four,
      }));
    if (secrets.length === 0) return [];
    const plain = { never_used: false, restorable: false, note: null };
    const current: VersionView = {
      ...plain,
      version: 3,
      standing: "current",
      stored_at: iso(41),
      since: iso(40),
      fields: fields(null),
      stored: true,
    };
    const previous: VersionView = {
      ...plain,
      version: 2,
      standing: "previous",
      stored_at: iso(143),
      since: iso(40),
      fields: fields("b7Yt"),
      stored: true,
      restorable: true,
      note: "It is tried first: nobody says whether it still works.",
    };
    const retired: VersionView = {
      ...plain,
      version: 1,
      standing: "retired",
      stored_at: iso(300),
      since: iso(143),
      fields: fields("w2Pk"),
      stored: false,
      note: "Its value is not stored any more.",
    };
    return credential.rotation.due_on === null ? [current, retired] : [current, previous, retired];
  }
}

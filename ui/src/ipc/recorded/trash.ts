/** What the recorded backend answers about the trash: two that were removed, and what a test removes. */
import type { CredentialDetail, EmptiedTrash, EmptyTrash, RestoreCredential } from "../types";
import type { TrashedView } from "../types";
import { failure } from "./answers";
import { make } from "./credentials";

const DAY = 86_400_000;
const KEEP_DAYS = 30;

/** What the trash needs of the backend around it. */
interface Ground {
  now(): number;
  knows(reference: string): boolean;
  put(credential: CredentialDetail): void;
  /** Tells that the credential of that name changed. */
  tell(reference: string): void;
}

interface Removed {
  id: string;
  at: number;
  credential: CredentialDetail;
}

export class RecordedTrash {
  removed: Removed[];
  private count = 0;

  constructor(private readonly ground: Ground) {
    const now = ground.now();
    const old = { provider: "deepvue", providerName: "Deepvue" };
    const partner = { provider: "deepidv", providerName: "deepidv", owner: "Onboarding" };
    this.removed = [
      this.lay(
        now - 2 * DAY,
        make(now, { ...old, name: "main", secrets: { client_secret: "o1Kd" } }),
      ),
      this.lay(
        now - 29 * DAY,
        make(now, { ...partner, name: "pilot", secrets: { api_key: "p9Zx" } }),
      ),
    ];
  }

  list(): TrashedView[] {
    const newest = [...this.removed].sort((a, b) => b.at - a.at);
    return newest.map(({ id, at, credential }) => ({
      id,
      ref: credential.ref,
      provider: credential.provider,
      provider_name: credential.provider_name,
      name: credential.name,
      environment: credential.environment,
      owner: credential.owner,
      fields: credential.fields,
      reveal: credential.reveal.state,
      removed_at: new Date(at).toISOString(),
      deleted_at: new Date(at + KEEP_DAYS * DAY).toISOString(),
      days_left: Math.floor((at + KEEP_DAYS * DAY - this.ground.now()) / DAY),
      name_taken: this.ground.knows(credential.ref),
    }));
  }

  remove(credential: CredentialDetail): void {
    this.removed.push(this.lay(this.ground.now(), credential));
  }

  restore(call: RestoreCredential): CredentialDetail {
    const found = this.meant(call.reference, call.id ?? null).at(0);
    if (found === undefined)
      throw failure("not_found", `no credential called '${call.reference}' is in the trash`);
    const name = call.name ?? found.credential.name;
    const ref = `${found.credential.provider}/${name}`;
    if (this.ground.knows(ref))
      throw failure(
        "already_exists",
        `there is a credential called '${ref}' already`,
        "Give the one from the trash another name.",
      );
    const restored = { ...found.credential, name, ref };
    this.removed = this.removed.filter((one) => one !== found);
    this.ground.put(restored);
    return restored;
  }

  empty(call: EmptyTrash): EmptiedTrash {
    const gone = this.meant(call.reference ?? null, call.id ?? null);
    if (gone.length === 0 && (call.reference ?? call.id))
      throw failure("not_found", "that credential is not in the trash");
    if (!call.confirmed)
      throw failure("confirmation_needed", "what is deleted from the trash is gone for good");
    this.removed = this.removed.filter((one) => !gone.includes(one));
    const deleted = gone.map(({ credential }) => credential.ref);
    for (const reference of deleted) this.ground.tell(reference);
    return { deleted };
  }

  private meant(reference: string | null, id: string | null): Removed[] {
    const newest = [...this.removed].sort((a, b) => b.at - a.at);
    return newest.filter(
      (one) =>
        (reference === null || one.credential.ref === reference) && (id === null || one.id === id),
    );
  }

  private lay(at: number, credential: CredentialDetail): Removed {
    this.count += 1;
    return { id: this.count.toString(16).padStart(32, "0"), at, credential };
  }
}

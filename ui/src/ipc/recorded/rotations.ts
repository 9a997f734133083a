/**
 * What the recorded backend answers about rotations, consumers and the finder: the agent's machine in
 * small, so that a flow can be walked from its start to its end.
 */
import type {
  AdvanceRotation,
  ConsumersView,
  CredentialDetail,
  EditConsumers,
  FoundCredential,
  RotationDetail,
  RotationStage,
} from "../types";
import { failure } from "./answers";
import { demoConsumers, demoFound } from "./consumers";
import { nextOf, offersOf, stateOf } from "./offers";
import { routeOf, type RecordedRoute } from "./routes";

/** What a rotation needs of the backend around it. */
interface Ground {
  now(): number;
  find(reference: string): CredentialDetail;
  put(credential: CredentialDetail): void;
}

const NEXT: Record<RotationStage, string> = {
  started: "Get the new key and put it in.",
  requested: "Wait for the provider. When the new key comes, put it in.",
  issued: "Find out whether the new key works.",
  verified: "Make ready everything that uses the key.",
  confirmed: "Make the new key the one in use.",
  promoted: "End the old key, then retire it here.",
  retiring: "The old key still answers: end it at the provider, then test again.",
};

export class RecordedRotations {
  readonly rotations = new Map<string, RotationDetail>();
  readonly consumers = new Map<string, ConsumersView>();
  found: FoundCredential[];
  /** Whether the old key still answers when it is tested. */
  oldAnswers = false;

  constructor(private readonly ground: Ground) {
    this.found = demoFound(Date.now());
  }

  show(reference: string): RotationDetail {
    const credential = this.ground.find(reference);
    const known = this.rotations.get(reference) ?? this.idle(credential);
    return { ...known, consumers: this.users(reference) };
  }

  isUnderWay(reference: string): boolean {
    return this.rotations.has(reference);
  }

  advance({ reference, step }: AdvanceRotation): RotationDetail {
    const credential = this.ground.find(reference);
    const detail = this.show(reference);
    const route = routeOf(credential.provider);
    const at = new Date(this.ground.now()).toISOString();
    const to = (stage: RotationStage, more: Partial<RotationDetail> = {}): RotationDetail =>
      this.keep(credential, { ...detail, stage, started_at: detail.started_at ?? at, ...more });
    if (step === "start") return to("started", { old_key: { lives: { known_at: at } } });
    if (step === "cancel") return this.end(credential, {});
    if (step === "roll_back") return to("verified", { promoted_at: null });
    if ("compromised" in step) {
      const { note } = step.compromised;
      const emergency = { ...route.emergency(credential, at), note };
      return to(detail.stage ?? "started", { emergency, old_key: { lives: { known_at: at } } });
    }
    if ("request" in step) {
      const on = step.request.on ?? at.slice(0, 10);
      const days_silent = Math.floor((this.ground.now() - Date.parse(on)) / 86_400_000);
      const nudge_on = new Date(Date.parse(on) + 3 * 86_400_000).toISOString().slice(0, 10);
      return to("requested", { request: { ...step.request, on, days_silent, nudge_on } });
    }
    if ("store" in step) return to("issued", this.stored(detail, step.store.secrets, at));
    if ("verify" in step) {
      const by = step.verify.by_word ? "word" : route.verifiedBy;
      if (by === null) throw failure("confirmation_needed", "nothing harmless can be sent");
      return to("verified", { verified_at: at, verified_by: by });
    }
    if ("confirm" in step) {
      if (detail.consumers.behind.length > 0 && !step.confirm.consumers_behind)
        throw failure("confirmation_needed", "not everything has the new key yet");
      return to("confirmed", { confirmed_at: at, old_key: "unknown" });
    }
    if ("promote" in step) return to("promoted", { promoted_at: at });
    if (this.oldAnswers && !step.retire.by_word)
      return to("retiring", { old_key: { lives: { known_at: at } } });
    const over = this.end(credential, { issued_on: detail.issued_at?.slice(0, 10) ?? null });
    return { ...over, emergency: detail.emergency };
  }

  users(reference: string): ConsumersView {
    const stage = this.rotations.get(reference)?.stage ?? null;
    const isStored = stage !== null && stage !== "started" && stage !== "requested";
    const none = { version: 1, written_down: [], seen: [], behind: [] };
    const known = this.consumers.get(reference) ??
      demoConsumers(reference, this.ground.now()) ?? { ref: reference, wanted_version: 1, ...none };
    const wanted_version = isStored ? 2 : 1;
    const written_down = known.written_down.map((one) => ({
      ...one,
      has_wanted: one.version === wanted_version,
    }));
    const late = written_down.filter((one) => !one.has_wanted).map((one) => one.name);
    const seen = isStored ? known.seen.map((one) => one.program) : [];
    const version = stage === "promoted" || stage === "retiring" ? 2 : 1;
    return { ...known, version, wanted_version, written_down, behind: [...late, ...seen] };
  }

  editUsers({ reference, edit }: EditConsumers): ConsumersView {
    const known = this.users(reference);
    const { wanted_version: wanted } = known;
    let { written_down } = known;
    if ("add" in edit) {
      const id = Math.max(0, ...written_down.map((one) => one.id)) + 1;
      const added_on = new Date(this.ground.now()).toISOString().slice(0, 10);
      const one = { id, name: edit.add.name, added_on, version: known.version, has_wanted: false };
      written_down = [...written_down, one];
    } else if ("remove" in edit)
      written_down = written_down.filter((one) => one.id !== edit.remove.id);
    else {
      const { id, ready } = edit.has_new;
      written_down = written_down.map((one) =>
        one.id === id ? { ...one, version: ready ? wanted : wanted - 1 } : one,
      );
    }
    this.consumers.set(reference, { ...known, written_down });
    return this.users(reference);
  }

  find(text: string): FoundCredential[] {
    return this.found.filter((one) => one.key?.last_four === text || one.ref.includes(text));
  }

  /** A rotation that is not under way. */
  private idle(credential: CredentialDetail): RotationDetail {
    const route = routeOf(credential.provider);
    const fields = credential.fields.filter((field) => route.fields.includes(field.name));
    return this.drawn(route, {
      ref: credential.ref,
      state: credential.rotation.state,
      stage: null,
      stages: [],
      next: "Begin when it suits you.",
      next_step: "start",
      offers: ["start", "compromised"],
      started_at: null,
      due_on: credential.rotation.due_on,
      request: null,
      fields: fields.map((field) => ({
        name: field.name,
        label: route.labels[field.name] ?? field.name,
        current_last_four: field.last_four,
        other_last_four: null,
      })),
      test: route.test,
      issued_at: null,
      verified_at: null,
      verified_by: null,
      confirmed_at: null,
      promoted_at: null,
      old_key: null,
      old_key_end: route.oldKeyEnd,
      old_key_note: route.oldKeyNote,
      old_key_verified: route.oldKeyVerified,
      by_support: route.bySupport,
      place: route.place,
      instructions: route.instructions,
      consumers: this.users(credential.ref),
      emergency: null,
    });
  }

  private stored(
    detail: RotationDetail,
    secrets: Partial<Record<string, string>>,
    at: string,
  ): Partial<RotationDetail> {
    const fields = detail.fields.map((field) => ({
      ...field,
      other_last_four: secrets[field.name]?.slice(-4) ?? null,
    }));
    const old_key =
      detail.old_key_end === "at_once" ? { ended: { known_at: at } } : { lives: { known_at: at } };
    return { fields, issued_at: at, verified_at: null, verified_by: null, old_key };
  }

  private keep(credential: CredentialDetail, detail: RotationDetail): RotationDetail {
    const route = routeOf(credential.provider);
    this.rotations.set(credential.ref, this.drawn(route, detail));
    const state = stateOf(detail.stage, credential.rotation.state);
    this.ground.put({ ...credential, rotation: { ...credential.rotation, state } });
    return this.show(credential.ref);
  }

  private end(credential: CredentialDetail, more: Partial<CredentialDetail>): RotationDetail {
    this.rotations.delete(credential.ref);
    const rotation = { ...credential.rotation, state: "ok" as const };
    this.ground.put({ ...credential, rotation, ...more });
    return this.show(credential.ref);
  }

  /** What follows from where it stands. */
  private drawn(route: RecordedRoute, detail: RotationDetail): RotationDetail {
    const { stage } = detail;
    const reached: Partial<Record<RotationStage, string | null>> = {
      started: detail.started_at,
      requested: detail.request?.on ?? null,
      issued: detail.issued_at,
      verified: detail.verified_at,
      confirmed: detail.confirmed_at,
      promoted: detail.promoted_at,
    };
    const stages = route.stages.map(([name, title]) => {
      const at = reached[name] ?? null;
      return { stage: name, title, reached_at: at?.length === 10 ? `${at}T09:00:00Z` : at };
    });
    if (stage === null) return { ...detail, stages };
    const offers = offersOf(stage, route, detail);
    return { ...detail, stages, offers, next_step: nextOf(stage, route), next: NEXT[stage] };
  }
}

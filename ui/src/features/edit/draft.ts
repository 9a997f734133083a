/** A credential as the form has it, what is wrong with it, and what of it changed. Pure. */
import type { CredentialDetail, EditCredential, ProviderView } from "../../ipc";
import { lengthOf } from "../../lib/scalar";
import { editWords as words } from "../../words/edit";
import { words as all } from "../../words/en";
import { nameProblem, needsPlainHttp, valueProblem, type Problems } from "../provider/draft";

const LONGEST = 36_500;
const MOST_OWNER = 200;
const MOST_NOTE = 2_000;

export interface EditDraft {
  name: string;
  environments: string[];
  allowPlainHttp: boolean;
  /** The open fields. */
  values: Record<string, string>;
  /** The secrets that are typed anew; what is not in it stays as it is. */
  secrets: Record<string, string>;
  owner: string;
  note: string;
  issuedOn: string;
  expiresOn: string;
  replaceOn: string;
  every: string;
  ageOnly: boolean;
  keepFresh: boolean;
  plan: string;
}

export function draftOf(credential: CredentialDetail, provider: ProviderView): EditDraft {
  const open = provider.fields.filter((field) => !field.secret);
  return {
    name: credential.name,
    environments: [...credential.environments],
    allowPlainHttp: false,
    values: Object.fromEntries(
      open.map(({ name }) => [name, credential.open_values[name] ?? ""] as const),
    ),
    secrets: {},
    owner: credential.owner ?? "",
    note: credential.note ?? "",
    issuedOn: credential.issued_on ?? "",
    expiresOn: credential.expires_on ?? "",
    replaceOn: credential.replace_on ?? "",
    every: credential.rotate_every_days === null ? "" : String(credential.rotate_every_days),
    ageOnly: credential.age_only ?? false,
    keepFresh: credential.keep_fresh,
    plan: credential.plan ?? "",
  };
}

/** Whether an environment is new that speaks clear text, so that the user has to agree. */
export function newlyPlain(
  draft: EditDraft,
  credential: CredentialDetail,
  provider: ProviderView,
): boolean {
  const added = draft.environments.filter((name) => !credential.environments.includes(name));
  return needsPlainHttp({ environments: added }, provider);
}

/** The problems, those of the first control of the form first. */
export function check(
  draft: EditDraft,
  credential: CredentialDetail,
  provider: ProviderView,
  taken: ReadonlySet<string>,
): Problems {
  const problems: Problems = {};
  const note = (control: string, problem: string | null): void => {
    if (problem !== null) problems[control] = problem;
  };
  if (draft.name !== credential.name) note("name", nameProblem(draft.name, provider.id, taken));
  for (const { name, label, secret, required } of provider.fields) {
    const value = secret ? draft.secrets[name] : draft.values[name];
    if (value === undefined) continue;
    if (secret && value === "") note(`field:${name}`, words.secretEmpty);
    else note(`field:${name}`, valueProblem(value, label, required));
  }
  if (draft.environments.length === 0) note("environments", all.add.environmentsEmpty);
  if (newlyPlain(draft, credential, provider) && !draft.allowPlainHttp)
    note("plainHttp", all.add.plainHttpMissing);
  if (lengthOf(draft.owner.trim()) > MOST_OWNER) note("owner", words.ownerLong);
  if (lengthOf(draft.note) > MOST_NOTE) note("note", all.add.noteLong);
  const { issuedOn, expiresOn } = draft;
  if (issuedOn !== "" && expiresOn !== "" && expiresOn < issuedOn)
    note("expiresOn", words.endsFirst);
  const every = draft.every.trim();
  const days = Number(every);
  const whole = /^\d{1,5}$/.test(every) && days >= 1 && days <= LONGEST;
  if (every !== "" && !whole) note("every", words.everyWrong);
  if (draft.ageOnly && (every !== "" || draft.replaceOn !== "")) note("ageOnly", words.ageOnlyRule);
  return problems;
}

/** A date's part of the call: set, taken away, or left. */
function dated<Name extends "issued_on" | "expires_on" | "replace_on">(
  name: Name,
  now: string,
  before: string | null,
): Partial<EditCredential> {
  if (now === (before ?? "")) return {};
  return now === "" ? { [`clear_${name}`]: true } : { [name]: now };
}

/** What the agent is asked for: only what changed; null where nothing did. */
export function toCall(
  draft: EditDraft,
  credential: CredentialDetail,
  confirmed: boolean,
): EditCredential | null {
  const before = (text: string | null): string => text ?? "";
  const every = draft.every.trim();
  const open = Object.entries(draft.values).filter(
    ([name, value]) => value !== (credential.open_values[name] ?? ""),
  );
  const same = [...draft.environments].sort().join() === [...credential.environments].sort().join();
  const changes: Partial<EditCredential> = {
    ...(draft.name === credential.name ? {} : { name: draft.name }),
    ...(same ? {} : { environments: [...draft.environments] }),
    ...(open.length === 0 ? {} : { fields: Object.fromEntries(open) }),
    ...(Object.keys(draft.secrets).length === 0 ? {} : { secrets: { ...draft.secrets } }),
    ...(draft.owner.trim() === before(credential.owner) ? {} : { owner: draft.owner.trim() }),
    ...(draft.note.trim() === before(credential.note) ? {} : { note: draft.note.trim() }),
    ...(draft.plan.trim() === before(credential.plan) ? {} : { plan: draft.plan.trim() }),
    ...dated("issued_on", draft.issuedOn, credential.issued_on),
    ...dated("expires_on", draft.expiresOn, credential.expires_on),
    ...dated("replace_on", draft.replaceOn, credential.replace_on ?? null),
    ...(every === String(credential.rotate_every_days ?? "")
      ? {}
      : { rotate_every_days: every === "" ? 0 : Number(every) }),
    ...(draft.ageOnly === (credential.age_only ?? false) ? {} : { age_only: draft.ageOnly }),
    ...(draft.keepFresh === credential.keep_fresh ? {} : { keep_fresh: draft.keepFresh }),
  };
  if (Object.keys(changes).length === 0) return null;
  return {
    reference: credential.ref,
    ...changes,
    allow_plain_http: draft.allowPlainHttp,
    confirmed,
  };
}

/** The control that an error of the agent speaks of, where it names one. */
export function controlOf(message: string, code: string, provider: ProviderView): string | null {
  if (code === "already_exists") return "name";
  const named = provider.fields.find((field) => message.includes(`'${field.name}'`));
  if (named !== undefined) return `field:${named.name}`;
  if (/\bclear text\b/i.test(message)) return "plainHttp";
  return /\bplan\b/i.test(message) ? "plan" : null;
}

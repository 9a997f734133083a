/** A credential as the form has it before it is added, and what is wrong with it. Pure. */
import type { AddCredential, ProviderView } from "../../ipc";
import { today } from "../../lib/dates";
import { lengthOf, NAME_LIMIT, NAME_PATTERN } from "../../lib/scalar";
import { words } from "../../words/en";
import type { Caught } from "../paste/prefill";

export interface Draft {
  name: string;
  environments: string[];
  values: Record<string, string>;
  owner: string;
  note: string;
  issuedOn: string;
  rotateEvery: number;
  allowPlainHttp: boolean;
  /** Secrets that were pasted before, and that the agent holds. */
  caught: Caught | null;
}

/** What is wrong, by the control that it concerns: `name`, `environments`, `field:NAME`, …. */
export type Problems = Record<string, string>;

export function emptyDraft(provider: ProviderView, taken: ReadonlySet<string>, wanted = ""): Draft {
  const first = wanted === "" ? "main" : wanted;
  let name = first;
  for (let number = 2; taken.has(`${provider.id}/${name}`); number += 1)
    name = `${first}-${number}`;
  return {
    name,
    environments: provider.environments.slice(0, 1).map((environment) => environment.name),
    values: Object.fromEntries(provider.fields.map((field) => [field.name, ""])),
    owner: "",
    note: "",
    issuedOn: "",
    rotateEvery: 0,
    allowPlainHttp: false,
    caught: null,
  };
}

/** The form once the provider's facts are others: what was typed stays, what there is no more goes. */
export function ofProvider(draft: Draft, provider: ProviderView): Draft {
  const known = provider.environments.map((environment) => environment.name);
  const chosen = draft.environments.filter((name) => known.includes(name));
  const values = provider.fields.map(({ name }) => [name, draft.values[name] ?? ""] as const);
  return {
    ...draft,
    // The only one there is needs no choice.
    environments: known.length === 1 ? known : chosen,
    values: Object.fromEntries(values),
  };
}

/** The form as it may be kept: neither what was typed into a secret's field nor what was pasted. */
export function withoutSecrets(draft: Draft, provider: ProviderView): Draft {
  const open = provider.fields.filter((field) => !field.secret).map(({ name }) => name);
  const values = Object.entries(draft.values).filter(([name]) => open.includes(name));
  return { ...draft, values: Object.fromEntries(values), caught: null };
}

/** Whether one of its environments speaks clear text. */
export function needsPlainHttp(
  draft: Pick<Draft, "environments">,
  provider: ProviderView,
): boolean {
  return provider.environments.some(
    (environment) => environment.plain_http && draft.environments.includes(environment.name),
  );
}

/** What is wrong with the name of a credential of that provider. */
export function nameProblem(
  name: string,
  provider: string,
  taken: ReadonlySet<string>,
): string | null {
  if (name === "") return words.add.nameEmpty;
  if (lengthOf(name) > NAME_LIMIT) return words.add.nameLong(lengthOf(name));
  if (!NAME_PATTERN.test(name)) return words.add.nameCharacters;
  return taken.has(`${provider}/${name}`) ? words.add.nameTaken(name) : null;
}

/** What is wrong with the value of a field. */
export function valueProblem(value: string, label: string, required: boolean): string | null {
  if (value === "") return required ? words.add.required(label) : null;
  if (value !== value.trim()) return words.add.whitespace;
  return /^your[_-]/i.test(value) ? words.add.placeholder : null;
}

/** Whether the agent holds a pasted value for a field. */
export function isCaught(draft: Draft, field: string): boolean {
  return draft.caught !== null && field in draft.caught.fields;
}

/** The problems, those of the first control of the form first. */
export function check(
  draft: Draft,
  provider: ProviderView,
  taken: ReadonlySet<string>,
  now: number,
): Problems {
  const problems: Problems = {};
  const note = (control: string, problem: string | null): void => {
    if (problem !== null) problems[control] = problem;
  };
  note("name", nameProblem(draft.name, provider.id, taken));
  note("environments", draft.environments.length === 0 ? words.add.environmentsEmpty : null);
  if (needsPlainHttp(draft, provider) && !draft.allowPlainHttp)
    problems["plainHttp"] = words.add.plainHttpMissing;
  for (const field of provider.fields) {
    const value = draft.values[field.name] ?? "";
    const required = field.required && !isCaught(draft, field.name);
    note(`field:${field.name}`, valueProblem(value, field.label, required));
  }
  const secrets = provider.fields.filter((field) => field.secret);
  const first = secrets[0];
  const isThere = (name: string): boolean =>
    (draft.values[name] ?? "") !== "" || isCaught(draft, name);
  if (first !== undefined && !secrets.some((field) => isThere(field.name)))
    problems[`field:${first.name}`] ??= words.add.needsSecret;
  note("issuedOn", draft.issuedOn > today(now) ? words.add.issuedFuture : null);
  note("note", lengthOf(draft.note) > 2_000 ? words.add.noteLong : null);
  return problems;
}

/** What the agent is asked for. */
export function toCall(draft: Draft, provider: ProviderView): AddCredential {
  const filled = (secret: boolean): Record<string, string> =>
    Object.fromEntries(
      provider.fields
        .filter((field) => field.secret === secret)
        .map((field) => [field.name, draft.values[field.name] ?? ""] as const)
        .filter(([, value]) => value !== ""),
    );
  return {
    provider: provider.id,
    name: draft.name,
    environments: [...draft.environments],
    owner: draft.owner.trim() || null,
    note: draft.note.trim() || null,
    fields: filled(false),
    secrets: filled(true),
    from_paste: draft.caught && {
      ticket: draft.caught.ticket,
      fields: Object.keys(draft.caught.fields),
    },
    last_four: null,
    issued_on: draft.issuedOn || null,
    expires_on: draft.caught?.expiresOn ?? null,
    rotate_every_days: draft.rotateEvery || null,
    allow_plain_http: draft.allowPlainHttp,
    plan: null,
    keep_fresh: false,
  };
}

/** The control that an error of the agent speaks of, where it names one. */
export function controlOf(message: string, code: string, provider: ProviderView): string | null {
  if (code === "already_exists") return "name";
  const named = provider.fields.find((field) => message.includes(`'${field.name}'`));
  if (named !== undefined) return `field:${named.name}`;
  return /\bclear text\b/i.test(message) ? "plainHttp" : null;
}

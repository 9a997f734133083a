/** From a suggestion to a form that is filled with it, or to the call that adds it. Pure. */
import type { AddCredential, PastedField, PasteSuggestion, ProviderView } from "../../ipc";
import { NAME_PATTERN } from "../../lib/scalar";
import type { Draft } from "../provider/draft";

/** Secrets that the agent holds for the form. */
export interface Caught {
  ticket: string;
  fields: Record<string, PastedField>;
  expiresOn: string | null;
}

/** A name that is free, beginning with what the text calls it. */
export function freeName(suggestion: PasteSuggestion, taken: ReadonlySet<string>): string {
  const said = suggestion.name ?? "main";
  const wanted = NAME_PATTERN.test(said) ? said : "main";
  let name = wanted;
  for (let number = 2; taken.has(`${suggestion.provider}/${name}`); number += 1)
    name = `${wanted}-${number}`;
  return name;
}

export function caughtOf(suggestion: PasteSuggestion): Caught {
  const secrets = suggestion.fields.filter((field) => field.secret);
  return {
    ticket: suggestion.ticket,
    fields: Object.fromEntries(secrets.map((field) => [field.name, field])),
    expiresOn: suggestion.expires_at?.slice(0, 10) ?? null,
  };
}

/** The form with what was recognised; secrets are named and not there. */
export function prefill(
  draft: Draft,
  provider: ProviderView,
  suggestion: PasteSuggestion,
  taken: ReadonlySet<string>,
): Draft {
  const values = { ...draft.values };
  for (const field of suggestion.fields)
    if (field.value !== null && field.name in values) values[field.name] = field.value;
  const { environment } = suggestion;
  const known = provider.environments.some((one) => one.name === environment);
  return {
    ...draft,
    name: freeName(suggestion, taken),
    environments: known && environment !== null ? [environment] : draft.environments,
    values,
    caught: caughtOf(suggestion),
  };
}

/** The call that adds a suggestion as it is. */
export function callOf(suggestion: PasteSuggestion, taken: ReadonlySet<string>): AddCredential {
  const open = suggestion.fields.filter((field) => field.value !== null);
  const secrets = suggestion.fields.filter((field) => field.secret);
  return {
    provider: suggestion.provider,
    name: freeName(suggestion, taken),
    environments: suggestion.environment === null ? [] : [suggestion.environment],
    owner: null,
    note: null,
    fields: Object.fromEntries(open.map((field) => [field.name, field.value ?? ""])),
    secrets: {},
    from_paste: { ticket: suggestion.ticket, fields: secrets.map((field) => field.name) },
    last_four: null,
    issued_on: null,
    expires_on: suggestion.expires_at?.slice(0, 10) ?? null,
    rotate_every_days: null,
    allow_plain_http: false,
    plan: null,
    keep_fresh: false,
  };
}

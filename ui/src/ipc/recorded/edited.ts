/** A credential as it is after an edit. */
import type { CredentialDetail, EditCredential } from "../types";

/** A credential after an edit; values become what may be shown of them. */
export function edited(old: CredentialDetail, call: EditCredential): CredentialDetail {
  const text = (given: string | null | undefined, before: string | null): string | null =>
    (given ?? before) || null;
  const secrets = call.secrets ?? {};
  const name = call.name ?? old.name;
  const environments = call.environments ?? old.environments;
  const every = call.rotate_every_days ?? old.rotate_every_days;
  return {
    ...old,
    name,
    ref: `${old.provider}/${name}`,
    environments,
    environment: environments[0] ?? old.environment,
    owner: text(call.owner, old.owner),
    note: text(call.note, old.note),
    plan: text(call.plan, old.plan),
    open_values: { ...old.open_values, ...call.fields },
    fields: old.fields.map((field) => {
      const value = secrets[field.name];
      if (value === undefined) return field;
      return { ...field, set: true, last_four: value.length >= 12 ? value.slice(-4) : null };
    }),
    issued_on: call.clear_issued_on ? null : (call.issued_on ?? old.issued_on),
    expires_on: call.clear_expires_on ? null : (call.expires_on ?? old.expires_on),
    rotate_every_days: every === 0 ? null : every,
    replace_on: call.clear_replace_on ? null : (call.replace_on ?? old.replace_on ?? null),
    age_only: call.age_only ?? old.age_only ?? false,
    keep_fresh: call.keep_fresh ?? old.keep_fresh,
    favourite: call.favourite ?? old.favourite ?? false,
  };
}

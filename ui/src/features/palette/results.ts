/** Which rows the palette shows for what was typed, the best first, and no more than fit the eye. */
import type { CredentialView, FoundCredential } from "../../ipc";
import { credentials } from "../credential/credentials.svelte";
import { providers } from "../provider/providers.svelte";
import { commands, credentialEntry, keyEntry, type Entry } from "./entries";
import { fit, prepare, type Prepared } from "./match";
import type { Query } from "./query";
import { familiarity } from "./recent";

export const MOST_ROWS = 50;
/** How many rows of credentials come before the actions where nothing was typed. */
const AT_REST = 8;

interface Scored<T> {
  item: T;
  points: number;
}

function best<T>(scored: Scored<T>[]): T[] {
  return scored
    .filter((one) => one.points > 0)
    .sort((a, b) => b.points - a.points)
    .map((one) => one.item);
}

/** What a credential is found by; a change of it is another object. */
const texts = new WeakMap<CredentialView, Prepared>();

function textOf(credential: CredentialView): Prepared {
  const known = texts.get(credential);
  if (known !== undefined) return known;
  const tails = credential.fields.map((field) => field.last_four ?? "").join(" ");
  const name = providers.name(credential.provider);
  const text = prepare(`${name} ${credential.ref} ${credential.owner ?? ""} ${tails}`);
  texts.set(credential, text);
  return text;
}

function inScope(credential: CredentialView, query: Query): boolean {
  const { provider, environment } = query;
  if (environment !== null && !credential.environment.toLowerCase().startsWith(environment))
    return false;
  if (provider === null) return true;
  const names = [credential.provider, providers.name(credential.provider)];
  return names.some((name) => name.toLocaleLowerCase().startsWith(provider));
}

function points(query: Query, id: string, text: Prepared, tolerant: boolean): number {
  const fits = fit(query.words, text, tolerant);
  return fits === 0 ? 0 : fits + familiarity(id);
}

/** Those used last and most, then the others as they come: nothing was typed that they could fit. */
function atRestFor(scope: readonly CredentialView[]): CredentialView[] {
  const used = scope.filter((one) => familiarity(one.ref) > 0);
  used.sort((a, b) => familiarity(b.ref) - familiarity(a.ref));
  const others = scope.filter((one) => familiarity(one.ref) === 0).slice(0, MOST_ROWS);
  return [...used, ...others].slice(0, MOST_ROWS);
}

function credentialsFor(query: Query): Entry[] {
  const scope = credentials.all.filter((one) => inScope(one, query));
  if (query.words.length === 0) return atRestFor(scope).map(credentialEntry);
  const score = (tolerant: boolean): CredentialView[] =>
    best(scope.map((item) => ({ item, points: points(query, item.ref, textOf(item), tolerant) })));
  const exact = score(false);
  return (exact.length > 0 ? exact : score(true)).slice(0, MOST_ROWS).map(credentialEntry);
}

function commandsFor(query: Query): Entry[] {
  return best(
    commands().map((item) => ({ item, points: points(query, item.id, prepare(item.title), true) })),
  );
}

/** All rows: credentials first, then keys by their ends, then actions. */
export function results(query: Query, found: readonly FoundCredential[]): Entry[] {
  if (query.actionsOnly) return commandsFor(query).slice(0, MOST_ROWS);
  const scoped = query.provider !== null || query.environment !== null;
  const known = credentialsFor(query);
  const atRest = query.words.length === 0 && !scoped;
  const shown = atRest ? known.slice(0, AT_REST) : known;
  const ids = new Set(shown.map((one) => one.id));
  const keys = found.filter((one) => one.key !== null).map(keyEntry);
  const named = new Set(found.filter((one) => one.key === null).map((one) => one.ref));
  const others = credentials.all
    .filter((one) => named.has(one.ref) && !ids.has(one.ref))
    .map(credentialEntry);
  const actions = scoped ? [] : commandsFor(query);
  // A key's end is the more exact answer to four characters than a name that happens to hold them.
  const first = query.tail !== null && keys.length > 0 ? keys : [];
  const rest = first.length > 0 ? [] : keys;
  return [...first, ...shown, ...others, ...rest, ...actions].slice(0, MOST_ROWS);
}

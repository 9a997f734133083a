/** What stands in the address field: a path, or what was pasted over it. Pure. */
import type { CredentialDetail, EnvironmentView, ProviderView } from "../../ipc";
import type { Param } from "./contract";

export type Address =
  | { is: "path"; path: string; query: Param[] }
  | { is: "foreign"; host: string; environment: string | null };

const WHOLE = /^[a-z][a-z0-9+.-]*:\/\//i;
const COMMAND = /^\s*(?:\$\s+)?curl(?:\.exe)?\s/;

export function isCommand(text: string): boolean {
  return COMMAND.test(text);
}

export function isWhole(text: string): boolean {
  return WHOLE.test(text.trim());
}

/** An environment's base with the credential's open values in it, and no slash at its end. */
export function baseOf(environment: EnvironmentView, values: Record<string, string>): string {
  const filled = environment.base_url.replaceAll(
    /\{([a-z0-9_]+)\}/g,
    (whole, name: string) => values[name] ?? whole,
  );
  return filled.replace(/\/+$/, "");
}

/** Where the parts of a path and a query stand in a text; a fragment is never sent. */
function parted(text: string): { path: string; query: Param[] } {
  const [sent = ""] = text.split("#");
  const at = sent.indexOf("?");
  const path = at === -1 ? sent : sent.slice(0, at);
  const query =
    at === -1
      ? []
      : sent
          .slice(at + 1)
          .split("&")
          .filter(Boolean)
          .map(param);
  return { path: path.startsWith("/") ? path : `/${path}`, query };
}

function decoded(text: string): string | null {
  if (text.includes("+")) return null;
  if (!text.includes("%")) return text;
  try {
    const plain = decodeURIComponent(text);
    return encodeURIComponent(plain).toLowerCase() === text.toLowerCase() ? plain : null;
  } catch {
    return null;
  }
}

/** A parameter as a person reads it, or as it was pasted where our encoding would be another. */
function param(text: string): Param {
  const at = text.indexOf("=");
  const [name, value] = at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
  const plain = { name: decoded(name), value: value === null ? null : decoded(value) };
  if (plain.name === null || (value !== null && plain.value === null))
    return { name, value, encoded: true };
  return { name: plain.name, value: plain.value };
}

/** Reads a path with its query, or a whole address below one of the bases, the first of which counts. */
export function readAddress(text: string, bases: { name: string; base: string }[]): Address {
  const trimmed = text.trim();
  if (!isWhole(trimmed)) return { is: "path", ...parted(trimmed) };
  const below = (base: string): boolean => {
    const rest = trimmed.slice(base.length);
    return trimmed.toLowerCase().startsWith(base.toLowerCase()) && /^([/?#]|$)/.test(rest);
  };
  const own = bases[0];
  if (own !== undefined && below(own.base))
    return { is: "path", ...parted(trimmed.slice(own.base.length)) };
  const other = bases.find(({ base }) => below(base));
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(trimmed)?.[1] ?? "";
  return { is: "foreign", host, environment: other?.name ?? null };
}

/** A whole address without its host, for what is imported from elsewhere. */
export function withoutHost(text: string): { host: string | null; path: string; query: Param[] } {
  const found = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]*)(.*)$/is.exec(text.trim());
  if (found === null) return { host: null, ...parted(text.trim()) };
  return { host: found[1] ?? "", ...parted(found[2] ?? "") };
}

export interface Base {
  name: string;
  base: string;
  view: EnvironmentView;
}

/** The environments that a credential is bound to, the chosen one first, with where each answers. */
export function basesOf(
  credential: CredentialDetail | null,
  provider: ProviderView | undefined,
  chosen: string | null,
): Base[] {
  if (credential === null || provider === undefined) return [];
  const bound = provider.environments.filter(({ name }) => credential.environments.includes(name));
  const all = bound.map((view) => {
    return { name: view.name, base: baseOf(view, credential.open_values), view };
  });
  return all.sort((a, b) => Number(b.name === chosen) - Number(a.name === chosen));
}

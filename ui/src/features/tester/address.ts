/** What stands in the address field: a path, or what was pasted over it. Pure. */
import type { CredentialDetail, EnvironmentView, ProviderView } from "../../ipc";
import type { Param } from "./contract";

/** What is wrong with a whole address: its host or its place there, how it is asked, or a name in it. */
export type Wrong = "host" | "place" | "environment" | "clear" | "scheme" | "user";

/** An address that nothing is sent to; with what is left of it below the base. */
export interface Foreign {
  is: "foreign";
  wrong: Wrong;
  host: string;
  /** Which other environment of the credential it belongs to. */
  environment: string | null;
  path: string;
  query: Param[];
}

export type Address = { is: "path"; path: string; query: Param[] } | Foreign;

const WHOLE = /^[a-z][a-z0-9+.-]*:\/\//i;
/** As documentation prints it: behind remarks on lines of their own, the sign of a shell, and what has a shell run it. */
const COMMAND =
  /^\s*(?:#(?! *curl\s).*\n\s*)*(?:[$%>#] +)?(?:(?:sudo|time|command) +)*(?:[^\s:'"]*\/)?curl(?:\.exe)?[\s^\\]/;

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

interface Whole {
  scheme: string;
  user: boolean;
  host: string;
  port: string;
  rest: string;
}

const PORTS: Record<string, string> = { http: "80", https: "443" };

/** The parts of a whole address, as a server that is named so would be asked; null where it is none. */
function wholeOf(text: string): Whole | null {
  const found = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(text.trim());
  if (found === null) return null;
  const [, given = "", authority = "", rest = ""] = found;
  const scheme = given.toLowerCase();
  const named = authority.slice(authority.lastIndexOf("@") + 1).toLowerCase();
  const [, host = named, port = ""] = /^(.*?)(?::(\d*))?$/s.exec(named) ?? [];
  return { scheme, user: authority.includes("@"), host, port: port || (PORTS[scheme] ?? ""), rest };
}

/** The host as it is written, with a port that its scheme does not imply. */
function hostOf({ scheme, host, port }: Whole): string {
  return port === (PORTS[scheme] ?? "") ? host : `${host}:${port}`;
}

function sameHost(a: Whole, b: Whole): boolean {
  const usual = (one: Whole): boolean => one.port === PORTS[one.scheme];
  return a.host === b.host && (a.port === b.port || (usual(a) && usual(b)));
}

/** What of an address stands below a base on the same host; null where it stands elsewhere. */
function below(address: Whole, base: Whole): string | null {
  if (!sameHost(address, base)) return null;
  if (!address.rest.toLowerCase().startsWith(base.rest.toLowerCase())) return null;
  const rest = address.rest.slice(base.rest.length);
  return /^([/?#]|$)/.test(rest) ? rest : null;
}

/** How it is asked or what it names, where that is not the base's way. */
function wayOf(address: Whole, base: Whole): Wrong | null {
  if (address.scheme === "http" && base.scheme === "https") return "clear";
  if (address.scheme !== base.scheme) return "scheme";
  return address.user ? "user" : null;
}

/** Reads a path with its query, or a whole address below one of the bases, the first of which counts. */
export function readAddress(text: string, bases: { name: string; base: string }[]): Address {
  const address = wholeOf(text);
  if (address === null) return { is: "path", ...parted(text.trim()) };
  const wholes = bases.flatMap(({ name, base }, at) => {
    const whole = wholeOf(base);
    return whole === null ? [] : [{ name, whole, own: at === 0 }];
  });
  const foreign = (wrong: Wrong, environment: string | null, rest: string): Foreign => {
    return { is: "foreign", wrong, host: hostOf(address), environment, ...parted(rest) };
  };
  // Several environments may share a host: the one that it fits wholly comes before the others.
  const found = wholes
    .map((one) => ({ ...one, rest: below(address, one.whole), way: wayOf(address, one.whole) }))
    .filter((one) => one.rest !== null)
    .sort((a, b) => Number(a.way !== null) - Number(b.way !== null))[0];
  if (found !== undefined) {
    const { own, name, rest, way } = found;
    if (own && way === null) return { is: "path", ...parted(rest ?? "") };
    return foreign(way ?? "environment", own ? null : name, rest ?? "");
  }
  const elsewhere = wholes.some(({ whole }) => sameHost(address, whole));
  return foreign(elsewhere ? "place" : "host", null, address.rest);
}

/** A whole address without its host, for what is imported from elsewhere. */
export function withoutHost(text: string): { host: string | null; path: string; query: Param[] } {
  const address = wholeOf(text);
  if (address === null) return { host: null, ...parted(text.trim()) };
  return { host: hostOf(address), ...parted(address.rest) };
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

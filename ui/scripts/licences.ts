/**
 * The licences of everything that ships, as a module that pages load on demand: `virtual:licences`. Read
 * from the two lockfiles' packages as they are built: `cargo metadata` for the programs, package-lock.json
 * for the page. A package without a text of its own gets the usual text of its licence.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";
import type { Licences, LicensedPackage } from "../src/features/about/licences";

const NAME = "virtual:licences";
const RESOLVED = `\0${NAME}`;
const ROOT = join(import.meta.dirname, "../..");
const UI = join(ROOT, "ui");
/** The programs that are installed. */
const PROGRAMS = ["keyturn-desktop", "keyturn-cli"];
const TEXT = /^(licen[cs]e|copying|copyright|notice|unlicense)/i;
/** Files that only look like it. */
const CODE = /\.(rs|js|json|toml|ts|py|sh)$/i;

interface Metadata {
  packages: {
    id: string;
    name: string;
    version: string;
    license: string | null;
    license_file: string | null;
    manifest_path: string;
    source: string | null;
  }[];
  resolve: {
    nodes: { id: string; deps: { pkg: string; dep_kinds: { kind: string | null }[] }[] }[];
  };
}

interface Locked {
  packages: Record<
    string,
    { version?: string; license?: string; dev?: boolean; optional?: boolean }
  >;
}

/** Gathers texts, each once. */
class Texts {
  readonly all: string[] = [];
  private readonly known = new Map<string, number>();

  add(text: string): number {
    const key = text.replaceAll(/\s+/g, " ").trim();
    const at = this.known.get(key) ?? this.all.push(text.trim()) - 1;
    this.known.set(key, at);
    return at;
  }

  /** The texts that lie in a package's folder. */
  of(folder: string): number[] {
    const names = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
    const texts = names.flatMap((entry) => {
      if (!TEXT.test(entry.name) || CODE.test(entry.name)) return [];
      const path = join(folder, entry.name);
      if (entry.isFile()) return [path];
      // Some packages keep a text of each licence in a folder.
      return entry.isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [];
    });
    return [...new Set(texts.sort().map((path) => this.add(readFileSync(path, "utf8"))))];
  }
}

/** The usual texts, where a package has none of its own. */
function usual(licence: string, texts: Texts): number[] {
  return licence
    .split(/[\s()/]+/)
    .map((name) => join(UI, "node_modules/spdx-license-list/licenses", `${name}.json`))
    .filter(existsSync)
    .map((path) => JSON.parse(readFileSync(path, "utf8")) as { licenseText: string })
    .map(({ licenseText }) => texts.add(licenseText));
}

function host(): string {
  const said = execFileSync("rustc", ["-vV"], { cwd: ROOT, encoding: "utf8" });
  return /^host: (.+)$/m.exec(said)?.[1] ?? "";
}

function metadata(): Metadata {
  const words = ["metadata", "--locked", "--format-version", "1", "--filter-platform", host()];
  const said = execFileSync("cargo", words, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(said) as Metadata;
}

/** What the programs are made of, without what only builds or tests them. */
function ofPrograms(texts: Texts): LicensedPackage[] {
  const { packages, resolve } = metadata();
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const waiting = packages.filter(({ name }) => PROGRAMS.includes(name)).map(({ id }) => id);
  const reached = new Set(waiting);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const { pkg, dep_kinds } of nodes.get(id)?.deps ?? []) {
      if (reached.has(pkg) || !dep_kinds.some(({ kind }) => kind === null)) continue;
      reached.add(pkg);
      waiting.push(pkg);
    }
  }
  // Our own packages have no source: the licence of the whole stands first.
  const shipped = packages.filter(({ id, source }) => reached.has(id) && source !== null);
  return shipped.map(({ name, version, license, license_file, manifest_path }) => {
    const folder = dirname(manifest_path);
    const named = license_file === null ? [] : [join(folder, license_file)];
    const extra = named.filter(existsSync).map((path) => texts.add(readFileSync(path, "utf8")));
    const found = [...new Set([...extra, ...texts.of(folder)])];
    const licence = license ?? "see its text";
    return {
      name,
      version,
      licence,
      from: "crates.io",
      texts: found.length > 0 ? found : usual(licence, texts),
    };
  });
}

/** What the page is made of: everything that is not for building or testing alone. */
function ofPage(texts: Texts): LicensedPackage[] {
  const { packages } = JSON.parse(readFileSync(join(UI, "package-lock.json"), "utf8")) as Locked;
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== "" && dev !== true && existsSync(join(UI, path)))
    .map(([path, { version = "", license = "see its text" }]) => {
      const found = texts.of(join(UI, path));
      const name = path.split("node_modules/").at(-1) ?? path;
      return {
        name,
        version,
        licence: license,
        from: "npm",
        texts: found.length > 0 ? found : usual(license, texts),
      };
    });
}

export function collect(): Licences {
  const texts = new Texts();
  const own = ["LICENSE-MIT", "LICENSE-APACHE"].map((file) =>
    texts.add(readFileSync(join(ROOT, file), "utf8")),
  );
  const packages = [...ofPrograms(texts), ...ofPage(texts)];
  packages.sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
  return { own, packages, texts: texts.all };
}

/** Serves the licences as a module; gathered when it is first loaded. */
export function licences(): Plugin {
  return {
    name: "keyturn-licences",
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    // As a text that is parsed, which engines read faster than code.
    load: (id) =>
      id === RESOLVED
        ? `export default JSON.parse(${JSON.stringify(JSON.stringify(collect()))});`
        : null,
  };
}

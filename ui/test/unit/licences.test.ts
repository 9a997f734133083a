import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadLicences } from "../../src/features/about/licences";

/** Reading some hundred packages takes its time on a busy machine. */
const LONG = 120_000;
const ROOT = join(import.meta.dirname, "../../..");

/** What cargo itself says is in a program, ours left out: an answer of another tool than the build's. */
function crates(): string[] {
  const programs = ["keyturn-desktop", "keyturn-cli"].flatMap((name) => ["--package", name]);
  const words = ["tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}"];
  const said = execFileSync("cargo", [...words, ...programs], { cwd: ROOT, encoding: "utf8" });
  const lines = said.split("\n").filter((line) => line !== "" && !line.includes(ROOT));
  return [...new Set(lines.map((line) => line.replace(/^(\S+) v(\S+).*$/, "$1 $2")))];
}

test(
  "every crate of the programs is named with its licence and a text",
  async () => {
    const { packages, texts } = await loadLicences();
    const named = new Set(
      packages
        .filter(({ from }) => from === "crates.io")
        .map((one) => `${one.name} ${one.version}`),
    );
    const expected = crates();
    expect(expected.length).toBeGreaterThan(200);
    expect(expected.filter((one) => !named.has(one))).toEqual([]);
    for (const one of packages) {
      expect(one.licence, one.name).not.toBe("");
      expect(one.texts.length, one.name).toBeGreaterThan(0);
      const longest = Math.max(...one.texts.map((text) => texts[text]?.length ?? 0));
      expect(longest, one.name).toBeGreaterThan(200);
    }
  },
  LONG,
);

test(
  "every package of the page is named",
  async () => {
    const { packages } = await loadLicences();
    const lock = JSON.parse(await readFile(join(ROOT, "ui/package-lock.json"), "utf8")) as {
      packages: Record<string, { version?: string; dev?: boolean }>;
    };
    const named = new Set(
      packages.filter(({ from }) => from === "npm").map((one) => `${one.name} ${one.version}`),
    );
    const shipped = Object.entries(lock.packages).filter(([path, { dev }]) => path !== "" && !dev);
    const expected = shipped.map(
      ([path, { version }]) => `${path.split("node_modules/").at(-1)} ${version}`,
    );
    expect(expected).toContain("svelte 5.57.3");
    expect(expected.filter((one) => !named.has(one))).toEqual([]);
  },
  LONG,
);

/** axe on every screen, in light and dark and in the smallest window, under the app's content policy. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Gallery, type View } from "./gallery";
import { screens } from "./screens";

let gallery: Gallery;
let axe: string;

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  gallery = await Gallery.start();
});

afterAll(() => gallery.stop());

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function violations(scene: string, view: View, query: string, at: number): Promise<string[]> {
  const { page, complaints } = await gallery.open(scene, view, query);
  await screens[at]?.reach?.(page);
  // Through the debugger's door, since the page's policy takes no foreign script.
  await page.evaluate(axe);
  const found = await page.evaluate(async (tags) => {
    const { axe: runner } = window as unknown as {
      axe: { run(node: Node, options: unknown): Promise<AxeResults> };
    };
    const results = await runner.run(document, { runOnly: { type: "tag", values: tags } });
    return results.violations.map(
      (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" | ")}`,
    );
  }, TAGS);
  await page.context().close();
  return [...found, ...complaints];
}

const views: [string, View, string][] = [
  ["light", { scheme: "light" }, ""],
  [
    "dark, compact, smallest window",
    { scheme: "dark", width: 880, height: 560 },
    "density=compact",
  ],
];

describe.each(views)("%s", (_, view, look) => {
  test.each(screens.map(({ name }, at) => [name, at] as const))(
    "%s has no violation, no refused resource and no uncaught error",
    async (_name, at) => {
      const screen = screens[at];
      const query = [screen?.query ?? "", look].filter(Boolean).join("&");
      expect(await violations(screen?.scene ?? "", view, query, at)).toEqual([]);
    },
  );
});

test("a planted violation is found", async () => {
  const { page } = await gallery.open("full");
  await page.evaluate(() =>
    document.querySelector("[aria-label='Search credentials']")?.removeAttribute("aria-label"),
  );
  await page.evaluate(() =>
    document.querySelector("[placeholder]")?.removeAttribute("placeholder"),
  );
  await page.evaluate(axe);
  const ids = await page.evaluate(async () => {
    const { axe: runner } = window as unknown as { axe: { run(): Promise<AxeResults> } };
    return (await runner.run()).violations.map(({ id }) => id);
  });
  expect(ids).toContain("label");
  await page.context().close();
});

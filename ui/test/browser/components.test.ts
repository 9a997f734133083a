/** axe on every component in each state: themes, densities, contrast, 200 % text, forced colours. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Gallery, type View } from "./gallery";
import { violations } from "./measures";

const FOLDER = join(import.meta.dirname, "../../../target/ui-screens");
let gallery: Gallery;

beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true });
  gallery = await Gallery.start();
});

afterAll(() => gallery.stop());

const looks: [string, string, View][] = [
  ["light", "theme=light", { scheme: "dark" }],
  ["dark", "theme=dark", { scheme: "light" }],
  ["light-compact", "density=compact", {}],
  ["dark-compact", "density=compact", { scheme: "dark" }],
  ["light-contrast", "contrast=more", {}],
  ["dark-contrast", "contrast=more", { scheme: "dark" }],
  ["large", "text_size=200", {}],
  ["forced", "", { forced: true }],
];

test.each(looks)("components, %s", async (name, query, view) => {
  const high = { width: 1180, height: 2_000, ...view };
  const { page, complaints } = await gallery.open("", high, `${query}&toasts`, "components.html");
  await page.getByRole("heading", { name: "Components" }).waitFor();
  await page.screenshot({ path: join(FOLDER, `components-${name}.png`) });
  await page.getByRole("button", { name: "Copy as…" }).first().click();
  const found = await violations(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Open a dialog" }).click();
  await page.getByRole("dialog").waitFor();
  expect([...found, ...(await violations(page)), ...complaints]).toEqual([]);
  gallery.done(page);
});

test("what has the focus has a ring of two pixels, by the keyboard and on every control", async () => {
  const { page } = await gallery.open("", { height: 2_000 }, "", "components.html");
  await page.getByRole("heading", { name: "Components" }).waitFor();
  const bare: string[] = [];
  const seen = new Set<string>();
  for (let at = 0; at < 80; at += 1) {
    await page.keyboard.press("Tab");
    const [html, ring] = await page.evaluate(() => {
      const { activeElement: at } = document;
      if (!(at instanceof HTMLElement) || at === document.body) return ["", true] as const;
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      const own = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      // The list shows the focus on its selected row.
      const row = at.matches("[role=listbox]") && at.querySelector("[aria-selected=true]") !== null;
      return [at.outerHTML.slice(0, 90), own || row] as const;
    });
    if (html === "" || seen.has(html)) break;
    seen.add(html);
    if (!ring) bare.push(html);
  }
  expect(seen.size).toBeGreaterThan(15);
  expect(bare).toEqual([]);
  gallery.done(page);
});

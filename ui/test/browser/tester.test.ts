/** How the request tester shares its room between what is sent and what is answered. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Gallery } from "./gallery";
import { outside, settled } from "./measures";
import { goTo } from "./side-screens";

let gallery: Gallery;

beforeAll(async () => {
  gallery = await Gallery.start();
});

afterAll(() => gallery.stop());

async function answered(scene: string, width: number, height: number): Promise<Page> {
  const { page } = await gallery.open(scene, { width, height });
  await page.locator('[data-reference="deepvue/main"]').click();
  await page.locator("article h1").waitFor();
  await goTo(page, "r", "Requests");
  await page.locator(".base").waitFor();
  await page.keyboard.press("Control+Enter");
  await page.locator(".verdict .code").waitFor();
  return page;
}

test("in the smallest window status, meaning, the step that helps and the body's first lines are seen at once", async () => {
  const page = await answered("answer-limited", 880, 560);
  await page.locator("[data-row]").first().waitFor();
  const seen = [
    page.locator(".verdict .code"),
    page.locator(".verdict .meaning"),
    page.getByRole("button", { name: /^Wait/ }),
    page.locator('[data-row="0"]'),
    page.locator('[data-row="1"]'),
  ];
  for (const one of seen) {
    const box = await one.boundingBox();
    expect(box?.y ?? -1, String(one)).toBeGreaterThanOrEqual(209);
    expect((box?.y ?? Infinity) + (box?.height ?? 0), String(one)).toBeLessThanOrEqual(560);
  }
  gallery.done(page);
});

test.each([
  [1180, 760],
  [880, 560],
])(
  "at %i × %i with text of twice the size the answer stands below what is sent",
  async (width, height) => {
    const page = await answered("answer-limited", width, height);
    const place = (): Promise<{ above: number; below: number }> =>
      page.evaluate(() => {
        const box = (name: string) => document.querySelector(name)?.getBoundingClientRect();
        return { above: box(".compose")?.bottom ?? -1, below: box(".answer")?.top ?? -1 };
      });
    const before = await place();
    expect(before.below, "beside each other, a positive control").toBeLessThan(before.above);
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    await settled(page);
    const after = await place();
    expect(after.below).toBeGreaterThanOrEqual(after.above - 1);
    expect(await outside(page)).toEqual([]);
    gallery.done(page);
  },
);

/** The bars for copying and for the way into the list, in a real browser: the pointer, Tab, and the notice. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Gallery } from "./gallery";

let gallery: Gallery;

beforeAll(async () => {
  gallery = await Gallery.start();
});

afterAll(() => gallery.stop());

async function opened(): Promise<Page> {
  const { page } = await gallery.open("full");
  await page.getByRole("listbox").waitFor();
  return page;
}

function copies(page: Page): Promise<unknown[]> {
  return page.evaluate(() =>
    (window as unknown as { backend: { called(name: string): unknown[] } }).backend.called(
      "copy_secret",
    ),
  );
}

test("bar 1: one click on a row copies that row, whatever is selected, and the notice names it", async () => {
  const page = await opened();
  await page.locator('[data-reference="deepidv/main"]').click();
  const row = page.locator('[data-reference="deepvue/trial"]');
  await row.hover();
  await row.locator("[data-copy]").click();
  await page.getByText("Token of Deepvue trial copied").waitFor();
  expect(await copies(page)).toMatchObject([{ target: "deepvue/trial" }]);
  gallery.done(page);
});

test("a row's other button sends its sample, whatever is selected", async () => {
  const page = await opened();
  await page.locator('[data-reference="deepidv/main"]').click();
  const row = page.locator('[data-reference="deepcurrent/reports"]');
  await row.hover();
  await row.locator("[data-test]").click();
  await page.getByText("The provider accepted the request.").waitFor();
  expect(await page.locator("article h1").textContent()).toContain("reports");
  gallery.done(page);
});

test("bar 1: the notice stands there in the first frames after the key", async () => {
  const page = await opened();
  await page.locator('[data-reference="deepvue/main"]').click();
  await page.locator("article h1").waitFor();
  await page.getByRole("listbox").focus();
  // Frames, not milliseconds: a busy machine draws fewer of both.
  const frames = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        let drawn = 0;
        const look = (): void => {
          drawn += 1;
          const there = document.querySelector(".toast .title")?.textContent ?? "";
          if (there.includes("Deepvue main") || drawn > 60) done(drawn);
          else requestAnimationFrame(look);
        };
        const key = new KeyboardEvent("keydown", { key: "c", bubbles: true });
        document.activeElement?.dispatchEvent(key);
        requestAnimationFrame(look);
      }),
  );
  expect(frames).toBeLessThanOrEqual(6);
  gallery.done(page);
});

test("bar 2: the list is one Tab stop, however many rows it has", async () => {
  const page = await opened();
  expect(await page.getByRole("option").count()).toBeGreaterThan(5);
  await page.getByLabel("Search credentials").focus();
  let inside = 0;
  for (let at = 0; at < 8; at += 1) {
    await page.keyboard.press("Tab");
    const within = await page.evaluate(
      () => document.activeElement?.closest("[role=listbox]") !== null,
    );
    if (within) inside += 1;
  }
  expect(inside).toBe(1);
  gallery.done(page);
});

test("bar 2: one key leads from the search field to the first result", async () => {
  const page = await opened();
  await page.getByLabel("Search credentials").fill("trial");
  await page.keyboard.press("ArrowDown");
  const active = await page.evaluate(() =>
    document.activeElement?.getAttribute("aria-activedescendant"),
  );
  expect(active).toBe("row-deepvue/trial");
  gallery.done(page);
});

test("bar 13: hidden, no countdown ticks, and shown again each is right", async () => {
  const page = await opened();
  await page.locator('[data-reference="deepvue/trial"]').click();
  const result = await page.evaluate(async () => {
    const rows = (): string =>
      [...document.querySelectorAll(".row .countdown .text")].map((one) => one.textContent).join();
    const hide = (hidden: boolean): void => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange"));
    };
    hide(true);
    const before = rows();
    const real = Date.now;
    const later = real() + 7_000;
    // The clock goes on by seven seconds while nobody looks.
    Date.now = () => later + (real() - (later - 7_000));
    await new Promise((done) => setTimeout(done, 0));
    const hidden = rows();
    hide(false);
    await new Promise((done) => requestAnimationFrame(done));
    return { before, hidden, shown: rows() };
  });
  expect(result.hidden).toBe(result.before);
  expect(result.shown).not.toBe(result.before);
  gallery.done(page);
});

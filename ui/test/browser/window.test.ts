/** What only a real browser can show: rows on demand, widths, keys between panes, speed. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Gallery } from "./gallery";

let gallery: Gallery;

beforeAll(async () => {
  gallery = await Gallery.start();
});

afterAll(() => gallery.stop());

async function opened(scene: string, width = 1180, height = 760): Promise<Page> {
  const { page } = await gallery.open(scene, { width, height });
  await page.getByRole("listbox").waitFor();
  return page;
}

function rows(page: Page): Promise<(string | undefined)[]> {
  return page
    .locator("[data-reference]")
    .evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset["reference"]));
}

test("what is due or grave counts as needing attention, and the filter shows it", async () => {
  const page = await opened("full");
  await page.getByRole("button", { name: "Needs attention, 5" }).click();
  await expect
    .poll(() => rows(page))
    .toEqual([
      "deepcurrent/main",
      "deepidv/main",
      "deepidv/partner-portal",
      "deepvue/nightly-batch",
      "deepvue/trial",
    ]);
  gallery.done(page);
});

test("a thousand credentials are at most 40 rows, before and after scrolling and filtering", async () => {
  const page = await opened("many");
  expect((await rows(page)).length).toBeLessThanOrEqual(40);
  await page.getByRole("listbox").focus();
  await page.keyboard.press("End");
  await page.locator('[data-reference="deepvue/service-1000"]').waitFor();
  expect((await rows(page)).length).toBeLessThanOrEqual(40);
  await page.getByLabel("Search credentials").fill("service-0500");
  await expect.poll(() => rows(page)).toEqual(["deepvue/service-0500"]);
  gallery.done(page);
});

test("a click in the moment of scrolling selects the row under the pointer", async () => {
  const page = await opened("many");
  const hit = await page.evaluate(async () => {
    const list = document.querySelector("[role=listbox]");
    if (list === null) return "no list";
    const scrolled = new Promise((done) => list.addEventListener("scroll", done, { once: true }));
    list.scrollTop += 520;
    await scrolled;
    await new Promise((done) => requestAnimationFrame(done));
    const { left, top, width, height } = list.getBoundingClientRect();
    const under = document.elementFromPoint(left + width / 2, top + height / 2);
    return under?.closest("[data-reference]") === null ? "nothing" : "a row";
  });
  expect(hit).toBe("a row");
  gallery.done(page);
});

test("F6 goes through the panes and back, and the narrow window skips the hidden one", async () => {
  const pane = (page: Page): Promise<string | undefined> =>
    page.evaluate(
      () => document.activeElement?.closest<HTMLElement>("[data-pane]")?.dataset["pane"],
    );
  for (const [width, expected] of [
    [1180, ["list", "detail", "filters", "search"]],
    [880, ["list", "detail", "search"]],
  ] as const) {
    const page = await opened("full", width, 560);
    if (width === 1180) await page.locator('[data-reference="deepvue/main"]').click();
    await page.getByLabel("Search credentials").focus();
    const seen = [];
    for (let at = 0; at < expected.length; at += 1) {
      await page.keyboard.press("F6");
      seen.push(await pane(page));
    }
    expect(seen).toEqual(expected);
    gallery.done(page);
  }
});

test("the arrow keys move the divider within its limits", async () => {
  const page = await opened("full");
  const divider = page.getByRole("separator");
  await divider.focus();
  await page.keyboard.press("End");
  expect(await divider.getAttribute("aria-valuenow")).toBe("480");
  await page.keyboard.press("ArrowRight");
  expect(
    await page.getByRole("region", { name: "Credentials" }).evaluate((list) => list.clientWidth),
  ).toBe(480);
  gallery.done(page);
});

describe.each([
  ["full", 1180, 760],
  ["full", 880, 560],
  ["hostile", 880, 560],
] as const)("%s at %i × %i", (scene, width, height) => {
  test("nothing runs out of the window or over its neighbour", async () => {
    const page = await opened(scene, width, height);
    await page.locator("[data-reference]").first().click();
    await page.locator("article").waitFor();
    const spilled = await page.evaluate(() => {
      const panes = [document.documentElement, ...document.querySelectorAll(".row, main, article")];
      return panes
        .filter((pane) => pane.scrollWidth > pane.clientWidth + 1)
        .map((pane) => `${pane.tagName}.${pane.className}`);
    });
    expect(spilled).toEqual([]);
    gallery.done(page);
  });
});

test("markup in a note and in a last four is text", async () => {
  const page = await opened("hostile");
  await page.locator("[data-reference]").first().click();
  await page.getByText("<img src=x onerror=alert(1)>").waitFor();
  expect(await page.locator("article img").count()).toBe(0);
  gallery.done(page);
});

test("text of 200 % keeps every control reachable", async () => {
  const page = await opened("full");
  await page.locator('[data-reference="deepvue/main"]').click();
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  const copy = page.getByRole("main").getByRole("button", { name: "Copy token" });
  await copy.scrollIntoViewIfNeeded();
  const box = await copy.boundingBox();
  expect(box === null ? Infinity : box.x + box.width).toBeLessThanOrEqual(1180);
  gallery.done(page);
});

test.each(["light", "dark"] as const)(
  "on paper (%s) stands the recovery kit alone, dark on white",
  async (scheme) => {
    const { page } = await gallery.open(
      "full",
      { scheme, width: 560, height: 260 },
      "page=reveal&kit",
    );
    const button = page.getByRole("button", { name: "Print…" });
    await button.waitFor();
    const sheet = page.getByRole("article");
    expect(await sheet.isVisible(), "on the screen it is not seen").toBe(false);
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute("data-printed", "");
    });
    await button.click();
    expect(await page.locator("body[data-printed]").count()).toBe(1);
    await page.emulateMedia({ media: "print", colorScheme: scheme });
    expect(await sheet.isVisible()).toBe(true);
    const shown = await page.evaluate(() => {
      const [key] = document.getElementsByClassName("key");
      const ground = getComputedStyle(document.body).backgroundColor;
      const ink = key === undefined ? "" : getComputedStyle(key).color;
      const seen = [...document.body.children].filter((one) => one.checkVisibility());
      return { ground, ink, seen: seen.map(({ className }) => className.split(" ")[0]) };
    });
    expect(shown).toEqual({ ground: "rgb(255, 255, 255)", ink: "rgb(0, 0, 0)", seen: ["kit"] });
    await page.emulateMedia({ media: "screen" });
    gallery.done(page);
  },
);

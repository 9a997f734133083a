/** Share-safe mode on every screen of the real page: no name that the user wrote is anywhere in it. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Gallery } from "./gallery";
import { goTo } from "./side-screens";

let gallery: Gallery;

beforeAll(async () => {
  gallery = await Gallery.start();
});

afterAll(() => gallery.stop());

/** All that somebody who looks, or a reader of the screen, could learn of the canaries. */
function canaries(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll("input, textarea")].map(
      (field) => (field as HTMLInputElement).value,
    );
    const all = [document.title, document.documentElement.outerHTML, ...fields].join("\n");
    return [...new Set(all.toLowerCase().match(/[\w@.-]*(canary|cnry)[\w@.-]*/g) ?? [])];
  });
}

async function opened(): Promise<Page> {
  const { page } = await gallery.open("canary");
  await page.getByRole("listbox").waitFor();
  return page;
}

const SCREENS = [
  ["t", "Timeline"],
  ["h", "Health"],
  ["i", "Inbox"],
  ["a", "Activity"],
  ["r", "Requests"],
] as const;

type Look = (name: string) => Promise<void>;

/** The trash, the new name where the old one is taken, and the question before the last step. */
async function trash(page: Page, look: Look): Promise<void> {
  await goTo(page, "x", "Trash");
  const restore = page.getByRole("main").getByRole("button", { name: /^Restore deepvue/ });
  await restore.waitFor();
  await look("Trash");
  await restore.click();
  await page.getByLabel("New name").waitFor();
  await look("Trash, new name");
  await page.getByRole("button", { name: /^Delete deepidv.* for good/ }).click();
  await page.getByRole("dialog").waitFor();
  await look("Trash, delete");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
}

/** The form that changes a credential, and what asks before it is removed. */
async function edit(page: Page, look: Look): Promise<void> {
  await page.locator("[data-reference]").first().click();
  await page.keyboard.press("Control+e");
  await page.getByRole("dialog").waitFor();
  await look("edit form");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

/** Goes through the window, and tells what was found on each part of it. */
async function walk(page: Page): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const look: Look = async (name) => {
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    found[name] = await canaries(page);
  };
  await page.locator("[data-reference]").first().waitFor();
  await look("list");
  await page.locator("[data-reference]").first().click();
  await page.locator("article h1").waitFor();
  await look("detail");
  for (const tab of await page.getByRole("tab").all()) {
    await tab.click();
    await look(`tab ${(await tab.textContent()) ?? ""}`);
  }
  await page.locator("[data-pane='list']").focus();
  await page.keyboard.press("c");
  await page.locator(".toast").first().waitFor();
  await look("toast");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("dee");
  await page.getByRole("option").first().waitFor();
  await look("palette");
  await page.keyboard.press("Escape");
  for (const [letter, title] of SCREENS) {
    await goTo(page, letter, title);
    await page.waitForFunction(() => {
      const main = document.querySelector("main");
      const typed = [...(main?.querySelectorAll("input") ?? [])].map(({ value }) => value);
      return /credential-1|canary/i.test(`${main?.innerHTML ?? ""} ${typed.join(" ")}`);
    });
    await look(title);
    await page.keyboard.press("Escape");
  }
  await trash(page, look);
  await edit(page, look);
  return found;
}

test("without it, names are on every part: the walk sees them", async () => {
  const page = await opened();
  const found = await walk(page);
  const blind = Object.entries(found).filter(
    ([name, all]) => all.length === 0 && !/^tab/.test(name),
  );
  expect(blind).toEqual([]);
  gallery.done(page);
});

test("with it, no name is on any part", async () => {
  const page = await opened();
  await page.keyboard.press("Control+Shift+M");
  await page.getByText(/^Share-safe/).waitFor();
  const found = await walk(page);
  expect(Object.fromEntries(Object.entries(found).filter(([, all]) => all.length > 0))).toEqual({});
  expect(Object.keys(found).length).toBeGreaterThan(13);
  gallery.done(page);
});

test("turned on over what is open, it leaves no name there", async () => {
  const over: Record<string, (page: Page) => Promise<void>> = {
    "the edit form": async (page) => {
      await page.locator("[data-reference]").first().click();
      await page.keyboard.press("Control+e");
      await page.getByLabel("Owner").waitFor();
    },
    "the question before removing": async (page) => {
      await page.locator("[data-reference]").first().click();
      await page.getByRole("button", { name: "Remove…" }).click();
      await page.getByRole("dialog").waitFor();
    },
    "a new name in the trash": async (page) => {
      await goTo(page, "x", "Trash");
      await page
        .getByRole("main")
        .getByRole("button", { name: /^Restore deepvue/ })
        .click();
      await page.getByLabel("New name").waitFor();
    },
  };
  const found: Record<string, string[]> = {};
  for (const [name, reach] of Object.entries(over)) {
    const page = await opened();
    await reach(page);
    expect(await canaries(page)).not.toEqual([]);
    await page.keyboard.press("Control+Shift+M");
    await page
      .getByText(/^Share-safe/)
      .first()
      .waitFor();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    found[name] = await canaries(page);
    gallery.done(page);
  }
  const nothing = Object.keys(over).map((name) => [name, []]);
  expect(found).toEqual(Object.fromEntries(nothing));
});

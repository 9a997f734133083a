/**
 * Every screen, in light, and dark in the smallest window: no violation, nothing refused, nothing
 * thrown. What each has to bear: words that are 40 % longer, text of 200 %. Nothing is cut off but what
 * the user wrote, and every target is large enough.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Gallery } from "./gallery";
import { clipped, outside, settled, smallTargets, spilled, stretch, violations } from "./measures";
import { screens } from "./screens";

let gallery: Gallery;

beforeAll(async () => {
  gallery = await Gallery.start();
});

afterAll(() => gallery.stop());

const all = screens.map((screen) => [screen.name, screen] as const);

describe.concurrent("light", () => {
  test.each(all)("%s bears longer words and text of 200 %", async (_, screen) => {
    const small = screen.query?.startsWith("page=") === true;
    const view = small ? { width: 560, height: 600 } : {};
    const { page, complaints } = await gallery.open(screen.scene, view, screen.query);
    await screen.reach?.(page);
    const found: Record<string, string[]> = {};
    const look = async (when: string): Promise<void> => {
      await settled(page);
      const cut = [...(await clipped(page)), ...(await outside(page))];
      if (cut.length > 0) found[when] = cut;
    };
    found["targets"] = await smallTargets(page);
    found["axe"] = await violations(page);
    await look("as it is");
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    await look("200 %");
    found["axe at 200 %"] = await violations(page);
    await page.evaluate(() => (document.documentElement.style.fontSize = ""));
    await stretch(page);
    await look("+40 %");
    if (!small) {
      await page.setViewportSize({ width: 880, height: 560 });
      await look("+40 %, 880×560");
    }
    const nothing = { targets: [], axe: [], "axe at 200 %": [], complaints: [] };
    expect({ ...found, complaints }).toEqual(nothing);
    gallery.done(page);
  });
});

describe.concurrent("dark, compact, smallest window", () => {
  const view = { scheme: "dark", width: 880, height: 560 } as const;
  test.each(all)("%s has no violation and keeps to the window", async (_, screen) => {
    const query = [screen.query ?? "", "density=compact"].filter(Boolean).join("&");
    const { page, complaints } = await gallery.open(screen.scene, view, query);
    await screen.reach?.(page);
    await settled(page);
    const found = {
      axe: await violations(page),
      targets: await smallTargets(page),
      cut: [...(await clipped(page)), ...(await outside(page)), ...(await spilled(page))],
      complaints,
    };
    expect(found).toEqual({ axe: [], targets: [], cut: [], complaints: [] });
    gallery.done(page);
  });
});

test("a planted violation is found", async () => {
  const { page } = await gallery.open("full");
  await page.evaluate(() => {
    const field = document.querySelector("[aria-label='Search credentials']");
    field?.removeAttribute("aria-label");
    field?.removeAttribute("placeholder");
  });
  const found = await violations(page);
  expect(found.map((one) => one.split(":")[0])).toContain("label");
  gallery.done(page);
});

/** What only a real browser can show of a long list: what is seen where it is scrolled to. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Gallery } from "./gallery";

let gallery: Gallery;

beforeAll(async () => {
  gallery = await Gallery.start();
});

afterAll(() => gallery.stop());

interface Seen {
  /** Where the selected row stands among all, from 1; 0 where the list names none that exists. */
  at: number;
  /** Whether all of it is seen. */
  whole: boolean;
  /** Whether a row is seen at the upper end and in the middle of the list. */
  filled: boolean;
}

function seen(page: Page): Promise<Seen> {
  return page.getByRole("listbox").evaluate((list) => {
    const row = document.getElementById(list.getAttribute("aria-activedescendant") ?? "");
    const [box, own] = [list.getBoundingClientRect(), row?.getBoundingClientRect()];
    const isRow = (y: number): boolean =>
      document.elementFromPoint(box.x + box.width / 2, y)?.closest("[role=option]") !== null;
    return {
      at: Number(row?.getAttribute("aria-posinset") ?? 0),
      whole: own !== undefined && own.top >= box.top - 1 && own.bottom <= box.bottom + 1,
      filled: isRow(box.top + 20) && isRow(box.top + box.height / 2),
    };
  });
}

test.each([
  ["comfortable", 100],
  ["compact", 100],
  ["comfortable", 150],
  ["compact", 200],
])(
  "%s, text of %i percent: the row that a key reaches is seen, and none is missing",
  async (density, size) => {
    const { page } = await gallery.open("many", {}, `density=${density}&text_size=${size}`);
    const list = page.getByRole("listbox");
    await list.focus();
    const rows = Number(await list.getByRole("option").first().getAttribute("aria-setsize"));
    expect(rows).toBe(1_000);
    const after = async (...keys: string[]): Promise<Seen> => {
      for (const key of keys) await page.keyboard.press(key);
      return seen(page);
    };
    expect(await after("End")).toEqual({ at: rows, whole: true, filled: true });
    expect(await after("PageUp", "PageUp", "ArrowUp")).toMatchObject({ whole: true, filled: true });
    expect(await after("Home")).toEqual({ at: 1, whole: true, filled: true });
    const paged = await after("PageDown", "PageDown", "PageDown");
    expect(paged).toMatchObject({ whole: true, filled: true });
    expect(paged.at).toBeGreaterThan(10);
    expect(await list.getByRole("option").count()).toBeLessThan(60);
    // Scrolled away, the row is still there for readers of the screen.
    await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await expect.poll(() => seen(page)).toEqual({ at: paged.at, whole: false, filled: true });
    gallery.done(page);
  },
);

test("a list that is narrowed while it is scrolled shows what is left, and all of it again after that", async () => {
  const { page } = await gallery.open("many");
  const list = page.getByRole("listbox");
  await list.focus();
  await page.keyboard.press("End");
  const search = page.getByLabel("Search credentials");
  const filled = (): Promise<boolean> => seen(page).then((now) => now.filled);
  await search.fill("service-01");
  await expect
    .poll(() => list.getByRole("option").first().getAttribute("aria-setsize"))
    .toBe("100");
  await expect.poll(filled).toBe(true);
  await search.fill("service-0117");
  await expect.poll(() => list.getByRole("option").count()).toBe(1);
  expect(await list.getByRole("option").isVisible()).toBe(true);
  await search.fill("no such name");
  await expect.poll(() => list.count()).toBe(0);
  await search.fill("");
  await list.waitFor();
  await expect.poll(filled).toBe(true);
  await list.focus();
  await page.keyboard.press("ArrowUp");
  expect(await seen(page)).toMatchObject({ whole: true, filled: true });
  gallery.done(page);
});

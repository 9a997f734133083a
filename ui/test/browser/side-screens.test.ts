/** What only a real browser can show of the screens beside the credentials: lanes on demand, widths. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Gallery } from "./gallery";
import { sideScreens } from "./side-screens";

let gallery: Gallery;

beforeAll(async () => {
  gallery = await Gallery.start();
});

afterAll(() => gallery.stop());

async function opened(name: string, width = 1180, height = 760): Promise<Page> {
  const screen = sideScreens.find((one) => one.name === name);
  const { page } = await gallery.open(screen?.scene ?? "", { width, height });
  await screen?.reach?.(page);
  return page;
}

const active = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? null);

test("10,000 lanes are at most 60 in the page, and both ends are one key away", async () => {
  const page = await opened("timeline-many");
  const rows = page.getByRole("grid").getByRole("row");
  expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe("10000");
  expect(await rows.count()).toBeLessThanOrEqual(60);
  const stop = page.locator("[role=grid] [tabindex='0']");
  await stop.focus();
  await page.keyboard.press("Control+End");
  await expect.poll(() => active(page)).toMatch(/service-\d+, /);
  expect(await page.getByRole("row").last().getAttribute("aria-rowindex")).toBe("10000");
  expect(await rows.count()).toBeLessThanOrEqual(60);
  await page.keyboard.press("Control+Home");
  await expect.poll(() => active(page)).toMatch(/service-00001, /);
  gallery.done(page);
});

test("a held arrow key moves lane by lane, and what has the focus is seen", async () => {
  const page = await opened("timeline-many", 880, 560);
  await page.locator("[role=grid] [tabindex='0']").focus();
  for (let pressed = 0; pressed < 40; pressed += 1) await page.keyboard.press("ArrowDown");
  const index = page.locator("[role=row]:has([tabindex='0'])");
  await expect.poll(() => index.getAttribute("aria-rowindex")).toBe("41");
  const seen = await page.evaluate(() => {
    const [cell, grid] = [document.activeElement, document.querySelector("[role=grid]")];
    const [inner, outer] = [cell?.getBoundingClientRect(), grid?.getBoundingClientRect()];
    if (inner === undefined || outer === undefined) return false;
    return inner.top >= outer.top + 31 && inner.bottom <= outer.bottom + 1;
  });
  expect(seen).toBe(true);
  // Back up, where the head of days must not cover it either.
  for (let pressed = 0; pressed < 30; pressed += 1) await page.keyboard.press("ArrowUp");
  const covered = await page.evaluate(() => {
    const box = document.activeElement?.getBoundingClientRect();
    if (box === undefined) return "nothing has the focus";
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + 2);
    return top?.closest("[data-lane]") === document.activeElement ? "" : top?.outerHTML;
  });
  expect(covered).toBe("");
  gallery.done(page);
});

test("the focus moves before the next frame, so that a held key loses none with 10,000 lanes", async () => {
  const page = await opened("timeline-many");
  await page.locator("[role=grid] [tabindex='0']").focus();
  const times = await page.evaluate(async () => {
    const found: number[] = [];
    for (let pressed = 0; pressed < 40; pressed += 1) {
      const before = document.activeElement;
      const start = performance.now();
      before?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
      const moved = (): boolean =>
        document.activeElement !== before &&
        document.activeElement?.matches("[data-lane]") === true;
      for (let turn = 0; turn < 1_000 && !moved(); turn += 1) await Promise.resolve();
      if (moved()) found.push(performance.now() - start);
    }
    return found.sort((one, other) => one - other);
  });
  console.log(`lane → lane: median ${times[20]?.toFixed(1)} ms`);
  expect(times).toHaveLength(40);
  gallery.done(page);
});

test("Esc leads back to the selected row, which is seen again and keeps its keys", async () => {
  const { page } = await gallery.open("many");
  await page.getByRole("listbox").focus();
  await page.keyboard.press("End");
  const row = page.locator('[data-reference="deepvue/service-1000"]');
  await row.waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await page.getByRole("heading", { name: "Health", level: 1 }).waitFor();
  await page.keyboard.press("Escape");
  await row.waitFor();
  await expect
    .poll(() =>
      row.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top > 0 && bottom <= innerHeight;
      }),
    )
    .toBe(true);
  await page.keyboard.press("ArrowUp");
  await expect
    .poll(() => page.getByRole("option", { selected: true }).getAttribute("data-reference"))
    .toBe("deepvue/service-0999");
  gallery.done(page);
});

/** What the window asked of the agent about reminders. */
const snoozes = (page: Page): Promise<{ reference: string; for_s: number }[]> =>
  page.evaluate(() =>
    (window as unknown as { backend: { called(name: string): never[] } }).backend.called(
      "snooze_reminder",
    ),
  );

/** Takes hold of the next reminder of a lane, and drags it by so many days. */
async function drag(page: Page, days: number): Promise<void> {
  const tick = page.locator(".movable[data-lane='deepvue/main']").last();
  const [box, track] = await Promise.all([
    tick.boundingBox(),
    tick.locator("xpath=..").boundingBox(),
  ]);
  if (box === null || track === null) throw new Error("no reminder is shown");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + (track.width / 31) * days, y, { steps: 5 });
}

test("a reminder is dragged to a later day; Esc and an earlier day leave it where it was", async () => {
  const page = await opened("timeline-month");
  await drag(page, 3);
  await page.getByText(/^Quiet until \d/).waitFor();
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(await page.getByRole("grid").count(), "Esc ended the drag alone").toBe(1);
  await drag(page, -2);
  await page.locator(".dragged").waitFor();
  expect(await page.getByText(/^Quiet until \d/).count(), "what is not done is not said").toBe(0);
  await page.mouse.up();
  expect(await snoozes(page)).toEqual([]);
  await drag(page, 3);
  await page.mouse.up();
  await page
    .getByText(/^Reminders of deepvue\/main|quiet until/i)
    .first()
    .waitFor();
  const [call, ...more] = await snoozes(page);
  expect(more).toEqual([]);
  expect(call?.reference).toBe("deepvue/main");
  expect(call?.for_s).toBeGreaterThan(86_400);
  gallery.done(page);
});

test("F6 goes from the lanes to the sidebar and the filter, and back", async () => {
  const page = await opened("timeline-month");
  await page.locator("[role=grid] [tabindex='0']").focus();
  const seen: (string | undefined)[] = [];
  for (let pressed = 0; pressed < 3; pressed += 1) {
    await page.keyboard.press("F6");
    seen.push(
      await page.evaluate(
        () => document.activeElement?.closest<HTMLElement>("[data-pane]")?.dataset["pane"],
      ),
    );
  }
  expect(seen).toEqual(["filters", "search", "list"]);
  gallery.done(page);
});

describe.each(["timeline-event", "health-owner", "inbox-date", "settings-wrong"])("%s", (name) => {
  test("text of 200 % keeps every control of the screen within the window", async () => {
    const page = await opened(name);
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    const outside = await page.evaluate(() =>
      [...document.querySelectorAll("main button, main input, main select")]
        .map((target) => ({ box: target.getBoundingClientRect(), target }))
        .filter(({ box }) => box.width > 0 && (box.right > innerWidth + 1 || box.left < 0))
        .map(({ target }) => target.outerHTML.slice(0, 120)),
    );
    expect(outside).toEqual([]);
    gallery.done(page);
  });
});

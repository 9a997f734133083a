/**
 * The keyboard alone on the screens of the window: wherever Tab leads, the focus is seen, inside the
 * window and under nothing else, and it comes back to where it began.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Gallery } from "./gallery";
import { screens } from "./screens";

let gallery: Gallery;

beforeAll(async () => {
  gallery = await Gallery.start();
});

afterAll(() => gallery.stop());

const WALKED = [
  "full",
  "detail",
  "history",
  "notes",
  "edit",
  "paste-several",
  "explain",
  "snippets",
  "activity-open",
  "trash-taken",
  "trash-delete",
  "settings",
  "about",
  "health-owner",
  "inbox-date",
  "timeline-event",
  "empty",
];

/** Longer than the longest way around a screen. */
const MOST = 150;

interface Stop {
  /** Which element it is, by its number on this walk. */
  id: string;
  problems: string[];
}

/** What has the focus, and what is wrong with how it is seen. */
function stop(page: Page): Promise<Stop | null> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || at === document.body) return null;
    at.dataset["stop"] ??= String(document.querySelectorAll("[data-stop]").length);
    const says = (what: string): string => `${what}: ${at.outerHTML.slice(0, 120)}`;
    const ringed = (one: Element | null): boolean => {
      if (one === null) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    };
    // A list shows it on its row, a divider is its own line, a radio button has what stands for it.
    const row = at.querySelector("[aria-selected=true]");
    const line =
      at.matches("[role=separator]") && parseFloat(getComputedStyle(at, "::after").width) > 2;
    const stands = at.matches("input") ? (at.closest("label") ?? at.nextElementSibling) : null;
    const problems: string[] = [];
    const own = [at, stands, at.parentElement].some(ringed);
    // The browser draws the ring of the button inside of a date itself, after the parts of the date.
    const picker = at.matches("[type=date], [type=time]") && at.dataset["ringed"] === "yes";
    if (own) at.dataset["ringed"] = "yes";
    const seen = own || picker || line || row !== null;
    if (!seen) problems.push(says("no ring"));
    const target = at.matches(".visually-hidden") ? (at.closest("label") ?? at) : at;
    const { left, top, right, bottom } = target.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
    if (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth)
      problems.push(says("out of the window"));
    else {
      const over = document.elementFromPoint(x, y);
      const free = over === null || target.contains(over) || over.contains(target);
      if (!free && over.closest("label")?.contains(target) !== true)
        problems.push(says(`under ${over.outerHTML.slice(0, 60)}`));
    }
    return { id: at.dataset["stop"] ?? "", problems };
  });
}

describe.concurrent("880×560", () => {
  test.each(WALKED)("%s: Tab leads around, and the focus is seen at each stop", async (name) => {
    const screen = screens.find((one) => one.name === name);
    const { page } = await gallery.open(screen?.scene ?? "", { width: 880, height: 560 });
    await screen?.reach?.(page);
    const problems: string[] = [];
    let first: string | null = null;
    let around = false;
    for (let pressed = 0; pressed < MOST && !around; pressed += 1) {
      await page.keyboard.press("Tab");
      const here = await stop(page);
      // The browser's own bar lies between the last stop and the first.
      if (here === null) continue;
      // Back at the first one, and not merely at the same again.
      around = pressed > 1 && here.id === first;
      first ??= here.id;
      problems.push(...here.problems);
    }
    expect({ problems: [...new Set(problems)], around }).toEqual({ problems: [], around: true });
    gallery.done(page);
  });
});

/**
 * What every screen has to bear: words that are 40 % longer, the smallest window, text of 200 %. Nothing
 * is cut off but what the user wrote, every target is large enough, and what has the focus shows it.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Gallery } from "./gallery";
import { screens } from "./screens";

let gallery: Gallery;
let axe: string;

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  gallery = await Gallery.start();
});

afterAll(() => gallery.stop());

/** Elements that hide a part of their text. What somebody else wrote may end in an ellipsis. */
function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const shown = (element: HTMLElement): boolean => element.checkVisibility();
    const hides = (element: HTMLElement): boolean => {
      const style = getComputedStyle(element);
      if (element.closest("[data-clips], .visually-hidden, svg") !== null) return false;
      const own = (axis: string): boolean => axis === "hidden" || axis === "clip";
      // A row that paints nothing outside of itself cuts off as well.
      const row = element.parentElement?.closest<HTMLElement>(".row");
      if (row && element.matches("span") && element.childElementCount === 0) {
        const [inner, outer] = [element.getBoundingClientRect(), row.getBoundingClientRect()];
        if (inner.right > outer.right + 1 || inner.bottom > outer.bottom + 1) return true;
      }
      const wide = own(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      const high = own(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
      if (element.matches("input, textarea, select")) return false;
      const others = element.closest("[dir=auto]") ?? element.querySelector("[dir=auto]");
      const mayEnd = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
      return mayEnd && others !== null ? false : wide || high;
    };
    return [...document.querySelectorAll<HTMLElement>("body *")]
      .filter((element) => shown(element) && hides(element))
      .map((element) => {
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
        const size = `${scrollWidth}×${scrollHeight} in ${clientWidth}×${clientHeight}`;
        return `${element.tagName}.${element.className} ${size}: ${element.innerText.slice(0, 60)}`;
      });
  });
}

/** Controls that stick out of the window, where nothing scrolls to them. */
function outside(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element | null): boolean => {
      for (let at = element; at !== null; at = at.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(at);
        if (at !== document.body && [overflowX, overflowY].some((one) => /auto|scroll/.test(one)))
          return true;
      }
      return false;
    };
    return [...document.querySelectorAll<HTMLElement>("button, input, select, textarea, h1, h2")]
      .filter((one) => one.checkVisibility() && one.closest(".visually-hidden") === null)
      .filter((one) => {
        const { left, right, top, bottom, width } = one.getBoundingClientRect();
        const out = right > innerWidth + 1 || left < -1 || bottom > innerHeight + 1 || top < -1;
        return out && width > 1 && !scrolls(one.parentElement);
      })
      .map((one) => `${one.tagName}.${one.className}: ${one.innerText.slice(0, 60)}`);
  });
}

const TARGETS =
  "button, a[href], input:not([type=hidden]), select, textarea, summary, [role=tab], [role=option], " +
  "[role=menuitem], [role=separator][tabindex], [role=gridcell][tabindex]";

function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((targets) => {
    const box = (element: Element): DOMRect => {
      const own = element.getBoundingClientRect();
      if (!(element instanceof HTMLInputElement)) return own;
      // A label is a part of what can be pressed.
      const labels = [...(element.labels ?? [])].map((label) => label.getBoundingClientRect());
      return labels.find((label) => label.height >= 24 && label.width >= 24) ?? own;
    };
    return [...document.querySelectorAll<HTMLElement>(targets)]
      .filter((one) => one.checkVisibility() && !one.matches(":disabled, .visually-hidden"))
      .map((one) => ({ one, box: box(one) }))
      .filter(({ box: { width, height } }) => width > 0 && (width < 23.9 || height < 23.9))
      .map(
        ({ one, box: { width, height } }) =>
          `${width.toFixed(0)}×${height.toFixed(0)} ${one.outerHTML.slice(0, 100)}`,
      );
  }, TARGETS);
}

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async (tags) => {
    const { axe: runner } = window as unknown as {
      axe: { run(node: Node, options: unknown): Promise<AxeResults> };
    };
    const results = await runner.run(document, { runOnly: { type: "tag", values: tags } });
    return results.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(" | ")}`,
    );
  }, TAGS);
}

/** The same text at 1.4 times its width: a letter is about half as wide as it is high. */
async function stretch(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>("body *"))
      if (!element.matches("kbd, code, svg *")) element.style.letterSpacing = "0.2em";
  });
}

async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

describe("every screen", () => {
  test.each(screens.map((screen) => [screen.name, screen] as const))("%s", async (_, screen) => {
    const small = screen.query?.startsWith("page=") === true;
    const view = small ? { width: 560, height: 600 } : {};
    const { page, complaints } = await gallery.open(screen.scene, view, screen.query);
    await screen.reach?.(page);
    const found: Record<string, string[]> = {};
    const look = async (when: string): Promise<void> => {
      await settled(page);
      const all = [...(await clipped(page)), ...(await outside(page))];
      if (all.length > 0) found[when] = all;
    };
    found["targets"] = await smallTargets(page);
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
    expect({ ...found, complaints }).toEqual({ targets: [], "axe at 200 %": [], complaints: [] });
    await page.context().close();
  });
});

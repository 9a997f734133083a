/**
 * What a page is measured by: text that is cut off, controls out of the window, targets that are too
 * small, and axe.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds; rules outside of `tags` are left out. */
export async function violations(page: Page, tags = TAGS): Promise<string[]> {
  const there = await page.evaluate(() => "axe" in window);
  // Through the debugger's door, since the page's policy takes no foreign script.
  if (!there) await page.evaluate(await AXE);
  return page.evaluate(async (values) => {
    const { axe } = window as unknown as {
      axe: { run(node: Node, options: unknown): Promise<AxeResults> };
    };
    // What passes is not described: only what does not is asked for. The policy allows no frames, and
    // looking for them is a fifth of the time.
    const runOnly = { type: "tag", values };
    const options = { runOnly, resultTypes: ["violations"], iframes: false };
    const results = await axe.run(document, options);
    return results.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((one) => one.html).join(" | ")}`,
    );
  }, tags);
}

/** What is wider than its place, so that it can be scrolled sideways. */
export function spilled(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const panes = [document.documentElement, ...document.querySelectorAll("main, main > *")];
    return panes
      .filter((pane) => pane.scrollWidth > pane.clientWidth + 1)
      .map((pane) => `spilled: ${pane.tagName}.${pane.className}`);
  });
}

/** Elements that hide a part of their text. What somebody else wrote may end in an ellipsis. */
export function clipped(page: Page): Promise<string[]> {
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
export function outside(page: Page): Promise<string[]> {
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

export function smallTargets(page: Page): Promise<string[]> {
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

/** The same text at 1.4 times its width: a letter is about half as wide as it is high. */
export async function stretch(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>("body *"))
      if (!element.matches("kbd, code, svg *")) element.style.letterSpacing = "0.2em";
  });
}

export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

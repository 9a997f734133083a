/** Figures of the window, the page alone, in Chromium: `npm run bench`. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Gallery } from "./gallery";

const SECONDS = 10;

describe("figures", () => {
  let gallery: Gallery;
  let page: Page;

  beforeAll(async () => {
    gallery = await Gallery.start();
    ({ page } = await gallery.open("many", { height: 1_900 }));
    await page.getByRole("listbox").waitFor();
  });

  afterAll(() => gallery.stop());

  async function wakes(): Promise<number> {
    return page.evaluate(() => (window as unknown as { clock: { wakes: number } }).clock.wakes);
  }

  test("select → detail takes at most 8 ms with 1,000 credentials", async () => {
    const times = await page.evaluate(async () => {
      const found: number[] = [];
      const rows = [...document.querySelectorAll<HTMLElement>("[data-reference]")].slice(0, 30);
      for (const row of rows) {
        const wanted = row.dataset["reference"]?.split("/")[1] ?? "";
        const start = performance.now();
        row.click();
        while (!document.querySelector("article h1")?.textContent.includes(wanted))
          await Promise.resolve();
        found.push(performance.now() - start);
      }
      return found.sort((a, b) => a - b);
    });
    const median = times[Math.floor(times.length / 2)] ?? Infinity;
    console.log(`select → detail: median ${median.toFixed(1)} ms of ${times.length}`);
    expect(median).toBeLessThanOrEqual(8);
  });

  test("36 countdowns of minutes cost at most 3 % of a core, and nothing while hidden", async () => {
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    const busy = async (): Promise<number> => {
      const { metrics } = await session.send("Performance.getMetrics");
      return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
    };
    const countdowns = await page.locator(".row .countdown").count();
    const [before, woken] = [await busy(), await wakes()];
    await new Promise((done) => setTimeout(done, SECONDS * 1_000));
    const share = ((await busy()) - before) / SECONDS;
    const perSecond = ((await wakes()) - woken) / SECONDS;
    console.log(
      `${countdowns} countdowns: ${(share * 100).toFixed(2)} % of a core, ${perSecond} wakes a second`,
    );
    expect(share).toBeLessThanOrEqual(0.03);
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { value: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    const hidden = await wakes();
    await new Promise((done) => setTimeout(done, 3_000));
    console.log(`hidden: ${(await wakes()) - hidden} wakes`);
    expect((await wakes()) - hidden).toBe(0);
  });
});

/**
 * The gallery of screens in a real browser, with frozen prototypes as in the app, and every violation
 * and uncaught error collected. A page that is given back is loaded anew for the next scene: that costs
 * a fifth of a new one.
 */
import { chromium, type Browser, type Page } from "playwright-core";
import { inject } from "vitest";

export interface View {
  scheme?: "light" | "dark";
  width?: number;
  height?: number;
  /** The colours of the system instead of the page's own. */
  forced?: boolean;
}

export interface Opened {
  page: Page;
  /** What the browser refused or threw: to be empty. */
  complaints: string[];
}

export class Gallery {
  private readonly free: Page[] = [];
  private readonly complaints = new WeakMap<Page, string[]>();

  private constructor(
    private readonly browser: Browser,
    private readonly address: string,
  ) {}

  static async start(): Promise<Gallery> {
    return new Gallery(await chromium.connect(inject("browser")), inject("address"));
  }

  /** Opens a scene; `query` adds to it, e.g. `page=reveal`. */
  async open(scene: string, view: View = {}, query = "", file = "recorded.html"): Promise<Opened> {
    const page = this.free.pop() ?? (await this.another());
    // What the pointer stood on in the scene before is no longer below it.
    await page.mouse.move(0, 0);
    await page.setViewportSize({ width: view.width ?? 1180, height: view.height ?? 760 });
    await page.emulateMedia({
      colorScheme: view.scheme ?? "light",
      forcedColors: view.forced === true ? "active" : "none",
    });
    const complaints: string[] = [];
    this.complaints.set(page, complaints);
    await page.goto(`${this.address}/${file}?scene=${scene}&${query}`);
    await page.waitForFunction(() => document.fonts.status === "loaded");
    return { page, complaints };
  }

  /** Gives a page back. One whose test failed is not: nobody knows what it is in. */
  done(page: Page): void {
    this.free.push(page);
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }

  private async another(): Promise<Page> {
    const context = await this.browser.newContext({ reducedMotion: "reduce", timezoneId: "UTC" });
    const page = await context.newPage();
    // Below the limit of a test, so that what was waited for is named.
    page.setDefaultTimeout(40_000);
    const complain = (text: string): void => void this.complaints.get(page)?.push(text);
    page.on("pageerror", (error) => complain(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") complain(message.text());
    });
    await page.addInitScript(() => Object.freeze(Object.prototype));
    return page;
  }
}

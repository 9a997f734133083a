/**
 * The gallery of screens in a real browser: served under the app's own content policy, with frozen
 * prototypes as in the app, and every violation and uncaught error collected.
 */
import { createServer, type Server } from "node:http";
import { readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

/** Where `npm run build:recorded` puts it; another folder where RECORDED names one. */
const FOLDER = process.env["RECORDED"] ?? join(import.meta.dirname, "../../../target/ui-recorded");
const CONFIG = join(import.meta.dirname, "../../../tauri.conf.json");
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
};

export interface View {
  scheme?: "light" | "dark";
  width?: number;
  height?: number;
  options?: BrowserContextOptions;
}

export interface Opened {
  page: Page;
  /** What the browser refused or threw: to be empty. */
  complaints: string[];
}

async function policy(): Promise<string> {
  const config = JSON.parse(await readFile(CONFIG, "utf8")) as {
    app: { security: { csp: Record<string, string> } };
  };
  return Object.entries(config.app.security.csp)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

export class Gallery {
  private constructor(
    private readonly server: Server,
    private readonly browser: Browser,
    private readonly address: string,
  ) {}

  static async start(): Promise<Gallery> {
    const csp = await policy();
    const server = createServer((request, response) => {
      const path = normalize(new URL(request.url ?? "/", "http://local").pathname);
      if (path === "/favicon.ico") return void response.writeHead(204).end();
      readFile(join(FOLDER, path)).then(
        (content) => {
          const type = TYPES[extname(path)] ?? "application/octet-stream";
          response.writeHead(200, { "content-type": type, "content-security-policy": csp });
          response.end(content);
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const bound = server.address();
    if (bound === null || typeof bound === "string") throw new Error("no port was bound");
    const executablePath = process.env["CHROMIUM"] ?? CHROMIUM.find((path) => existsSync(path));
    if (executablePath === undefined)
      throw new Error("Chromium is missing: apt-get install chromium");
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    return new Gallery(server, browser, `http://127.0.0.1:${bound.port}`);
  }

  /** Opens a scene; `query` adds to it, e.g. `page=reveal`. */
  async open(scene: string, view: View = {}, query = "", file = "recorded.html"): Promise<Opened> {
    const context = await this.browser.newContext({
      colorScheme: view.scheme ?? "light",
      viewport: { width: view.width ?? 1180, height: view.height ?? 760 },
      reducedMotion: "reduce",
      timezoneId: "UTC",
      ...view.options,
    });
    const page = await context.newPage();
    // Below the limit of a test, so that what was waited for is named.
    page.setDefaultTimeout(20_000);
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.addInitScript(() => Object.freeze(Object.prototype));
    await page.goto(`${this.address}/${file}?scene=${scene}&${query}`);
    await page.waitForFunction(() => document.fonts.status === "loaded");
    return { page, complaints };
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

/**
 * What all files of the browser's tests share: one server of the built gallery, under the app's own
 * content policy, and one Chromium. Started once, before the first file.
 */
import { createServer, type Server } from "node:http";
import { readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the gallery is served. */
    address: string;
    /** The door of the browser. */
    browser: string;
  }
}

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

async function policy(): Promise<string> {
  const config = JSON.parse(await readFile(CONFIG, "utf8")) as {
    app: { security: { csp: Record<string, string> } };
  };
  return Object.entries(config.app.security.csp)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

async function serve(): Promise<{ server: Server; address: string }> {
  const headers = {
    "content-security-policy": await policy(),
    // Names of assets change with their content: a page is loaded again from the browser's own store.
    "cache-control": "max-age=3600, immutable",
  };
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://local").pathname);
    if (path === "/favicon.ico") return void response.writeHead(204).end();
    readFile(join(FOLDER, path)).then(
      (content) => {
        const type = TYPES[extname(path)] ?? "application/octet-stream";
        response.writeHead(200, { ...headers, "content-type": type }).end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("no port was bound");
  return { server, address: `http://127.0.0.1:${bound.port}` };
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const executablePath = process.env["CHROMIUM"] ?? CHROMIUM.find((path) => existsSync(path));
  if (executablePath === undefined)
    throw new Error("Chromium is missing: apt-get install chromium");
  const { server, address } = await serve();
  const browser = await chromium.launchServer({ executablePath, args: ["--no-sandbox"] });
  provide("address", address);
  provide("browser", browser.wsEndpoint());
  return async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
}

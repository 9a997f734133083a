/** What one looks at stays where it is when a token comes: it must not slip away below the pointer. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CredentialDetail, TokenView } from "../../src/ipc";
import { noToken, tokenOf } from "../../src/ipc/recorded/credentials";
import { HOUR } from "../../src/ipc/recorded/times";
import { Gallery } from "./gallery";

interface Recorded {
  credentials: CredentialDetail[];
  put(credential: CredentialDetail): void;
}

let gallery: Gallery;

beforeAll(async () => {
  gallery = await Gallery.start();
});

afterAll(() => gallery.stop());

/** A token that says of itself what it is brings the most with it. */
const bought = (): TokenView => tokenOf(Date.now(), 0, HOUR, "jwt_claim");

async function put(page: Page, token: TokenView): Promise<void> {
  await page.evaluate((wanted) => {
    const { backend } = window as unknown as { backend: Recorded };
    const cloud = backend.credentials.find((one) => one.ref === "deeply/cloud");
    if (cloud !== undefined) backend.put({ ...cloud, token: wanted });
  }, token);
}

async function openedWithout(): Promise<Page> {
  const { page } = await gallery.open("full");
  await page.locator('[data-reference="deeply/cloud"]').click();
  await page.getByRole("heading", { name: "How it is used" }).waitFor();
  await put(page, noToken);
  await page.getByText("No token yet.").waitFor({ state: "attached" });
  return page;
}

async function top(page: Page, name: string): Promise<number> {
  const box = await page.getByRole("main").getByRole("button", { name }).boundingBox();
  return box?.y ?? Number.NaN;
}

test("what is looked at further down stays where it is when the first token comes", async () => {
  const page = await openedWithout();
  const send = page.getByRole("main").getByRole("button", { name: "Send" });
  await send.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const scrolled = (): Promise<number> => page.getByRole("main").evaluate((one) => one.scrollTop);
  const before = await scrolled();
  const place = await top(page, "Send");
  await put(page, bought());
  await page.getByText("What the token says").waitFor();
  await page.waitForFunction(
    (was) => (document.querySelector("main")?.scrollTop ?? 0) > was + 100,
    before,
  );
  expect(await top(page, "Send")).toBeCloseTo(place, 0);
  gallery.done(page);
});

test("what was not scrolled goes on showing its beginning", async () => {
  const page = await openedWithout();
  const place = await top(page, "Copy token");
  await put(page, bought());
  await page.getByText("What the token says").waitFor();
  expect(await top(page, "Copy token")).toBe(place);
  gallery.done(page);
});

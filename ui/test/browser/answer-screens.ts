/** What the tester shows of answers, and the history. */
import type { Page } from "playwright-core";
import type { Screen } from "./screens";
import { goTo } from "./side-screens";

async function open(page: Page): Promise<void> {
  await page.locator('[data-reference="deepvue/main"]').click();
  await page.locator("article h1").waitFor();
  await goTo(page, "r", "Requests");
  await page.locator(".base").waitFor();
}

async function send(page: Page, status: string): Promise<void> {
  await open(page);
  await page.keyboard.press("Control+Enter");
  await page.locator(".verdict .code", { hasText: status }).waitFor();
}

async function part(page: Page, name: string): Promise<void> {
  await page.getByRole("tab", { name, exact: true }).click();
}

async function history(page: Page): Promise<void> {
  await open(page);
  await part(page, "History");
  await page.locator("[data-entry]").first().waitFor();
}

export const answerScreens: Screen[] = [
  {
    name: "answer-limited",
    scene: "answer-limited",
    reach: async (page) => {
      await send(page, "429");
      await page.getByRole("button", { name: /^Wait/ }).click();
      await part(page, "Time and connection");
    },
  },
  {
    name: "answer-hostile",
    scene: "answer-hostile",
    reach: async (page) => {
      await send(page, "500");
      await page
        .getByRole("tree")
        .or(page.getByRole("region", { name: "Body of the answer" }))
        .focus();
      await page.keyboard.press("Control+f");
      await page.keyboard.type("long");
      await page.getByText(/1 of \d+/).waitFor();
    },
  },
  {
    name: "answer-headers",
    scene: "answer-hostile",
    reach: async (page) => {
      await send(page, "500");
      await page.getByText("A text for the provider's support").click();
      await page.getByRole("tab", { name: "Headers" }).last().click();
    },
  },
  { name: "answer-redirected", scene: "answer-redirected", reach: (page) => send(page, "302") },
  { name: "request-history", scene: "answer-hostile", reach: history },
  {
    name: "request-compared",
    scene: "full",
    reach: async (page) => {
      await history(page);
      await page.locator("[data-entry]").first().click();
      await page.getByRole("button", { name: "Compare with…" }).click();
      await page.locator("[data-entry]").nth(1).click();
      await page.getByText("only in the first").first().waitFor({ state: "attached" });
    },
  },
];

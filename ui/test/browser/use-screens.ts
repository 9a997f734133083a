/** The screens of a credential's use: its kinds, its token's other sides, its snippets. */
import type { Page } from "playwright-core";
import type { Screen } from "./screens";

async function select(page: Page, reference: string): Promise<void> {
  await page.locator(`[data-reference="${reference}"]`).click();
  await page.getByRole("heading", { name: "How it is used" }).waitFor();
}

async function snippets(page: Page, form: string): Promise<void> {
  await page.getByRole("tab", { name: "Snippets" }).click();
  await page.getByLabel("Form", { exact: true }).selectOption(form);
  await page.getByRole("region").filter({ hasText: /\w/ }).first().waitFor();
}

export const useScreens: Screen[] = [
  {
    name: "detail-issuer",
    scene: "full",
    reach: async (page) => {
      await select(page, "deeply/factory");
      await page.getByText("It belongs in no request").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "detail-login",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepcurrent/dashboard");
      await page.getByText("Nobody checked its signature").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "detail-use",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepidv/main");
      await page.getByText("No expiry known").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "token-end",
    scene: "full",
    reach: async (page) => {
      await select(page, "deeply/cloud");
      await page.getByRole("button", { name: "Set expiry…" }).click();
      await page.getByRole("button", { name: "Set", exact: true }).click();
      await page.getByText("Choose a day and a time.").waitFor();
    },
  },
  {
    name: "exchanges",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepvue/main");
      await page.getByText("Last exchanges").click();
      await page.getByText("production.deepvue.tech/v1/authorize").first().waitFor();
    },
  },
  {
    name: "revoke",
    scene: "full",
    reach: async (page) => {
      await select(page, "deeply/cloud");
      await page.getByRole("button", { name: "Revoke…" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "snippets",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepvue/main");
      await snippets(page, "python");
    },
  },
  {
    name: "snippets-browser",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepidv/main");
      await snippets(page, "browser");
      await page.getByText("Never in a browser").waitFor();
    },
  },
  {
    name: "with-key",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepvue/main");
      await snippets(page, "curl");
      await page.getByRole("button", { name: "Copy cURL with the key…" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "field-menu",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepvue/main");
      await page.getByRole("button", { name: "Copy Client secret as…" }).click();
    },
  },
];

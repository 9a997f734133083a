/** Every screen of the window, and how one gets there: what axe and the pictures go through. */
import type { Page } from "playwright-core";
import { answerScreens } from "./answer-screens";
import { captureScreens } from "./capture-screens";
import { pasteScreens } from "./paste-screens";
import { detailScreens } from "./detail-screens";
import { sideScreens } from "./side-screens";
import { testerScreens } from "./tester-screens";
import { useScreens } from "./use-screens";
import { rotationScreens } from "./rotation-screens";

export interface Screen {
  name: string;
  scene: string;
  query?: string;
  reach?: (page: Page) => Promise<void>;
}

async function select(page: Page, reference: string): Promise<void> {
  await page.locator(`[data-reference="${reference}"]`).click();
  await page.locator("article h1").waitFor();
}

async function add(page: Page, provider: string): Promise<void> {
  await page.getByRole("button", { name: "Add credential" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: provider }).click();
  await page.getByLabel("Name", { exact: true }).waitFor();
}

export const screens: Screen[] = [
  { name: "first-run", scene: "absent" },
  {
    name: "first-run-wrong",
    scene: "absent",
    reach: async (page) => {
      await page.getByLabel("Passphrase alone").check();
      await page.getByLabel("Passphrase", { exact: true }).fill("password1");
      await page.getByRole("button", { name: "Make vault" }).click();
    },
  },
  {
    name: "recovery",
    scene: "absent",
    reach: async (page) => {
      await page.getByLabel("Passphrase", { exact: true }).fill("correct horse battery staple");
      await page.getByRole("button", { name: "Make vault" }).click();
      await page.getByRole("button", { name: "Save to a file" }).click();
      await page.getByText("Saved to").waitFor();
    },
  },
  { name: "locked", scene: "locked" },
  { name: "locked-keyring", scene: "locked-keyring" },
  {
    name: "locked-wrong",
    scene: "locked",
    reach: async (page) => {
      await page.getByLabel("Passphrase", { exact: true }).fill("wrong");
      await page.keyboard.press("Enter");
      await page.getByText("That does not open").waitFor();
    },
  },
  { name: "full", scene: "full" },
  { name: "detail", scene: "full", reach: (page) => select(page, "deepvue/main") },
  { name: "detail-key", scene: "full", reach: (page) => select(page, "deepidv/main") },
  { name: "detail-expired", scene: "full", reach: (page) => select(page, "deepvue/nightly-batch") },
  { name: "detail-unknown", scene: "full", reach: (page) => select(page, "deeply/cloud") },
  { name: "detail-uncaught", scene: "full", reach: (page) => select(page, "deepcurrent/main") },
  {
    name: "copied",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepvue/trial");
      await page.getByRole("main").getByRole("button", { name: "Copy token" }).click();
      await page.getByText("The clipboard is cleared").first().waitFor();
    },
  },
  {
    name: "menu",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepvue/main");
      await page.getByRole("button", { name: "Copy as…" }).click();
    },
  },
  {
    name: "sample-answer",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepvue/main");
      await page.getByRole("button", { name: "Send" }).click();
      await page.getByText("The provider accepted").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "sample-confirm",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepidv/main");
      await page.getByRole("button", { name: "Send" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "sample-refused",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepidv/main");
      await page.getByRole("button", { name: "Send" }).click();
      await page.getByRole("button", { name: "Send it" }).click();
      await page.getByText("Add credit in").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "provider-down",
    scene: "provider-down",
    reach: async (page) => {
      await select(page, "deepvue/main");
      await page.getByRole("button", { name: "Renew" }).click();
      await page.getByText("did not answer in time").waitFor();
    },
  },
  {
    name: "search-nothing",
    scene: "full",
    reach: async (page) => {
      await page.getByLabel("Search credentials").fill("zebra");
    },
  },
  { name: "empty", scene: "empty" },
  {
    name: "gallery",
    scene: "full",
    reach: async (page) => {
      await page.getByRole("button", { name: "Add credential" }).first().click();
      await page.getByRole("dialog").getByRole("button", { name: "Deepvue" }).waitFor();
    },
  },
  { name: "add", scene: "full", reach: (page) => add(page, "Deepvue") },
  {
    name: "add-wrong",
    scene: "full",
    reach: async (page) => {
      await add(page, "Deeply");
      await page.getByLabel("Name", { exact: true }).fill("n".repeat(500));
      await page.getByRole("checkbox", { name: /^edge/ }).check();
      await page.getByRole("dialog").getByRole("button", { name: "Add credential" }).click();
      await page.getByText("3 fields need another look").waitFor();
    },
  },
  { name: "add-once", scene: "full", reach: (page) => add(page, "DeepCurrent") },
  ...captureScreens,
  {
    name: "keys",
    scene: "full",
    reach: async (page) => {
      await page.getByRole("listbox").focus();
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "remove",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepvue/trial");
      await page.getByRole("button", { name: "Remove…" }).click();
    },
  },
  { name: "unreachable", scene: "unreachable" },
  { name: "newer", scene: "newer" },
  { name: "quarantined", scene: "quarantined" },
  {
    name: "agent-lost",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepvue/main");
      await page.evaluate(() => {
        (window as unknown as { backend: { emit(event: unknown): void } }).backend.emit({
          agent: "lost",
        });
      });
      await page.getByText("The agent stopped").waitFor();
    },
  },
  { name: "hostile", scene: "hostile", reach: (page) => page.locator(".row").first().click() },
  { name: "reveal", scene: "full", query: "page=reveal" },
  { name: "reveal-kit", scene: "full", query: "page=reveal&kit" },
  { name: "consent", scene: "full", query: "page=consent" },
  { name: "consent-unknown", scene: "full", query: "page=consent&question=unknown" },
  ...rotationScreens,
  ...pasteScreens,
  ...detailScreens,
  ...sideScreens,
  ...useScreens,
  ...answerScreens,
  ...testerScreens,
];

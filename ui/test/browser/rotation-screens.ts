/** The screens of replacing a key, of who uses it, and of the palette. */
import type { Page } from "playwright-core";
import type { Screen } from "./screens";

async function wizard(page: Page, reference: string): Promise<void> {
  await page.locator(`[data-reference="${reference}"]`).click();
  await page.locator("article h1").waitFor();
  await page.keyboard.press("Control+r");
  await page.locator("dialog h3").waitFor();
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
}

async function toWaiting(page: Page): Promise<void> {
  await wizard(page, "deepcurrent/reports");
  await press(page, "Begin");
  await page.getByLabel("Ticket number").fill("DC-4711");
  await page.getByLabel("Note", { exact: false }).last().fill("Asked Jo in the support chat.");
  await press(page, "Note the request");
  await page.getByText("Waiting for the provider").waitFor();
}

async function toConfirm(page: Page): Promise<void> {
  await toWaiting(page);
  await press(page, "The new key has come");
  await press(page, "Take it from the clipboard");
  await press(page, "Store it");
  await press(page, "Go on");
  await press(page, "Test the new key");
  await page.getByLabel("server report-2 has the new key").check();
  await page.locator("h3", { hasText: "Make ready what uses the key" }).waitFor();
}

async function toRetire(page: Page): Promise<void> {
  await toConfirm(page);
  await press(page, "I have confirmed it to the provider");
  await press(page, "Confirm all the same");
  await press(page, "Use the new key");
  await page.locator("h3", { hasText: "Retire the old key" }).waitFor();
}

async function toVerify(page: Page): Promise<void> {
  await wizard(page, "deepidv/main");
  await press(page, "Begin");
  await page.getByRole("dialog").getByLabel("API key", { exact: true }).fill("di_9f27_Wk55_0123");
  await press(page, "Store it");
  await page.locator("h3", { hasText: "Does the new key work?" }).waitFor();
}

async function compromise(page: Page): Promise<void> {
  await page.locator('[data-reference="deepcurrent/reports"]').click();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Key is compromised" }).click();
  await page.getByLabel("What happened").fill("It stood in a public build log.");
}

async function palette(page: Page, text: string): Promise<void> {
  await page.getByRole("listbox").waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill(text);
}

export const rotationScreens: Screen[] = [
  { name: "rotation-start", scene: "full", reach: (page) => wizard(page, "deepidv/main") },
  {
    name: "rotation-request",
    scene: "full",
    reach: async (page) => {
      await wizard(page, "deepcurrent/reports");
      await press(page, "Begin");
      await page.getByLabel("Asked on").fill("2999-01-01");
      await press(page, "Note the request");
      await page.getByText("This day has not come yet.").waitFor();
    },
  },
  { name: "rotation-waiting", scene: "full", reach: toWaiting },
  {
    name: "rotation-catch",
    scene: "full",
    reach: async (page) => {
      await toWaiting(page);
      await press(page, "The new key has come");
      await press(page, "Take it from the clipboard");
      await page.getByText("Caught, and hidden at once").waitFor();
      await page.keyboard.press("Escape");
      await page.getByText("Discard the caught key?").waitFor();
    },
  },
  {
    name: "rotation-store",
    scene: "full",
    reach: async (page) => {
      await wizard(page, "deepvue/main");
      await press(page, "Begin");
      await press(page, "Store it");
      await page.getByText("Paste the new Client secret.").waitFor();
    },
  },
  { name: "rotation-verify", scene: "full", reach: toVerify },
  {
    name: "rotation-confirm",
    scene: "full",
    reach: async (page) => {
      await toConfirm(page);
      await press(page, "I have confirmed it to the provider");
      await page.getByText("They may fail from the moment").scrollIntoViewIfNeeded();
    },
  },
  { name: "rotation-retire", scene: "full", reach: toRetire },
  {
    name: "rotation-back",
    scene: "full",
    reach: async (page) => {
      await wizard(page, "deepvue/main");
      await press(page, "Begin");
      await page.getByLabel("Client secret", { exact: true }).fill("live_northwind_0000_Zz99");
      await press(page, "Store it");
      await press(page, "Give up the replacement…");
      await page.getByText("Give up the replacement?").waitFor();
    },
  },
  {
    name: "rotation-done",
    scene: "full",
    reach: async (page) => {
      await toRetire(page);
      await press(page, "Test that the old key is dead");
      await page.locator("h3", { hasText: "The key is replaced" }).waitFor();
    },
  },
  { name: "compromised", scene: "full", reach: compromise },
  {
    name: "rotation-emergency",
    scene: "full",
    reach: async (page) => {
      await compromise(page);
      await press(page, "It is compromised");
      await page.locator("dialog summary").first().click();
    },
  },
  {
    name: "consumers",
    scene: "full",
    reach: async (page) => {
      await toConfirm(page);
      await press(page, "Go on later");
      await page.locator("article").getByLabel("Add what uses it").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "more-actions",
    scene: "full",
    reach: async (page) => {
      await page.locator('[data-reference="deepidv/main"]').click();
      await page.getByRole("button", { name: "More actions" }).click();
    },
  },
  { name: "palette", scene: "full", reach: (page) => palette(page, "") },
  {
    name: "palette-key",
    scene: "full",
    reach: async (page) => {
      await palette(page, "7x9z");
      await page.getByText("retired version 2 of").waitFor();
    },
  },
  {
    name: "palette-actions",
    scene: "full",
    reach: async (page) => {
      await palette(page, "nightly");
      await page.keyboard.press("Tab");
      await page.getByText("Key is compromised").waitFor();
    },
  },
  {
    name: "palette-nothing",
    scene: "full",
    reach: (page) => palette(page, "zzzzzzzzz"),
  },
];

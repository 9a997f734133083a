/** The screens of keys that are shown once, and of what a provider asks of its users. */
import type { Page } from "playwright-core";
import type { Screen } from "./screens";

const KEY = "dc_live_0123456789abcdefWk55";

async function select(page: Page, reference: string): Promise<void> {
  await page.locator(`[data-reference="${reference}"]`).click();
  await page.locator("article h1").waitFor();
}

async function openCapture(page: Page, reference: string, button = "Catch the key"): Promise<void> {
  await select(page, reference);
  await page.getByRole("button", { name: button }).first().click();
  await page.getByLabel("Paste the key here").waitFor();
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel("Paste the key here").evaluate((element, value) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", value);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true }));
  }, text);
}

/** Has the recorded backend say something of every key from now on. */
async function told(page: Page, of: "facts" | "test", what: unknown): Promise<void> {
  await page.evaluate(
    ([name, value]) => {
      const { backend } = window as unknown as { backend: { captures: Record<string, unknown> } };
      backend.captures[name as string] = value;
    },
    [of, what] as const,
  );
}

export const captureScreens: Screen[] = [
  {
    name: "capture",
    scene: "full",
    reach: (page) => openCapture(page, "deepcurrent/main"),
  },
  {
    name: "capture-refused",
    scene: "full",
    reach: async (page) => {
      await openCapture(page, "deepcurrent/main");
      await paste(page, "you@example.com");
      await page.getByText("looks like an e-mail address").waitFor();
    },
  },
  {
    name: "capture-caught",
    scene: "full",
    reach: async (page) => {
      await openCapture(page, "deepcurrent/main");
      await paste(page, `Bearer ${KEY}`);
      await page.getByText("Caught, and hidden at once").waitFor();
      await page.keyboard.press("Escape");
      await page.getByText("Discard the caught key?").waitFor();
    },
  },
  {
    name: "capture-known",
    scene: "once",
    reach: async (page) => {
      await openCapture(page, "deepcurrent/legacy", "I found it: catch it");
      await told(page, "facts", {
        duplicate_of: {
          ref: "deepcurrent/caught",
          field: "api_key",
          version: 2,
          standing: "retired",
          removed: false,
          words: "an earlier one of deepcurrent/caught/api_key: version 2, retired",
        },
      });
      await paste(page, KEY);
      await page.getByText("Keyturn knows this key already").waitFor();
    },
  },
  {
    name: "capture-safe",
    scene: "full",
    reach: async (page) => {
      await openCapture(page, "deepcurrent/main");
      await paste(page, KEY);
      await page.getByRole("button", { name: "Store it" }).click();
      await page.getByText("Safe to close").waitFor();
    },
  },
  {
    name: "capture-tested",
    scene: "full",
    reach: async (page) => {
      await openCapture(page, "deepcurrent/main");
      await told(page, "test", {
        worked: true,
        words: "it works: the provider took it",
        warning:
          "The provider's api_key ends in 1111, the stored one in Wk55: it was replaced, or belongs to another account.",
      });
      await page.getByRole("button", { name: "Take it from the clipboard" }).click();
      await page.getByRole("button", { name: "Store it" }).click();
      await page.getByRole("button", { name: "Test it now" }).click();
      await page.getByText("It works", { exact: true }).waitFor();
    },
  },
  {
    name: "capture-mark",
    scene: "once",
    reach: async (page) => {
      await select(page, "deepcurrent/waiting");
      await page.getByRole("button", { name: "It is lost…" }).click();
      await page.getByRole("button", { name: "Record it" }).click();
      await page.getByText("Four characters, as the provider shows them.").waitFor();
    },
  },
  {
    name: "key-last-four",
    scene: "once",
    reach: (page) => select(page, "deepcurrent/legacy"),
  },
  {
    name: "key-caught",
    scene: "once",
    reach: (page) => select(page, "deepcurrent/caught"),
  },
  {
    name: "reveal-confirm",
    scene: "once",
    reach: async (page) => {
      await select(page, "deepcurrent/caught");
      await page.getByRole("button", { name: /^Show API key/ }).click();
      await page.getByRole("dialog").waitFor();
      // The harmless answer has the focus.
      await page.locator("dialog button:focus", { hasText: "Cancel" }).waitFor();
    },
  },
  {
    name: "reveal-passphrase",
    scene: "asking",
    reach: async (page) => {
      await select(page, "deepcurrent/caught");
      await page.getByRole("button", { name: /^Show API key/ }).click();
      await page.getByRole("dialog").getByLabel("Passphrase", { exact: true }).fill("wrong");
      await page.keyboard.press("Enter");
      await page.getByText("That is not the passphrase.").waitFor();
    },
  },
  {
    name: "ip-list",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepvue/main");
      await page.getByRole("tab", { name: "IP list" }).click();
      await page.getByText("203.0.113.7", { exact: true }).waitFor();
    },
  },
  {
    name: "ip-list-empty",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepvue/trial");
      await page.getByRole("tab", { name: "IP list" }).click();
      await page.getByRole("button", { name: "Add address" }).click();
      await page.getByLabel("Kind").selectOption("dynamic");
      await page.getByLabel("Address or range").fill("my server");
      await page.getByRole("button", { name: "Add address" }).click();
      await page.getByText("This is no IP address and no range.").waitFor();
    },
  },
  {
    name: "checklist",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepvue/main");
      await page.getByRole("tab", { name: /Checklist/ }).click();
      await page.getByText("5 of 8 done").waitFor();
    },
  },
];

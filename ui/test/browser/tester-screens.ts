/** The request tester: composing, its tabs and dialogs, and what goes wrong. */
import type { Page } from "playwright-core";
import type { Screen } from "./screens";
import { goTo } from "./side-screens";

async function open(page: Page, reference = "deepvue/main"): Promise<void> {
  await page.locator(`[data-reference="${reference}"]`).click();
  await page.locator("article h1").waitFor();
  await goTo(page, "r", "Requests");
  await page.locator(".base").waitFor();
}

async function tab(page: Page, name: string): Promise<void> {
  await page.getByRole("tab", { name: new RegExp(`^${name}`) }).click();
}

async function tool(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "More for this request" }).click();
  await page.getByRole("menuitem", { name }).click();
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel(/^Path and query/).evaluate((field, given) => {
    const data = new DataTransfer();
    data.setData("text/plain", given);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, cancelable: true }));
  }, text);
}

async function kind(page: Page, name: string): Promise<void> {
  await tab(page, "Body");
  await page.getByRole("combobox", { name: "Body" }).selectOption(name);
}

async function readDocument(page: Page): Promise<void> {
  await open(page);
  await tool(page, "Import…");
  await page.keyboard.type('{"openapi": "3.1.0"}');
  await page.getByRole("button", { name: "Read", exact: true }).click();
}

export const testerScreens: Screen[] = [
  {
    name: "tester",
    scene: "limits",
    reach: async (page) => {
      await open(page);
      await page.keyboard.press("Control+Enter");
      await page.getByText("transaction_id").waitFor();
    },
  },
  {
    name: "tester-picker",
    scene: "full",
    reach: async (page) => {
      await open(page);
      await page.getByRole("combobox", { name: "Credential" }).click();
      await page.getByRole("listbox").waitFor();
    },
  },
  {
    name: "tester-foreign",
    scene: "limits",
    reach: async (page) => {
      await open(page);
      await paste(page, "https://api.other-company.example/v1/orders?limit=20");
      await tab(page, "Headers");
      await page.getByLabel("Headers: name 1").fill("authorization");
      await page.getByText("is set by the credential").waitFor();
    },
  },
  {
    name: "tester-clear-text",
    scene: "limits",
    reach: async (page) => {
      await open(page);
      await paste(page, "http://production.deepvue.tech/v1/orders?limit=20");
      await page.getByText("is not asked in clear text").waitFor();
    },
  },
  {
    name: "tester-confirm",
    scene: "full",
    reach: async (page) => {
      await open(page, "deepidv/main");
      await page.keyboard.press("Control+Enter");
      await page.getByRole("dialog").getByText("POST /v1/sessions").waitFor();
    },
  },
  {
    name: "tester-large",
    scene: "full",
    reach: async (page) => {
      await open(page);
      await kind(page, "Multipart form");
      const part = { mimeType: "image/png", buffer: Buffer.alloc(6 * 1_048_576) };
      for (const at of [1, 2]) {
        await page.getByLabel(`What part ${at} is`).selectOption("File");
        await page.getByLabel(`File of part ${at}`).setInputFiles({ ...part, name: `${at}.png` });
      }
      const long = { name: "long.bin", mimeType: "", buffer: Buffer.alloc(10 * 1_048_576 + 1) };
      await page.getByLabel("File of part 2").setInputFiles(long);
      await page.getByText("long.bin was not taken").waitFor();
      await page.getByText("The body is too large").waitFor();
    },
  },
  {
    name: "tester-body",
    scene: "full",
    reach: async (page) => {
      await open(page);
      await kind(page, "JSON");
      await page.getByLabel("The JSON that is sent").fill('{"order": {{order}},\n "note": nope}');
      await page.getByText("line 2, column 10").waitFor();
    },
  },
  {
    name: "tester-parts",
    scene: "full",
    reach: async (page) => {
      await open(page);
      await kind(page, "Multipart form");
      await page.getByLabel("Name of part 1").fill("document");
      await page.getByLabel("What part 1 is").selectOption("File");
      const file = { name: "passport.png", mimeType: "image/png", buffer: Buffer.alloc(2_048) };
      await page.getByLabel("File of part 1").setInputFiles(file);
      await page.getByText("passport.png, 2,048 bytes").waitFor();
    },
  },
  {
    name: "tester-auth",
    scene: "full",
    reach: async (page) => {
      await open(page);
      await page.getByLabel("Sent with").selectOption({ index: 2 });
      await tab(page, "Auth");
      await page.getByText("Secrets are masked").first().waitFor();
    },
  },
  {
    name: "tester-checks",
    scene: "full",
    reach: async (page) => {
      await open(page);
      await tab(page, "Checks");
      for (const of of ["Status", "JSON", "Header", "Time"]) {
        await page.getByRole("button", { name: "Add a check" }).click();
        await page.getByRole("menuitem", { name: of }).click();
      }
      await page.getByLabel("What is expected, check 2").selectOption("contains");
    },
  },
  {
    name: "tester-save",
    scene: "full",
    reach: async (page) => {
      await open(page);
      await page.keyboard.press("Control+s");
      // By keys alone: the focus is in the field.
      for (const key of ["Control+a", "Delete", "Enter"]) await page.keyboard.press(key);
      await page.getByText("Give it a name").waitFor();
    },
  },
  {
    name: "tester-import",
    scene: "full",
    reach: async (page) => {
      await readDocument(page);
      await page.getByText("3 requests found").waitFor();
    },
  },
  {
    name: "tester-import-left",
    scene: "full",
    reach: async (page) => {
      await readDocument(page);
      await page.getByRole("button", { name: "Save 3 requests" }).click();
      await page.getByText("1 request was not saved").waitFor();
    },
  },
  {
    name: "tester-code",
    scene: "full",
    reach: async (page) => {
      await open(page);
      await tool(page, "Show as code…");
      await page.getByRole("dialog").getByRole("combobox").selectOption("JavaScript (fetch)");
      await page.getByText("Not for browsers").waitFor();
    },
  },
];

/** The screens of pasting anything, and of explaining an answer. */
import type { Page } from "playwright-core";
import type { Screen } from "./screens";

const ENV =
  "DEEPVUE_CLIENT_ID=northwind\nDEEPVUE_CLIENT_SECRET=s3cr3t-0123456789-wxyz\nSTAGING_DEEPIDV_API_KEY=key-0123456789-aaaa\nDEEPIDV_API_KEY=key-0123456789-bbbb\nDB_PASSWORD=hunter2";

async function openGallery(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add credential" }).first().click();
  await page.getByLabel("Paste a key, .env, cURL or JWT").waitFor();
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel("Paste a key, .env, cURL or JWT").evaluate((element, value) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", value);
    const event = { clipboardData, cancelable: true, bubbles: true };
    element.dispatchEvent(new ClipboardEvent("paste", event));
  }, text);
}

async function pasted(page: Page, text: string, said: string): Promise<void> {
  await openGallery(page);
  await paste(page, text);
  await page.getByText(said).waitFor();
}

async function explain(page: Page, status: string, body: string, said: string): Promise<void> {
  await page.locator('[data-reference="deepvue/main"]').click();
  await page.locator("article h1").waitFor();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Explain an answer…" }).click();
  await page.getByLabel("Status").fill(status);
  await page.getByLabel(/^The answer/).fill(body);
  await page.getByRole("button", { name: "Explain", exact: true }).click();
  await page.getByText(said).scrollIntoViewIfNeeded();
}

export const pasteScreens: Screen[] = [
  {
    name: "paste-key",
    scene: "full",
    reach: (page) => pasted(page, "dc_live_0123456789abcdefWk55", "A key, hidden"),
  },
  {
    name: "paste-several",
    scene: "full",
    reach: (page) => pasted(page, ENV, "3 credentials in one paste"),
  },
  {
    name: "paste-jwt",
    scene: "full",
    reach: (page) => pasted(page, "eyJhbGciOiJIUzI1NiJ9.e30.c2ln", "What the token says"),
  },
  {
    name: "paste-unknown",
    scene: "full",
    reach: (page) => pasted(page, "acme.0123456789+abcdef/WxYz", "Not recognised"),
  },
  {
    name: "paste-refused",
    scene: "full",
    reach: (page) => pasted(page, "x".repeat(70_000), "longer than 64 KiB"),
  },
  {
    name: "paste-form",
    scene: "full",
    reach: async (page) => {
      await pasted(page, "dc_live_0123456789abcdefWk55", "A key, hidden");
      await page.getByRole("button", { name: /^DeepCurrent Likely/ }).click();
      await page.getByText("Caught, hidden, ends with Wk55").waitFor();
    },
  },
  {
    name: "paste-empty-vault",
    scene: "empty",
    reach: async (page) => {
      await page.getByLabel("Paste a key, .env, cURL or JWT").waitFor();
      await paste(page, "keyturn://deepvue/main");
      await page.getByText("is not in this vault").waitFor();
    },
  },
  {
    name: "explain",
    scene: "full",
    reach: (page) =>
      explain(page, "401", '{"detail":"Token has expired"}', "The token has expired."),
  },
  {
    name: "explain-unknown",
    scene: "full",
    reach: (page) => explain(page, "418", "<h1>I'm a teapot</h1>", "without stored secrets"),
  },
  {
    name: "explain-wrong",
    scene: "full",
    reach: (page) => explain(page, "42", "", "A status is a number"),
  },
];

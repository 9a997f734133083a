/** The parts of a credential's detail, and the form that changes it. */
import type { Page } from "playwright-core";
import type { Screen } from "./screens";

async function select(page: Page, reference: string): Promise<void> {
  await page.locator(`[data-reference="${reference}"]`).click();
  await page.locator("article h1").waitFor();
}

async function edit(page: Page, reference: string): Promise<void> {
  await select(page, reference);
  await page.keyboard.press("Control+e");
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).waitFor();
}

export const detailScreens: Screen[] = [
  {
    name: "history",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepvue/main");
      await page.getByRole("tab", { name: "History" }).click();
      await page.getByText("Version 3", { exact: true }).waitFor();
    },
  },
  {
    name: "history-restore",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepvue/main");
      await page.getByRole("tab", { name: "History" }).click();
      await page.getByRole("button", { name: "Put in use again… (version 2)" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "notes",
    scene: "full",
    reach: async (page) => {
      await select(page, "deepvue/main");
      await page.getByRole("tab", { name: "Notes" }).click();
      await page.getByRole("button", { name: /^(Edit|Write a note)$/ }).click();
      await page.getByLabel("Note", { exact: true }).fill("Ask Ravi before rotating.");
    },
  },
  {
    name: "notes-hostile",
    scene: "hostile",
    reach: async (page) => {
      await page.locator(".row").first().click();
      await page.getByRole("tab", { name: "Notes" }).click();
      await page.getByRole("button", { name: "Edit", exact: true }).waitFor();
    },
  },
  { name: "edit", scene: "full", reach: (page) => edit(page, "deepvue/main") },
  { name: "edit-kind", scene: "full", reach: (page) => edit(page, "deepcurrent/dashboard") },
  {
    name: "edit-wrong",
    scene: "full",
    reach: async (page) => {
      await edit(page, "deepvue/main");
      await page.getByRole("button", { name: "Type anew: Client secret" }).click();
      await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("trial");
      await page.getByLabel(/^Replace it every/).fill("soon");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("3 fields need another look").waitFor();
    },
  },
];

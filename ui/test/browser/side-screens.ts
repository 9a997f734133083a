/** The screens beside the credentials: timeline, health, inbox, reminder settings; the last dialog. */
import type { Page } from "playwright-core";
import type { Screen } from "./screens";

/** Goes to a screen by its keys, as they work in every width. */
export async function goTo(page: Page, letter: string, title: string): Promise<void> {
  const list = page.locator("[data-pane='list']");
  if (await list.count()) await list.focus();
  else
    await page
      .getByRole("button", { name: /^Filter:/ })
      .first()
      .focus();
  await page.keyboard.press("g");
  await page.keyboard.press(letter);
  await page.getByRole("heading", { name: title, level: 1 }).waitFor();
}

async function timeline(page: Page, mode = "Month"): Promise<void> {
  await goTo(page, "t", "Timeline");
  await page.getByRole("radio", { name: mode }).check({ force: true });
}

async function settings(page: Page): Promise<void> {
  await page.keyboard.press("Control+,");
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
}

async function trash(page: Page): Promise<void> {
  await goTo(page, "x", "Trash");
  await page.getByRole("button", { name: "Restore deepidv/pilot" }).waitFor();
}

async function activity(page: Page): Promise<void> {
  await goTo(page, "a", "Activity");
  await page
    .getByText(/by make/)
    .first()
    .waitFor();
}

async function about(page: Page): Promise<void> {
  await settings(page);
  await page.getByRole("button", { name: "Versions and licences" }).click();
  await page.getByText("app.keyturn.desktop").waitFor();
}

/** By the sidebar, where there is no list to press keys in. */
async function bySettings(page: Page, name: string): Promise<void> {
  await settings(page);
  await goTo(page, name === "Timeline" ? "t" : name === "Health" ? "h" : "i", name);
}

export const sideScreens: Screen[] = [
  { name: "timeline-week", scene: "full", reach: (page) => timeline(page, "Week") },
  { name: "timeline-month", scene: "full", reach: (page) => timeline(page) },
  { name: "timeline-quarter", scene: "full", reach: (page) => timeline(page, "Quarter") },
  { name: "timeline-list", scene: "full", reach: (page) => timeline(page, "List") },
  {
    name: "timeline-event",
    scene: "full",
    reach: async (page) => {
      await timeline(page, "Quarter");
      await page.getByRole("gridcell", { name: /deepidv\/partner-portal, due/ }).click();
      await page.getByRole("button", { name: "Snooze" }).click();
      await page.getByText("Choose a day.").waitFor();
    },
  },
  {
    name: "timeline-drag",
    scene: "full",
    reach: async (page) => {
      await timeline(page, "Month");
      const tick = page.locator(".movable[data-lane='deepvue/main']").last();
      const box = await tick.boundingBox();
      await page.mouse.move((box?.x ?? 0) + 12, (box?.y ?? 0) + 12);
      await page.mouse.down();
      await page.mouse.move((box?.x ?? 0) + 112, (box?.y ?? 0) + 12, { steps: 4 });
      await page.locator(".dragged").waitFor();
    },
  },
  {
    name: "closing",
    scene: "full",
    reach: async (page) => {
      await page.keyboard.press("Control+w");
      await page.getByText("Don't show this again").waitFor();
    },
  },
  { name: "timeline-many", scene: "lanes", reach: (page) => timeline(page, "Quarter") },
  { name: "timeline-empty", scene: "empty", reach: (page) => bySettings(page, "Timeline") },
  { name: "timeline-undated", scene: "undated", reach: (page) => timeline(page) },
  {
    name: "timeline-nothing",
    scene: "full",
    reach: async (page) => {
      await timeline(page);
      await page.getByLabel("Filter by name").fill("zebra");
      await page.getByText("No lane fits").waitFor();
    },
  },
  {
    name: "timeline-down",
    scene: "screens-down",
    reach: (page) => goTo(page, "t", "Timeline"),
  },
  {
    name: "calendar",
    scene: "full",
    reach: async (page) => {
      await timeline(page);
      await page.getByRole("button", { name: "Calendar file…" }).click();
      await page.getByRole("button", { name: "Write the file" }).click();
      await page.getByText("Written to").waitFor();
    },
  },
  { name: "health", scene: "full", reach: (page) => goTo(page, "h", "Health") },
  {
    name: "health-owner",
    scene: "full",
    reach: async (page) => {
      await goTo(page, "h", "Health");
      await page.getByRole("button", { name: "Set owner: deepcurrent/main" }).click();
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("Say who it is.").waitFor();
    },
  },
  { name: "health-calm", scene: "calm", reach: (page) => goTo(page, "h", "Health") },
  { name: "health-down", scene: "screens-down", reach: (page) => goTo(page, "h", "Health") },
  { name: "inbox", scene: "full", reach: (page) => goTo(page, "i", "Inbox") },
  {
    name: "inbox-snooze",
    scene: "silent",
    reach: async (page) => {
      await goTo(page, "i", "Inbox");
      await page
        .getByRole("button", { name: /^Snooze: / })
        .first()
        .click();
    },
  },
  {
    name: "inbox-date",
    scene: "full",
    reach: async (page) => {
      await goTo(page, "i", "Inbox");
      await page
        .getByRole("button", { name: /^Snooze: / })
        .first()
        .click();
      await page.getByRole("menuitem", { name: "Until a date…" }).click();
      await page.getByLabel("Quiet until").first().waitFor();
    },
  },
  { name: "inbox-empty", scene: "empty", reach: (page) => bySettings(page, "Inbox") },
  { name: "settings", scene: "full", reach: settings },
  {
    name: "settings-wrong",
    scene: "full",
    reach: async (page) => {
      await settings(page);
      await page.getByLabel("Nothing is told at certain hours").check();
      await page.getByLabel("Days ahead").fill("30, soon");
      await page.keyboard.press("Tab");
      await page.getByText("“soon” is not").waitFor();
    },
  },
  {
    name: "settings-countdown",
    scene: "full",
    reach: async (page) => {
      await settings(page);
      const field = page.getByLabel("Urgent, with this much left");
      await field.fill("20");
      await page.keyboard.press("Tab");
      await page.getByText("Urgent comes after soon").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "settings-keys",
    scene: "full",
    reach: async (page) => {
      await settings(page);
      await page.getByRole("button", { name: /^Change the keys: Health, now/ }).click();
      await page.keyboard.press("F8");
      await page.getByRole("button", { name: /^Default keys: Health/ }).waitFor();
      await page.getByRole("button", { name: /^Change the keys: Lock, now/ }).click();
      await page.keyboard.press("Control+e");
      await page.getByText("Ctrl+E is taken: Edit.").first().waitFor();
    },
  },
  { name: "settings-down", scene: "screens-down", reach: settings },
  {
    name: "settings-found",
    scene: "full",
    reach: async (page) => {
      await settings(page);
      await page.getByLabel("Search settings").fill("lock");
    },
  },
  {
    name: "settings-appearance",
    scene: "full",
    reach: async (page) => {
      await settings(page);
      await page.getByRole("radio", { name: "Compact" }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "settings-end",
    scene: "full",
    reach: async (page) => {
      await settings(page);
      await page.getByRole("button", { name: "Versions and licences" }).scrollIntoViewIfNeeded();
    },
  },
  { name: "about", scene: "full", reach: about },
  {
    name: "about-licences",
    scene: "full",
    reach: async (page) => {
      await about(page);
      await page.getByRole("button", { name: "Show the licences" }).click();
      await page.getByLabel("Search packages").fill("svelte");
      await page.getByText("svelte 5.57.3, MIT").click();
      await page.getByText("svelte 5.57.3, MIT").scrollIntoViewIfNeeded();
    },
  },
  { name: "trash", scene: "full", reach: trash },
  {
    name: "trash-taken",
    scene: "full",
    reach: async (page) => {
      await trash(page);
      await page.getByRole("button", { name: "Restore deepvue/main" }).click();
      await page.getByLabel("New name").fill("trial");
      await page.keyboard.press("Enter");
      await page.getByText("You already have").waitFor();
    },
  },
  {
    name: "trash-delete",
    scene: "full",
    reach: async (page) => {
      await trash(page);
      await page.getByRole("button", { name: "Delete deepidv/pilot for good…" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "trash-empty",
    scene: "full",
    reach: async (page) => {
      await trash(page);
      await page.getByRole("button", { name: "Empty the trash…" }).click();
      await page.getByRole("button", { name: "Delete for good" }).click();
      await page.getByRole("heading", { name: "Nothing is in the trash" }).waitFor();
    },
  },
  { name: "activity", scene: "full", reach: activity },
  {
    name: "activity-open",
    scene: "full",
    reach: async (page) => {
      await activity(page);
      await page.getByLabel("Credential", { exact: true }).selectOption("deepvue/main");
      await page.getByText("Request sent").last().click();
      await page.getByText("Started by").waitFor();
    },
  },
  {
    name: "activity-broken",
    scene: "tampered",
    reach: async (page) => {
      await activity(page);
      await page.getByText("The journal is not whole").waitFor();
    },
  },
  {
    name: "activity-nothing",
    scene: "full",
    reach: async (page) => {
      await activity(page);
      await page.getByLabel("What was done").selectOption("deleted");
      await page.getByText("Nothing fits").waitFor();
    },
  },
];

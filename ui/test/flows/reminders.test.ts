import { screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/settings/SettingsScreen.svelte";
import type { ReminderSettings } from "../../src/ipc";
import { failure } from "../../src/ipc/recorded/answers";
import { openWindow, type Opened } from "./window";

async function openSettings(prepare?: Parameters<typeof openWindow>[1]): Promise<Opened> {
  const opened = openWindow({}, prepare);
  await screen.findByRole("listbox");
  await opened.user.keyboard("{Control>},{/Control}");
  await screen.findByRole("heading", { name: "Settings", level: 1 });
  return opened;
}

function last(opened: Opened): ReminderSettings | undefined {
  const calls = opened.backend.called("set_reminder_settings") as { settings: ReminderSettings }[];
  return calls.at(-1)?.settings;
}

test("a change is kept at once, and undo takes it back", async () => {
  const opened = await openSettings();
  await opened.user.click(
    await screen.findByLabelText("Leave names out while the vault is locked"),
  );
  await waitFor(() => expect(last(opened)?.hide_names).toBe(true));
  await opened.user.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(last(opened)?.hide_names).toBe(false));
  expect(
    screen.getByLabelText<HTMLInputElement>("Leave names out while the vault is locked").checked,
  ).toBe(false);
});

test("days ahead are put in order, and what is none is said beside the field", async () => {
  const opened = await openSettings();
  const field = await screen.findByLabelText<HTMLInputElement>("Days ahead");
  await opened.user.clear(field);
  await opened.user.type(field, "3, soon");
  await opened.user.tab();
  await screen.findByText("“soon” is not a number of days from 1 to 365.");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(last(opened)).toBeUndefined();
  await opened.user.clear(field);
  await opened.user.type(field, "3 21");
  await opened.user.tab();
  await waitFor(() => expect(last(opened)?.lead_days).toEqual([21, 3]));
  expect(field.value).toBe("21, 3");
});

test("quiet hours begin in the evening, and are refused where they never end", async () => {
  const opened = await openSettings();
  await opened.user.click(await screen.findByLabelText("Nothing is told at certain hours"));
  await waitFor(() =>
    expect(last(opened)).toMatchObject({ quiet_from: "20:00:00", quiet_until: "08:00:00" }),
  );
  const until = await screen.findByLabelText<HTMLInputElement>("Until");
  await opened.user.clear(until);
  await opened.user.type(until, "20:00");
  await opened.user.tab();
  await screen.findByText(/nothing would ever be told/);
  expect(opened.backend.called("set_reminder_settings")).toHaveLength(1);
});

test("all reminders pause for an hour or until tomorrow, and go on at once", async () => {
  const opened = await openSettings();
  await opened.user.click(await screen.findByRole("button", { name: "For 1 hour" }));
  await screen.findByText(/^All reminders are silent until (today|tomorrow)/);
  const left = Date.parse(last(opened)?.paused_until ?? "") - Date.now();
  expect(left).toBeGreaterThan(55 * 60_000);
  expect(left).toBeLessThanOrEqual(60 * 60_000);
  await opened.user.click(screen.getByRole("button", { name: "Until tomorrow" }));
  await screen.findByText(/^All reminders are silent until tomorrow/);
  await opened.user.click(screen.getByRole("button", { name: "Go on now" }));
  await screen.findByText("Reminders come as planned.");
});

test("a provider gets an interval of its own, another number of days, and loses it again", async () => {
  const opened = await openSettings();
  await opened.user.selectOptions(
    await screen.findByLabelText("Add a rule for a provider"),
    "deepidv",
  );
  await opened.user.click(screen.getByRole("button", { name: "Add" }));
  const rule = await screen.findByLabelText("Keys of deepidv");
  await opened.user.selectOptions(rule, "other");
  const days = await screen.findByLabelText<HTMLInputElement>("Days");
  await opened.user.clear(days);
  await opened.user.type(days, "0");
  await opened.user.tab();
  await screen.findByText("A whole number of days from 1 to 36,500.");
  await opened.user.clear(days);
  await opened.user.type(days, "45");
  await opened.user.tab();
  await waitFor(() =>
    expect(last(opened)?.providers).toEqual([
      { provider: "deepidv", rotate_every_days: 45 },
      { provider: "deepvue", rotate_every_days: 90 },
    ]),
  );
  await opened.user.click(screen.getByRole("button", { name: "Remove the rule for Deepvue" }));
  await waitFor(() => expect(last(opened)?.providers).toHaveLength(1));
});

test("a refused change shows again what is kept", async () => {
  const opened = await openSettings((backend) =>
    backend.fail("set_reminder_settings", failure("not_saved", "the disk is full")),
  );
  const names = await screen.findByLabelText<HTMLInputElement>(
    "Leave names out while the vault is locked",
  );
  await opened.user.click(names);
  expect((await screen.findByRole("alert")).textContent).toContain("The disk is full");
  await waitFor(() => expect(names.checked).toBe(false));
});

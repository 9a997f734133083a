import { screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/settings/SettingsScreen.svelte";
import { USUAL } from "../../src/features/reminders/thresholds";
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

test("a token is soon over by the user's thresholds, in the list at once, and one click restores them", async () => {
  const opened = await openSettings();
  const soon = await screen.findByLabelText<HTMLInputElement>("Soon, with this much left");
  const usual = screen.getByRole<HTMLButtonElement>("button", { name: "Restore the defaults" });
  expect([soon.value, usual.disabled]).toEqual(["20", true]);
  const lists = opened.backend.called("list_credentials").length;
  await opened.user.clear(soon);
  await opened.user.type(soon, "45");
  await opened.user.tab();
  await waitFor(() => expect(last(opened)?.countdown.short_soon_percent).toBe(45));
  await waitFor(() =>
    expect(opened.backend.called("list_credentials").length).toBeGreaterThan(lists),
  );
  expect(usual.disabled).toBe(false);
  await opened.user.click(usual);
  await waitFor(() => expect(last(opened)?.countdown).toEqual(USUAL));
  await waitFor(() => expect(soon.value).toBe("20"));
});

test.each([
  ["Soon, with this much left", "5", "Soon comes before urgent: more than 5."],
  ["Urgent, with this much left", "20", "Urgent comes after soon: less than 20."],
  ["Urgent, with so many days left", "14", "Urgent comes after soon: less than 14."],
  ["Soon, with this much left", "91", "A whole number of percent from 1 to 90."],
  ["Soon, with so many days left", "0", "A whole number of days from 1 to 365."],
  ["Soon, with so many days left", "two", "A whole number of days from 1 to 365."],
])("%s: %s is refused beside the field", async (label, typed, said) => {
  const opened = await openSettings();
  const field = await screen.findByLabelText<HTMLInputElement>(label);
  await opened.user.clear(field);
  await opened.user.type(field, typed);
  await opened.user.tab();
  await screen.findByText(said);
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(last(opened)).toBeUndefined();
});

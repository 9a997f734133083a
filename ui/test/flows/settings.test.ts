import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/settings/SettingsScreen.svelte";
import type { Preferences, SecuritySettings } from "../../src/ipc";
import { failure } from "../../src/ipc/recorded/answers";
import { settingsWords } from "../../src/words/settings";
import { openWindow, type Opened } from "./window";

async function openSettings(prepare?: Parameters<typeof openWindow>[1]): Promise<Opened> {
  const opened = openWindow({}, prepare);
  await screen.findByRole("listbox");
  await opened.user.keyboard("{Control>},{/Control}");
  await screen.findByRole("heading", { name: "Settings", level: 1 });
  return opened;
}

function lastSecurity({ backend }: Opened): SecuritySettings | undefined {
  const calls = backend.called("set_settings") as { security: SecuritySettings }[];
  return calls.at(-1)?.security;
}

function lastPreferences({ backend }: Opened): Preferences | undefined {
  const calls = backend.called("set_preferences") as { preferences: Preferences }[];
  return calls.at(-1)?.preferences;
}

test("it opens with the search ready, and each part has its settings", async () => {
  await openSettings();
  const search = screen.getByRole("textbox", { name: "Search settings" });
  await waitFor(() => expect(document.activeElement).toBe(search));
  for (const title of Object.values(settingsWords.sections))
    expect(await screen.findByRole("heading", { name: title, level: 2 })).toBeTruthy();
  await screen.findByRole("heading", { name: "Quiet hours", level: 3 });
});

test("searching narrows to the settings that fit, by their other names, too", async () => {
  const { user } = await openSettings();
  await screen.findByLabelText("Lock when nothing was done for");
  const search = screen.getByRole("textbox", { name: "Search settings" });
  await user.type(search, "idle timeout");
  expect(screen.getByLabelText("Lock when nothing was done for")).toBeTruthy();
  expect(screen.queryByLabelText("Lock with the screen")).toBeNull();
  expect(screen.queryByRole("heading", { name: "Network" })).toBeNull();
  await user.clear(search);
  await user.type(search, "zebra");
  await screen.findByText("No setting is called “zebra”.");
  await user.keyboard("{Escape}");
  expect((search as HTMLInputElement).value).toBe("");
  await screen.findByRole("heading", { name: "Network" });
});

test("when it locks is kept at once, and undo takes it back", async () => {
  const opened = await openSettings();
  const after = await screen.findByLabelText("Lock when nothing was done for");
  expect((after as HTMLSelectElement).value).toBe("600");
  await opened.user.selectOptions(after, "never");
  await waitFor(() => expect(lastSecurity(opened)?.lock_after_s).toBeNull());
  await opened.user.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(lastSecurity(opened)?.lock_after_s).toBe(600));
});

test("seconds that are none are said beside the field, and nothing is kept", async () => {
  const opened = await openSettings();
  const field = await screen.findByLabelText<HTMLInputElement>("Clear a copied secret after");
  await opened.user.clear(field);
  await opened.user.type(field, "4{Tab}");
  await screen.findByText("A whole number of seconds from 5 to 3,600.");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(field.value).toBe("4");
  expect(lastSecurity(opened)).toBeUndefined();
  await opened.user.clear(field);
  await opened.user.type(field, "45{Tab}");
  await waitFor(() => expect(lastSecurity(opened)?.clear_clipboard_after_s).toBe(45));
  expect(field.getAttribute("aria-invalid")).toBeNull();
});

test("a refused change stands at its part and the switch shows what is kept", async () => {
  const opened = await openSettings((backend) =>
    backend.fail("set_settings", failure("not_saved", "the disk is full")),
  );
  const sleep = await screen.findByLabelText<HTMLInputElement>("Lock before this computer sleeps");
  await opened.user.click(sleep);
  const part = screen.getByRole("region", { name: "Security" });
  expect((await within(part).findByRole("alert")).textContent).toContain("The disk is full");
  await waitFor(() => expect(sleep.checked).toBe(true));
});

test("what this computer cannot do is said where it matters", async () => {
  await openSettings((backend) => {
    backend.settings.problem = "no login manager answers on the system bus";
  });
  await screen.findByText("No login manager answers on the system bus.");
});

test("the look follows at once, and undo takes it back", async () => {
  const opened = await openSettings();
  await opened.user.click(await screen.findByRole("radio", { name: "Dark" }));
  await waitFor(() => expect(document.documentElement.dataset["theme"]).toBe("dark"));
  expect(lastPreferences(opened)?.theme).toBe("dark");
  await opened.user.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(document.documentElement.dataset["theme"]).toBe("system"));
});

test("keys for the palette are checked, kept, and a refusal of the desktop is told", async () => {
  const { backend, user } = await openSettings();
  const field = await screen.findByLabelText<HTMLInputElement>(
    "Keys for the palette, in every program",
  );
  await waitFor(() => expect(field.value).toBe("Ctrl+Alt+K"));
  await user.clear(field);
  await user.type(field, "just k{Tab}");
  await screen.findByText(/^Write it like Ctrl\+Alt\+K/);
  expect(backend.called("set_shortcut")).toEqual([]);
  await user.clear(field);
  await user.type(field, "Ctrl+Alt+T{Tab}");
  await screen.findByText("Another program has Ctrl+Alt+T: choose other keys.");
  expect(backend.called("set_shortcut")).toEqual([{ keys: "Ctrl+Alt+T" }]);
});

test("starting at login is switched off and on", async () => {
  const { backend, user } = await openSettings();
  const start = await screen.findByLabelText<HTMLInputElement>("Start the agent when you log in");
  await waitFor(() => expect(start.checked).toBe(true));
  await user.click(start);
  await waitFor(() => expect(backend.called("set_autostart")).toEqual([{ on: false }]));
  expect(start.checked).toBe(false);
});

test("with single letters off, only other keys act", async () => {
  const { backend, user } = await openSettings();
  await user.click(await screen.findByLabelText("Letters and signs do nothing alone"));
  await waitFor(() => expect(backend.app.preferences.letters_off).toBe(true));
  await user.keyboard("{Escape}");
  const list = await screen.findByRole("listbox");
  list.focus();
  await user.keyboard("{ArrowDown}gt?");
  expect(screen.queryByRole("heading", { name: "Timeline", level: 1 })).toBeNull();
  expect(backend.called("copy_secret")).toEqual([]);
  await user.keyboard("c");
  expect(backend.called("copy_secret")).toEqual([]);
});

test("paths are copied, and the trash and the activity are one step away", async () => {
  const { backend, user } = await openSettings();
  await user.click(await screen.findByRole("button", { name: "Copy the path: Vault" }));
  expect(backend.called("copy_text")).toEqual([
    { text: "/home/maya/.local/share/keyturn/vault.kyt" },
  ]);
  await user.click(screen.getByRole("button", { name: "Open the trash" }));
  await screen.findByRole("heading", { name: "Trash", level: 1 });
});

test("preferences that are not understood are told, and the rest works", async () => {
  await openSettings((backend) => {
    const broken = failure("invalid_input", "config.toml is not understood: line 3");
    backend.app.preferencesView = () => ({
      preferences: { ...backend.app.preferences },
      problem: broken,
    });
  });
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("Config.toml is not understood: line 3.");
  await screen.findByLabelText("Lock with the screen");
});

test("the passphrase before a key is shown is switched on, where the vault has one", async () => {
  const opened = await openSettings();
  const asks = "Ask for the passphrase before a key is shown";
  await opened.user.click(await screen.findByLabelText(asks));
  await waitFor(() => expect(lastSecurity(opened)?.passphrase_before_reveal).toBe(true));
});

test("keys are checked once a day where that is switched on", async () => {
  const opened = await openSettings();
  const daily = await screen.findByLabelText("Check once a day whether keys still work");
  expect((daily as HTMLInputElement).checked).toBe(false);
  await opened.user.click(daily);
  await waitFor(() => expect(lastSecurity(opened)?.daily_check).toBe(true));
});

test("a vault without a passphrase says why it cannot be asked for", async () => {
  const opened = await openSettings((backend) => {
    backend.settings.passphraseProblem =
      "the vault has no passphrase to ask for: it opens with the keyring alone";
  });
  const asks = await screen.findByLabelText<HTMLInputElement>(
    "Ask for the passphrase before a key is shown",
  );
  expect(asks.disabled).toBe(true);
  await screen.findByText(/^The vault has no passphrase to ask for/);
  await opened.user.click(asks);
  expect(lastSecurity(opened)).toBeUndefined();
});

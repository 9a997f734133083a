/** Keys that the user chooses: set, refused, set back, and shown wherever a key is printed. */
import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/settings/SettingsScreen.svelte";
import "../../src/features/timeline/TimelineScreen.svelte";
import { failure } from "../../src/ipc/recorded/answers";
import { openWindow, type Opened } from "./window";

async function openShortcuts(
  keys: Record<string, string> = {},
  prepare?: Parameters<typeof openWindow>[1],
): Promise<Opened> {
  const opened = openWindow({}, (backend) => {
    backend.app.preferences.keys = keys;
    prepare?.(backend);
  });
  await screen.findByRole("listbox");
  await opened.user.keyboard("{Control>},{/Control}");
  await screen.findByRole("heading", { name: "Shortcuts", level: 2 });
  await waitFor(() => expect(change("Search").hasAttribute("disabled")).toBe(false));
  return opened;
}

function part(): HTMLElement {
  return screen.getByRole("region", { name: "Shortcuts" });
}

function change(does: string): HTMLElement {
  return within(part()).getByRole("button", {
    name: (name) => name.startsWith(`Change the keys: ${does}, now`),
  });
}

/** Presses "Change" at an action, and then keys. */
async function press({ user }: Opened, does: string, keys: string): Promise<void> {
  change(does).focus();
  await user.keyboard("{Enter}");
  await screen.findByRole("textbox", { name: `New keys: ${does}` });
  if (keys !== "") await user.keyboard(keys);
}

function spoken(): string {
  return within(part())
    .getAllByRole("status")
    .map((one) => one.textContent)
    .join("");
}

const kept = ({ backend }: Opened): Record<string, string> => backend.app.preferences.keys;

test("the next keys are taken, kept at once, said, and act in place of the old ones", async () => {
  const opened = await openShortcuts();
  await press(opened, "Lock", "{Control>}j{/Control}");
  await waitFor(() => expect(kept(opened)).toEqual({ lock: "Ctrl+J" }));
  await waitFor(() => expect(spoken()).toBe("Lock: Ctrl+J."));
  expect(document.activeElement).toBe(change("Lock"));
  expect(change("Lock").getAttribute("aria-label")).toBe("Change the keys: Lock, now Ctrl+J");
  await opened.user.keyboard("{Control>}l{/Control}");
  expect(screen.getByRole("heading", { name: "Settings", level: 1 })).toBeTruthy();
  await opened.user.keyboard("{Control>}j{/Control}");
  await screen.findByLabelText("Passphrase");
});

test("undo takes a key back", async () => {
  const opened = await openShortcuts();
  await press(opened, "Lock", "{Control>}j{/Control}");
  await opened.user.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(kept(opened)).toEqual({}));
  expect(change("Lock").getAttribute("aria-label")).toContain("now Ctrl+L");
});

test("undo takes back the key of its own change, and leaves one that was chosen since", async () => {
  const opened = await openShortcuts();
  await press(opened, "Lock", "{Control>}j{/Control}");
  const [first] = await screen.findAllByRole("button", { name: "Undo" });
  await press(opened, "Edit", "{F8}");
  await waitFor(() => expect(kept(opened)).toEqual({ lock: "Ctrl+J", edit: "F8" }));
  await opened.user.click(first as HTMLElement);
  await waitFor(() => expect(kept(opened)).toEqual({ edit: "F8" }));
});

test("a key of another action is refused beside the row, and the next one is waited for", async () => {
  const opened = await openShortcuts();
  await press(opened, "Lock", "{Control>}e{/Control}");
  const field = screen.getByRole("textbox", { name: "New keys: Lock" });
  await screen.findByText("Ctrl+E is taken: Edit.", { selector: "p span" });
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(spoken()).toBe("Ctrl+E is taken: Edit.");
  expect(kept(opened)).toEqual({});
  await opened.user.keyboard("{F8}");
  await waitFor(() => expect(kept(opened)).toEqual({ lock: "F8" }));
  expect(screen.queryByText("Ctrl+E is taken: Edit.")).toBeNull();
});

test("while keys are waited for, none of the window's acts, and Esc leaves all as it was", async () => {
  const opened = await openShortcuts();
  await press(opened, "Lock", "{Control>}w{/Control}{Control>}q{/Control}{Tab}{Enter}");
  await screen.findByText("Enter presses what has the focus.", { selector: "p span" });
  expect(opened.backend.called("close_window")).toHaveLength(0);
  expect(opened.backend.called("quit")).toHaveLength(0);
  expect((document.activeElement as HTMLInputElement).value).toBe("");
  await opened.user.keyboard("{Escape}");
  await waitFor(() => expect(document.activeElement).toBe(change("Lock")));
  expect(screen.getByRole("heading", { name: "Settings", level: 1 })).toBeTruthy();
  expect(spoken()).toBe("Lock: still Ctrl+L.");
  expect(opened.backend.called("set_preferences")).toHaveLength(0);
});

test("going elsewhere ends the wait", async () => {
  const opened = await openShortcuts();
  await press(opened, "Lock", "");
  await opened.user.click(screen.getByRole("textbox", { name: "Search settings" }));
  await waitFor(() => expect(screen.queryByRole("textbox", { name: "New keys: Lock" })).toBeNull());
});

test("two keys that follow each other are taken, and lead to the screen", async () => {
  const opened = await openShortcuts();
  await press(opened, "Health", "g");
  await screen.findByText("G, and another key after it.", { selector: "p span" });
  await opened.user.keyboard("y");
  await waitFor(() => expect(kept(opened)).toEqual({ health: "G Y" }));
  await opened.user.keyboard("gh");
  expect(screen.queryByRole("heading", { name: "Health", level: 1 })).toBeNull();
  await opened.user.keyboard("gy");
  await screen.findByRole("heading", { name: "Health", level: 1 });
});

test("Backspace and Default put the default back, and the focus stays at the row", async () => {
  const opened = await openShortcuts({ lock: "Ctrl+J", edit: "F8" });
  await press(opened, "Lock", "{Backspace}");
  await waitFor(() => expect(kept(opened)).toEqual({ edit: "F8" }));
  await opened.user.click(screen.getByRole("button", { name: "Default keys: Edit, Ctrl+E" }));
  await waitFor(() => expect(kept(opened)).toEqual({}));
  expect(screen.queryByRole("button", { name: /^Default keys:/ })).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(change("Edit")));
});

test("a default that another action has meanwhile is refused with its name", async () => {
  const opened = await openShortcuts({ edit: "F8", lock: "Ctrl+E" });
  await opened.user.click(screen.getByRole("button", { name: "Default keys: Edit, Ctrl+E" }));
  await screen.findByText("Ctrl+E is taken: Lock.", { selector: "p span" });
  expect(opened.backend.called("set_preferences")).toHaveLength(0);
});

test("all are set back at once, but for what only another version knows", async () => {
  const opened = await openShortcuts({ lock: "Ctrl+J", edit: "F8", teleport: "F9" });
  await opened.user.click(screen.getByRole("button", { name: "All defaults" }));
  await waitFor(() => expect(kept(opened)).toEqual({ teleport: "F9" }));
  await waitFor(() => expect(spoken()).toBe("All keys are the default ones."));
  expect(screen.queryByRole("button", { name: "All defaults" })).toBeNull();
  expect(document.activeElement?.textContent?.trim()).toBe("All keys on a sheet");
});

test("a key that cannot be kept is not said to be set, and the old one acts", async () => {
  const opened = await openShortcuts({}, (backend) =>
    backend.fail("set_preferences", failure("not_saved", "the disk is full")),
  );
  await press(opened, "Lock", "{Control>}j{/Control}");
  expect((await screen.findByRole("alert")).textContent).toContain("The disk is full");
  expect(change("Lock").getAttribute("aria-label")).toContain("now Ctrl+L");
  expect(spoken()).not.toContain("Ctrl+J");
});

test("keys in the file that clash do not count, and say so at their row", async () => {
  await openShortcuts({ lock: "Ctrl+E" });
  const said = "The keys in your preferences do not count: Ctrl+E is taken: Edit.";
  await screen.findByText(said, { selector: "p span" });
  expect(change("Lock").getAttribute("aria-label")).toContain("now Ctrl+L");
  expect(screen.getByRole("button", { name: "Default keys: Lock, Ctrl+L" })).toBeTruthy();
});

test("the sheet, the palette, the sidebar and the buttons show the key in force", async () => {
  const keys = { lock: "Ctrl+J", copy: "Y", field: "Alt+1", keys: "Ctrl+H", search: "." };
  const opened = openWindow({}, (backend) => {
    backend.app.preferences.keys = keys;
  });
  const list = await screen.findByRole("listbox");
  const lock = screen.getByRole("button", { name: "Lock" });
  await waitFor(() => expect(lock.getAttribute("aria-keyshortcuts")).toBe("Control+J"));
  expect(lock.textContent).toContain("Ctrl J");
  const search = screen.getByLabelText("Search credentials");
  expect(search.getAttribute("aria-keyshortcuts")).toBe(".");
  list.focus();
  await opened.user.keyboard("{Home}");
  const article = await screen.findByRole("article", { busy: false });
  const copies = within(article).getByRole("button", { name: /^Copy token/ });
  expect(copies.getAttribute("aria-keyshortcuts")).toBe("Y");
  expect(copies.textContent).toContain("Y");
  expect(within(article).getAllByTitle("Copy (Alt+1)")).toHaveLength(1);

  await opened.user.keyboard("{Control>}h{/Control}");
  const sheet = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  const line = within(sheet).getByText("Lock").parentElement;
  expect(line?.textContent).toContain("CtrlJ");
  await opened.user.click(within(sheet).getByRole("button", { name: "Close" }));

  await opened.user.keyboard("{Control>}k{/Control}");
  await opened.user.keyboard("lock");
  const row = await screen.findByRole("option", { name: /^Lock/ });
  expect(row.textContent).toContain("Ctrl J");
});

test("a letter that was chosen acts in the list alone, and not with single keys off", async () => {
  const opened = openWindow({}, (backend) => {
    backend.app.preferences.keys = { copy: "Y" };
  });
  const list = await screen.findByRole("listbox");
  list.focus();
  await opened.user.keyboard("{Home}");
  await screen.findByRole("article", { busy: false });
  await opened.user.keyboard("c");
  expect(copies(opened)).toBe(0);
  screen.getByRole("button", { name: "Lock" }).focus();
  await opened.user.keyboard("y");
  expect(copies(opened)).toBe(0);
  list.focus();
  await opened.user.keyboard("y");
  await waitFor(() => expect(copies(opened)).toBe(1));
});

test("with single keys off, a letter that was chosen does nothing either", async () => {
  const opened = openWindow({}, (backend) => {
    Object.assign(backend.app.preferences, { keys: { copy: "Y" }, letters_off: true });
  });
  const list = await screen.findByRole("listbox");
  list.focus();
  await opened.user.keyboard("{Home}");
  await screen.findByRole("article", { busy: false });
  await opened.user.keyboard("y");
  expect(copies(opened)).toBe(0);
});

function copies({ backend }: Opened): number {
  return backend.called("copy_secret").length;
}

test("keys of the timeline are chosen, too, and the old ones do nothing there", async () => {
  const opened = openWindow({}, (backend) => {
    backend.app.preferences.keys = { snooze: "Z" };
  });
  (await screen.findByRole("listbox")).focus();
  await opened.user.keyboard("gt");
  await screen.findByRole("grid");
  await waitFor(() => expect(document.activeElement?.closest("[role=grid]")).not.toBeNull());
  await opened.user.keyboard("{End}s");
  expect(screen.queryByLabelText(/^Snooze until/)).toBeNull();
  await opened.user.keyboard("z");
  await waitFor(() => expect(document.activeElement?.closest("[role=grid]")).toBeNull());
});

test("G and a letter lead on from the lanes, also where the lanes have that letter", async () => {
  const opened = openWindow();
  (await screen.findByRole("listbox")).focus();
  await opened.user.keyboard("gt");
  await screen.findByRole("grid");
  await waitFor(() => expect(document.activeElement?.closest("[role=grid]")).not.toBeNull());
  await opened.user.keyboard("gs");
  await screen.findByRole("heading", { name: "Settings", level: 1 });
});

test("keys that bring up the palette in every program are refused beside the row", async () => {
  const opened = await openShortcuts();
  await press(opened, "Lock", "{Control>}{Alt>}k{/Alt}{/Control}");
  const said = "Ctrl+Alt+K brings up the palette in every program, and does not get here.";
  await screen.findByText(said, { selector: "p span" });
  expect(kept(opened)).toEqual({});
  await opened.user.keyboard("{Control>}j{/Control}");
  await waitFor(() => expect(kept(opened)).toEqual({ lock: "Ctrl+J" }));
});

test("a key of the window is refused as the palette's in every program, with its name", async () => {
  const { backend, user } = await openShortcuts({ lock: "Ctrl+Alt+J" });
  const field = screen.getByLabelText("Keys for the palette, in every program");
  await user.clear(field);
  await user.type(field, "ctrl+alt+j{Tab}");
  await screen.findByText(/^Ctrl\+Alt\+J is a key of this window: Lock\./);
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(backend.called("set_shortcut")).toEqual([]);
  await user.clear(field);
  await user.type(field, "Ctrl+Alt+U{Tab}");
  await waitFor(() => expect(backend.called("set_shortcut")).toEqual([{ keys: "Ctrl+Alt+U" }]));
});

test("keys in the file that clash with the palette's say so at both rows", async () => {
  await openShortcuts({ lock: "Ctrl+Alt+K" });
  await screen.findByText(/^Ctrl\+Alt\+K brings up the palette in every program/);
  await screen.findByText(/^Ctrl\+Alt\+K is a key of this window: Lock\./);
});

import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/edit/EditDialog.svelte";
import "../../src/features/history/NotesPage.svelte";
import "../../src/features/paste/PasteArea.svelte";
import type { RecordedBackend } from "../../src/ipc/recorded";
import { openAt, openWindow, type Opened } from "./window";

const SECRET = "canary-long-lived-key";

async function openForm(): Promise<Opened & { dialog: HTMLElement }> {
  const opened = openWindow();
  (await screen.findByRole("listbox")).focus();
  await opened.user.keyboard("n");
  const gallery = await screen.findByRole("dialog");
  const search = await within(gallery).findByLabelText("Search providers");
  await opened.user.type(search, "deepidv{Enter}");
  const dialog = await screen.findByRole("dialog", { name: /deepidv/ });
  await within(dialog).findByLabelText("Name");
  return { ...opened, dialog };
}

function lastKept(backend: RecordedBackend): string | null | undefined {
  return (backend.called("keep_draft").at(-1) as { text: string | null } | undefined)?.text;
}

async function lockAndUnlock(backend: RecordedBackend): Promise<void> {
  backend.state = "locked";
  backend.emit("locked");
  await screen.findByLabelText("Passphrase");
  expect(document.body.textContent).not.toContain("night-shift");
  backend.state = "unlocked";
  backend.emit("unlocked");
}

test("a form that was being filled in is there again after a lock, without its secrets", async () => {
  const { backend, user, dialog } = await openForm();
  const name = within(dialog).getByLabelText<HTMLInputElement>("Name");
  await user.clear(name);
  await user.type(name, "night-shift");
  await user.type(within(dialog).getByLabelText("API key"), SECRET);
  await waitFor(() => expect(lastKept(backend)).toContain("night-shift"));
  expect(JSON.stringify(backend.called("keep_draft"))).not.toContain(SECRET.slice(0, 6));
  await lockAndUnlock(backend);
  const again = await screen.findByRole("dialog", { name: /deepidv/ });
  const field = await within(again).findByLabelText<HTMLInputElement>("Name");
  expect(field.value).toBe("night-shift");
  expect(within(again).getByLabelText<HTMLInputElement>("API key").value).toBe("");
  within(again).getByText(/Secrets are not kept in a draft/);
});

test("a form that is given up, or was only opened, is no draft", async () => {
  const { backend, user, dialog } = await openForm();
  expect(backend.called("keep_draft")).toEqual([]);
  await user.type(within(dialog).getByLabelText("Name"), "x");
  await waitFor(() => expect(lastKept(backend)).toContain("main-2x"));
  await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(lastKept(backend)).toBeNull());
  await lockAndUnlock(backend);
  await screen.findByRole("listbox");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("Ctrl+L keeps the last letters, too", async () => {
  const { backend, user, dialog } = await openForm();
  await user.type(within(dialog).getByLabelText("Name"), "-last{Control>}l{/Control}");
  await screen.findByLabelText("Passphrase");
  expect(lastKept(backend)).toContain("main-2-last");
});

test("an edit that was begun goes on after a lock", async () => {
  const { backend, user } = await openAt("nightly");
  await user.keyboard("{Control>}e{/Control}");
  const dialog = await screen.findByRole("dialog");
  const owner = await within(dialog).findByLabelText(/^Owner/);
  await user.clear(owner);
  await user.type(owner, "night-shift");
  await waitFor(() => expect(lastKept(backend)).toContain("night-shift"));
  await lockAndUnlock(backend);
  const again = await screen.findByRole("dialog");
  const field = await within(again).findByLabelText<HTMLInputElement>(/^Owner/);
  expect(field.value).toBe("night-shift");
});

test("a note that was being written is there again after a lock", async () => {
  const { backend, user } = await openAt("nightly");
  await user.click(screen.getByRole("tab", { name: /^Notes/ }));
  await user.click(await screen.findByRole("button", { name: /^(Edit|Write a note)$/ }));
  const note = await screen.findByLabelText("Note");
  await user.clear(note);
  await user.type(note, "night-shift knows");
  await waitFor(() => expect(lastKept(backend)).toContain("night-shift knows"));
  await lockAndUnlock(backend);
  await screen.findByText("What you were writing is here again.");
  await screen.findByRole("article", { busy: false });
  const field = await screen.findByLabelText<HTMLTextAreaElement>("Note");
  expect(field.value).toContain("night-shift knows");
});

test("what another version kept in a form of its own is no draft", async () => {
  openWindow({}, (backend) => (backend.draft = '{"add": 1}'));
  await screen.findByRole("listbox");
  expect(screen.queryByRole("dialog")).toBeNull();
});

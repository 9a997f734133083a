import { screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { openWindow } from "./window";

const TITLE = "Keyturn goes on without its window";
const CLOSE = "Close the window";

async function firstClose() {
  const opened = openWindow();
  await screen.findByRole("listbox");
  await opened.user.keyboard("{Control>}w{/Control}");
  await screen.findByRole("dialog", { name: TITLE });
  return opened;
}

test("who knows closes the window by Ctrl+W at once", async () => {
  const { backend, user } = openWindow({}, (backend) => {
    backend.app.preferences.closing_explained = true;
  });
  await screen.findByRole("listbox");
  await user.keyboard("{Control>}w{/Control}");
  await waitFor(() => expect(backend.called("close_window")).toHaveLength(1));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("the first close says what goes on, and closing it then is remembered", async () => {
  const { backend, user } = await firstClose();
  screen.getByText(/The agent keeps running, so that reminders come/);
  await user.click(screen.getByRole("button", { name: CLOSE }));
  await waitFor(() => expect(backend.called("close_window")).toHaveLength(2));
  expect(backend.app.preferences.closing_explained).toBe(true);
});

test("who wants to hear it again is not remembered", async () => {
  const { backend, user } = await firstClose();
  await user.click(screen.getByLabelText("Don't show this again"));
  await user.click(screen.getByRole("button", { name: CLOSE }));
  await waitFor(() => expect(backend.called("close_window")).toHaveLength(2));
  expect(backend.called("set_preferences")).toHaveLength(0);
});

test("closing the dialog alone keeps the window", async () => {
  const { backend, user } = await firstClose();
  await user.click(screen.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(screen.queryByRole("dialog", { name: TITLE })).toBeNull());
  expect(backend.called("close_window")).toHaveLength(1);
});

test("a preference that cannot be kept does not keep the window open", async () => {
  const { backend, user } = await firstClose();
  const full = { code: "not_saved" as const, message: "the disk is full", hint: null };
  backend.fail("set_preferences", full);
  await user.click(screen.getByRole("button", { name: CLOSE }));
  await waitFor(() => expect(backend.called("close_window")).toHaveLength(2));
});

test("Quit ends everything from the sidebar, by key also behind the lock", async () => {
  const { backend, user } = openWindow();
  await screen.findByRole("listbox");
  await user.click(screen.getByRole("button", { name: "Quit" }));
  await waitFor(() => expect(backend.called("quit")).toHaveLength(1));
  backend.emit("locked");
  await screen.findByLabelText("Passphrase");
  await user.keyboard("{Control>}q{/Control}");
  await waitFor(() => expect(backend.called("quit")).toHaveLength(2));
});

test("a vault that cannot be locked is said, and the window stays", async () => {
  const { backend, user } = openWindow();
  await screen.findByRole("listbox");
  const full = { code: "not_saved" as const, message: "the disk is full", hint: null };
  backend.fail("quit", full);
  await user.keyboard("{Control>}q{/Control}");
  await screen.findByText(/the disk is full/i);
});

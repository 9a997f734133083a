import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { RecordedBackend } from "../../src/ipc/recorded";
import { openWindow } from "./window";

const KEY = "deepidv/main";

test("a window that a reminder opened shows its credential", async () => {
  openWindow({}, (backend) => (backend.opened = KEY));
  const shown = await screen.findByRole("article");
  expect(shown.textContent).toContain("deepidv");
});

test("behind the lock the credential is shown after it", async () => {
  const { user } = openWindow({ state: "locked" }, (backend) => (backend.opened = KEY));
  await user.type(
    await screen.findByLabelText("Passphrase"),
    `${RecordedBackend.PASSPHRASE}{Enter}`,
  );
  const shown = await screen.findByRole("article");
  expect(shown.textContent).toContain("deepidv");
});

test("an open window that is only called to the front stays where it is", async () => {
  const { backend } = openWindow();
  await screen.findByRole("listbox");
  backend.emit({ open_requested: null });
  expect(screen.queryByRole("article")).toBeNull();
});

test("an open window goes to the credential that is asked for", async () => {
  const { backend } = openWindow();
  await screen.findByRole("listbox");
  backend.emit({ open_requested: KEY });
  const shown = await screen.findByRole("article");
  expect(shown.textContent).toContain("deepidv");
});

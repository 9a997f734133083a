import { screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { RecordedBackend } from "../../src/ipc/recorded";
import { openAt, openWindow } from "./window";

const KEY = "deepidv/main";

test("a window that a reminder opened shows its credential", async () => {
  openWindow({}, (backend) => (backend.opened = { reference: KEY, palette: false }));
  const shown = await screen.findByRole("article", { busy: false });
  expect(shown.textContent).toContain("deepidv");
});

test("behind the lock the credential is shown after it", async () => {
  const { user } = openWindow(
    { state: "locked" },
    (backend) => (backend.opened = { reference: KEY, palette: false }),
  );
  await user.type(
    await screen.findByLabelText("Passphrase"),
    `${RecordedBackend.PASSPHRASE}{Enter}`,
  );
  const shown = await screen.findByRole("article", { busy: false });
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
  const shown = await screen.findByRole("article", { busy: false });
  expect(shown.textContent).toContain("deepidv");
});

test("the focus goes along from one credential's detail to the other's", async () => {
  const { backend } = await openAt("deepvue main");
  screen.getByRole("button", { name: "Renew" }).focus();
  backend.emit({ open_requested: KEY });
  await waitFor(() => expect(document.activeElement?.textContent).toContain("Copy"));
  expect(screen.getByRole("article").textContent).toContain("deepidv");
});

const SEARCH = "Find a credential or an action";

test("a window that the shortcut opened shows the palette", async () => {
  openWindow({}, (backend) => (backend.opened = { reference: null, palette: true }));
  // A chunk of its own, loaded when it is first opened.
  await screen.findByLabelText(SEARCH, {}, { timeout: 10_000 });
});

test("behind the lock the palette comes after it", async () => {
  const { backend, user } = openWindow({ state: "locked" });
  const field = await screen.findByLabelText("Passphrase");
  backend.emit("palette_requested");
  expect(screen.queryByLabelText(SEARCH)).toBeNull();
  await user.type(field, `${RecordedBackend.PASSPHRASE}{Enter}`);
  await screen.findByLabelText(SEARCH);
});

test("the shortcut leaves a dialog that is open in its place", async () => {
  const { backend, user } = openWindow();
  await screen.findByRole("listbox");
  await user.keyboard("{Control>}n{/Control}");
  await screen.findByRole("dialog");
  backend.emit("palette_requested");
  expect(screen.queryByLabelText(SEARCH)).toBeNull();
});

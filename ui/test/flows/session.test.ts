import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/paste/PasteArea.svelte";
import "../../src/features/capture/CaptureDialog.svelte";
import { credentials } from "../../src/features/credential/credentials.svelte";
import { dialogs } from "../../src/features/keys/dialogs.svelte";
import { session } from "../../src/features/session/session.svelte";
import { RecordedBackend } from "../../src/ipc/recorded";
import { failure } from "../../src/ipc/recorded/answers";
import { openAt, openWindow } from "./window";

/** The vault is locked and opened again by another program. */
async function lockAndOpen(backend: RecordedBackend): Promise<void> {
  backend.state = "locked";
  backend.emit("locked");
  await screen.findByLabelText("Passphrase");
  backend.state = "unlocked";
  backend.emit("unlocked");
  await screen.findByRole("listbox");
}

test("a stranger makes a vault, keeps the recovery key, and is asked to add a credential", async () => {
  const { backend, user } = openWindow({ state: "absent", credentials: [] });
  await user.type(await screen.findByLabelText("Passphrase"), RecordedBackend.PASSPHRASE);
  await user.click(screen.getByRole("button", { name: "Make vault" }));
  expect(backend.called("init_vault")).toEqual([
    { protect: "both", passphrase: RecordedBackend.PASSPHRASE },
  ]);

  await user.click(await screen.findByRole("button", { name: "Save to a file" }));
  await screen.findByText(/keyturn-recovery-key\.txt/);
  await user.click(screen.getByRole("button", { name: "Copy" }));
  await screen.findByText("Recovery key copied");
  expect(backend.called("copy_recovery_key")).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "Print…" }));
  expect(backend.called("show_recovery_key")).toEqual([{ to_print: true }]);
  const tail = screen.getByLabelText("The last six characters of the key");
  await user.type(tail, "wrong1{Enter}");
  await screen.findByText(/not its last six characters/);
  expect(document.activeElement).toBe(tail);
  await user.clear(tail);
  await user.type(tail, `${RecordedBackend.TAIL.toUpperCase()}{Enter}`);
  await screen.findByText("Add your first credential");
});

test("an unkept recovery key is not forgotten", async () => {
  const { user } = openWindow({ state: "absent" });
  await user.type(
    await screen.findByLabelText("Passphrase"),
    `${RecordedBackend.PASSPHRASE}{Enter}`,
  );
  await user.click(await screen.findByRole("button", { name: "Finish later" }));
  await user.click(await screen.findByRole("button", { name: "Finish" }));
  await screen.findByText("Keep your recovery key");
});

test("an empty passphrase is pointed out beside its field, which gets the focus", async () => {
  const { backend, user } = openWindow({ state: "absent" });
  await user.click(await screen.findByRole("button", { name: "Make vault" }));
  const field = screen.getByLabelText("Passphrase");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText("Choose a passphrase.").closest("p")?.id).toBe(
    field.getAttribute("aria-describedby")?.split(" ").at(-1),
  );
  expect(document.activeElement).toBe(field);
  expect(backend.called("init_vault")).toEqual([]);
});

test("a keyring that does not answer offers the passphrase alone", async () => {
  const { user } = openWindow({ state: "absent" }, (backend) =>
    backend.fail("init_vault", failure("keyring_unavailable", "no keyring answers")),
  );
  await user.type(
    await screen.findByLabelText("Passphrase"),
    `${RecordedBackend.PASSPHRASE}{Enter}`,
  );
  await screen.findByText("The OS keyring does not answer");
  await user.click(screen.getByRole("button", { name: "Passphrase alone" }));
  expect(screen.getByLabelText<HTMLInputElement>(/^Passphrase alone/).checked).toBe(true);
  expect(screen.getByLabelText<HTMLInputElement>("Passphrase").value).toBe(
    RecordedBackend.PASSPHRASE,
  );
});

test("a wrong passphrase is told, kept and selected, and the wait is shown", async () => {
  const { user } = openWindow({ state: "locked" });
  const field = await screen.findByLabelText<HTMLInputElement>("Passphrase");
  expect(document.activeElement).toBe(field);
  await user.type(field, "wrong{Enter}");
  await screen.findByText(/That does not open the vault/);
  expect(field.value).toBe("wrong");
  await user.type(field, "again{Enter}");
  await screen.findByText(/Wait 0:0\d before the next try/);
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Unlock" }).disabled).toBe(true);
});

test("the right passphrase opens the list, with the focus in the search field", async () => {
  const { user } = openWindow({ state: "locked" });
  await user.type(
    await screen.findByLabelText("Passphrase"),
    `${RecordedBackend.PASSPHRASE}{Enter}`,
  );
  await screen.findByRole("listbox");
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByLabelText("Search credentials")),
  );
});

test("a vault of the keyring alone has nothing to type", async () => {
  const { backend, user } = openWindow({ state: "locked", protect: "keyring" });
  await user.click(await screen.findByRole("button", { name: "Unlock with the OS keyring" }));
  expect(backend.called("unlock_vault")).toEqual([{ passphrase: null, recovery_key: null }]);
  await screen.findByRole("listbox");
});

test("the recovery key opens as well", async () => {
  const { backend, user } = openWindow({ state: "locked" });
  await user.click(await screen.findByRole("button", { name: "Use the recovery key" }));
  await user.type(screen.getByLabelText("Recovery key"), "keyturn1abc{Enter}");
  expect(backend.called("unlock_vault")).toEqual([
    { passphrase: null, recovery_key: "keyturn1abc" },
  ]);
});

test.each([
  ["agent_unreachable", "The agent does not answer"],
  ["restart_needed", "An older agent is still running"],
  ["vault_newer", "This vault was written by a newer Keyturn"],
  ["vault_damaged", "The vault file is damaged"],
] as const)("%s is explained, and trying again recovers", async (code, title) => {
  const { backend, user } = openWindow({}, (given) =>
    given.fail("show_status", failure(code, "it did not work")),
  );
  await screen.findByText(title);
  backend.mend("show_status");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByRole("listbox");
});

test("locking from elsewhere empties the page and says so; unlocking returns to the row", async () => {
  const { backend, user } = openWindow();
  await screen.findByRole("listbox");
  await user.type(screen.getByLabelText("Search credentials"), "nightly{ArrowDown}");
  await screen.findByRole("article", { busy: false });
  backend.state = "locked";
  backend.emit("locked");
  await screen.findByText(/from another window or terminal/);
  expect(document.body.textContent).not.toContain("nightly-batch");
  backend.state = "unlocked";
  backend.emit("unlocked");
  const article = await screen.findByRole("article", { busy: false });
  expect(article.textContent).toContain("nightly-batch");
});

test("a lost agent is told calmly, and its return clears the notice", async () => {
  const { backend } = openWindow();
  await screen.findByRole("listbox");
  backend.emit({ agent: "lost" });
  await screen.findByText(/The agent stopped/);
  expect(screen.getByRole("listbox")).toBeTruthy();
  backend.emit({ agent: "back" });
  await waitFor(() => expect(screen.queryByText(/The agent stopped/)).toBeNull());
});

test("locked and unlocked while the list is loaded, it comes anew, and the late answer is dropped", async () => {
  let late: (credentials: []) => void = () => undefined;
  const { backend } = openWindow({}, (given) => {
    const answer = given.list_credentials;
    given.list_credentials = () => {
      given.list_credentials = answer;
      return new Promise((resolve) => (late = resolve));
    };
  });
  await screen.findByLabelText("Search credentials");
  await lockAndOpen(backend);
  late([]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  screen.getByRole("button", { name: `All credentials, ${backend.credentials.length}` });
  expect(screen.queryByText("Add your first credential")).toBeNull();
});

test("a detail that comes after the lock is dropped", async () => {
  let answer: () => void = () => undefined;
  const { backend, user } = openWindow({}, (given) => {
    const show = given.show_credential;
    given.show_credential = async (call) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return show(call);
    };
  });
  await screen.findByRole("listbox");
  await user.type(screen.getByLabelText("Search credentials"), "nightly{ArrowDown}");
  await waitFor(() => expect(credentials.selected).toBe("deepvue/nightly-batch"));
  backend.state = "locked";
  backend.emit("locked");
  await screen.findByLabelText("Passphrase");
  answer();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(credentials.detail).toBeNull();
});

test("after an update the lock says why it is there", async () => {
  openWindow({ state: "locked" }, (backend) => (backend.updated = true));
  await screen.findByLabelText("Passphrase");
  screen.getByText(/Keyturn was updated/);
});

test.each([
  ["idle", "Locked: nobody used it for a while."],
  ["sleep", "Locked: this computer went to sleep."],
  ["screen", "Locked with the screen."],
] as const)("a lock by %s says so", async (by, said) => {
  const { backend } = openWindow();
  await screen.findByRole("listbox");
  backend.state = "locked";
  backend.lockedBy = by;
  backend.emit("locked");
  await screen.findByText(said);
});

test("Caps Lock is told beside the passphrase while it is on", async () => {
  const { user } = openWindow({ state: "locked" });
  const field = await screen.findByLabelText("Passphrase");
  await user.click(field);
  await user.keyboard("{CapsLock}a");
  await screen.findByText("Caps Lock is on.");
  await user.keyboard("{CapsLock}a");
  await waitFor(() => expect(screen.queryByText("Caps Lock is on.")).toBeNull());
});

test("what was asked for when the vault turned out to be locked is done after unlocking", async () => {
  const { backend, user } = await openAt("deepvue main");
  backend.fail("copy_secret", failure("vault_locked", "the vault is locked"));
  backend.state = "locked";
  await user.keyboard("c");
  await screen.findByText(/what you asked for is done/);
  backend.mend("copy_secret");
  await user.type(screen.getByLabelText("Passphrase"), `${RecordedBackend.PASSPHRASE}{Enter}`);
  await screen.findByText("Token of Deepvue main copied");
  expect(backend.called("copy_secret")).toHaveLength(2);
});

test("the sidebar is hidden and shown, and a lock leaves the panes as they were", async () => {
  const { backend, user } = openWindow();
  await screen.findByRole("listbox");
  const divider = screen.getByRole("separator");
  divider.focus();
  await user.keyboard("{ArrowRight}");
  const width = divider.getAttribute("aria-valuenow");
  await user.click(screen.getByRole("button", { name: "Hide the sidebar" }));
  expect(screen.queryByRole("navigation", { name: "Filters" })).toBeNull();
  expect(document.activeElement).toBe(screen.getByLabelText("Search credentials"));
  await lockAndOpen(backend);
  expect(screen.queryByRole("navigation", { name: "Filters" })).toBeNull();
  expect(screen.getByRole("separator").getAttribute("aria-valuenow")).toBe(width);
  expect(width).toBe("356");
  await user.click(screen.getByRole("button", { name: "Show the sidebar" }));
  screen.getByRole("navigation", { name: "Filters" });
});

test("the panes open as they were when the window closed, and what is changed is kept in silence", async () => {
  const { backend, user } = openWindow({}, ({ app }) => {
    Object.assign(app.preferences, { sidebar_hidden: true, list_width: 420 });
  });
  await screen.findByRole("listbox");
  expect(screen.queryByRole("navigation", { name: "Filters" })).toBeNull();
  const divider = screen.getByRole("separator");
  expect(divider.getAttribute("aria-valuenow")).toBe("420");
  divider.focus();
  await user.keyboard("{ArrowLeft>3/}");
  await waitFor(() => expect(backend.app.preferences.list_width).toBe(372));
  expect(backend.called("set_preferences"), "kept when the key is let go").toHaveLength(1);
  await user.keyboard("{Control>}b{/Control}");
  screen.getByRole("navigation", { name: "Filters" });
  expect(document.activeElement, "the focus stays where it was").toBe(divider);
  await waitFor(() => expect(backend.app.preferences.sidebar_hidden).toBe(false));
  expect(screen.queryByText("Saved")).toBeNull();
  screen.getByRole("button", { name: "Lock" }).focus();
  await user.keyboard("{Control>}b{/Control}");
  await waitFor(() => expect(backend.app.preferences.sidebar_hidden).toBe(true));
  expect(document.activeElement).toBe(screen.getByLabelText("Search credentials"));
});

test("a file that cannot be written leaves the panes as the user has them", async () => {
  const { user } = openWindow({}, (backend) =>
    backend.fail("set_preferences", failure("not_saved", "the disk is full")),
  );
  await screen.findByRole("listbox");
  await user.click(screen.getByRole("button", { name: "Hide the sidebar" }));
  expect(screen.queryByRole("navigation", { name: "Filters" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Show the sidebar" }));
  screen.getByRole("navigation", { name: "Filters" });
});

test("a key that is shown once is caught only when the recovery key is confirmed", async () => {
  const { user } = openWindow({}, () => (session.recoveryPending = true));
  await screen.findByRole("listbox");
  dialogs.open("capture", "deepcurrent/main");
  await screen.findByText(/Confirm the recovery key first/);
  const dialog = screen.getByRole("dialog");
  expect(within(dialog).queryByRole("button", { name: /clipboard/i })).toBeNull();
  await user.click(within(dialog).getByRole("button", { name: "Finish" }));
  await screen.findByText("Keep your recovery key");
});

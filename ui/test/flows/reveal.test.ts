import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/reveal/ConfirmReveal.svelte";
import RevealPage from "../../src/features/reveal/RevealPage.svelte";
import { replaceBackend } from "../../src/ipc";
import { RecordedBackend } from "../../src/ipc/recorded";
import { failure } from "../../src/ipc/recorded/answers";
import { openAt } from "./window";

const VALUE = "live_canary_0123456789";

function open(prepare?: (backend: RecordedBackend) => void): RecordedBackend {
  const backend = new RecordedBackend();
  backend.revealed = { title: "deepvue/main/client_secret", value: VALUE, seconds: 15, kit: null };
  prepare?.(backend);
  replaceBackend(backend);
  render(RevealPage);
  return backend;
}

test("the value is shown as a read-only text that is not announced by itself", async () => {
  open();
  const box = await screen.findByRole("textbox");
  expect(box.textContent).toBe(VALUE);
  expect(box.getAttribute("aria-readonly")).toBe("true");
  expect(box.closest("[aria-live], [role=status], [role=alert]")).toBeNull();
  expect(screen.getByText("Closes in 15 seconds")).toBeTruthy();
});

test.each([
  ["the window loses the focus", () => fireEvent.blur(window)],
  ["Esc is pressed", () => fireEvent.keyDown(window, { key: "Escape" })],
])("the value is gone when %s", async (_, act) => {
  open();
  await screen.findByRole("textbox");
  await act();
  await waitFor(() => expect(document.body.textContent).not.toContain("canary"));
  expect(screen.getByText(/Hidden again/)).toBeTruthy();
});

test("where there is nothing to show, it says so", async () => {
  open((backend) => backend.fail("take_reveal", failure("not_found", "nothing waits to be shown")));
  await screen.findByText("There is nothing to show.");
});

afterEach(() => vi.unstubAllGlobals());

test("a recovery kit is printed, and stays while the printer's dialog has the focus", async () => {
  const print = vi.fn();
  vi.stubGlobal("print", print);
  const kit = { vault: "/home/maya/.local/share/keyturn/vault.kyt", on: "2026-11-22" };
  open(
    (backend) => (backend.revealed = { title: "Recovery key", value: VALUE, seconds: 120, kit }),
  );
  const button = await screen.findByRole("button", { name: "Print…" });
  expect(document.activeElement).toBe(button);
  await fireEvent.click(button);
  expect(print).toHaveBeenCalledOnce();
  await fireEvent.blur(window);
  const sheet = document.querySelector(".kit");
  expect(sheet?.querySelector(".key")?.textContent?.replace(/\s/g, "")).toBe(VALUE);
  expect(sheet?.textContent).toContain(kit.vault);
  expect(sheet?.textContent).toContain("22 Nov 2026");
  await fireEvent.keyDown(window, { key: "Escape" });
  await waitFor(() => expect(document.body.textContent).not.toContain("canary"));
});

test("what is no recovery kit cannot be printed from its window", async () => {
  open();
  await screen.findByRole("textbox");
  expect(screen.queryByRole("button", { name: "Print…" })).toBeNull();
  expect(document.querySelector(".kit")).toBeNull();
});

const asking = (backend: RecordedBackend): void => {
  backend.settings.security.passphrase_before_reveal = true;
};

test("where the user wants it so, the passphrase is asked for, and a wrong one is said beside the field", async () => {
  const { backend, user } = await openAt("deepvue main", asking);
  screen.getByRole("listbox").focus();
  await user.keyboard("r");
  const dialog = await screen.findByRole("dialog");
  const field = within(dialog).getByLabelText<HTMLInputElement>("Passphrase");
  await waitFor(() => expect(document.activeElement).toBe(field));
  expect(field.type).toBe("password");
  expect(dialog.textContent).not.toContain("exactly once");

  await user.keyboard("{Enter}");
  await within(dialog).findByText("Type the passphrase.");
  expect(backend.called("open_reveal")).toHaveLength(1);

  await user.keyboard("wrong{Enter}");
  const said = await within(dialog).findByText(/^That is not the passphrase/);
  expect(document.getElementById(field.getAttribute("aria-describedby") ?? "")).toBe(
    said.parentElement,
  );
  expect(document.activeElement).toBe(field);

  await user.keyboard(`${RecordedBackend.PASSPHRASE}{Enter}`);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const target = "deepvue/main/client_secret";
  const passphrase = RecordedBackend.PASSPHRASE;
  expect(backend.called("open_reveal").at(-1)).toEqual({ target, confirmed: false, passphrase });
});

test("after too many wrong ones it says how long to wait, and asks nothing meanwhile", async () => {
  const { backend, user } = await openAt("deepvue main", asking);
  screen.getByRole("listbox").focus();
  await user.keyboard("r");
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText("Passphrase"), "wrong{Enter}");
  await within(dialog).findByText(/^That is not the passphrase/);
  await user.keyboard("wrong{Enter}");
  await within(dialog).findByText(/^Wait .* before the next try/);
  const asked = backend.called("open_reveal").length;
  await user.keyboard("{Enter}");
  expect(backend.called("open_reveal")).toHaveLength(asked);
});

test("a key that is shown once is confirmed by the same answer", async () => {
  const { backend, user } = await openAt("deepcurrent reports", asking);
  screen.getByRole("listbox").focus();
  await user.keyboard("r");
  const dialog = await screen.findByRole("dialog");
  expect(dialog.textContent).toContain("exactly once");
  await user.type(within(dialog).getByLabelText("Passphrase"), RecordedBackend.PASSPHRASE);
  await user.click(within(dialog).getByRole("button", { name: "Show it" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(backend.called("open_reveal").at(-1)).toMatchObject({ confirmed: true });
});

test("with the switch off, it is shown at once", async () => {
  const { backend, user } = await openAt("deepvue main");
  screen.getByRole("listbox").focus();
  await user.keyboard("r");
  await waitFor(() => expect(backend.called("open_reveal")).toHaveLength(1));
  expect(screen.queryByRole("dialog")).toBeNull();
});

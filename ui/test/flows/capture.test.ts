/** Catching a key that its provider shows once, recording what is known of one, and showing it again. */
import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { RecordedBackend } from "../../src/ipc/recorded";
import { failure } from "../../src/ipc/recorded/answers";
import { keysShownOnce } from "../../src/ipc/recorded/credentials";
import { openAt, openWindow, type Opened } from "./window";

const KEY = "dc_live_0123456789abcdefWk55";
const MIDDLE = "0123456789abcdef";

async function openCapture(
  reference = "deepcurrent/main",
  prepare?: (backend: RecordedBackend) => void,
): Promise<Opened> {
  const opened = await openAt(reference, prepare);
  await opened.user.click(
    screen.getAllByRole("button", { name: "Catch the key" })[0] as HTMLElement,
  );
  // A chunk of its own, loaded when it is first opened.
  await screen.findByLabelText("Paste the key here", {}, { timeout: 10_000 });
  return opened;
}

/** The vault with a key in each of the four states, at one of them. */
async function openState(name: string): Promise<Opened> {
  const opened = openWindow({ credentials: keysShownOnce(Date.now()) });
  await screen.findByRole("listbox");
  await opened.user.type(screen.getByLabelText("Search credentials"), `${name}{ArrowDown}`);
  await screen.findByRole("article", { busy: false });
  return opened;
}

async function paste({ user }: Opened, text: string): Promise<void> {
  await user.click(screen.getByLabelText("Paste the key here"));
  await user.paste(text);
}

test("dc6 a pasted key is hidden at once, kept until it is safe, and never in the page", async () => {
  const opened = await openCapture();
  const { backend, user } = opened;
  expect(screen.getByText("Keyturn is ready to catch the key")).toBeTruthy();
  await paste(opened, `Bearer ${KEY}\n`);
  await screen.findByText("Caught, and hidden at once");
  expect(screen.getByText("28 characters")).toBeTruthy();
  expect(screen.getByText(/What stood around the key was left out/)).toBeTruthy();
  expect(document.documentElement.outerHTML).not.toContain(MIDDLE);

  await user.click(screen.getByRole("button", { name: "Close" }));
  await screen.findByText("Discard the caught key?");
  expect(document.activeElement?.textContent.trim()).toBe("Keep it");
  await user.click(screen.getByRole("button", { name: "Keep it" }));
  expect(screen.queryByText("Safe to close")).toBeNull();

  await user.click(screen.getByRole("button", { name: "Store it" }));
  await screen.findByText("Safe to close");
  expect(screen.getByText(/last four characters: Wk55/)).toBeTruthy();
  expect(backend.called("capture_key")).toEqual([
    { reference: "deepcurrent/main", value: `Bearer ${KEY}\n`, confirmed: false },
  ]);
  expect(document.documentElement.outerHTML).not.toContain(MIDDLE);
});

test("dc6 Esc does not lose a caught key, and closes once it is safe", async () => {
  const opened = await openCapture();
  await paste(opened, KEY);
  await screen.findByText("Caught, and hidden at once");
  const dialog = screen.getByRole("dialog");
  await fireEvent(dialog, new Event("cancel", { cancelable: true }));
  await screen.findByText("Discard the caught key?");
  await opened.user.click(screen.getByRole("button", { name: "Keep it" }));
  await opened.user.click(screen.getByRole("button", { name: "Store it" }));
  await screen.findByText("Safe to close");
  await fireEvent(dialog, new Event("cancel", { cancelable: true }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("dc6 a failed capture never says safe, and keeps the key for another try", async () => {
  const opened = await openCapture();
  const { backend, user } = opened;
  backend.fail("capture_key", failure("not_saved", "the disk is full"));
  await paste(opened, KEY);
  await user.click(await screen.findByRole("button", { name: "Store it" }));
  await screen.findByText(/Leave the provider's dialog open/);
  expect(screen.queryByText("Safe to close")).toBeNull();
  backend.mend("capture_key");
  await user.click(screen.getByRole("button", { name: "Store it" }));
  await screen.findByText("Safe to close");
});

test("a key is taken from the clipboard without passing through the page", async () => {
  const { backend, user } = await openCapture();
  await user.click(await screen.findByRole("button", { name: "Take it from the clipboard" }));
  await screen.findByText("It is still on the clipboard, which was not changed.");
  await user.click(screen.getByRole("button", { name: "Store it" }));
  await screen.findByText("Safe to close");
  expect(backend.called("capture_key")).toEqual([
    { reference: "deepcurrent/main", value: null, confirmed: false },
  ]);
  expect(screen.getByText(/still on the clipboard: copy something else/)).toBeTruthy();
});

test("dc2 what is no key is refused by its name, and another paste is one key away", async () => {
  const opened = await openCapture();
  await paste(opened, "you@example.com");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("It looks like an e-mail address".slice(3));
  expect(screen.getByText(/Nothing was stored or changed/)).toBeTruthy();
  expect(opened.backend.called("capture_key")).toEqual([]);
  await paste(opened, KEY);
  await screen.findByText("Caught, and hidden at once");
  expect(screen.queryByText(/e-mail address/)).toBeNull();
});

test("dc6 a key that is known already is told of before it is stored, and needs its own yes", async () => {
  const opened = await openCapture("deepcurrent/main", (backend) => {
    backend.captures.facts = {
      duplicate_of: {
        ref: "deepcurrent/reports",
        field: "api_key",
        version: 2,
        standing: "retired",
        removed: false,
        words: "an earlier one of deepcurrent/reports/api_key: version 2, retired",
      },
    };
  });
  await paste(opened, KEY);
  await screen.findByText("Keyturn knows this key already");
  expect(screen.getByText(/It was replaced once and may be dead/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Store it" })).toBeNull();
  await opened.user.click(screen.getByRole("button", { name: "Store it all the same" }));
  await screen.findByText("Safe to close");
  expect(opened.backend.called("capture_key")).toMatchObject([{ confirmed: true }]);
});

test("dc5 the stored key is tested on demand, and a refusal undoes nothing", async () => {
  const opened = await openCapture();
  const { backend, user } = opened;
  await paste(opened, KEY);
  await user.click(await screen.findByRole("button", { name: "Store it" }));
  await user.click(await screen.findByRole("button", { name: "Test it now" }));
  await screen.findByText("It works: the provider took it.");
  expect(backend.called("test_key")).toEqual([{ reference: "deepcurrent/main" }]);
  expect(screen.getByText("Safe to close")).toBeTruthy();
});

test("dc5 a test that is refused says so and that the key stays", async () => {
  const opened = await openCapture("deepcurrent/main", (backend) => {
    backend.captures.test = {
      worked: false,
      words: "the provider refused it: The API key that was sent is not valid.",
      warning: null,
    };
  });
  await paste(opened, KEY);
  await opened.user.click(await screen.findByRole("button", { name: "Store it" }));
  await opened.user.click(await screen.findByRole("button", { name: "Test it now" }));
  await screen.findByText("The provider refused it");
  expect(screen.getByText(/It stays stored/)).toBeTruthy();
  expect(screen.getByText("Safe to close")).toBeTruthy();
});

test("dc6 a key that can no longer be seen is recorded by its last four, or as lost", async () => {
  const { backend, user } = await openCapture();
  await user.click(screen.getByRole("button", { name: "I cannot see it any more…" }));
  await user.click(screen.getByRole("button", { name: "Record it" }));
  await screen.findByText("Four characters, as the provider shows them.");
  await user.type(screen.getByLabelText("Last four characters"), "7x9z");
  await user.click(screen.getByRole("button", { name: "Record it" }));
  await screen.findByText("Only the last four characters of this key are known: 7x9z");
  expect(backend.called("annotate_credential")).toMatchObject([
    { reference: "deepcurrent/main", mark: { last_four: "7x9z" } },
  ]);
  await user.click(screen.getByRole("button", { name: "Correct this…" }));
  await user.click(await screen.findByRole("radio", { name: /Nothing of it is known/ }));
  await user.click(screen.getByRole("button", { name: "Record it" }));
  await screen.findByText("The value of this key is lost");
});

test("dc6 a key known by its last four is compared when it is found", async () => {
  const opened = await openState("legacy");
  const { backend, user } = opened;
  await user.click(screen.getByRole("button", { name: "I found it: catch it" }));
  await screen.findByLabelText("Paste the key here");
  await paste(opened, KEY);
  await screen.findByText("Another key than the known one");
  await user.click(screen.getByRole("button", { name: "Paste again" }));
  await paste(opened, "dc_live_0123456789abcd7x9z");
  await screen.findByText("This is the key that was known by its last four: 7x9z.");
  await user.click(screen.getByRole("button", { name: "Store it" }));
  await screen.findByText("Safe to close");
  expect(backend.called("capture_key")).toMatchObject([{ confirmed: false }]);
});

test.each([
  ["waiting", /The provider has not shown this key yet/],
  ["lost", /The value of this key is lost/],
  ["legacy", /Only the last four characters of this key are known: 7x9z/],
  ["caught", /Shown once by the provider, caught and read back/],
])("dc6 the detail says where a key stands: %s", async (name, said) => {
  await openState(name);
  expect(screen.getByRole("article").textContent).toMatch(said);
});

test("dc6 showing a caught key asks a second time, and copying it does not", async () => {
  const { backend, user } = await openState("caught");
  await user.click(screen.getByRole("button", { name: /^Show API key/ }));
  const dialog = await screen.findByRole("dialog", {}, { timeout: 10_000 });
  await user.click(within(dialog).getByRole("button", { name: "Show it" }));
  await waitFor(() =>
    expect(backend.called("open_reveal")).toEqual([
      { target: "deepcurrent/caught/api_key", confirmed: false, passphrase: null },
      { target: "deepcurrent/caught/api_key", confirmed: true, passphrase: null },
    ]),
  );
  (await screen.findByRole("listbox")).focus();
  await user.keyboard("r");
  await user.click(
    within(await screen.findByRole("dialog")).getByRole("button", { name: "Copy it instead" }),
  );
  await screen.findByText("API key of DeepCurrent caught copied");
  expect(backend.called("open_reveal")).toHaveLength(3);
});

test("dc6 a key is recorded before its provider shows it, and waits to be caught", async () => {
  const { backend, user } = openWindow();
  await screen.findByRole("listbox");
  await user.keyboard("{Control>}n{/Control}");
  const gallery = await screen.findByRole("dialog");
  await user.click(await within(gallery).findByRole("button", { name: /DeepCurrent/ }));
  const name = await screen.findByLabelText("Name");
  await user.clear(name);
  await user.type(name, "billing");
  await user.click(screen.getByRole("button", { name: "Catch the key…" }));
  await screen.findByLabelText("Paste the key here", {}, { timeout: 10_000 });
  await user.click(screen.getByRole("button", { name: "I cannot see it any more…" }));
  await user.click(await screen.findByRole("radio", { name: /has not shown it yet/ }));
  await user.click(screen.getByRole("button", { name: "Record it" }));
  await screen.findByText("The provider has not shown this key yet");
  expect(backend.called("add_credential")).toMatchObject([
    { provider: "deepcurrent", name: "billing", mark: "not_revealed", secrets: {} },
  ]);
});

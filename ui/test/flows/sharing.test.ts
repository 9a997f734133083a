import { screen, waitFor } from "@testing-library/svelte";
import type { UserEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { RecordedBackend } from "../../src/ipc/recorded";
import { make } from "../../src/ipc/recorded/credentials";
import { openWindow } from "./window";

const NOW = Date.now();
const NAMES = ["canaryname", "Canary Owner", "canary note text", "canary-client-id", "cNrY"];

function vault() {
  return {
    credentials: [
      make(NOW, {
        provider: "deepvue",
        providerName: "Deepvue",
        name: "canaryname",
        owner: "Canary Owner",
        note: "canary note text",
        secrets: { client_secret: "cNrY" },
        open: { client_id: "canary-client-id" },
        dueInDays: -3,
      }),
      make(NOW, { provider: "deepvue", providerName: "Deepvue", name: "other", secrets: {} }),
    ],
  };
}

/** Every text and every attribute of the page. */
function page(): string {
  const elements = [...document.querySelectorAll("*")];
  const fields = elements.filter((one) => "value" in one).map((one) => String(one.value));
  return [document.title, document.documentElement.outerHTML, ...fields].join("\n");
}

function shownNames(): string[] {
  const text = page().toLowerCase();
  return NAMES.filter((name) => text.includes(name.toLowerCase()));
}

const toggle = (user: UserEvent): Promise<void> =>
  user.keyboard("{Control>}{Shift>}M{/Shift}{/Control}");

/** Selects the first row from the search field: rows themselves take a real browser. */
async function select(user: UserEvent): Promise<void> {
  await screen.findByRole("listbox");
  await user.type(screen.getByLabelText("Search credentials"), "deepvue{ArrowDown}");
  await screen.findByRole("article", { busy: false });
}

test("without it every name is in the page, and with it none, until it is switched off", async () => {
  const { user } = openWindow(vault());
  await select(user);
  await screen.findByText("canary note text");
  expect(shownNames()).toEqual(NAMES);
  await toggle(user);
  await screen.findByText(/Share-safe/);
  await screen.findByRole("article", { busy: false });
  await screen.findByText("note-1");
  expect(shownNames()).toEqual([]);
  expect(page().includes("credential-1")).toBe(true);
  await toggle(user);
  await screen.findByText("canary note text");
  expect(shownNames()).toEqual(NAMES);
  expect(screen.queryByText(/Share-safe/)).toBeNull();
});

test("what is done to a masked credential is done to the one behind the mask", async () => {
  const { backend, user } = openWindow(vault());
  await screen.findByRole("listbox");
  await toggle(user);
  await screen.findByText(/Share-safe/);
  await select(user);
  (await screen.findByRole("listbox")).focus();
  await user.keyboard("c");
  await waitFor(() => expect(backend.called("copy_secret")).not.toEqual([]));
  expect(backend.called("copy_secret")[0]).toMatchObject({
    target: expect.stringMatching(/^deepvue\/canaryname/) as string,
  });
  await waitFor(() => expect(page().includes("copied")).toBe(true));
  expect(shownNames()).toEqual([]);
});

test("it outlasts the lock, and a window that opens meanwhile hides names from the start", async () => {
  const prepare = (backend: RecordedBackend): void => void (backend.app.shareSafe = true);
  const { backend } = openWindow(vault(), prepare);
  await screen.findByRole("listbox");
  expect(shownNames()).toEqual([]);
  backend.lock_vault().catch(() => undefined);
  await screen.findByLabelText("Passphrase");
  await backend.unlock_vault({ passphrase: "correct horse battery staple", recovery_key: null });
  await screen.findByRole("listbox");
  await screen.findByText(/Share-safe/);
  expect(shownNames()).toEqual([]);
});

test("every screen is without names while it is on", async () => {
  const { user } = openWindow(vault());
  await screen.findByRole("listbox");
  await toggle(user);
  await screen.findByText(/Share-safe/);
  for (const [keys, title] of [
    ["gt", "Timeline"],
    ["gh", "Health"],
    ["gi", "Inbox"],
  ] as const) {
    (await screen.findByRole("listbox")).focus();
    await user.keyboard(keys);
    await screen.findByRole("heading", { name: title, level: 1 });
    await waitFor(() => expect(page().includes("credential-1")).toBe(true), { timeout: 10_000 });
    expect(shownNames(), title).toEqual([]);
    await user.keyboard("{Escape}");
  }
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByRole("combobox"), "credential");
  await waitFor(() => expect(screen.getByRole("dialog").textContent).toContain("credential-1"));
  expect(shownNames(), "palette").toEqual([]);
});

test("an edit of what is masked keeps what the mask stands for", async () => {
  const { maskOf, meantBy, hideNames, ipc } = await import("../../src/ipc");
  const { backend } = openWindow(vault());
  hideNames(true);
  const detail = await ipc().show_credential({ reference: maskOf("deepvue/canaryname") });
  expect(JSON.stringify(detail).toLowerCase()).not.toContain("canary");
  const { note } = detail;
  await ipc().annotate_credential({
    reference: detail.ref,
    note: `${note ?? ""} and more`,
    owner: detail.owner,
    issued_on: null,
    expires_on: null,
    rotate_every_days: null,
    keep_fresh: null,
  });
  expect(backend.called("annotate_credential")[0]).toMatchObject({
    reference: "deepvue/canaryname",
    note: "canary note text and more",
    owner: "Canary Owner",
  });
  expect(meantBy(detail.ref)).toBe("deepvue/canaryname");
});

test("where the agent is not told, the user hears that the tray may still show names", async () => {
  const { backend, user } = openWindow(vault());
  await screen.findByRole("listbox");
  backend.fail("set_share_safe", { code: "agent_unreachable", message: "gone", hint: null });
  await toggle(user);
  await screen.findByText(/the tray may still show them/);
  expect(shownNames()).toEqual([]);
});

import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { expect, test } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/paste/PasteArea.svelte";
import { failure } from "../../src/ipc/recorded/answers";
import { openAt, openWindow } from "./window";

function selected(): string | null {
  return (
    document.querySelector("[role=option][aria-selected=true]")?.getAttribute("data-reference") ??
    null
  );
}

test("from the search field the first result is one key away, and C copies what is selected", async () => {
  const { backend, user } = await openAt("deepvue main");
  expect(selected()).toBe("deepvue/main");
  expect(document.activeElement).toBe(screen.getByRole("listbox"));
  await user.keyboard("c");
  await screen.findByText("Token of Deepvue main copied");
  expect(backend.called("copy_secret")).toEqual([
    { target: "deepvue/main", format: "raw", with_key: false },
  ]);
});

test("Enter opens the selected credential, and Enter again copies", async () => {
  const { backend, user } = await openAt("deepvue main");
  await user.keyboard("{Enter}");
  expect(document.activeElement?.textContent).toContain("Copy token");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(backend.called("copy_secret")).toHaveLength(1));
});

test("the list is one Tab stop, and arrows, Home and End move in it", async () => {
  const { user } = openWindow();
  const list = await screen.findByRole("listbox");
  list.focus();
  await waitFor(() => expect(selected()).toBe("deepcurrent/dashboard"));
  await user.keyboard("{ArrowDown}");
  await waitFor(() => expect(selected()).toBe("deepcurrent/main"));
  await user.keyboard("{End}");
  await waitFor(() => expect(selected()).toBe("deepvue/trial"));
  expect(list.getAttribute("aria-activedescendant")).toBe("row-deepvue/trial");
  await user.keyboard("{Home}");
  await waitFor(() => expect(selected()).toBe("deepcurrent/dashboard"));
});

test("a key that is held down fetches no detail of what it only passes", async () => {
  const { backend } = openWindow();
  const list = await screen.findByRole("listbox");
  list.focus();
  await waitFor(() => expect(screen.getByRole("article").getAttribute("aria-busy")).toBe("false"));
  const before = backend.called("show_credential").length;
  for (let times = 0; times < 6; times += 1) fireEvent.keyDown(list, { key: "ArrowDown" });
  flushSync();
  expect(screen.getByRole("article").getAttribute("aria-busy")).toBe("true");
  const reached = selected() ?? "";
  await waitFor(() => expect(screen.getByRole("article").getAttribute("aria-busy")).toBe("false"));
  const fetched = backend.called("show_credential").slice(before);
  expect(fetched).toEqual([{ reference: reached }]);
});

test("single letters act in the list alone, never while typing", async () => {
  const { backend, user } = await openAt("deepvue main");
  const search = screen.getByLabelText<HTMLInputElement>("Search credentials");
  await user.clear(search);
  await user.type(search, "crtn/?");
  expect(search.value).toBe("crtn/?");
  expect(backend.called("copy_secret")).toEqual([]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a click on a field copies it, and the eye opens the window that shows it", async () => {
  const { backend, user } = await openAt("deepvue main");
  await user.click(screen.getByRole("button", { name: /^Copy Client secret, hidden/ }));
  await screen.findByText("Client secret of Deepvue main copied");
  await user.click(screen.getByRole("button", { name: /^Show Client secret/ }));
  expect(backend.called("open_reveal")).toEqual([
    { target: "deepvue/main/client_secret", confirmed: false, passphrase: null },
  ]);
});

test("a copy as a header, by menu and by key", async () => {
  const { backend, user } = await openAt("deepvue main");
  await user.click(screen.getByRole("button", { name: "Copy as…" }));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(backend.called("copy_secret")).toHaveLength(1));
  screen.getByRole("listbox").focus();
  await user.keyboard("{Control>}{Shift>}C{/Shift}{/Control}");
  await waitFor(() => expect(backend.called("copy_secret")).toHaveLength(2));
  for (const call of backend.called("copy_secret"))
    expect(call).toMatchObject({ target: "deepvue/main/token", format: "header" });
});

test("x6 a warning of the agent comes along with the notice", async () => {
  const { user } = await openAt("deepvue main");
  await user.click(screen.getByRole("button", { name: "Copy as…" }));
  await user.click(screen.getByRole("menuitem", { name: "JavaScript (server)" }));
  await screen.findByText(/keep it on your server/);
});

test("renewing shows the new end, and a failure stands in the detail", async () => {
  const { backend, user } = await openAt("nightly");
  expect(screen.getByRole("article").textContent).toContain("Expired 2 h ago");
  await user.click(screen.getByRole("button", { name: "Renew" }));
  await waitFor(() => expect(screen.getByRole("article").textContent).not.toContain("Expired"));
  backend.fail("renew_token", failure("network", "the provider cannot be reached"));
  await user.click(screen.getByRole("button", { name: "Renew" }));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("The provider cannot be reached");
});

test("x4 the source of an expiry is told, and an unknown one is never called endless", async () => {
  await openAt("deepvue main");
  expect(screen.getByRole("article").textContent).toContain("says the provider's answer");
});

test("dc5 a sample is sent and its answer stands there as text", async () => {
  const { backend, user } = await openAt("reports");
  await user.keyboard("{Shift>}T{/Shift}");
  await screen.findByText("The provider accepted the request.");
  expect(backend.called("send_request")).toMatchObject([{ sample: "me", confirmed: false }]);
  expect(screen.getByRole("article").textContent).toContain('"api_key_last_four": "7Qe2"');
});

test("a test from the header or by T shows its answer, whichever tab is open", async () => {
  const { backend, user } = await openAt("reports");
  for (const ask of [
    () => user.click(screen.getByRole("button", { name: "Test" })),
    async () => {
      screen.getByRole("listbox").focus();
      await user.keyboard("{Shift>}T{/Shift}");
    },
  ]) {
    await user.click(screen.getByRole("tab", { name: "Notes" }));
    await waitFor(() =>
      expect(screen.queryByText("The provider accepted the request.")).toBeNull(),
    );
    await ask();
    await screen.findByText("The provider accepted the request.");
  }
  expect(backend.called("send_request")).toHaveLength(2);
});

test("di4 a request that creates something is asked for first", async () => {
  const { backend, user } = await openAt("deepidv main");
  await user.click(screen.getByRole("button", { name: /^Send/ }));
  const dialog = await screen.findByRole("dialog");
  expect(backend.called("send_request")).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Send it" }));
  await screen.findByText(/not enough credit/);
  expect(backend.called("send_request")).toMatchObject([{ confirmed: true }]);
});

test("a change from the command line shows at once", async () => {
  const { backend } = await openAt("deepvue main");
  const found = backend.credentials.find((one) => one.ref === "deepvue/main");
  if (found === undefined) throw new Error("the demo has deepvue/main");
  found.owner = "Night shift";
  backend.emit({ credential_changed: "deepvue/main" });
  await waitFor(() => expect(screen.getByRole("article").textContent).toContain("Night shift"));
});

test("a detail that failed to load comes back with the next answer", async () => {
  const { backend, user } = await openAt("deepvue main");
  backend.fail("show_credential", failure("agent_unreachable", "the agent did not answer"));
  backend.emit({ credential_changed: "deepvue/main" });
  const again = await screen.findByRole("button", { name: "Try again" });
  backend.mend("show_credential");
  await user.click(again);
  await screen.findByRole("article", { busy: false });
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
});

test("a search without a result says what it looked at", async () => {
  const { user } = openWindow();
  await screen.findByRole("listbox");
  await user.type(screen.getByLabelText("Search credentials"), "zebra");
  await screen.findByText("Nothing is called “zebra”.");
});

test("what is not there is created: under that name, or at the provider that is called so", async () => {
  const { user } = openWindow();
  await screen.findByRole("listbox");
  const search = screen.getByLabelText("Search credentials");
  await user.type(search, "Zebra shop");
  await user.click(await screen.findByRole("button", { name: "Create “Zebra shop”" }));
  const gallery = await screen.findByRole("dialog");
  const providers = await within(gallery).findByLabelText("Search providers");
  await user.type(providers, "deepidv{Enter}");
  const form = await screen.findByRole("dialog", { name: /deepidv/ });
  const name = await within(form).findByLabelText<HTMLInputElement>("Name");
  expect(name.value).toBe("Zebra-shop");
  await user.click(within(form).getByRole("button", { name: "Cancel" }));
  await user.clear(search);
  await user.type(search, "github");
  await user.click(await screen.findByRole("button", { name: "Create “github”" }));
  const again = await screen.findByLabelText<HTMLInputElement>("Search providers");
  expect(again.value).toBe("github");
});

test("where nothing is about to expire, it says until when", async () => {
  const { user } = openWindow({}, (backend) => {
    const end = new Date(Date.now() + 40 * 86_400_000).toISOString();
    for (const one of backend.credentials)
      if (one.token.expires_at !== null)
        one.token = { ...one.token, expires_at: end, issued_at: new Date().toISOString() };
  });
  await screen.findByRole("listbox");
  await user.click(screen.getByRole("button", { name: /^Expiring/ }));
  await screen.findByText(/^Nothing expires before .+\.$/);
});

test("a failure is copied as a text with its code, and without an agent the page copies it itself", async () => {
  const { backend, user } = await openAt("nightly", (given) =>
    given.fail("copy_secret", failure("network", "acme.example does not answer")),
  );
  await user.keyboard("c");
  await user.click(await screen.findByRole("button", { name: "Copy details" }));
  await screen.findByRole("button", { name: "Details copied" });
  const [{ text }] = backend.called("copy_text") as [{ text: string }];
  expect(text).toContain("(network)");
  expect(text).toContain("Acme.example does not answer.");

  backend.fail("copy_text", failure("agent_unreachable", "the agent does not answer"));
  await user.click(screen.getByRole("button", { name: "Details copied" }));
  await waitFor(async () =>
    expect(await navigator.clipboard.readText()).toContain("Acme.example does not answer."),
  );
});

test("removing is taken back where it is said", async () => {
  const { backend, user } = await openAt("nightly");
  await user.click(screen.getByRole("button", { name: "Remove…" }));
  const dialog = await screen.findByRole("dialog");
  await user.click(within(dialog).getByRole("button", { name: "Remove" }));
  await screen.findByText("Deepvue nightly-batch removed");
  await user.click(screen.getByRole("button", { name: "Undo" }));
  expect(backend.called("restore_credential")).toEqual([{ reference: "deepvue/nightly-batch" }]);
  const article = await screen.findByRole("article", { busy: false });
  expect(article.textContent).toContain("nightly-batch");
});

test("a row tells its end as a time to the pointer that rests on it", async () => {
  await openAt("deepvue main");
  const row = document.querySelector('[data-reference="deepvue/main"] .lines');
  expect(row?.getAttribute("title")).toMatch(/^Expires .*\d\d:\d\d$/);
});

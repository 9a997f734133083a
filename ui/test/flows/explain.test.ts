/** Explaining an answer that another program got. */
import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import { dialogs } from "../../src/features/keys/dialogs.svelte";
import { failure } from "../../src/ipc/recorded/answers";
import { openAt, type Opened } from "./window";

beforeEach(() => dialogs.close());

/** By the menu of the credential. */
async function openExplain(reference = "deepvue/main"): Promise<Opened> {
  const opened = await openAt(reference);
  await opened.user.click(screen.getByRole("button", { name: "More actions" }));
  await opened.user.click(await screen.findByRole("menuitem", { name: "Explain an answer…" }));
  await screen.findByLabelText("Status", {}, { timeout: 10_000 });
  return opened;
}

async function ask({ user }: Opened, status: string, body: string): Promise<void> {
  if (status !== "") {
    await user.clear(screen.getByLabelText("Status"));
    await user.type(screen.getByLabelText("Status"), status);
  }
  await fireEvent.input(screen.getByLabelText(/^The answer/), { target: { value: body } });
  await user.click(screen.getByRole("button", { name: "Explain" }));
}

function sentBody(opened: Opened): string {
  const calls = opened.backend.called("explain_answer") as { body_base64: string }[];
  const bytes = Uint8Array.from(atob(calls.at(-1)?.body_base64 ?? ""), (c) => c.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

function result(): HTMLElement {
  return screen.getByRole("status", { name: "What it means" });
}

test("an expired token is explained, and a new one is a click away", async () => {
  const opened = await openExplain();
  await ask(opened, "401", '{"detail":"Token has expired"}');
  await screen.findByText("The token has expired.");
  expect(result().textContent).toContain("The provider says: Token has expired");
  expect(opened.backend.called("explain_answer")).toMatchObject([
    { reference: "deepvue/main", status: 401, path: null, sent: null },
  ]);
  await opened.user.click(screen.getByRole("button", { name: "Get a new token" }));
  await waitFor(() =>
    expect(opened.backend.called("renew_token")).toEqual([{ reference: "deepvue/main" }]),
  );
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("an address that is not let in leads to the IP list", async () => {
  const opened = await openExplain();
  await ask(opened, "403", "");
  await opened.user.click(await screen.findByRole("button", { name: "Open the IP list" }));
  await waitFor(() =>
    expect(screen.getByRole("tab", { name: "IP list" }).getAttribute("aria-selected")).toBe("true"),
  );
});

test("a credential that is refused leads to its rotation", async () => {
  const opened = await openExplain();
  await ask(opened, "401", '{"detail":"incorrect client_id or client_secret"}');
  await opened.user.click(await screen.findByRole("button", { name: "Replace the key…" }));
  await waitFor(() => expect(dialogs.current).toBe("rotate"));
});

test("a limit says how long to wait", async () => {
  const opened = await openExplain();
  await ask(opened, "429", "");
  await screen.findByText(/^Wait (30|29) seconds, until/);
});

test("a whole answer says its status itself, and its headers stay here", async () => {
  const opened = await openExplain();
  const whole =
    "HTTP/2 503 Service Unavailable\r\nretry-after: 120\r\nset-cookie: canary=1\r\n\r\n<html>down</html>";
  await ask(opened, "", whole);
  expect(screen.getByLabelText<HTMLInputElement>("Status").value).toBe("503");
  await screen.findByText(/^Wait 120 seconds, until/);
  expect(sentBody(opened)).toBe("<html>down</html>");
});

test("what no row matches is said to be, with the body as text", async () => {
  const opened = await openExplain();
  await ask(opened, "418", "<h1>I'm a teapot</h1><script>alert(1)</" + "script>");
  await screen.findByText(/No row of the provider's profile matches/);
  const body = screen.getByRole("region", { name: /^The answer, without stored secrets/ });
  expect(body.textContent).toContain("<h1>I'm a teapot</h1>");
  expect(body.querySelector("h1, script")).toBeNull();
  expect(within(result()).queryByRole("button")).toBeNull();
});

test("an empty body is an answer, too", async () => {
  const opened = await openExplain();
  await ask(opened, "418", "");
  await screen.findByText(/No row of the provider's profile matches/);
  expect(screen.queryByRole("region", { name: /^The answer, without/ })).toBeNull();
  expect(sentBody(opened)).toBe("");
});

test("what is wrong stands beside its field, and nothing is asked", async () => {
  const opened = await openExplain();
  const { user, backend } = opened;
  await user.type(screen.getByLabelText(/^Path that was asked/), "v1/orders");
  await ask(opened, "42", "héllo");
  await screen.findByText("A status is a number from 100 to 599.");
  expect(screen.getByText("A path begins with “/”.")).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText("Status"));
  expect(backend.called("explain_answer")).toEqual([]);
  await user.type(screen.getByLabelText(/^Path that was asked/), "{Home}/");
  await ask(opened, "401", "héllo");
  await screen.findByText("The token has expired.");
  expect(sentBody(opened)).toBe("héllo");
});

test("what the agent refuses is said, and what was pasted stays for another try", async () => {
  const opened = await openExplain();
  opened.backend.fail("explain_answer", failure("agent_unreachable", "the agent did not answer"));
  await ask(opened, "401", "canary-body");
  await screen.findByText("The agent did not answer.");
  expect(screen.getByLabelText<HTMLTextAreaElement>(/^The answer/).value).toBe("canary-body");
});

test("the palette and a key of the list lead there, and what was pasted is gone at the next time", async () => {
  const opened = await openExplain();
  const { user } = opened;
  await fireEvent.input(screen.getByLabelText(/^The answer/), { target: { value: "canary-body" } });
  await user.click(within(screen.getByRole("dialog")).getByText("Close", { selector: "button" }));
  screen.getByRole("listbox").focus();
  await user.keyboard("e");
  const again = await screen.findByLabelText<HTMLTextAreaElement>(/^The answer/);
  expect(again.value).toBe("");
  expect(document.documentElement.outerHTML).not.toContain("canary-body");
  await user.click(within(screen.getByRole("dialog")).getByText("Close", { selector: "button" }));
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByRole("combobox"), ">explain");
  await user.keyboard("{Enter}");
  await screen.findByLabelText("Status");
});

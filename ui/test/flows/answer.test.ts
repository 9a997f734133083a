/** The answer in the tester: what it means, the step that helps, and its body line by line. */
import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { tester } from "../../src/features/tester/tester.svelte";
import type { SendRequestAnswer } from "../../src/ipc";
import { answered, failure } from "../../src/ipc/recorded/answers";
import { hostile, ledOn, limited, redirected } from "../../src/ipc/recorded/said";
import { openAnswer, panel, sent } from "./desk";

const rows = (): string[] =>
  [...panel().querySelectorAll(".row .text")].map((row) => row.textContent ?? "");

/** With its refusal. */
function refused(status: number, given: Partial<NonNullable<SendRequestAnswer["diagnosis"]>>) {
  const diagnosis = {
    meaning: "the token has expired",
    action: "Get a new token.",
    row: "DV7.401",
    keyturn: "none" as const,
    verified: true,
    provider_says: null,
    retry_at: null,
    notes: [],
    ...given,
  };
  return answered({ status, status_words: "Unauthorized", diagnosis });
}

test("a status is told once, with its time and checks, and what it means comes first", async () => {
  const check = {
    check: { of: "status" as const, is: "2xx" },
    passed: true,
    got: "200",
    words: "status is 2xx",
  };
  await openAnswer(answered({ checks: [check] }), '{"a":1}');
  await waitFor(() =>
    expect(within(panel()).getAllByRole("status")[0]?.textContent).toBe(
      "200 OK in 195 ms, 1 check passed",
    ),
  );
  tester.show({ answer: limited(Date.now()).answer, shown: null });
  const verdict = await within(panel()).findByText(
    "Too many requests: the limit of the plan is reached.",
  );
  expect(verdict.parentElement?.textContent).toContain("The provider says: Rate limit exceeded");
  expect(verdict.parentElement?.textContent).toContain(
    "Row DV7.429 of the profile, from another page",
  );
});

test("an expired token is renewed and the request sent again by one click; a failure stands there", async () => {
  const opened = await openAnswer(refused(401, { keyturn: "renew_once" }));
  opened.backend.fail("renew_token", failure("timeout", "the provider did not answer"));
  const button = await screen.findByRole("button", { name: "Get a new token and send again" });
  await opened.user.click(button);
  await within(panel()).findByText("The provider did not answer.");
  expect(sent(opened)).toHaveLength(0);
  opened.backend.mend("renew_token");
  await opened.user.click(button);
  await waitFor(() => expect(sent(opened)).toHaveLength(1));
});

test("a wait is begun by a click, can be given up, and ends in one request", async () => {
  const opened = await openAnswer(limited(Date.now()).answer, "{}");
  const begin = await screen.findByRole("button", { name: /^Wait \d+ seconds and send again$/ });
  await opened.user.click(begin);
  await opened.user.click(screen.getByRole("button", { name: "Do not send" }));
  expect(await screen.findByRole("button", { name: /^Wait/ })).toBeTruthy();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  try {
    await fireEvent.click(screen.getByRole("button", { name: /^Wait/ }));
    await vi.advanceTimersByTimeAsync(10_000);
    // The credential changes meanwhile: what waits goes on waiting.
    tester.credential = tester.credential && { ...tester.credential };
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent(opened)).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(25_000);
    expect(sent(opened)).toHaveLength(1);
  } finally {
    vi.useRealTimers();
  }
});

test("a redirect is followed by a click alone, without the credential", async () => {
  const opened = await openAnswer(ledOn().answer);
  await screen.findByText("The answer leads to https://production.deepvue.tech/v2/status.");
  expect(opened.backend.called("follow_redirect")).toHaveLength(0);
  await opened.user.click(screen.getByRole("button", { name: "Follow without the credential" }));
  await waitFor(() =>
    expect(opened.backend.called("follow_redirect")).toMatchObject([
      { reference: "deepvue/main", ticket: 4 },
    ]),
  );
  await waitFor(() => expect(rows().join("")).toContain('"status": "ok"'));
});

test("a redirect to a host that the credential is not bound to is not followed from here", async () => {
  await openAnswer(redirected().answer);
  await screen.findByText("The answer leads to https://login.example/start.");
  screen.getByText(/^The window goes to no origin that the credential is not bound to/);
  expect(screen.queryByRole("button", { name: "Follow without the credential" })).toBeNull();
});

test("the button that follows keeps the focus while it is asked, and the answer takes it then", async () => {
  const there = { to: "https://production.deepvue.tech/v2/status", elsewhere: false };
  const redirect = { ...there, followed: false, ticket: 4, blocked: null };
  const opened = await openAnswer({ ...redirected().answer, redirect });
  const button = await within(panel()).findByText("Follow without the credential");
  const asked = opened.backend.follow_redirect;
  let letGo = (): void => undefined;
  opened.backend.follow_redirect = async (call) => {
    await new Promise<void>((done) => (letGo = done));
    return asked(call);
  };
  button.focus();
  await opened.user.keyboard("{Enter}");
  expect(button.textContent).toContain("Following…");
  expect(button.hasAttribute("disabled")).toBe(false);
  expect(document.activeElement).toBe(button);
  letGo();
  await waitFor(() => expect(document.activeElement).toBe(panel()));
});

test("the step that helps keeps the focus while it is done, and the answer takes it then", async () => {
  const opened = await openAnswer(refused(401, { keyturn: "renew_once" }));
  const button = await screen.findByRole("button", { name: "Get a new token and send again" });
  const renew = opened.backend.renew_token;
  let letGo = (): void => undefined;
  opened.backend.renew_token = async (call) => {
    await new Promise<void>((done) => (letGo = done));
    return renew(call);
  };
  button.focus();
  await opened.user.keyboard("{Enter}");
  expect(button.textContent.trim()).toBe("Getting a new token…");
  expect(document.activeElement).toBe(button);
  await opened.user.keyboard("{Enter}");
  letGo();
  await waitFor(() => expect(sent(opened)).toHaveLength(1));
  expect(opened.backend.called("renew_token")).toHaveLength(1);
  await waitFor(() => expect(document.activeElement).toBe(panel()));
});

test("what waits is told not to by the very button that began it", async () => {
  const opened = await openAnswer(limited(Date.now()).answer, "{}");
  const button = await screen.findByRole("button", { name: /^Wait \d+ seconds and send again$/ });
  button.focus();
  await opened.user.keyboard("{Enter}");
  expect(button.textContent.trim()).toBe("Do not send");
  await opened.user.keyboard("{Enter}");
  expect(button.textContent.trim()).toMatch(/^Wait/);
  expect(document.activeElement).toBe(button);
});

test("while the next request is on its way, the answer that stands there is the previous one", async () => {
  const opened = await openAnswer(answered({}), '{"a":1}');
  await waitFor(() => expect(rows()).toContain('"a": 1'));
  expect(within(panel()).queryByText("Previous answer")).toBeNull();
  opened.backend.hanging = true;
  const running = tester.send();
  await within(panel()).findByText("Previous answer");
  expect(panel().getAttribute("aria-busy")).toBe("true");
  expect(rows()).toContain('"a": 1');
  tester.cancel();
  await running;
  await waitFor(() => expect(within(panel()).queryByText("Previous answer")).toBeNull());
});

test("JSON is a tree by the keys, and is folded in the shell", async () => {
  const opened = await openAnswer(answered({}), '{"a":{"b":[1,2]},"c":3}');
  const tree = await screen.findByRole("tree");
  await waitFor(() => expect(rows()).toContain('"a": {'));
  tree.focus();
  await opened.user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}");
  const current = (): string =>
    document.getElementById(tree.getAttribute("aria-activedescendant") ?? "")?.textContent ?? "";
  expect(current()).toContain("1,");
  await opened.user.keyboard("{ArrowLeft}");
  expect(current()).toContain('"b": [');
  await opened.user.keyboard("{ArrowLeft}");
  await waitFor(() => expect(rows()).toContain('"b": [ … ]'));
  const folded = screen.getByRole("treeitem", { name: /"b"/ });
  expect(folded.getAttribute("aria-expanded")).toBe("false");
  await opened.user.keyboard("{ArrowRight}");
  await waitFor(() => expect(rows()).toContain("1,"));
  await opened.user.click(screen.getByRole("button", { name: "Fold all" }));
  await waitFor(() => expect(rows()).toEqual(["{ … }"]));
  await opened.user.selectOptions(screen.getByLabelText("Show the body as"), "hex");
  await waitFor(() => expect(rows()[0]).toMatch(/^00000000  7b 22 61/));
  expect(opened.backend.called("body_fold").at(-1)).toMatchObject({ line: null, closed: true });
});

test("Ctrl+F in the answer searches it: Enter goes on, Shift+Enter back, Esc ends it", async () => {
  const opened = await openAnswer(
    answered({}),
    JSON.stringify({ list: ["one", "two", "one more"] }),
  );
  (await screen.findByRole("tree")).focus();
  await opened.user.keyboard("{Control>}f{/Control}");
  const field = await screen.findByRole("textbox", { name: "Search the body" });
  await opened.user.type(field, "one");
  const count = (text: string) => waitFor(() => within(panel()).getByText(text));
  await count("1 of 2");
  await waitFor(() => expect(panel().querySelectorAll(".hit").length).toBeGreaterThan(1));
  await opened.user.keyboard("{Enter}");
  await count("2 of 2");
  await opened.user.keyboard("{Shift>}{Enter}{/Shift}");
  await count("1 of 2");
  await opened.user.keyboard("{Escape}");
  await waitFor(() => expect(panel().querySelectorAll(".hit")).toHaveLength(0));
  expect(opened.backend.called("body_search").at(-1)).toMatchObject({ text: "" });
});

test("of a body with a million lines only those that are seen are asked for and exist", async () => {
  const opened = await openAnswer();
  const asked: number[] = [];
  const { backend } = opened;
  backend.body_lines = ({ from, count }) => {
    asked.push(count);
    const lines = Array.from({ length: count }, (_, at) => ({
      line: from + at,
      text: `row ${from + at}`,
      continued: false,
      depth: 0,
      fold: null,
      hides: 0,
      marks: [],
    }));
    return Promise.resolve({ total: 1_000_000, longest: 20, from, lines });
  };
  tester.show(backend.given(answered({}), "text", "text/plain"));
  await waitFor(() => expect(rows()).toContain("row 3"));
  const box = screen.getByRole("region", { name: "Body of the answer" });
  box.scrollTop = 400_000;
  await fireEvent.scroll(box);
  await waitFor(() => expect(rows().some((row) => /^row \d{5,}$/.test(row))).toBe(true));
  expect(panel().querySelectorAll(".row").length).toBeLessThan(80);
  expect(Math.max(...asked)).toBeLessThanOrEqual(400);
  expect(asked.length).toBeLessThan(6);
});

test("whatever an answer holds is text, and its long headers come when they are asked for", async () => {
  const { answer, body, mediaType } = hostile();
  const opened = await openAnswer(answer, body, mediaType);
  await waitFor(() => expect(rows()).toContain("<html><script>alert(1)</script>"));
  expect(panel().querySelector("script, svg[onload]")).toBeNull();
  expect(rows().join("\n")).not.toMatch(/[\u001b\u202e]/);
  expect(rows().join("\n")).toContain("␛[31mred");
  await opened.user.click(within(panel()).getByRole("tab", { name: "Headers" }));
  expect(panel().textContent).not.toContain("v".repeat(500));
  await opened.user.click(screen.getByRole("button", { name: "Show all 10,000 characters" }));
  expect(panel().textContent).toContain("v".repeat(10_000));
  expect(panel().textContent).toContain("⟨U+202E⟩gpj.exe <b>bold</b> ␛[2J");
  await opened.user.click(screen.getByRole("button", { name: "Copy the text" }));
  await waitFor(() => expect(opened.backend.called("copy_text")).toHaveLength(1));
});

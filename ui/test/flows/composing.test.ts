/** What is composed in the tester, and what the vault keeps of it. */
import { screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { drafts } from "../../src/features/drafts/drafts.svelte";
import { exchanges } from "../../src/features/tester/history/exchanges.svelte";
import { tester } from "../../src/features/tester/tester.svelte";
import { answered } from "../../src/ipc/recorded/answers";
import { ledOn } from "../../src/ipc/recorded/said";
import { fill, openAnswer, openTester, panel, path, sent, tab } from "./desk";
import type { Opened } from "./window";

interface Written {
  request: { url: string; query?: { value: string }[]; headers?: object[]; body?: object };
}

/** What the vault was given last, by draft. */
async function written({ backend }: Opened): Promise<Record<string, Written>> {
  await drafts.write();
  const { text } = backend.called("keep_draft").at(-1) as { text: string | null };
  return Object.fromEntries(JSON.parse(text ?? "[]") as [string, Written][]);
}

test("what is composed is there again after a lock; a file is chosen again", async () => {
  const opened = await openTester();
  const { user, backend } = opened;
  await tab(opened, "Body");
  await user.selectOptions(screen.getByLabelText("Body", { selector: "select" }), "File");
  const file = new File(["canary-content"], "a.bin", { type: "image/png" });
  await user.upload(screen.getByLabelText("The file that is sent"), file);
  await screen.findByText("a.bin, 14 bytes");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent(opened)[0]?.files).toEqual([["a.bin", btoa("canary-content")]]));
  await fill(path(), "/v1/upload");
  const kept = (): string => JSON.stringify(backend.called("keep_draft").at(-1) ?? "");
  await waitFor(() => expect(kept()).toContain("/v1/upload"));
  expect(kept()).not.toContain("canary-content");
  backend.state = "locked";
  backend.emit("locked");
  await screen.findByLabelText("Passphrase");
  expect(tester.draft.path).toBe("/");
  backend.state = "unlocked";
  backend.emit("unlocked");
  await waitFor(() => expect(path().value).toBe("/v1/upload"));
  screen.getByText("Its files were not kept: choose them again.");
  await tab(opened, "Body");
  screen.getByText("a.bin: choose it again. Files are not kept.");
});

test("each credential keeps its own request, here and in the vault, whichever was open between", async () => {
  const opened = await openTester();
  const body = `{"a":"${"x".repeat(50_000)}"}`;
  await fill(path(), "/v1/of-a");
  tester.draft.kind = "json";
  tester.draft.json = body;
  tester.touch();
  await tester.open("deepidv/main");
  await waitFor(() => expect(path().value).toBe("/v1/sessions"));
  await fill(path(), "/v1/of-b");
  const both = await written(opened);
  expect(both["request:deepvue/main"]?.request.url).toBe("/v1/of-a");
  expect(both["request:deepidv/main"]?.request.url).toBe("/v1/of-b");
  await tester.open("deepvue/main");
  await waitFor(() => expect(path().value).toBe("/v1/of-a"));
  // In this window nothing of it is cut.
  expect(tester.draft.json).toBe(body);
  await tester.open("deepidv/main");
  await waitFor(() => expect(path().value).toBe("/v1/of-b"));
});

test("x7 the vault keeps no header that authenticates, and of what was answered no value", async () => {
  const opened = await openTester();
  await fill(screen.getByLabelText("Query: value 1"), "canary-value");
  tester.draft.values = { given: "canary-variable" };
  await tab(opened, "Headers");
  for (const [at, name] of ["Authorization", "X-Mine"].entries()) {
    await fill(screen.getByLabelText(`Headers: name ${at + 1}`), name);
    await fill(screen.getByLabelText(`Headers: value ${at + 1}`), `canary-of-${name}`);
  }
  const before = JSON.stringify(await written(opened));
  expect(before).toContain("canary-value");
  expect(before).toContain("canary-variable");
  expect(before).toContain("canary-of-X-Mine");
  expect(before).not.toContain("canary-of-Authorization");
  await opened.user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(tester.answer).not.toBeNull());
  const after = JSON.stringify(await written(opened));
  expect(after).toContain("/v1/verification/panbasic");
  expect(after).not.toMatch(/canary-(value|variable)/);
  // Nor when it is left for another one, though it is whole when that one is left.
  await tester.open("deepidv/main");
  expect(JSON.stringify(await written(opened))).not.toMatch(/canary-(value|variable)/);
  await tester.open("deepvue/main");
  expect(JSON.stringify(tester.draft.request())).toContain("canary-value");
  // What is changed after that is being written again.
  await fill(path(), "/v1/other");
  expect(JSON.stringify(await written(opened))).toContain("canary-value");
});

test("what cannot be kept is told once, and kept when that is possible again", async () => {
  const opened = await openTester();
  const { backend } = opened;
  backend.fail("keep_draft", { code: "not_saved", message: "the disk is full", hint: null });
  await fill(path(), "/v1/first");
  await screen.findByText("What you are writing could not be kept for after a lock");
  const alerts = (): number => screen.queryAllByText(/could not be kept/).length;
  await fill(path(), "/v1/second");
  await drafts.write();
  expect(alerts()).toBe(1);
  backend.mend("keep_draft");
  // Nothing is typed: what failed is still to be written.
  await drafts.write();
  expect(backend.draft).toContain("/v1/second");
  await fill(path(), `/v1/${"x".repeat(70_000)}`);
  await screen.findByText("There is no room to keep what you are writing for deepvue/main");
});

test("a redirect that is followed is taken back by Esc, and by turning to another credential", async () => {
  const opened = await openAnswer(ledOn().answer);
  const { backend, user } = opened;
  const answers: (() => void)[] = [];
  backend.follow_redirect = () =>
    new Promise((done) =>
      answers.push(() => done(backend.given(answered({ status: 418 }), "late"))),
    );
  const follow = (): Promise<HTMLElement> =>
    screen.findByRole("button", { name: "Follow without the credential" });
  const arrive = async (): Promise<void> => {
    answers.pop()?.();
    await new Promise((done) => setTimeout(done));
  };
  await user.click(await follow());
  await screen.findByRole("button", { name: /^Cancel/ });
  await user.keyboard("{Escape}");
  expect(backend.called("tester_cancel")).toHaveLength(1);
  await arrive();
  expect(tester.answer?.answer.status).toBe(ledOn().answer.status);
  await user.click(await follow());
  await tester.open("deepidv/main");
  await arrive();
  expect(tester.answer).toBeNull();
  expect(panel().textContent).toContain("Nothing was sent yet");
  expect(sent(opened)).toHaveLength(0);
});

test("an answer of the past is its own credential's, though others count the same numbers", async () => {
  await openAnswer(answered({ exchange: "7", status: 201 }));
  await exchanges.load("deepvue/main");
  expect(exchanges.recentOf("7")?.answer.status).toBe(201);
  await exchanges.load("deepidv/main");
  expect(exchanges.recentOf("7")).toBeNull();
  exchanges.note("deepidv/main", { answer: answered({ exchange: "7", status: 202 }), shown: null });
  expect(exchanges.recentOf("7")?.answer.status).toBe(202);
  await exchanges.forget(null);
  await exchanges.load("deepvue/main");
  expect(exchanges.recentOf("7")?.answer.status).toBe(201);
});

test("an answer that comes while another credential is being opened does not call back the first", async () => {
  await openTester();
  const opening = tester.open("deepidv/main");
  tester.show({ answer: answered({}), shown: null });
  await opening;
  expect(tester.credential?.ref).toBe("deepidv/main");
});

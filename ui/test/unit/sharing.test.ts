/** Requests and answers of the tester at the door of share-safe mode: what is shown, and what goes back. */
import { beforeEach, expect, test } from "vitest";
import { covered, forgetNames } from "../../src/ipc/sharing/door";
import type { Backend, SavedRequest, TesterRequest } from "../../src/ipc";
import { RecordedBackend } from "../../src/ipc/recorded";
import { make } from "../../src/ipc/recorded/credentials";
import { entry } from "../../src/ipc/recorded/asked";
import { answered } from "../../src/ipc/recorded/answers";

const NOW = Date.now();
let backend: RecordedBackend;
let door: Backend;

beforeEach(() => {
  forgetNames();
  const own = { owner: "canaryowner", secrets: { client_secret: "cNrY" } };
  const both = { provider: "deepvue", providerName: "Deepvue", name: "canaryname", ...own };
  backend = new RecordedBackend({ credentials: [make(NOW, both)] });
  door = covered(backend);
});

const reference = "deepvue/canaryname";
const SAVED: SavedRequest = {
  name: "canaryowner",
  environment: "production",
  recipe: null,
  sample: null,
  request: {
    method: "POST",
    url: "/v1/canaryname",
    query: [{ name: "q", value: "canaryowner" }],
    headers: [{ name: "X-Note", value: "of canaryowner or cNrY" }],
    body: { kind: "form", fields: [{ name: "path", value: "/home/canaryuser/canaryname x" }] },
    variables: { canaryowner: "canaryname" },
  },
  checks: [{ of: "json", path: "$.owner", is: { is: "equal", value: "canaryowner" } }],
};

test("a saved request is shown without names, and is sent and saved as it was", async () => {
  await backend.save_request({ reference, saved: SAVED, replaces: null });
  const [shown] = await door.list_saved({ reference });
  if (shown === undefined) throw new Error("it was not saved");
  expect(JSON.stringify(shown)).not.toMatch(/canary|cNrY/);
  expect(shown.saved).toMatchObject({ environment: "production", request: { method: "POST" } });
  const { name, request, checks } = shown.saved;
  await door.save_request({ reference, saved: shown.saved, replaces: name });
  expect(backend.called("save_request").at(-1)).toEqual({
    reference,
    saved: SAVED,
    replaces: SAVED.name,
  });
  const variables = request.variables ?? {};
  const call = { reference, request, checks, variables, saved: name, confirmed: true };
  await door.tester_send({ ...call, turn: 1, files: [] } as unknown as TesterRequest);
  expect(backend.called("tester_send").at(-1)).toMatchObject({
    request: SAVED.request,
    checks: SAVED.checks,
    variables: SAVED.request.variables,
    saved: SAVED.name,
  });
  await door.remove_saved({ reference, name });
  expect(backend.called("remove_saved")).toEqual([{ reference, name: SAVED.name }]);
});

test("notes, single words, foreign hosts and certificates of answers are masked; closed words stay", async () => {
  backend.exchanges.set(reference, [
    entry({
      id: "3",
      at: new Date(NOW).toISOString(),
      method: "GET",
      path: "https://canary.example/login",
      query: ["canaryowner"],
      saved: "canaryname",
      note: "Canaryword",
      caller: "window",
    }),
  ]);
  const [shown] = await door.list_exchanges({ reference });
  expect(JSON.stringify(shown)).not.toMatch(/canary/i);
  expect(shown).toMatchObject({ method: "GET", caller: "window" });
  expect(shown?.path).toMatch(/^https:\/\/host-\d+\/login$/);
  const certificate = {
    subject: "CN=canary.example",
    issuer: "Canary",
    names: ["canary.example", "*.canary.example"],
    valid_from: "2026-01-01T00:00:00Z",
    valid_until: "2027-01-01T00:00:00Z",
    sha256: "canary00",
  };
  const answer = answered({
    redirect: {
      to: "https://canary.example/start",
      elsewhere: true,
      followed: false,
      ticket: 4,
      blocked: null,
    },
    headers: [["location", "https://canary.example/start?x=1"]],
    tls: { version: "TLSv1_3", cipher: null, peer: null, days_left: 3, chain: [certificate] },
    checks: [
      {
        check: { of: "header", name: "x", is: { is: "equal", value: "canaryowner" } },
        passed: false,
        got: "canaryowner",
        words: "x",
      },
    ],
  });
  backend.follow_redirect = () => Promise.resolve({ answer, shown: null });
  const led = await door.follow_redirect({ reference, ticket: 4, turn: 1 });
  expect(JSON.stringify(led)).not.toMatch(/canary/i);
  expect(led.answer.checks[0]?.check).toMatchObject({ of: "header", is: { is: "equal" } });
  expect(led.answer.redirect?.to).toMatch(/^https:\/\/host-\d+\/start$/);
  const pair = { name: "status", left: "canaryowner", right: "canaryname", same: false };
  backend.compare_answers = () =>
    Promise.resolve({ facts: [pair], headers: [], body: null, cut: false });
  const compared = await door.compare_answers({ left: { shown: 1 }, right: { shown: 2 } });
  expect(JSON.stringify(compared)).not.toContain("canary");
});

test("a hit is not marked beside a line that is masked, and is where nothing is", async () => {
  const line = { line: 0, continued: false, depth: 0, fold: null, hides: 0 };
  const marks: [number, number][] = [[4, 2]];
  const lines = ["of canaryowner it", "of it"].map((text) => ({ ...line, text, marks }));
  backend.body_lines = () => Promise.resolve({ total: 2, longest: 20, from: 0, lines });
  const shown = await door.body_lines({ body: 1, form: "text", from: 0, count: 2 });
  expect(shown.lines.map((one) => one.marks)).toEqual([[], marks]);
});

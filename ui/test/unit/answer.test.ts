/** What the tester's answer and history reckon for themselves. */
import { describe, expect, test } from "vitest";
import { boxHeight, placed, shownAt, TALLEST } from "../../src/features/tester/answer/body/long";
import { piecesOf, visible } from "../../src/features/tester/answer/body/pieces";
import {
  fileName,
  keptConnection,
  partsOf,
  sizeText,
} from "../../src/features/tester/answer/figures";
import { announced, checksText } from "../../src/features/tester/answer/spoken";
import { stepAfter, stepAfterFailure } from "../../src/features/tester/answer/step";
import { supportText } from "../../src/features/tester/answer/support";
import { again } from "../../src/features/tester/history/again";
import { found, searchable } from "../../src/features/tester/history/find";
import type { DiagnosisView, SendRequestAnswer } from "../../src/ipc";
import { answered } from "../../src/ipc/recorded/answers";
import { entry, manyEntries } from "../../src/ipc/recorded/asked";
import { demoCredentials } from "../../src/ipc/recorded/credentials";
import providers from "../../src/ipc/recorded/providers.json";
import type { ProviderView } from "../../src/ipc";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const line = (text: string, marks: [number, number][] = [], continued = false) => ({
  text,
  marks,
  continued,
});
const drawn = (...given: Parameters<typeof piecesOf>) =>
  piecesOf(...given).map(({ text, kind, hit }) => (hit ? `[${text}]` : `${kind}:${text}`));

describe("a line of a body", () => {
  test("has names, texts, numbers, words and signs apart, also where it goes on", () => {
    expect(drawn(line('"a\\"b": [1.5e3, "x: {}", null],'), true)).toEqual([
      'name:"a\\"b"',
      "sign::",
      "plain: ",
      "sign:[",
      "number:1.5e3",
      "sign:,",
      "plain: ",
      'text:"x: {}"',
      "sign:,",
      "plain: ",
      "word:null",
      "sign:]",
      "sign:,",
    ]);
    expect(drawn(line('still it": 7', [], true), true)[0]).toBe('text:still it"');
    expect(drawn(line('{"a": 1}'), false)).toEqual(['plain:{"a": 1}']);
  });

  test("marks what was found, across kinds", () => {
    expect(drawn(line('"ab": 12', [[3, 4]]), true)).toEqual([
      'name:"ab',
      '["]',
      "[:]",
      "[ ]",
      "[1]",
      "number:2",
    ]);
  });

  test("shows what would hide, and turns nothing round", () => {
    const signs = piecesOf(line("\u001b[31ma\u202eb\u200bc\u0000"), false);
    expect(signs.map(({ text }) => text).join("")).toBe("␛[31ma⟨U+202E⟩b⟨U+200B⟩c␀");
    expect(signs.filter(({ unseen }) => unseen)).toHaveLength(4);
    expect(visible("a\r\nx: <b>\u202e")).toBe("a␍␊x: <b>⟨U+202E⟩");
    expect(visible("Schlüssel 鍵 🔑")).toBe("Schlüssel 鍵 🔑");
  });
});

describe("a list that is longer than a browser's highest box", () => {
  const list = { rows: 5_000_000, row: 20, height: 400, top: 0, keep: -1 };

  test("keeps to a height, and reaches its last row", () => {
    expect(boxHeight(list)).toBe(TALLEST);
    const end = placed({ ...list, top: TALLEST - 400 });
    expect(end.at(-1)).toMatchObject({ index: 4_999_999, at: TALLEST - 20 });
    expect(end.length).toBeLessThan(40);
  });

  test("shows any row by its number, in the box", () => {
    for (const index of [0, 1, 2_500_000, 4_999_999]) {
      const top = shownAt(index, list, "center");
      const row = placed({ ...list, top }).find((one) => one.index === index);
      expect(row?.at).toBeGreaterThanOrEqual(top - 1);
      expect(row?.at).toBeLessThanOrEqual(top + 381);
    }
  });

  test("is an ordinary one where it is not long", () => {
    const short = { ...list, rows: 1_000, top: 4_000 };
    expect(placed(short).find(({ index }) => index === 205)?.at).toBe(4_100);
    expect(shownAt(300, short, "nearest")).toBe(301 * 20 - 400);
    expect(placed({ ...short, keep: 900 }).at(-1)).toMatchObject({ index: 900, at: 18_000 });
  });
});

const [deepvue, deepidv] = ["deepvue", "deepidv"].map(
  (id) => (providers as unknown as ProviderView[]).find((one) => one.id === id) as ProviderView,
);
const credential = demoCredentials(NOW).find(({ ref }) => ref === "deepvue/main");
if (credential === undefined) throw new Error("the demo has no deepvue/main");

function refusedWith(given: Partial<DiagnosisView>, more: Partial<SendRequestAnswer> = {}) {
  const diagnosis = {
    meaning: "It failed.",
    action: null,
    row: "DV7.1",
    keyturn: "none" as const,
    verified: true,
    provider_says: null,
    retry_at: null,
    notes: [],
    ...given,
  };
  return answered({ status: 403, diagnosis, ...more });
}

describe("the one step that helps", () => {
  const bound = { ...credential, environments: ["production", "sandbox"] };
  const after = (answer: SendRequestAnswer, provider = deepvue) =>
    stepAfter(answer, bound, provider, "production", NOW);

  test.each([
    ["none where it went well", answered({}), null],
    [
      "a wait that is told comes first",
      refusedWith({ keyturn: "renew_once", retry_at: "2026-11-22T12:00:30Z" }),
      { kind: "wait", until: NOW + 30_000 },
    ],
    ["again where nobody says how long", refusedWith({ keyturn: "back_off" }), { kind: "again" }],
    ["a new token", refusedWith({ keyturn: "renew_once" }), { kind: "renew" }],
    [
      "this machine on the list",
      refusedWith({ action: "Add this machine's IP to the list." }),
      { kind: "addresses" },
    ],
    [
      "another environment that the answer names",
      refusedWith({ action: "This key belongs to the sandbox." }, { credential_refused: true }),
      { kind: "environment", name: "sandbox" },
    ],
    ["another key", refusedWith({}, { credential_refused: true }), { kind: "rotate" }],
    ["the support where nothing else does", refusedWith({}), { kind: "support" }],
    ["also where the status is one of success", answered({ refused: true }), { kind: "support" }],
  ])("is %s", (_, answer, step) => expect(after(answer)).toEqual(step));

  test("is no list of addresses where the provider keeps none", () => {
    const answer = refusedWith({ action: "Add this machine's IP to the list." });
    expect(after(answer, deepidv)?.kind).toBe("support");
  });

  test("after a refusal of the agent it is the environment that it names", () => {
    const failure = {
      code: "refused_by_policy" as const,
      title: "",
      message: "This key belongs to sandbox.",
      hint: null,
      action: "none" as const,
    };
    expect(stepAfterFailure(failure, bound, "production", NOW)).toEqual({
      kind: "environment",
      name: "sandbox",
    });
    expect(stepAfterFailure({ ...failure, message: "No." }, bound, "production", NOW)).toBeNull();
    const later = { ...failure, code: "not_yet" as const, retryAt: "2026-11-22T12:00:12Z" };
    expect(stepAfterFailure(later, bound, "production", NOW)).toEqual({
      kind: "wait",
      until: NOW + 12_000,
    });
  });
});

test("a letter to the support names the request, and nothing that the user wrote into it", () => {
  const answer = refusedWith(
    { provider_says: "Insufficient" },
    {
      headers: [
        ["x-request-id", "r-17"],
        ["set-cookie", "canary"],
      ],
      body: "canary",
    },
  );
  const text = supportText(answer, "production", "today 12:00");
  expect(text).toContain("GET https://production.deepvue.tech/v1/verification/panbasic");
  expect(text).toContain("Query parameters (names only): pan_number");
  expect(text).toContain("x-request-id: r-17");
  expect(text).toContain("Insufficient");
  expect(text).not.toContain("canary");
});

test("figures are in the words of people", () => {
  expect([sizeText(1), sizeText(3_420), sizeText(10_200_000)]).toEqual([
    "1 byte",
    "3.4 kB",
    "10.2 MB",
  ]);
  const timing = { dns: null, connect: null, tls: null, first_byte: 75, download: 25, total: 100 };
  expect(keptConnection(timing)).toBe(true);
  expect(partsOf(timing).map(({ start, share }) => [start, share])).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 75],
    [75, 25],
  ]);
  expect(fileName("https://a.example/v1/orders/7?x=1")).toBe("v1-orders-7");
  const check = { check: { of: "status" as const, is: "2xx" }, got: "200", words: "status is 2xx" };
  const checks = [true, true, true].map((passed) => ({ ...check, passed }));
  expect(announced(answered({ checks }))).toBe("200 OK in 195 ms, 3 checks passed");
  expect(checksText([{ ...check, passed: false }])).toBe("1 of 1 check failed");
});

describe("a history", () => {
  const all = manyEntries(NOW).map(searchable);

  test("is searched by every word of it, and narrowed", () => {
    const some = found(all, "GET 404", "all");
    expect(some.length).toBeGreaterThan(10);
    expect(some.every(({ status, path }) => `${status} ${path}`.includes("404"))).toBe(true);
    expect(found(all, "zebra", "all")).toEqual([]);
    expect(found(all, "", "kept").every(({ kept }) => kept)).toBe(true);
    expect(found(all, "", "failed").some(({ status }) => status === 200)).toBe(false);
    const checked = searchable(entry({ checks_failed: 1, note: "Ticket 4821" }));
    expect(found([checked], "ticket", "failed")).toHaveLength(1);
  });

  test("gives a whole request back, or says what was not kept", () => {
    expect(again(entry({ path: "/v1/a" }), null)).toEqual({
      request: { method: "GET", url: "/v1/a", query: [] },
      fill: [],
      remark: "Headers given by hand were not noted: it is sent without them.",
    });
    const left = again(entry({ query: ["page"], sent_body: "json" }), null);
    expect(left.fill).toEqual(["the value of “page”", "the body (json)"]);
    const kept = { method: "POST", url: "/v1/b" };
    expect(again(entry({ query: ["page"], kept: true }), kept)).toEqual({
      request: kept,
      fill: [],
      remark: null,
    });
  });

  test("names what was redacted in a kept request, and does not send that as it is", () => {
    const kept = {
      method: "POST",
      url: "/v1/b",
      query: [
        { name: "page", value: "2" },
        { name: "key", value: "<redacted>" },
      ],
      headers: [{ name: "X-Session", value: "id=<redacted>" }],
      body: { kind: "json" as const, text: '{"token":"<redacted>"}' },
    };
    const { fill, remark } = again(entry({ kept: true, sent_body: "json" }), kept);
    expect(fill).toEqual([
      "the value of “key”, which was redacted",
      "the header “X-Session”, which was redacted",
      "the body, which was redacted",
    ]);
    expect(remark).toBe(
      "These parts were redacted when this was noted, so fill them in: the value of “key”, the header “X-Session”, the body.",
    );
  });
});

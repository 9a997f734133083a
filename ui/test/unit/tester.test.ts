import { expect, test } from "vitest";
import type { LimitView } from "../../src/ipc";
import { isCommand, readAddress, withoutHost } from "../../src/features/tester/address";
import { conflictIn } from "../../src/features/tester/auth";
import { Draft } from "../../src/features/tester/draft.svelte";
import { PickedFiles } from "../../src/features/tester/files";
import { forVault } from "../../src/features/tester/keeping";
import { laidOut, problemIn } from "../../src/features/tester/json";
import { gaugesOf } from "../../src/features/tester/limits";
import { blank, blankPart, ended, rowsOf } from "../../src/features/tester/rows";
import { namesOf } from "../../src/features/tester/variables";

const BASES = [
  { name: "production", base: "https://api.example.com/v2" },
  { name: "sandbox", base: "https://sandbox.example.com" },
];

test.each([
  [
    "/orders?limit=20&q=a%20b",
    {
      path: "/orders",
      query: [
        ["limit", "20"],
        ["q", "a b"],
      ],
    },
  ],
  ["orders", { path: "/orders", query: [] }],
  ["https://API.example.com/v2/orders#top", { path: "/orders", query: [] }],
  ["https://api.example.com:443/v2/orders", { path: "/orders", query: [] }],
  ["https://api.example.com/v2?x", { path: "/", query: [["x", null]] }],
  [
    "/o?f=b+c&g=%2b%20&h=100%",
    {
      path: "/o",
      query: [
        ["f", "b+c", true],
        ["g", "+ "],
        ["h", "100%", true],
      ],
    },
  ],
])("an address below its base is taken apart: %s", (text, { path, query }) => {
  const params = query.map(([name, value, encoded]) =>
    encoded === true ? { name, value, encoded } : { name, value },
  );
  expect(readAddress(text, BASES)).toEqual({ is: "path", path, query: params });
});

test.each([
  ["https://api.example.com.evil.example/v2/x", "host", "api.example.com.evil.example", "/v2/x"],
  ["https://api.example.com@evil.example/v2", "host", "evil.example", "/v2"],
  ["https://api.example.com:8443/v2/x", "host", "api.example.com:8443", "/v2/x"],
  ["https://api.example.com/v20/x", "place", "api.example.com", "/v20/x"],
  ["http://api.example.com/v2/x", "clear", "api.example.com", "/x"],
  ["http://u@api.example.com:80/v2/x", "clear", "api.example.com", "/x"],
  ["ws://api.example.com:443/v2/x", "scheme", "api.example.com:443", "/x"],
  ["https://me:word@api.example.com/v2/x", "user", "api.example.com", "/x"],
  ["https://sandbox.example.com/x", "environment", "sandbox.example.com", "/x"],
  ["http://sandbox.example.com/x", "clear", "sandbox.example.com", "/x"],
])(
  "what is wrong with an address is told, whatever it looks like: %s",
  (text, wrong, host, path) => {
    const environment = host === "sandbox.example.com" ? "sandbox" : null;
    const query: never[] = [];
    expect(readAddress(text, BASES)).toEqual({
      is: "foreign",
      wrong,
      host,
      environment,
      path,
      query,
    });
  },
);

test("a command is told from an address, and a host from what stands behind it", () => {
  const commands = ["curl https://a.example", "  $ curl -X GET x", "curl.exe x"];
  expect([...commands, "% curl x", "> curl x", "# curl x"].filter(isCommand)).toHaveLength(6);
  const printed = ["/usr/bin/curl x", "sudo curl x", "# Get it\n#\n\ncurl x", "curl \\\n x"];
  expect(printed.filter(isCommand)).toEqual(printed);
  const others = [
    "/curl",
    "curly",
    "https://curl.example/",
    "https://a.example/curl x",
    "& curl x",
  ];
  expect([...others, "# curly x", "# a\n# b"].filter(isCommand)).toEqual([]);
  expect(withoutHost("https://u:p@a.example:8443/x?y=1")).toEqual({
    host: "a.example:8443",
    path: "/x",
    query: [{ name: "y", value: "1" }],
  });
});

test.each([
  ['{"a": 1,}', 1, 9, "key"],
  ['{"a" 1}', 1, 6, "colon"],
  ['{\n  "a": nope\n}', 2, 8, "sign"],
  ["[1 2]", 1, 4, "comma"],
  ["[1]]", 1, 4, "end"],
  ['{"a":}', 1, 6, "value"],
  ['{"a": "b', 1, 7, "sign"],
  ["[[1]", 1, 5, "comma"],
  ["{]", 1, 2, "key"],
  ["01", 1, 2, "end"],
])("where it stops being JSON is said: %j", (text, line, column, wish) => {
  expect(problemIn(text)).toEqual({ line, column, wish });
});

test("JSON is laid out without changing a token, and a variable may stand for a value", () => {
  const long =
    '{"n":12345678901234567890.10,"n":1e3,"e":{},"l":[],"v":{{count}},"s":"\\u00e9 {[,"}';
  const lines = laidOut(long);
  expect(lines).toBe(
    '{\n  "n": 12345678901234567890.10,\n  "n": 1e3,\n  "e": {},\n  "l": [],\n  "v": {{count}},\n  "s": "\\u00e9 {[,"\n}',
  );
  expect(laidOut(lines ?? "")).toBe(lines);
  expect(laidOut("[[1,2],[]]")).toBe("[\n  [\n    1,\n    2\n  ],\n  []\n]");
  expect(laidOut("{nope")).toBeNull();
  const deep = "[".repeat(50_000) + "]".repeat(50_000);
  expect(problemIn(deep)).toBeNull();
});

test("variables are found in every part, and each once", () => {
  const names = namesOf({
    method: "POST",
    url: "/v1/{id}/{{ version }}",
    query: [{ name: "{{a}}", value: "{b}" }],
    headers: [{ name: "X", value: "{{c}} {{a}}" }],
    body: { kind: "multipart", parts: [{ name: "p", content: { kind: "text", text: "{{d}}" } }] },
  });
  expect(names).toEqual(["version", "id", "a", "c", "d"]);
});

test("a request that is filled in comes out as it went in, of every kind of body", () => {
  const draft = new Draft();
  const place = { environment: "sandbox", recipe: "key" };
  const bodies = [
    { kind: "json", text: "{}" },
    {
      kind: "form",
      fields: [
        { name: "a", value: "1" },
        { name: "b", value: "2", on: false },
      ],
    },
    { kind: "text", text: "x", content_type: "text/csv" },
    { kind: "file", path: "a.bin", content_type: "image/png" },
    {
      kind: "multipart",
      parts: [
        { name: "t", content: { kind: "text", text: "x" }, content_type: "text/plain" },
        { name: "f", content: { kind: "file", path: "2/a.bin", file_name: "a.bin" }, on: false },
      ],
    },
  ] as const;
  for (const body of bodies) {
    const request = {
      method: "PATCH",
      url: "/v1/x",
      query: [{ name: "q", value: "b+c", encoded: true }],
      headers: [{ name: "X-A", value: "1", on: false }],
      body: structuredClone(body) as never,
      variables: { id: "7" },
    };
    draft.fill(request);
    expect(draft.request()).toEqual(request);
    const other = new Draft();
    const missing = body.kind === "file" ? ["files"] : [];
    expect(other.restore(JSON.parse(JSON.stringify(forVault(draft.kept(place)))))).toEqual({
      ...place,
      missing,
    });
    expect(other.request()).toEqual(request);
  }
  draft.fill({ method: "GET", url: "/", body: { kind: "json", text: "x".repeat(50_000) } });
  expect(new Draft().restore(JSON.parse(JSON.stringify(forVault(draft.kept(place)))))).toEqual({
    ...place,
    missing: ["body"],
  });
  expect(new Draft().restore({ name: "another form's" })).toBeNull();
  expect(new Draft().restore({ request: { method: "GET", url: "/" }, cut: false })).toBeNull();
});

test("the last row is empty, and a header that the recipe sets is found in any case", () => {
  const rows = rowsOf([{ name: "X-API-Key", value: "" }]);
  expect(ended(rows, blank)).toBe(rows);
  rows[1] = { ...blank(), name: "a" };
  expect(ended(rows, blank)).toHaveLength(3);
  expect(ended([{ ...blankPart(), path: "a" }], blankPart)).toHaveLength(2);
  const recipe = {
    name: "key",
    label: "",
    note: null,
    paths: [],
    sends: ["x-api-key: …"],
    carries: [],
  };
  expect(conflictIn(rows, recipe)).toBe("X-API-Key");
  expect(conflictIn(rows, undefined)).toBeNull();
  expect(
    conflictIn(
      rows.map((row) => ({ ...row, on: false })),
      recipe,
    ),
  ).toBeNull();
});

test("each window's fullest limit is shown, and what is over counts no longer", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  const limit = (window: LimitView["window"], used: number, most: number, left: number | null) =>
    ({
      label: "l",
      plan: null,
      scope: "account",
      window,
      limit: most,
      burst: null,
      used,
      resets_at: left === null ? null : new Date(now + left).toISOString(),
      verified: true,
    }) as const;
  const gauges = gaugesOf(
    [
      limit("day", 8, 10, 60_000),
      limit("day", 1, 10, 60_000),
      limit("second", 25, 25, 400),
      limit("minute", 5, 5, -1),
    ],
    null,
    now,
  );
  expect(gauges.map(({ window, used, state, freeIn }) => [window, used, state, freeIn])).toEqual([
    ["second", 25, "full", 1],
    ["minute", 0, "free", null],
    ["day", 8, "near", null],
  ]);
  const planned = { ...limit("day", 9, 10, null), plan: "pro" };
  expect(gaugesOf([planned], "free", now)).toEqual([]);
});

test("two files of one name stay two, and what is in them comes as base64", async () => {
  const files = new PickedFiles();
  const first = new File(["one"], "a.txt");
  const names = [first, new File(["two"], "a.txt"), first].map((file) => files.pick(file));
  expect(names).toEqual(["a.txt", "2/a.txt", "a.txt"]);
  expect(await files.contents(["2/a.txt", "a.txt", "gone", "a.txt"])).toEqual([
    ["2/a.txt", btoa("two")],
    ["a.txt", btoa("one")],
  ]);
});

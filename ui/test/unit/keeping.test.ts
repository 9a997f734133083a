/** What the vault has room for, and which headers are kept nowhere. */
import { expect, test } from "vitest";
import { fitting } from "../../src/features/drafts/room";
import { authenticates, forVault } from "../../src/features/tester/keeping";

const bytes = (text: string | null): number => new TextEncoder().encode(text ?? "").length;
const keys = (text: string | null): string[] =>
  (JSON.parse(text ?? "[]") as [string, unknown][]).map(([key]) => key);

test("the oldest requests make room, forms and notes stay, and what fits nowhere pushes nothing out", () => {
  // Three bytes a character: 18 KB each.
  const long = "€".repeat(6_000);
  const all: [string, unknown][] = [
    ["request:a/old", long],
    ["note:a/b", long],
    ["request:a/newer", long],
    ["edit:a/c", long],
  ];
  const { text, left } = fitting(all);
  expect(left).toEqual(["request:a/old"]);
  expect(keys(text)).toEqual(["note:a/b", "request:a/newer", "edit:a/c"]);
  expect(bytes(text)).toBeLessThanOrEqual(65_536);
  const huge = fitting([
    ["note:a/b", long],
    ["request:a/old", long],
    ["request:a/x", long.repeat(4)],
  ]);
  expect(huge.left).toEqual(["request:a/x"]);
  // To the byte: the whole is written as JSON writes it.
  const pair: [string, unknown] = ["note:a/b", "x".repeat(65_536 - '[["note:a/b",""]]'.length)];
  expect(fitting([pair])).toEqual({ text: JSON.stringify([pair]), left: [] });
  expect(fitting([["note:a/b", `${String(pair[1])}x`]]).text).toBeNull();
  expect(fitting([])).toEqual({ text: null, left: [] });
});

test.each([
  "Authorization",
  "proxy-authorization",
  "X-API-Key",
  "Cookie",
  "x-auth-token",
  "secret",
])("%s authenticates, so its value is kept nowhere", (name) =>
  expect(authenticates(name)).toBe(true),
);

test.each(["Idempotency-Key", "x-csrf-token", "Accept", "author"])("%s is kept", (name) =>
  expect(authenticates(name)).toBe(false),
);

test("a body is measured in bytes, as the vault does", () => {
  const request = {
    method: "POST",
    url: "/",
    body: { kind: "json" as const, text: "€".repeat(14_000) },
  };
  const place = { environment: null, recipe: null, checks: [], saved: null, sample: null };
  const kept = forVault({ ...place, request, answered: false, missing: [] });
  expect(kept.missing).toEqual(["body"]);
  expect(kept.request.body).toBeUndefined();
  expect(request.body.text).toHaveLength(14_000);
});

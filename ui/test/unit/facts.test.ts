import { expect, test } from "vitest";
import { lifetimesOf } from "../../src/features/provider/facts";
import type { LifetimeView, ProviderView } from "../../src/ipc";

function told(...lifetimes: LifetimeView[]): string[] {
  const methods = lifetimes.map((lifetime) => ({ lifetime }));
  return lifetimesOf({ methods } as ProviderView);
}

test.each([
  [30, "1 m"],
  [900, "15 m"],
  [3_600, "1 h"],
  [5_400, "1 h 30 m"],
  [86_400, "24 h"],
  [36 * 3_600, "36 h"],
  [60 * 3_600, "60 h"],
  [90 * 86_400, "90 d"],
])("a documented life of %d s is told as it is: %s", (seconds, text) => {
  expect(told({ kind: "documented", seconds })).toEqual([`Token, ${text}`]);
});

test("each answer is told once, the preferred method's first", () => {
  expect(told({ kind: "key" }, { kind: "answered" }, { kind: "key" })).toEqual([
    "Key, no fixed end",
    "Token, its answer says how long",
  ]);
});

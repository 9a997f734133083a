import { expect, test } from "vitest";
import { stateOf } from "../../src/features/credential/state";
import type { CredentialDetail } from "../../src/ipc";
import { demoCredentials } from "../../src/ipc/recorded/credentials";

const now = Date.parse("2026-11-20T12:00:00Z");

function demo(reference: string): CredentialDetail {
  const found = demoCredentials(now).find((one) => one.ref === reference);
  if (found === undefined) throw new Error(`the demo has ${reference}`);
  return found;
}

test.each([
  ["deepidv/main", "ok", "Overdue", "bad"],
  ["deepcurrent/main", "none", "To be caught", "warn"],
  ["deepvue/main", "ok", "In date", "ok"],
  ["deepvue/main", "urgent", "Token ends soon", "warn"],
  ["deepvue/main", "expired", "Token expired", "warn"],
  ["deeply/cloud", "unknown", "Expiry unknown", "plain"],
] as const)("%s with a token that is %s: %s", (reference, phase, text, tone) => {
  expect(stateOf(demo(reference), phase)).toEqual({ text, tone });
});

test("a key that is overdue is said before its token's end", () => {
  expect(stateOf(demo("deepidv/main"), "expired").text).toBe("Overdue");
});

import { describe, expect, test } from "vitest";
import type { TokenView } from "../../src/ipc";
import { usualCountdown, warned } from "../../src/ipc/recorded/countdown";
import {
  agoText,
  leftText,
  phaseOf,
  shareLeft,
  untilNextPhase,
  untilNextText,
} from "../../src/lib/remaining";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function token(age: number, life: number | null, source: TokenView["source"]): TokenView {
  return warned({
    state: "fresh",
    issued_at: new Date(NOW - age).toISOString(),
    expires_at: life === null ? null : new Date(NOW - age + life).toISOString(),
    expires_in_s: null,
    source,
  });
}

describe("a token of 24 hours", () => {
  const left = (rest: number): TokenView => token(24 * HOUR - rest, 24 * HOUR, "response_field");

  test("is soon over from 4 h 48 m before its end, and urgent from 72 m", () => {
    expect(phaseOf(left(4 * HOUR + 48 * MINUTE + 1), NOW)).toBe("ok");
    expect(phaseOf(left(4 * HOUR + 48 * MINUTE), NOW)).toBe("soon");
    expect(phaseOf(left(72 * MINUTE + 1), NOW)).toBe("soon");
    expect(phaseOf(left(72 * MINUTE), NOW)).toBe("urgent");
    expect(phaseOf(left(0), NOW)).toBe("expired");
  });

  test("says when it will be in its next phase", () => {
    expect(untilNextPhase(left(5 * HOUR), NOW)).toBe(12 * MINUTE);
    expect(untilNextPhase(left(HOUR), NOW)).toBe(HOUR);
    expect(untilNextPhase(left(-1), NOW)).toBe(Infinity);
  });

  test("has the share of its life that is left", () => {
    expect(shareLeft(left(12 * HOUR), NOW)).toBe(0.5);
    expect(shareLeft(left(-HOUR), NOW)).toBe(0);
  });
});

test("the agent says when a token is soon over, by the user's thresholds", () => {
  const half = token(11 * HOUR, 24 * HOUR, "response_field");
  expect(phaseOf(half, NOW)).toBe("ok");
  const chosen = { ...usualCountdown, short_soon_percent: 60, short_urgent_percent: 50 };
  expect(phaseOf(warned(half, chosen), NOW)).toBe("soon");
  expect(untilNextPhase(warned(half, chosen), NOW)).toBe(HOUR);
});

describe("a token that Keyturn keeps fresh", () => {
  const day = 24 * HOUR;
  const fresh = (rest: number, problem?: string): TokenView => ({
    ...token(day - rest, day, "response_field"),
    kept_fresh: true,
    ...(problem === undefined ? {} : { renewal_problem: problem }),
  });

  test("stays calm until it ends, and does not wake for warnings", () => {
    expect(phaseOf(fresh(4 * HOUR), NOW)).toBe("ok");
    expect(phaseOf(fresh(MINUTE), NOW)).toBe("ok");
    expect(untilNextPhase(fresh(5 * HOUR), NOW)).toBe(5 * HOUR);
  });

  test("alarms like any other once a renewal failed, and is never called live after its end", () => {
    expect(phaseOf(fresh(4 * HOUR, "the network is down"), NOW)).toBe("soon");
    expect(phaseOf(fresh(MINUTE, "the network is down"), NOW)).toBe("urgent");
    expect(phaseOf(fresh(0), NOW)).toBe("expired");
  });
});

test("a life of exactly 48 hours counts in shares, a longer one in days", () => {
  const day = 24 * HOUR;
  expect(phaseOf(token(2 * day - 10 * HOUR, 2 * day, "response_field"), NOW)).toBe("ok");
  expect(phaseOf(token(MINUTE, 2 * day + 2 * MINUTE, "response_field"), NOW)).toBe("urgent");
});

test("x4 an unknown end is unknown, and no end is another thing", () => {
  expect(phaseOf(token(HOUR, null, "unknown"), NOW)).toBe("unknown");
  expect(phaseOf(token(HOUR, null, "no_expiry"), NOW)).toBe("endless");
});

test("a long life is soon over 14 days before its end, and urgent 3 days before", () => {
  const day = 24 * HOUR;
  expect(phaseOf(token(75 * day, 90 * day, "documented_lifetime"), NOW)).toBe("ok");
  expect(phaseOf(token(76 * day, 90 * day, "documented_lifetime"), NOW)).toBe("soon");
  expect(phaseOf(token(87 * day, 90 * day, "documented_lifetime"), NOW)).toBe("urgent");
});

test.each([
  [12 * 24 * HOUR + HOUR, "12 d"],
  [48 * HOUR, "2 d"],
  [48 * HOUR - 1_000, "47 h 59 m"],
  [5 * HOUR + 12 * MINUTE, "5 h 12 m"],
  [HOUR, "1 h 0 m"],
  [HOUR - 1_000, "59:59"],
  [12 * MINUTE + 7_000, "12:07"],
  [1, "0:01"],
])("%i ms are left as %s", (left, text) => {
  expect(leftText(left)).toBe(text);
});

test.each([
  [30_000, null],
  [3 * MINUTE, "3 m"],
  [2 * HOUR, "2 h"],
  [50 * HOUR, "2 d"],
])("%i ms ago is told as %s", (ago, text) => {
  expect(agoText(ago)).toBe(text);
});

test("the next change is never later than the text that it announces", () => {
  for (const left of [1, 999, 61_000, HOUR, HOUR + 1, 5 * HOUR + 1, 49 * HOUR, 30 * 24 * HOUR]) {
    const end = NOW + left;
    const wait = untilNextText(end, NOW);
    expect(wait).toBeGreaterThan(0);
    const before = leftText(end - (NOW + wait - 1));
    expect(before).toBe(leftText(left));
    if (wait < left) expect(leftText(end - (NOW + wait))).not.toBe(before);
  }
});

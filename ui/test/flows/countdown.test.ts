/** The countdown in the window: its shapes and texts, one clock, right after suspend and clock jumps. */
import { render } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import Countdown from "../../src/components/Countdown.svelte";
import type { TokenView } from "../../src/ipc";
import { warned } from "../../src/ipc/recorded/countdown";
import { clock } from "../../src/lib/clock";

const NOW = Date.parse("2026-11-21T12:00:00.000Z");
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A token of 24 hours with so much of its life left. */
function token(left: number | null, more: Partial<TokenView> = {}): TokenView {
  return warned({
    state: "fresh",
    issued_at: new Date(NOW - (DAY - (left ?? 0))).toISOString(),
    expires_at: left === null ? null : new Date(NOW + left).toISOString(),
    expires_in_s: null,
    source: left === null ? "unknown" : "response_field",
    ...more,
  });
}

function shown(container: Element): { text: string; shape: string } {
  return {
    text: container.querySelector(".text")?.textContent ?? "",
    shape: container.querySelector("svg")?.getAttribute("class")?.split(" ")[0] ?? "",
  };
}

let isHidden = false;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  isHidden = false;
  vi.spyOn(document, "hidden", "get").mockImplementation(() => isHidden);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function hide(now: boolean): void {
  isHidden = now;
  document.dispatchEvent(new Event("visibilitychange"));
}

async function pass(time: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(time);
}

describe("text and shape say the same, without colour", () => {
  test.each([
    ["ok", token(12 * HOUR), "12 h 0 m", "ok"],
    ["soon", token(4 * HOUR), "4 h 0 m", "soon"],
    ["urgent", token(12 * MINUTE + 7 * SECOND), "12:07", "urgent"],
    ["expired", token(-2 * HOUR), "Expired 2 h ago", "expired"],
    ["unknown", token(null), "?", "unknown"],
    ["kept fresh", token(12 * MINUTE + 7 * SECOND, { kept_fresh: true }), "12:07", "ok"],
    [
      "kept fresh in vain",
      token(4 * HOUR, { kept_fresh: true, renewal_problem: "no network" }),
      "4 h 0 m",
      "soon",
    ],
  ])("%s", (_, given, text, shape) => {
    const { container } = render(Countdown, { token: given });
    expect(shown(container)).toEqual({ text, shape });
    expect(container.querySelector(".countdown")?.getAttribute("aria-hidden")).toBe("true");
  });

  test("each phase has a shape of its own: the drawings differ", () => {
    const drawings = [12 * HOUR, 4 * HOUR, MINUTE, -HOUR, null].map((left) => {
      const { container } = render(Countdown, { token: token(left) });
      const parts = [...(container.querySelector("svg")?.children ?? [])];
      return parts.map((one) => `${one.tagName}.${one.getAttribute("d") ?? ""}`).join();
    });
    expect(new Set(drawings).size).toBe(5);
  });
});

test("within the last hour it ticks each second, and is never off by more than one", async () => {
  const { container } = render(Countdown, { token: token(59 * MINUTE + 30 * SECOND) });
  for (let second = 1; second <= 20; second += 1) {
    await pass(SECOND);
    const [minutes = 0, seconds = 0] = shown(container).text.split(":").map(Number);
    const left = 59 * 60 + 30 - second;
    expect(Math.abs(minutes * 60 + seconds - left)).toBeLessThanOrEqual(1);
  }
});

test("with more than an hour left it wakes once a minute", async () => {
  const before = clock.wakes;
  const { container } = render(Countdown, { token: token(12 * HOUR) });
  await pass(10 * MINUTE);
  expect(clock.wakes - before).toBeLessThanOrEqual(11);
  expect(shown(container).text).toBe("11 h 50 m");
});

test("a countdown that left the screen wakes nobody", async () => {
  const { unmount } = render(Countdown, { token: token(MINUTE) });
  unmount();
  const before = clock.wakes;
  await pass(10 * SECOND);
  expect(clock.wakes).toBe(before);
});

test("hidden it stops, and is right the moment it is shown again", async () => {
  const { container } = render(Countdown, { token: token(50 * MINUTE) });
  hide(true);
  const before = clock.wakes;
  await pass(20 * MINUTE);
  expect(clock.wakes).toBe(before);
  expect(shown(container).text).toBe("50:00");
  hide(false);
  await pass(0);
  expect(shown(container).text).toBe("30:00");
});

test("after a suspend, in which timers stood still, it is right within a second", async () => {
  const { container } = render(Countdown, { token: token(50 * MINUTE) });
  await pass(SECOND);
  // The machine slept: the wall clock went on, and no timer ran.
  vi.setSystemTime(NOW + 40 * MINUTE);
  await pass(SECOND);
  const [minutes = 0, seconds = 0] = shown(container).text.split(":").map(Number);
  expect(Math.abs(minutes * 60 + seconds - (10 * 60 - 1))).toBeLessThanOrEqual(1);
});

test("a clock that is set back or ahead is followed", async () => {
  const { container } = render(Countdown, { token: token(50 * MINUTE) });
  await pass(SECOND);
  vi.setSystemTime(NOW - 5 * MINUTE);
  await pass(SECOND);
  expect(shown(container).text).toMatch(/^54:5\d$/);
  vi.setSystemTime(NOW + 51 * MINUTE);
  await pass(SECOND);
  expect(shown(container)).toMatchObject({ text: "Expired 1 m ago", shape: "expired" });
});

test("with hours left a suspend is noticed within a minute, and at once when it is shown", async () => {
  const { container } = render(Countdown, { token: token(12 * HOUR) });
  vi.setSystemTime(NOW + 3 * HOUR);
  await pass(MINUTE);
  expect(shown(container).text).toMatch(/^8 h 5\d m$/);
  vi.setSystemTime(NOW + 6 * HOUR);
  hide(true);
  hide(false);
  await pass(0);
  expect(shown(container).text).toMatch(/^[56] h \d+ m$/);
});

test("forty countdowns share one timer", async () => {
  for (let at = 0; at < 40; at += 1) render(Countdown, { token: token(30 * MINUTE + at * 37) });
  expect(vi.getTimerCount()).toBe(1);
  const before = clock.wakes;
  await pass(10 * SECOND);
  expect(clock.wakes - before).toBeLessThanOrEqual(11);
});

test("only text that changed is written", async () => {
  const { container } = render(Countdown, { token: token(30 * MINUTE) });
  const written: MutationRecord[] = [];
  const observer = new MutationObserver((records) => written.push(...records));
  observer.observe(container, { subtree: true, characterData: true, childList: true });
  await pass(5 * SECOND);
  observer.disconnect();
  const texts = written.filter((one) => one.type === "characterData").length;
  expect(texts).toBeGreaterThanOrEqual(4);
  expect(written.length - texts).toBe(0);
});

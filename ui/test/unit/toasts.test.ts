import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { toasts } from "../../src/lib/toasts.svelte";

beforeEach(() => {
  vi.useFakeTimers();
  toasts.clear();
});
afterEach(() => void vi.useRealTimers());

test("a notice goes after six seconds, and not while the pointer or the focus rests on it", () => {
  const id = toasts.show("Saved");
  vi.advanceTimersByTime(5_999);
  expect(toasts.shown.map((one) => one.text)).toEqual(["Saved"]);
  toasts.hold(id);
  vi.advanceTimersByTime(60_000);
  expect(toasts.shown).toHaveLength(1);
  toasts.keepAlive(id);
  vi.advanceTimersByTime(5_999);
  expect(toasts.shown).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(toasts.shown).toEqual([]);
});

test("two notices at most lie over the window, the newest ones", () => {
  for (const text of ["one", "two", "three"]) toasts.show(text);
  expect(toasts.shown.map((one) => one.text)).toEqual(["two", "three"]);
});

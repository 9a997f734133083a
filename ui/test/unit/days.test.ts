import { afterEach, beforeEach, expect, test } from "vitest";
import { dayName } from "../../src/features/activity/days";

const zone = process.env["TZ"];

beforeEach(() => {
  process.env["TZ"] = "Europe/Berlin";
});
afterEach(() => {
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

test("yesterday is the day before, also where it had 23 or 25 hours", () => {
  const short = new Date(2026, 2, 30, 0, 30).getTime();
  expect(new Date(2026, 2, 29, 12).getTimezoneOffset(), "a zone with summer time").toBe(-120);
  expect(dayName("2026-03-30", short)).toBe("Today");
  expect(dayName("2026-03-29", short)).toBe("Yesterday");
  expect(dayName("2026-03-28", short)).toBe("28 Mar 2026");
  const long = new Date(2026, 9, 25, 23, 30).getTime();
  expect(dayName("2026-10-25", long)).toBe("Today");
  expect(dayName("2026-10-24", long)).toBe("Yesterday");
});

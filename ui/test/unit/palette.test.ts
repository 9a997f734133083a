import { beforeEach, expect, test } from "vitest";
import { fit, prepare, slips, wordsOf } from "../../src/features/palette/match";
import { parse } from "../../src/features/palette/query";
import { familiarity, forgetUses, noteUse } from "../../src/features/palette/recent";

beforeEach(forgetUses);

test("a whole word beats its beginning, its middle, and a slip", () => {
  const points = ["main", "mai", "ain", "dm"].map((typed) => fit([typed], prepare("deepvue/main")));
  expect(points).toEqual([...points].sort((a, b) => b - a));
  expect(points.every((one) => one > 0)).toBe(true);
  expect(fit(["mian"], prepare("deepvue/main"))).toBe(0);
  expect(fit(["mian"], prepare("deepvue/main"), true)).toBeGreaterThan(0);
});

test("all typed words have to fit", () => {
  expect(fit(["deepvue", "zebra"], prepare("deepvue/main"), true)).toBe(0);
});

test("slips are letters more, less, other or swapped, and short words forgive none", () => {
  expect(slips("nigthly", "nightly", 2)).toBe(1);
  expect(slips("nighly", "nightly", 2)).toBe(1);
  expect(slips("nighttly", "nightly", 2)).toBe(1);
  expect(slips("nixhtly", "nightly", 2)).toBe(1);
  expect(slips("zebra", "nightly", 2)).toBe(3);
  expect(fit(["abx"], prepare("abc"), true)).toBe(0);
});

test("prefixes and last characters are read from what was typed", () => {
  expect(parse("> lock")).toMatchObject({ actionsOnly: true, words: ["lock"] });
  expect(parse("@deep #prod main")).toMatchObject({
    provider: "deep",
    environment: "prod",
    words: ["main"],
  });
  expect(parse("7x9Z").tail).toBe("7x9Z");
  expect(parse("7x9").tail).toBeNull();
  expect(parse("@abc").tail).toBeNull();
  expect(wordsOf("Nightly-Batch_2")).toEqual(["nightly", "batch", "2"]);
});

test("what was used often and lately comes first, and locking forgets it", () => {
  noteUse("a");
  noteUse("b");
  noteUse("b");
  expect(familiarity("b")).toBeGreaterThan(familiarity("a"));
  forgetUses();
  expect(familiarity("b")).toBe(0);
});

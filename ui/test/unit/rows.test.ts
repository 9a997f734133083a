import { describe, expect, test } from "vitest";
import { scrolledTo, slots } from "../../src/lib/rows";

const list = { rows: 10_000, row: 44, height: 440, top: 0, keep: -1 };
const indexes = (of: typeof list): number[] => slots(of).map((one) => one.index);

describe("which rows exist", () => {
  test("those on the screen and four on each side", () => {
    expect(indexes({ ...list, top: 44_000 })).toEqual(
      Array.from({ length: 19 }, (_, at) => 996 + at),
    );
  });

  test("none before the first and after the last", () => {
    expect(indexes(list).at(0)).toBe(0);
    expect(indexes({ ...list, top: 10_000 * 44 - 440 }).at(-1)).toBe(9_999);
    expect(indexes({ ...list, rows: 3 })).toEqual([0, 1, 2]);
    expect(indexes({ ...list, rows: 0 })).toEqual([]);
  });

  test("a row keeps its slot while it exists, and no slot is given twice", () => {
    const before = new Map(slots(list).map(({ slot, index }) => [index, slot]));
    const after = slots({ ...list, top: 10 * 44 });
    const kept = after.filter(({ index }) => before.has(index));
    expect(kept.length).toBeGreaterThan(5);
    for (const { slot, index } of kept) expect(slot).toBe(before.get(index));
    expect(new Set(after.map((one) => one.slot)).size).toBe(after.length);
  });

  test("the row to keep exists wherever the list is scrolled to, and once", () => {
    expect(indexes({ ...list, keep: 9_000 })).toContain(9_000);
    expect(indexes({ ...list, keep: 3 }).filter((index) => index === 3)).toHaveLength(1);
    expect(indexes({ ...list, rows: 5, keep: 5 })).not.toContain(5);
  });

  test("a list that became shorter than it was scrolled to shows its end", () => {
    expect(indexes({ ...list, rows: 30, top: 200_000 }).at(-1)).toBe(29);
    expect(indexes({ ...list, rows: 2, top: 200_000 })).toEqual([0, 1]);
  });
});

describe("where a row is seen", () => {
  const view = { row: 44, height: 440, top: 4_400 };

  test("it is scrolled as little as it takes", () => {
    expect(scrolledTo(100, view, "nearest")).toBe(4_400);
    expect(scrolledTo(109, view, "nearest")).toBe(4_400);
    expect(scrolledTo(110, view, "nearest")).toBe(4_444);
    expect(scrolledTo(99, view, "nearest")).toBe(4_356);
  });

  test("or to the middle, and never before the beginning", () => {
    expect(scrolledTo(500, view, "center")).toBe(500 * 44 - 198);
    expect(scrolledTo(1, view, "center")).toBe(0);
  });
});

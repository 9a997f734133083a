import { expect, test } from "vitest";
import { problemOf, secondsUntil } from "../../src/features/inbox/snooze";
import { intervalOf, isTime, leadDaysOf, quietProblem } from "../../src/features/reminders/check";
import { Loader } from "../../src/lib/loader";

const NOW = new Date("2026-11-22T05:00:00").getTime();

test("a day to be quiet until is a day to come, and at most a year ahead", () => {
  expect(problemOf("", NOW)).toBe("empty");
  expect(problemOf("2026-02-30x", NOW)).toBe("empty");
  expect(problemOf("2026-11-21", NOW)).toBe("past");
  expect(problemOf("2026-11-23", NOW)).toBeNull();
  expect(problemOf("2027-11-22", NOW)).toBe("far");
  expect(problemOf("2028-02-29", NOW)).toBe("far");
});

test("it is quiet until nine on the morning of that day", () => {
  expect(secondsUntil("2026-11-23", NOW)).toBe(28 * 3_600);
});

test("days ahead are read in any order and form, and what is none is named", () => {
  expect(leadDaysOf("1; 14 30,7, 7")).toEqual({ days: [30, 14, 7, 1] });
  expect(leadDaysOf(" ")).toEqual({ days: [] });
  expect(leadDaysOf("30, soon")).toEqual({
    problem: "“soon” is not a number of days from 1 to 365.",
  });
  for (const wrong of ["0", "366", "-1", "1.5"])
    expect(leadDaysOf(wrong), wrong).toHaveProperty("problem");
  expect(leadDaysOf(Array.from({ length: 21 }, (_, at) => at + 1).join(" "))).toHaveProperty(
    "problem",
  );
});

test("an interval is from 1 day to 100 years", () => {
  expect(["1", "90", " 36500 "].map(intervalOf)).toEqual([1, 90, 36_500]);
  expect(["0", "36501", "-3", "1e3", "soon", ""].map(intervalOf)).toEqual(Array(6).fill(null));
});

test("quiet hours may span midnight, but not the whole day", () => {
  expect(quietProblem("22:00", "07:00")).toBeNull();
  expect(quietProblem("08:00", "08:00")).not.toBeNull();
  expect(quietProblem("", "08:00")).not.toBeNull();
  expect([isTime("23:59"), isTime("24:00")]).toEqual([true, false]);
});

test("a change while it is loaded is asked for once more, and what was forgotten is dropped", async () => {
  const shown: number[] = [];
  let asked = 0;
  let answer: (value: number) => void = () => undefined;
  const loader = new Loader<number>(
    () => {
      asked += 1;
      return new Promise((done) => (answer = done));
    },
    (value) => shown.push(value),
    () => undefined,
  );
  const loading = loader.load();
  void loader.load();
  void loader.load();
  answer(1);
  await Promise.resolve();
  await Promise.resolve();
  answer(2);
  await loading;
  expect([asked, shown]).toEqual([2, [1, 2]]);

  const late = loader.load();
  loader.forget();
  answer(3);
  await late;
  expect(shown).toEqual([1, 2]);
});

import { expect, test } from "vitest";
import type { TimelineEvent, TimelineLane } from "../../src/ipc";
import {
  axisAt,
  endOf,
  paged,
  shareOf,
  showing,
  ticksOf,
  zoomed,
} from "../../src/features/timeline/axis";
import {
  across,
  along,
  edge,
  firstCursor,
  NAME,
  nearest,
} from "../../src/features/timeline/cursor";
import { awayText, dateOf, dayOf, rangeText, weekdayOf } from "../../src/features/timeline/days";
import { eventName, laneFacts } from "../../src/features/timeline/describe";
import { marksOf, stretchesOf, timeOf } from "../../src/features/timeline/lane";
import { movableOf } from "../../src/features/timeline/move.svelte";
import { comingOf, ordered, pressed } from "../../src/features/timeline/table";

function event(kind: TimelineEvent["kind"], on: string, time = "09:00:00"): TimelineEvent {
  return { at: `${on}T${time}`, on, kind, title: kind };
}

function lane(given: Partial<TimelineLane> = {}): TimelineLane {
  return {
    ref: "deepidv/main",
    state: "ok",
    from: "2026-05-01",
    until: null,
    due_on: null,
    window_from: null,
    overlap_from: null,
    overlap_until: null,
    events: [],
    ...given,
  };
}

const TODAY = dayOf("2026-05-24");

test("a day is counted in the calendar, across 29 February and the turn of a year", () => {
  expect(dateOf(dayOf("2028-02-28") + 1)).toBe("2028-02-29");
  expect(dateOf(dayOf("2026-12-31") + 1)).toBe("2027-01-01");
  expect(weekdayOf(dayOf("2026-11-23"))).toBe(0);
  expect(weekdayOf(dayOf("1969-12-29"))).toBe(0);
  expect([-1, 0, 1, 12, -3].map(awayText)).toEqual([
    "yesterday",
    "today",
    "tomorrow",
    "in 12 days",
    "3 days ago",
  ]);
  expect(rangeText(dayOf("2026-12-20"), dayOf("2027-01-19"))).toContain("2027");
});

test("a moment stands at its time of the day that the agent names, a due day in the middle of it", () => {
  expect(timeOf(event("token_expires", "2026-05-24", "18:00:00"))).toBe(TODAY + 0.75);
  expect(timeOf(event("due", "2026-05-24"))).toBe(TODAY + 0.5);
});

test("today is seen in every width, and an event that is not turns the axis to itself", () => {
  for (const zoom of ["week", "month", "quarter"] as const) {
    const axis = axisAt(zoom, TODAY);
    expect(shareOf(axis, TODAY)).toBeGreaterThan(0);
    expect(showing(axis, TODAY)).toBe(axis);
    const far = TODAY + 400.5;
    expect(shareOf(showing(axis, far), far)).toBeCloseTo(0.5, 0);
    expect(ticksOf(axis).every(({ day }) => day >= axis.start && day < endOf(axis))).toBe(true);
  }
});

test("zooming keeps the day where it stands, and turning keeps a part of what was shown", () => {
  const month = axisAt("month", TODAY);
  const quarter = zoomed(month, "quarter", TODAY);
  expect(shareOf(quarter, TODAY)).toBeCloseTo(shareOf(month, TODAY), 1);
  const later = paged(month, 1);
  expect(later.start).toBeGreaterThan(month.start);
  expect(later.start).toBeLessThan(endOf(month));
  expect(paged(later, -1)).toEqual(month);
});

test("a key without a known end is a bar until now and dashed from there", () => {
  const found = stretchesOf(lane(), axisAt("month", TODAY), TODAY + 0.5);
  expect(found.map(({ kind }) => kind)).toEqual(["life", "open"]);
  expect(found[0]?.to).toBe(found[1]?.from);
  expect(found[1]?.to).toBe(1);
});

test("the window ends with the due day, and what comes after it is overdue until now", () => {
  const axis = axisAt("month", TODAY);
  const late = lane({ due_on: "2026-05-20", window_from: "2026-04-20" });
  const found = stretchesOf(late, axis, TODAY + 0.5);
  const of = (kind: string): number[] =>
    found.filter((one) => one.kind === kind).flatMap(({ from, to }) => [from, to]);
  expect(of("window")).toEqual([0, shareOf(axis, dayOf("2026-05-21"))]);
  expect(of("overdue")).toEqual([shareOf(axis, dayOf("2026-05-21")), shareOf(axis, TODAY + 0.5)]);
  const dueToday = lane({ due_on: "2026-05-24", window_from: "2026-05-01" });
  expect(stretchesOf(dueToday, axis, TODAY + 0.5).map(({ kind }) => kind)).not.toContain("overdue");
});

test("dc7 old and new are doubled only where both are known to work", () => {
  const axis = axisAt("week", TODAY);
  const rotating = lane({ state: "issued", due_on: "2026-05-26" });
  expect(stretchesOf(rotating, axis, TODAY).map(({ kind }) => kind)).not.toContain("overlap");
  const known = lane({ ...rotating, overlap_from: "2026-05-23T12:00:00" });
  const overlap = stretchesOf(known, axis, TODAY + 0.5).find(({ kind }) => kind === "overlap");
  expect(overlap?.from).toBeCloseTo(shareOf(axis, TODAY - 0.5), 6);
  expect(overlap?.to).toBeCloseTo(shareOf(axis, TODAY + 0.5), 6);
});

test("nothing is drawn outside of the axis", () => {
  const axis = axisAt("week", TODAY);
  const past = lane({ from: "2020-01-01", until: "2020-02-01", due_on: "2020-01-20" });
  expect(stretchesOf(past, axis, TODAY)).toEqual([]);
  const events = [event("due", "2020-01-20"), event("reminder", "2026-05-25")];
  expect(marksOf(lane({ events }), axis).map(({ index }) => index)).toEqual([1]);
});

test("the keys walk a lane from its name to its last event, and stay at its ends", () => {
  const walked = lane({ events: [event("reminder", "2026-05-25"), event("due", "2026-06-05")] });
  const start = firstCursor([walked], TODAY);
  expect(start?.event).toBe(0);
  if (start === null) return;
  expect(along(walked, start, 1).event).toBe(1);
  expect(along(walked, along(walked, start, 1), 1).event).toBe(1);
  expect(along(walked, start, -1)).toMatchObject({ event: NAME, near: null });
  expect(edge(walked, true).event).toBe(1);
  expect(edge(lane(), true).event).toBe(NAME);
  expect(nearest(walked, dayOf("2026-06-04")).event).toBe(1);
});

test("going down stays near in time, skips what is not shown, and passes over empty lanes", () => {
  const axis = axisAt("month", TODAY);
  const from = along(
    lane({ events: [event("due", "2026-06-05")] }),
    { reference: "", event: NAME, near: null },
    1,
  );
  const other = lane({
    ref: "deepvue/main",
    events: [
      event("reminder", "2026-05-25"),
      event("due", "2026-06-04"),
      event("due", "2027-06-05"),
    ],
  });
  expect(across(other, from, axis).event).toBe(1);
  const empty = across(lane({ ref: "deeply/cloud" }), from, axis);
  expect(empty.event).toBe(NAME);
  expect(across(other, empty, axis).event).toBe(1);
});

test("an event is read as credential, kind, day and distance", () => {
  const due = event("due", "2026-06-05");
  expect(eventName(lane({ events: [due] }), due, TODAY)).toBe(
    "deepidv/main, due, 5 June 2026, in 12 days",
  );
  expect(laneFacts(lane({ due_on: "2026-06-05" }), TODAY)).toBe(
    "In use since 1 May 2026, due 5 June 2026, in 12 days, no known end",
  );
});

test("the list sorts by any date, and a lane without one stands last both ways", () => {
  const lanes = [
    lane({ ref: "a/none" }),
    lane({ ref: "b/late", due_on: "2026-06-05" }),
    lane({ ref: "c/early", due_on: "2026-05-25" }),
  ];
  const names = (descending: boolean): string[] =>
    ordered(lanes, { column: "due", descending }).map(({ ref }) => ref);
  expect(names(false)).toEqual(["c/early", "b/late", "a/none"]);
  expect(names(true)).toEqual(["b/late", "c/early", "a/none"]);
  expect(pressed({ column: "due", descending: false }, "due").descending).toBe(true);
  expect(pressed({ column: "due", descending: true }, "name").descending).toBe(false);
});

test("what comes leaves out what was, and tells reminders apart", () => {
  const events = [
    event("issued", "2026-05-01"),
    event("reminder", "2026-05-29"),
    event("due", "2026-06-05"),
  ];
  const coming = comingOf(lane({ events }), TODAY);
  expect(coming.events.map(({ kind }) => kind)).toEqual(["due"]);
  expect(coming.reminders).toHaveLength(1);
});

test("what came and the next reminder can be put off; later ones follow from the settings", () => {
  const events = [
    event("reminder", "2026-05-20"),
    event("issued", "2026-05-21"),
    event("reminder", "2026-05-26"),
    event("reminder", "2026-06-02"),
    event("due", "2026-06-03"),
  ];
  expect(movableOf(lane({ events }), TODAY)).toEqual([0, 2]);
  expect(movableOf(lane({ events: events.slice(4) }), TODAY)).toEqual([]);
});

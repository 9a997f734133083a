/** The rows of the list: the lanes' facts, in the order that the user asks for. Pure. */
import type { TimelineEvent, TimelineLane } from "../../ipc";
import { dayOf } from "./days";
import { timeOf } from "./lane";

export type Column = "name" | "since" | "window" | "due" | "ends";

export interface Order {
  column: Column;
  descending: boolean;
}

const dates: Record<Exclude<Column, "name">, (lane: TimelineLane) => string | null> = {
  since: (lane) => lane.from,
  window: (lane) => lane.window_from,
  due: (lane) => lane.due_on,
  ends: (lane) => lane.until,
};

/** A lane without a date stands last, whichever way the dates go. */
export function ordered(lanes: readonly TimelineLane[], order: Order): TimelineLane[] {
  const sign = order.descending ? -1 : 1;
  const byName = (one: TimelineLane, other: TimelineLane): number =>
    one.ref < other.ref ? -1 : one.ref > other.ref ? 1 : 0;
  if (order.column === "name") return [...lanes].sort((one, other) => sign * byName(one, other));
  const date = dates[order.column];
  return [...lanes].sort((one, other) => {
    const [here, there] = [date(one), date(other)];
    if (here === there) return byName(one, other);
    if (here === null || there === null) return here === null ? 1 : -1;
    return sign * (dayOf(here) - dayOf(there));
  });
}

/** The next order when a column's head is pressed. */
export function pressed(order: Order, column: Column): Order {
  return { column, descending: order.column === column && !order.descending };
}

/** What is to happen on a lane from today on; its reminders apart, since there are many. */
export function comingOf(
  lane: TimelineLane,
  today: number,
): { events: TimelineEvent[]; reminders: TimelineEvent[] } {
  const coming = lane.events.filter((event) => timeOf(event) >= today);
  return {
    events: coming.filter(({ kind }) => kind !== "reminder"),
    reminders: coming.filter(({ kind }) => kind === "reminder"),
  };
}

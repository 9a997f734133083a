/** Where the keys are on the timeline: on a lane's name or on one of its events. Pure. */
import type { TimelineLane } from "../../ipc";
import { isShown, type Axis } from "./axis";
import { timeOf } from "./lane";

/** The place of a lane's name, before its events. */
export const NAME = -1;

export interface Cursor {
  reference: string;
  /** Which event of the lane, or {@link NAME}. */
  event: number;
  /** The time that going up and down stays near; none on the names. */
  near: number | null;
}

function on(lane: TimelineLane, event: number): Cursor {
  const found = lane.events[event];
  return { reference: lane.ref, event, near: found === undefined ? null : timeOf(found) };
}

/** The first thing to come on the first lane. */
export function firstCursor(lanes: readonly TimelineLane[], today: number): Cursor | null {
  const [lane] = lanes;
  if (lane === undefined) return null;
  return on(
    lane,
    lane.events.findIndex((event) => timeOf(event) >= today),
  );
}

/** One step along the lane; at its ends it stays. */
export function along(lane: TimelineLane, cursor: Cursor, step: number): Cursor {
  return on(lane, Math.min(Math.max(cursor.event + step, NAME), lane.events.length - 1));
}

/** The first or the last event of the lane; its name where it has none. */
export function edge(lane: TimelineLane, last: boolean): Cursor {
  if (lane.events.length === 0) return on(lane, NAME);
  return on(lane, last ? lane.events.length - 1 : 0);
}

/** Onto another lane: its shown event that is nearest in time, or its name. */
export function across(lane: TimelineLane, cursor: Cursor, axis: Axis): Cursor {
  const { near } = cursor;
  let event = NAME;
  let best = Infinity;
  if (near !== null) {
    lane.events.forEach((candidate, index) => {
      const at = timeOf(candidate);
      if (!isShown(axis, at) || Math.abs(at - near) >= best) return;
      best = Math.abs(at - near);
      event = index;
    });
  }
  return { reference: lane.ref, event, near };
}

/** The event of the lane that is nearest to a time, shown or not; its name where it has none. */
export function nearest(lane: TimelineLane, time: number): Cursor {
  const distance = (index: number): number => {
    const event = lane.events[index];
    return event === undefined ? Infinity : Math.abs(timeOf(event) - time);
  };
  const indices = lane.events.map((_, index) => index);
  const best = indices.reduce((one, other) => (distance(other) < distance(one) ? other : one), 0);
  return lane.events.length === 0 ? on(lane, NAME) : on(lane, best);
}

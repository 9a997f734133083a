/**
 * A reminder that is dragged along its lane: it is put off until the day on which it is dropped. The field
 * below the lanes does the same by keys.
 */
import type { TimelineLane } from "../../ipc";
import type { Axis } from "./axis";
import { dayOf } from "./days";

/** So many pixels are still a click. */
const STILL = 4;

/**
 * Which of a lane's events can be put off by dragging: reminders that came and nobody saw to, and the next
 * one. Those after it follow from the settings.
 */
export function movableOf(lane: TimelineLane, today: number): number[] {
  const reminders = lane.events
    .map(({ kind, on }, index) => ({ kind, index, day: dayOf(on) }))
    .filter(({ kind }) => kind === "reminder");
  const came = reminders.filter(({ day }) => day < today);
  const next = reminders.find(({ day }) => day >= today);
  return [...came, ...(next === undefined ? [] : [next])].map(({ index }) => index);
}

export class Move {
  /** Which event is dragged, over which day it is, and whether it would be put off until then. */
  over = $state.raw<{ index: number; day: number; counts: boolean } | null>(null);
  private from: { index: number; x: number; least: number } | null = null;

  begin(event: PointerEvent, index: number, on: number, today: number): void {
    if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
    // A reminder can be put off, and not brought forward.
    this.from = { index, x: event.clientX, least: Math.max(on, today) + 1 };
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus({ preventScroll: true });
  }

  drag(event: PointerEvent, axis: Axis): void {
    const { from } = this;
    if (from === null || !(event.currentTarget instanceof HTMLElement)) return;
    if (this.over === null && Math.abs(event.clientX - from.x) < STILL) return;
    const track = event.currentTarget.parentElement?.getBoundingClientRect();
    if (track === undefined || track.width === 0) return;
    const share = (event.clientX - track.left) / track.width;
    const pointed = axis.start + Math.floor(Math.min(Math.max(share, 0), 1) * axis.days);
    const day = Math.max(pointed, from.least - 1);
    this.over = { index: from.index, day, counts: day >= from.least };
  }

  /** The day on which it was dropped; null where it stays where it was. */
  drop(): number | null {
    const { over } = this;
    this.end();
    return over?.counts === true ? over.day : null;
  }

  /** Leaves it where it was; answers whether one was dragged. */
  end(): boolean {
    const dragged = this.over !== null;
    this.from = null;
    this.over = null;
    return dragged;
  }
}

/**
 * The place of rows in a list that may be longer than a browser can make a box: engines end at some 33 million
 * pixels, which a million lines at 200 % pass. Above {@link TALLEST} the box is as high as that, and its scrollbar
 * passes over several rows at once; keys still pass over one. Pure.
 */
import { slots, type Slot } from "../../../../lib/rows";

export const TALLEST = 8_000_000;

export interface Long {
  rows: number;
  row: number;
  /** The height of what is seen. */
  height: number;
  /** How far the box is scrolled. */
  top: number;
  /** The row that exists always, or -1. */
  keep: number;
}

export interface Placed extends Slot {
  /** Where it stands in the box. */
  at: number;
}

/** How high the box is. */
export function boxHeight({ rows, row }: Pick<Long, "rows" | "row">): number {
  return Math.min(rows * row, TALLEST);
}

/** How many pixels of the list one pixel of the box stands for. */
function scale(list: Omit<Long, "top" | "keep">): number {
  const room = boxHeight(list) - list.height;
  return room <= 0 ? 1 : Math.max(1, (list.rows * list.row - list.height) / room);
}

/** The first pixel of the list that is seen. */
export function listTop(list: Omit<Long, "keep">): number {
  return list.top * scale(list);
}

/** How far the box is scrolled where the list is seen from `wanted` on. */
export function boxTop(wanted: number, list: Omit<Long, "top" | "keep">): number {
  const most = Math.max(0, list.rows * list.row - list.height);
  return Math.min(Math.max(0, wanted), most) / scale(list);
}

export function placed(list: Long): Placed[] {
  const top = listTop(list);
  const shift = list.top - top;
  const last = boxHeight(list) - list.row;
  return slots({ ...list, top }).map((one) => ({
    ...one,
    // The row that is kept may be far off: it must not make the box higher.
    at: Math.min(Math.max(0, one.index * list.row + shift), Math.max(0, last)),
  }));
}

/** How far the box is scrolled so that a row is seen, moved as little as that takes; or in its middle. */
export function shownAt(
  index: number,
  list: Omit<Long, "keep">,
  place: "nearest" | "center",
): number {
  const { row, height } = list;
  const top = listTop(list);
  const start = index * row;
  if (place === "center") return boxTop(start - (height - row) / 2, list);
  if (start < top) return boxTop(start, list);
  return start + row > top + height ? boxTop(start + row - height, list) : list.top;
}

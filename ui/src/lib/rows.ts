/** Which rows of a long list exist, and where the list is scrolled to. Pure; all in CSS pixels. */

/** How many rows exist above and below the screen: what one turn of the wheel shows. */
const BEYOND = 4;

export interface View {
  /** The height of a row. */
  row: number;
  /** The height of what is seen at once. */
  height: number;
  /** How far it is scrolled. */
  top: number;
}

/** A place on the page and the row that it shows. */
export interface Slot {
  slot: number;
  index: number;
}

/**
 * The rows that exist, each in a slot that it keeps while it is seen; where it leaves, the slot goes to the row that
 * comes. `keep` exists always, in a slot of its own where it is not near the screen.
 */
export function slots(list: View & { rows: number; keep: number }): Slot[] {
  const { rows, row, height, keep } = list;
  const amount = Math.ceil(height / row) + 1 + 2 * BEYOND;
  // Scrolled further than a list that became shorter, its end is seen.
  const top = Math.min(list.top, Math.max(0, rows * row - height));
  const first = Math.max(0, Math.floor(top / row) - BEYOND);
  const last = Math.min(rows, first + amount);
  const all: Slot[] = [];
  for (let index = first; index < last; index += 1) all.push({ slot: index % amount, index });
  const apart = keep >= 0 && keep < rows && (keep < first || keep >= last);
  if (apart) all.push({ slot: -1, index: keep });
  return all;
}

/** The row that a key leads to from row `at`, which may be beyond the ends; `undefined` for other keys. */
export function rowFor(key: string, at: number, page: number, rows: number): number | undefined {
  const targets: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: rows - 1,
  };
  return targets[key];
}

/** How far the list has to be scrolled for a row to be seen. */
export function scrolledTo(index: number, view: View, place: "nearest" | "center"): number {
  const { row, height, top } = view;
  const start = index * row;
  const end = start + row;
  if (place === "center") return Math.max(0, start - (height - row) / 2);
  if (start < top) return start;
  return end > top + height ? end - height : top;
}

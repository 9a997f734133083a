/** Where the focus may go by key: the panes, marked by `data-pane`. */

const ORDER = ["filters", "search", "list", "detail"] as const;
export type Pane = (typeof ORDER)[number];

function entry(pane: Pane): HTMLElement | null {
  const holder = document.querySelector<HTMLElement>(`[data-pane="${pane}"]`);
  if (holder === null || holder.checkVisibility?.() === false) return null;
  if (holder.matches("input, [tabindex='0']")) return holder;
  const primary = holder.querySelector<HTMLElement>("[data-primary]:not(:disabled)");
  return primary ?? holder.querySelector<HTMLElement>("button:not(:disabled), [tabindex='0']");
}

export function focusPane(pane: Pane): boolean {
  const target = entry(pane);
  target?.focus();
  return target !== null;
}

export function focusDetail(): void {
  focusPane("detail");
}

export function focusSearch(): void {
  focusPane("search");
}

/** Moves to the pane after, or before, the one that has the focus. */
export function focusNextPane(backwards: boolean): void {
  const now = document.activeElement?.closest<HTMLElement>("[data-pane]")?.dataset["pane"];
  const at = ORDER.findIndex((pane) => pane === now);
  const step = backwards ? -1 : 1;
  for (let tried = 1; tried <= ORDER.length; tried += 1) {
    const index = (at + step * tried + ORDER.length * 2) % ORDER.length;
    const pane = ORDER[index];
    if (pane !== undefined && focusPane(pane)) return;
  }
}

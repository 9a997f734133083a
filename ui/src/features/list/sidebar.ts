/** Hides the sidebar and shows it; what had the focus in it passes it on. */
import { tick } from "svelte";
import { dialogs } from "../keys/dialogs.svelte";
import { focusPane } from "../keys/panes";
import { layout } from "./layout.svelte";

/** Where the window is too narrow for a sidebar, it comes as a dialog. */
const NARROW = "(width < 1000px)";

function isIn(pane: string): boolean {
  return document.activeElement?.closest(`[data-pane="${pane}"]`) !== null;
}

export async function hideSidebar(): Promise<void> {
  const inside = isIn("filters");
  layout.folded = true;
  layout.keep();
  await tick();
  if (inside && !focusPane("search")) focusPane("list");
}

/** Shows it, and moves on to it where the way to it, or what had the focus, was the button that goes. */
export async function showSidebar(moving: boolean): Promise<void> {
  const before = document.activeElement;
  layout.folded = false;
  layout.keep();
  await tick();
  if (moving || before?.isConnected === false) focusPane("filters");
}

/** What its key does. */
export function toggleSidebar(): void {
  if (window.matchMedia(NARROW).matches) dialogs.open("filters");
  else void (layout.folded ? showSidebar(false) : hideSidebar());
}

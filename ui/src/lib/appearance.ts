/**
 * What the preferences do to a page: attributes of its root, by which the styles go. The shell sets them
 * before the first paint (`src-tauri/src/appearance.rs`); here they follow a change.
 */
import type { Preferences } from "../ipc";

export type Appearance = Pick<
  Preferences,
  "theme" | "density" | "text_size" | "contrast" | "motion" | "language"
>;

const ATTRIBUTES = ["theme", "density", "contrast", "motion"] as const;

/** Has the page look so. Another language counts when the window opens again. */
export function show(wanted: Appearance): void {
  const root = document.documentElement;
  for (const name of ATTRIBUTES) root.dataset[name] = wanted[name];
  root.style.fontSize = wanted.text_size === 100 ? "" : `${wanted.text_size}%`;
}

/** How the panes are laid out in this window; it outlives a lock. */

class Layout {
  /** The list's width in CSS pixels at the usual size of text. */
  listWidth = $state(340);
  /** Whether the user hid the sidebar. */
  folded = $state(false);
}

export const layout = new Layout();

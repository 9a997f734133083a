/** How the panes are laid out; it outlives a lock, and with the preferences a restart. */
import { preferences } from "../../lib/preferences.svelte";

class Layout {
  /** The list's width in CSS pixels at the usual size of text. */
  listWidth = $state(340);
  /** Whether the user hid the sidebar. */
  folded = $state(false);

  /** Lays the panes out as they were when the window closed. */
  restore(): void {
    const { kept } = preferences;
    if (kept === null) return;
    this.listWidth = kept.list_width;
    this.folded = kept.sidebar_hidden;
  }

  /** Keeps what the user sees. */
  keep(): void {
    void preferences.remember({ list_width: this.listWidth, sidebar_hidden: this.folded });
  }
}

export const layout = new Layout();

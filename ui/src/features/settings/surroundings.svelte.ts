/** What the settings change outside of Keyturn: starting at login, and keys in every program. */
import { ipc, type AutostartView, type ShortcutView } from "../../ipc";
import { Kept } from "../../lib/kept.svelte";

class Autostart extends Kept<AutostartView> {
  protected ask(): Promise<AutostartView> {
    return ipc().show_autostart();
  }

  protected keep({ on }: AutostartView): Promise<AutostartView> {
    return ipc().set_autostart({ on });
  }
}

class PaletteShortcut extends Kept<ShortcutView> {
  protected ask(): Promise<ShortcutView> {
    return ipc().show_shortcut();
  }

  protected keep({ keys }: ShortcutView): Promise<ShortcutView> {
    return ipc().set_shortcut({ keys });
  }

  /** The keys that never reach the window; those that the desktop chose are not known. */
  get inEveryProgram(): string {
    return this.kept === null || this.kept.decided !== null ? "" : this.kept.keys;
  }
}

export const autostart = new Autostart();
export const paletteShortcut = new PaletteShortcut();

/** The palette, asked for from outside the window; behind the lock it comes after it. */
import { dialogs } from "../keys/dialogs.svelte";
import { session } from "../session/session.svelte";

class Summons {
  /** Whether it comes as soon as the vault is open. */
  private waiting = false;

  /** Shows it over whatever is there; a dialog that is open keeps its place. */
  palette(): void {
    if (session.stage !== "open") this.waiting = true;
    else if (dialogs.current === null) dialogs.open("palette");
  }

  /** The vault was opened: what was asked for meanwhile is shown. */
  opened(): void {
    if (!this.waiting) return;
    this.waiting = false;
    this.palette();
  }
}

export const summons = new Summons();

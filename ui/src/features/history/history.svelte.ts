/** The versions of the shown credential's key, and what was done with it. */
import { ipc, type HistoryView } from "../../ipc";
import { Shown } from "../../lib/shown.svelte";

export class History extends Shown<HistoryView> {
  protected ask(reference: string): Promise<HistoryView> {
    return ipc().show_history({ reference });
  }

  /** Puts an older version in use again: the user agreed. */
  restore(version: number): Promise<boolean> {
    return this.change("restore", (reference) =>
      ipc().restore_version({ reference, version, confirmed: true }),
    );
  }
}

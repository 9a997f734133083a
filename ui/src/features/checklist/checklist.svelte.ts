/** The provider's checklist before production: of the credential that is shown. */
import { ipc, type ChecklistItemView } from "../../ipc";
import { Shown } from "../../lib/shown.svelte";

class Checklist extends Shown<ChecklistItemView[]> {
  readonly done = $derived(this.view?.filter((item) => item.state === "done").length ?? 0);

  protected override ask(reference: string): Promise<ChecklistItemView[]> {
    return ipc().show_checklist({ reference });
  }

  /** Ticks an item; {@link changing} is that item meanwhile. */
  tick(item: string, done: boolean): Promise<boolean> {
    return this.change(item, (reference) => ipc().tick_checklist({ reference, item, done }));
  }
}

export const checklist = new Checklist();

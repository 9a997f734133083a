/** How the shown credential is used; asked anew when it changes. */
import { ipc, type UsageView } from "../../../ipc";
import { Shown } from "../../../lib/shown.svelte";

class UsageOfShown extends Shown<UsageView> {
  protected ask(reference: string): Promise<UsageView> {
    return ipc().show_usage({ reference });
  }

  /** What is known of that credential, if it is the one that is shown. */
  of(reference: string): UsageView | null {
    return this.reference === reference ? this.view : null;
  }
}

export const usage = new UsageOfShown();

/** What was removed and can still be brought back: asked for anew with each change of the credentials. */
import { ipc, type TrashedView } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";
import { Loader } from "../../lib/loader";
import { toasts } from "../../lib/toasts.svelte";
import { trashWords as words } from "../../words/trash";
import { credentials } from "../credential/credentials.svelte";

export class Trash {
  all = $state.raw<TrashedView[] | null>(null);
  failure = $state<Failure | null>(null);

  private readonly loader = new Loader(
    () => ipc().list_trash(),
    (all) => {
      this.all = all;
      this.failure = null;
    },
    (error) => (this.failure = asFailure(error)),
  );

  load(): Promise<void> {
    return this.loader.load();
  }

  /** Brings one back; answers why not where it does not come. */
  async restore(one: TrashedView, name: string | null): Promise<Failure | null> {
    try {
      const call = { reference: one.ref, id: one.id, name };
      const { ref } = await ipc().restore_credential(call);
      toasts.show(words.restored(ref));
    } catch (error) {
      return asFailure(error);
    }
    await Promise.all([credentials.load(), this.load()]);
    return null;
  }

  /** Deletes one for good, or all: the user agreed. Answers why not where it is not done. */
  async empty(one: TrashedView | null): Promise<Failure | null> {
    try {
      const which = one === null ? {} : { reference: one.ref, id: one.id };
      const { deleted } = await ipc().empty_trash({ ...which, confirmed: true });
      toasts.show(words.deleted(deleted.length));
    } catch (error) {
      return asFailure(error);
    }
    await this.load();
    return null;
  }
}

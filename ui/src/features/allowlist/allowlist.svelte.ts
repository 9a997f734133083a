/** The provider's list of addresses as the user keeps it: of the credential that is shown. */
import {
  ipc,
  type AddAddress,
  type AllowListView,
  type EditAllowList,
  type Listed,
  type ListTest,
} from "../../ipc";
import { Shown } from "../../lib/shown.svelte";

type Edit = Partial<Omit<EditAllowList, "reference">>;

class AllowList extends Shown<AllowListView> {
  readonly working = $derived(this.changing !== null);

  protected override ask(reference: string): Promise<AllowListView> {
    return ipc().show_allow_list({ reference });
  }

  add(add: AddAddress): Promise<boolean> {
    return this.edit({ add });
  }

  remove(address: string): Promise<boolean> {
    return this.edit({ remove: address });
  }

  setMachine(this_machine: Listed): Promise<boolean> {
    return this.edit({ this_machine });
  }

  setTest(which: "listed" | "unlisted", test: ListTest): Promise<boolean> {
    return this.edit(which === "listed" ? { listed_test: test } : { unlisted_test: test });
  }

  private edit(edit: Edit): Promise<boolean> {
    const nothing = { add: null, remove: null, this_machine: null };
    const tests = { listed_test: null, unlisted_test: null };
    return this.change("list", (reference) =>
      ipc().edit_allow_list({ reference, ...nothing, ...tests, ...edit }),
    );
  }
}

export const allowList = new AllowList();

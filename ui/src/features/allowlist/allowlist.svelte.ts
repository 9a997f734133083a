/** The provider's list of addresses as the user keeps it: of the credential that is shown. */
import {
  ipc,
  type AddAddress,
  type AllowListView,
  type EditAllowList,
  type Listed,
  type ListTest,
} from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";

type Change = Partial<Omit<EditAllowList, "reference">>;

class AllowList {
  reference = $state<string | null>(null);
  view = $state.raw<AllowListView | null>(null);
  failure = $state.raw<Failure | null>(null);
  working = $state(false);
  private turn = 0;

  async load(reference: string): Promise<void> {
    if (this.reference !== reference) this.view = null;
    this.reference = reference;
    await this.take(() => ipc().show_allow_list({ reference }));
  }

  add(add: AddAddress): Promise<boolean> {
    return this.change({ add });
  }

  remove(address: string): Promise<boolean> {
    return this.change({ remove: address });
  }

  setMachine(this_machine: Listed): Promise<boolean> {
    return this.change({ this_machine });
  }

  setTest(which: "listed" | "unlisted", test: ListTest): Promise<boolean> {
    return this.change(which === "listed" ? { listed_test: test } : { unlisted_test: test });
  }

  private async change(change: Change): Promise<boolean> {
    const { reference } = this;
    if (reference === null || this.working) return false;
    this.working = true;
    const nothing = { add: null, remove: null, this_machine: null };
    const tests = { listed_test: null, unlisted_test: null };
    const done = await this.take(() =>
      ipc().edit_allow_list({ reference, ...nothing, ...tests, ...change }),
    );
    this.working = false;
    return done;
  }

  private async take(work: () => Promise<AllowListView>): Promise<boolean> {
    const turn = ++this.turn;
    try {
      const view = await work();
      if (turn === this.turn) {
        this.view = view;
        this.failure = null;
      }
      return true;
    } catch (error) {
      if (turn === this.turn) this.failure = asFailure(error);
      return false;
    }
  }

  clear(): void {
    this.turn += 1;
    this.reference = null;
    this.view = null;
    this.failure = null;
    this.working = false;
  }
}

export const allowList = new AllowList();

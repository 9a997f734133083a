/** What the recorded backend answers about a provider's address list and checklist: Deepvue's. */
import type { AllowListView, ChecklistItemView, EditAllowList, TickChecklist } from "../types";
import { failure } from "./answers";
import { emptyList, keptList, told } from "./allowlist";
import { checklistItems } from "./checklist";

const TODAY = "2026-11-22";

export class RecordedRules {
  lists = new Map<string, AllowListView>([["deepvue/main", keptList()]]);
  checklists = new Map<string, ChecklistItemView[]>();

  list(reference: string): AllowListView {
    const found = this.lists.get(reference);
    if (found !== undefined) return found;
    if (!reference.startsWith("deepvue/"))
      throw failure("not_found", "this provider keeps no list of addresses");
    return emptyList();
  }

  edit(call: EditAllowList): AllowListView {
    const old = this.list(call.reference);
    let addresses = old.addresses.filter(({ address }) => address !== call.remove);
    if (call.add !== null) {
      const { address, kind, label, registered_on } = call.add;
      if (!/^[\d.:a-f/]+$/i.test(address))
        throw failure("invalid_input", "what was entered was not understood");
      const added = { address, kind, label, registered_on: registered_on ?? TODAY };
      addresses = [...addresses.filter((one) => one.address !== address), added];
    }
    const { listed, unlisted } = old.tests;
    const tests = {
      listed: { ...listed, result: call.listed_test ?? listed.result },
      unlisted: { ...unlisted, result: call.unlisted_test ?? unlisted.result },
    };
    const this_machine = call.this_machine ?? old.this_machine;
    const changed = told({ ...old, addresses, tests, this_machine });
    this.lists.set(call.reference, changed);
    return changed;
  }

  checklist(reference: string): ChecklistItemView[] {
    const found = this.checklists.get(reference);
    if (found !== undefined) return found;
    if (!reference.startsWith("deepvue/"))
      throw failure("not_found", "this provider has no checklist");
    return checklistItems();
  }

  tick(call: TickChecklist): ChecklistItemView[] {
    const ticked = this.checklist(call.reference).map((item): ChecklistItemView => {
      if (item.id !== call.item) return item;
      if (!item.tickable) throw failure("invalid_input", "Keyturn sees this item by itself");
      return call.done
        ? { ...item, state: "done", by: "user", on: TODAY, again_on: null }
        : { ...item, state: "open", by: null, on: null, again_on: null };
    });
    this.checklists.set(call.reference, ticked);
    return ticked;
  }
}

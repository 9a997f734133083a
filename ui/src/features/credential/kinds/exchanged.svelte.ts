/** How the last tokens of a credential were bought, out of the journal. */
import { ipc, type JournalEntryView } from "../../../ipc";
import { Shown } from "../../../lib/shown.svelte";

export class Exchanged extends Shown<JournalEntryView[]> {
  protected async ask(reference: string): Promise<JournalEntryView[]> {
    const kinds = ["exchanged" as const, "revoked" as const];
    const page = await ipc().list_journal({ reference, kinds, limit: 5 });
    return page.entries;
  }
}

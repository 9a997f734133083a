/** The ways into the wizard: it acts on the selected credential, so that one is selected first. */
import { credentials } from "../credential/credentials.svelte";
import { dialogs } from "../keys/dialogs.svelte";
import { rotation } from "./rotation.svelte";

export async function openRotation(reference: string): Promise<void> {
  if (credentials.selected !== reference) await credentials.select(reference);
  dialogs.open("rotate", reference);
}

/** Asks first; what is an emergency already is gone on with. */
export async function openCompromised(reference: string): Promise<void> {
  if (rotation.of(reference)?.emergency) return openRotation(reference);
  if (credentials.selected !== reference) await credentials.select(reference);
  dialogs.open("compromised", reference);
}

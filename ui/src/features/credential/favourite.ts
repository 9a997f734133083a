/** Keeping a credential at hand: in the tray, and among the favourites. */
import { ipc, type CredentialView } from "../../ipc";
import { asFailure } from "../../lib/failure";
import { toasts } from "../../lib/toasts.svelte";

export function isFavourite(credential: CredentialView): boolean {
  return credential.favourite === true;
}

/** Adds it or takes it away; the list and the detail follow the agent's event. */
export async function toggleFavourite(credential: CredentialView): Promise<void> {
  try {
    const favourite = !isFavourite(credential);
    await ipc().edit_credential({ reference: credential.ref, favourite });
  } catch (error) {
    const failure = asFailure(error);
    toasts.fail(failure);
  }
}

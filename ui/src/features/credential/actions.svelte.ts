/**
 * What one does with the selected credential. Values never pass through here: copying and showing
 * happen outside the page, which only learns that it was done.
 */
import { ipc, type CredentialView, type TokenFormat } from "../../ipc";
import { asFailure, isApiError, type Failure } from "../../lib/failure";
import { toasts } from "../../lib/toasts.svelte";
import { words } from "../../words/en";
import { heldCopy } from "../clipboard/held.svelte";
import { dialogs } from "../keys/dialogs.svelte";
import { providers } from "../provider/providers.svelte";
import { postponed } from "../session/postponed.svelte";
import { session } from "../session/session.svelte";
import { credentials } from "./credentials.svelte";
import { copiedLabel, mainSecret, titleOf } from "./reading";

class Actions {
  /** What went wrong last, and with which credential: it stands in the detail. */
  failure = $state.raw<{ reference: string; failure: Failure } | null>(null);
  renewing = $state<string | null>(null);
  /** Whether the dialog before a key is shown asks for the passphrase. */
  asksPassphrase = $state(false);

  async copy(
    credential: CredentialView,
    part: string | null = null,
    format: TokenFormat = "raw",
    with_key = false,
  ): Promise<void> {
    const target = part === null ? credential.ref : `${credential.ref}/${part}`;
    await this.attempt(credential.ref, async () => {
      const answer = await ipc().copy_secret({ target, format, with_key });
      const name = titleOf(credential, providers.name(credential.provider));
      const view = providers.view(credential.provider);
      const what = copiedLabel(credential, answer.copied.split("/")[2], view);
      const text =
        format === "raw"
          ? words.copied.of(what, name)
          : words.copied.as(what, name, words.token.formats[format]);
      heldCopy.copied(text, answer.clears_in_s, answer.warnings.join(" "));
    });
  }

  async renew(credential: CredentialView): Promise<void> {
    if (this.renewing !== null) return;
    this.renewing = credential.ref;
    await this.attempt(credential.ref, async () => {
      await ipc().renew_token({ reference: credential.ref });
      await credentials.changed(credential.ref);
      const name = titleOf(credential, providers.name(credential.provider));
      toasts.show(words.token.renewed(name));
    });
    this.renewing = null;
  }

  /** Has the live token revoked at its provider. */
  async revoke(credential: CredentialView): Promise<boolean> {
    return this.attempt(credential.ref, async () => {
      await ipc().revoke_token({ reference: credential.ref });
      await credentials.changed(credential.ref);
      toasts.show(words.token.revoked(titleOf(credential, providers.name(credential.provider))));
    });
  }

  /** Has its tokens renewed in the background, or not. */
  async keepFresh(credential: CredentialView, on: boolean): Promise<boolean> {
    return this.attempt(credential.ref, async () => {
      await ipc().edit_credential({ reference: credential.ref, keep_fresh: on });
      await credentials.changed(credential.ref);
    });
  }

  /**
   * Shows a field in a window of its own; of a key that is shown once, the user is asked first, and of any
   * for the passphrase where they want it so.
   */
  async reveal(
    credential: CredentialView,
    field: string | null = null,
    confirmed = false,
  ): Promise<void> {
    const name = field ?? mainSecret(credential)?.name;
    if (name === undefined) return;
    const target = `${credential.ref}/${name}`;
    await this.attempt(credential.ref, async () => {
      try {
        await ipc().open_reveal({ target, confirmed, passphrase: null });
      } catch (error) {
        const code = isApiError(error) ? error.code : null;
        if (code !== "confirmation_needed" && code !== "passphrase_first") throw error;
        this.asksPassphrase = code === "passphrase_first";
        dialogs.open("reveal", target);
      }
    });
  }

  async remove(credential: CredentialView): Promise<boolean> {
    return this.attempt(credential.ref, async () => {
      await ipc().remove_credential({ reference: credential.ref });
      credentials.unselect();
      await credentials.load();
      const removed = words.facts.removed(titleOf(credential, providers.name(credential.provider)));
      toasts.show(removed, null, "done", {
        label: words.common.undo,
        run: () => void this.bringBack(credential),
      });
    });
  }

  /** Takes the removal back: it comes out of the trash, and is selected again. */
  private async bringBack(credential: CredentialView): Promise<void> {
    try {
      const { ref } = await ipc().restore_credential({ reference: credential.ref });
      await credentials.load();
      await credentials.select(ref);
      toasts.show(words.common.undone);
    } catch (error) {
      const failure = asFailure(error);
      toasts.fail(failure);
    }
  }

  private async attempt(reference: string, work: () => Promise<void>): Promise<boolean> {
    this.failure = null;
    try {
      await work();
      return true;
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code === "vault_locked") {
        postponed.keep(() => void this.attempt(reference, work));
        await session.refresh();
        return false;
      }
      this.failure = { reference, failure };
      if (credentials.selected !== reference) await credentials.select(reference);
      return false;
    }
  }

  clear(): void {
    this.failure = null;
    this.renewing = null;
    this.asksPassphrase = false;
  }
}

export const actions = new Actions();

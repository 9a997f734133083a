/**
 * What one does with the selected credential. Values never pass through here: copying and showing
 * happen outside the page, which only learns that it was done.
 */
import { ipc, type CredentialView, type TokenFormat } from "../../ipc";
import { asFailure, isApiError, type Failure } from "../../lib/failure";
import { toasts } from "../../lib/toasts.svelte";
import { words } from "../../words/en";
import { dialogs } from "../keys/dialogs.svelte";
import { providers } from "../provider/providers.svelte";
import { credentials } from "./credentials.svelte";
import { fieldLabel, mainSecret, titleOf } from "./reading";

/** After how many seconds the clipboard is cleared. */
const CLEAR_AFTER_S = 20;

class Actions {
  /** What went wrong last, and with which credential: it stands in the detail. */
  failure = $state.raw<{ reference: string; failure: Failure } | null>(null);
  renewing = $state<string | null>(null);

  async copy(
    credential: CredentialView,
    part: string | null = null,
    format: TokenFormat = "raw",
  ): Promise<void> {
    const target = part === null ? credential.ref : `${credential.ref}/${part}`;
    await this.attempt(credential.ref, async () => {
      const answer = await ipc().copy_secret({ target, format, clear_after_s: CLEAR_AFTER_S });
      const name = titleOf(credential, providers.name(credential.provider));
      const copied = answer.copied.split("/")[2] ?? "token";
      const label = fieldLabel(copied, providers.view(credential.provider));
      const text = copied === "token" ? words.copied.token(name) : words.copied.field(label, name);
      const warning = answer.warnings.join(" ");
      const detail = [words.copied.clears(answer.clears_in_s), warning].filter(Boolean).join(" ");
      toasts.show(text, detail, warning === "" ? "done" : "warn");
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

  /** Shows a field in a window of its own; of a key that is shown once, the user is asked first. */
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
        await ipc().open_reveal({ target, confirmed });
      } catch (error) {
        if (!isApiError(error) || error.code !== "confirmation_needed") throw error;
        dialogs.open("reveal", target);
      }
    });
  }

  async remove(credential: CredentialView): Promise<boolean> {
    return this.attempt(credential.ref, async () => {
      await ipc().remove_credential({ reference: credential.ref });
      credentials.unselect();
      await credentials.load();
      toasts.show(words.facts.removed(titleOf(credential, providers.name(credential.provider))));
    });
  }

  private async attempt(reference: string, work: () => Promise<void>): Promise<boolean> {
    this.failure = null;
    try {
      await work();
      return true;
    } catch (error) {
      this.failure = { reference, failure: asFailure(error) };
      if (credentials.selected !== reference) await credentials.select(reference);
      return false;
    }
  }

  clear(): void {
    this.failure = null;
    this.renewing = null;
  }
}

export const actions = new Actions();

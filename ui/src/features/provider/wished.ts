/**
 * What the user looked for in the list and wants to make: the beginning of a provider's name, or the name
 * of the credential.
 */
import { NAME_LIMIT } from "../../lib/scalar";
import { dialogs } from "../keys/dialogs.svelte";
import { providers } from "./providers.svelte";

/** A text as a name of ours may be: what stands between its letters and digits becomes a dash. */
export function asName(text: string): string {
  const joined = text.replaceAll(/[^A-Za-z0-9._-]+/g, "-").replaceAll(/^[^A-Za-z0-9]+|-+$/g, "");
  return joined.slice(0, NAME_LIMIT);
}

class Wished {
  private name = "";

  /** Opens the gallery: narrowed to the provider that is called so, or for a credential of that name. */
  create(text: string): void {
    const wanted = text.toLocaleLowerCase();
    const provider = providers.all.some(({ id, name }) =>
      [id, name].some((one) => one.toLocaleLowerCase().startsWith(wanted)),
    );
    this.name = provider ? "" : asName(text);
    dialogs.open("gallery", provider ? text : null);
  }

  /** Hands the name over, once. */
  take(): string {
    const { name } = this;
    this.name = "";
    return name;
  }
}

export const wished = new Wished();

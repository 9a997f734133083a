/** The suggestion that the user chose, on its way to the form that adds a credential. */
import type { PasteSuggestion } from "../../ipc";
import { dialogs } from "../keys/dialogs.svelte";

class PasteChoice {
  private chosen: PasteSuggestion | null = null;

  choose(suggestion: PasteSuggestion): void {
    this.chosen = suggestion;
    dialogs.open("add", suggestion.provider);
  }

  /** Hands it over, once, to the form of its provider. */
  take(provider: string): PasteSuggestion | null {
    const { chosen } = this;
    this.chosen = null;
    return chosen?.provider === provider ? chosen : null;
  }
}

export const pasteChoice = new PasteChoice();

/** Which dialog is open over the panes, and on what. At most one. */

export type DialogName =
  | "gallery"
  | "add"
  | "capture"
  | "mark"
  | "reveal"
  | "keys"
  | "filters"
  | "remove"
  | "revoke"
  | "with-key"
  | "calendar"
  | "rotate"
  | "compromised"
  | "edit"
  | "explain"
  | "palette";

class Dialogs {
  current = $state<DialogName | null>(null);
  /** What it is about: a provider, or a credential's reference. */
  subject = $state<string | null>(null);

  open(name: DialogName, subject: string | null = null): void {
    this.subject = subject;
    this.current = name;
  }

  /** Closes it; the subject stays, since the dialog that goes may still read it. */
  close(): void {
    this.current = null;
  }
}

export const dialogs = new Dialogs();

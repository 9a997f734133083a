/** Which dialog is open over the panes, and on what. At most one. */

export type DialogName = "gallery" | "add" | "capture" | "keys" | "filters" | "remove";

class Dialogs {
  current = $state<DialogName | null>(null);
  /** What it is about: a provider, or a credential's reference. */
  subject = $state<string | null>(null);

  open(name: DialogName, subject: string | null = null): void {
    this.subject = subject;
    this.current = name;
  }

  close(): void {
    this.current = null;
    this.subject = null;
  }
}

export const dialogs = new Dialogs();

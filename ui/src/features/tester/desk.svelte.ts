/**
 * What the rest of the window knows of the request tester: which credential it is on, whether one of its
 * dialogs is open, and what was being composed when the vault was locked. Light: the tester itself is
 * loaded with its screen.
 */
import { navigation } from "../navigation/navigation.svelte";

export type DeskDialog = "confirm" | "save" | "import" | "code";

class Desk {
  /** The credential that the tester is on, or is to open on. */
  reference = $state<string | null>(null);
  dialog = $state<DeskDialog | null>(null);
  /** What was brought back after a lock, or left for another credential, by its own; the composer takes it. */
  private back = new Map<string, unknown>();
  private forgetful: (() => void) | null = null;
  private address: HTMLElement | null = null;

  /** Where the focus goes when what it was on is gone. */
  addressIs(field: HTMLElement): () => void {
    this.address = field;
    return () => (this.address = null);
  }

  focusAddress(): void {
    this.address?.focus();
  }

  bringBack(reference: string, composed: unknown): void {
    this.setAside(reference, composed);
    this.reference = reference;
  }

  /** Remembers what is composed for it, until the lock. */
  setAside(reference: string, composed: unknown): void {
    this.back.set(reference, composed);
  }

  take(reference: string): unknown {
    const composed = this.back.get(reference);
    this.back.delete(reference);
    return composed;
  }

  /** Has the composer told when the vault is locked. */
  onforget(forget: () => void): void {
    this.forgetful = forget;
  }

  /** Forgets all but which credential it was: the vault is locked. */
  clear(): void {
    this.dialog = null;
    this.back.clear();
    this.forgetful?.();
  }
}

export const desk = new Desk();

/** Shows the tester, with this credential. */
export function openTester(reference: string | null): void {
  if (reference !== null) desk.reference = reference;
  navigation.go("requests");
}

/**
 * What the user is writing: kept in the vault while it is written, so that a lock loses none of it, and
 * brought back when the vault is open again. Secrets are no part of it: they are typed anew. While names
 * are hidden nothing is kept and nothing brought back, since it would have names in it.
 */
import { ipc } from "../../ipc";
import { toasts } from "../../lib/toasts.svelte";
import { words } from "../../words/en";
import { credentials } from "../credential/credentials.svelte";
import { detailPart } from "../credential/part.svelte";
import { noteDrafts } from "../history/drafts.svelte";
import { dialogs } from "../keys/dialogs.svelte";
import { sharing } from "../sharing/sharing.svelte";

export type DraftKind = "add" | "edit" | "note";

/** How long writing rests before it is kept. */
const REST = 300;

class Drafts {
  /** By what is written: `add:deepvue`, `edit:deepvue/main`. */
  private all = new Map<string, unknown>();
  private timer: number | undefined;
  private unwritten = false;

  /** Keeps what is written now. */
  keep(kind: DraftKind, subject: string, draft: unknown): void {
    if (sharing.on) return;
    this.all.set(`${kind}:${subject}`, draft);
    this.unwritten = true;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.write(), REST);
  }

  /** It was saved, or given up. */
  drop(kind: DraftKind, subject: string): void {
    if (!this.all.delete(`${kind}:${subject}`)) return;
    this.unwritten = true;
    void this.write();
  }

  /** What was written of it before; the caller knows its form, since a newer window starts anew. */
  of<T>(kind: DraftKind, subject: string): T | undefined {
    return this.all.get(`${kind}:${subject}`) as T | undefined;
  }

  /** Writes what waits; before the user locks. */
  async write(): Promise<void> {
    window.clearTimeout(this.timer);
    if (!this.unwritten) return;
    this.unwritten = false;
    const text = this.all.size === 0 ? null : JSON.stringify([...this.all]);
    // What cannot be kept is still in the form: the user loses nothing now.
    await ipc()
      .keep_draft({ text })
      .catch(() => undefined);
  }

  /** Brings back what was being written when the vault was locked: the form opens again. */
  async bringBack(): Promise<void> {
    if (sharing.on || this.all.size > 0) return;
    const kept = await ipc()
      .show_draft()
      .catch(() => ({ text: null }));
    this.all = new Map([...read(kept.text), ...this.all]);
    const back = [...this.all.keys()].map((key) => this.open(key));
    if (back.includes(true)) toasts.show(words.drafts.back);
  }

  private open(key: string): boolean {
    const at = key.indexOf(":");
    const [kind, subject] = [key.slice(0, at), key.slice(at + 1)];
    if (kind !== "add" && !credentials.all.some(({ ref }) => ref === subject)) {
      this.drop(kind as DraftKind, subject);
      return false;
    }
    if (kind === "note") {
      noteDrafts.set(subject, String(this.all.get(key)));
      if (subject === credentials.selected) detailPart.show("notes");
      return true;
    }
    if (dialogs.current !== null) return false;
    dialogs.open(kind as "add" | "edit", subject);
    return true;
  }

  /** The vault is locked: what is kept stays there, and nothing of it here. */
  forget(): void {
    window.clearTimeout(this.timer);
    this.unwritten = false;
    this.all = new Map();
  }
}

/** What an older or newer window kept in another form is no draft. */
function read(text: string | null): [string, unknown][] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    const isPair = (one: unknown): one is [string, unknown] =>
      Array.isArray(one) && /^(add|edit|note):/.test(String(one[0]));
    return Array.isArray(found) ? found.filter(isPair) : [];
  } catch {
    return [];
  }
}

export const drafts = new Drafts();

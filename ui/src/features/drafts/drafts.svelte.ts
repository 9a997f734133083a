/**
 * What the user is writing: kept in the vault while it is written, so that a lock loses none of it, and
 * brought back when the vault is open again. Secrets are no part of it: they are typed anew. While names
 * are hidden nothing is kept and nothing brought back, since it would have names in it.
 */
import { ipc } from "../../ipc";
import { asFailure } from "../../lib/failure";
import { toasts } from "../../lib/toasts.svelte";
import { words } from "../../words/en";
import { credentials } from "../credential/credentials.svelte";
import { detailPart } from "../credential/part.svelte";
import { noteDrafts } from "../history/drafts.svelte";
import { dialogs } from "../keys/dialogs.svelte";
import { navigation } from "../navigation/navigation.svelte";
import { sharing } from "../sharing/sharing.svelte";
import { desk } from "../tester/desk.svelte";
import { fitting } from "./room";

export type DraftKind = "add" | "edit" | "note" | "request";

/** How long writing rests before it is kept. */
const REST = 300;

class Drafts {
  /** By what is written: `add:deepvue`, `edit:deepvue/main`; what was written last stands last. */
  private all = new Map<string, unknown>();
  private timer: number | undefined;
  private unwritten = false;
  /** Of which the user was told that they are not kept; and whether keeping fails as such. */
  private told = new Set<string>();
  private failing = false;

  /** Keeps what is written now. */
  keep(kind: DraftKind, subject: string, draft: unknown): void {
    if (sharing.on) return;
    const key = `${kind}:${subject}`;
    this.all.delete(key);
    this.all.set(key, draft);
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
    const { all } = this;
    const { text, left } = fitting(all);
    this.tell(left);
    try {
      await ipc().keep_draft({ text });
      this.failing = false;
    } catch (error) {
      const failure = asFailure(error);
      // A lock took what is written here along, and it is not to be written over when it is back.
      if (all !== this.all || failure.code === "vault_locked") return;
      this.unwritten = true;
      if (this.failing) return;
      this.failing = true;
      toasts.show(words.drafts.notKept, failure.message, "warn");
    }
  }

  /** Says of each once that there is no room for it. */
  private tell(left: string[]): void {
    const news = left.filter((key) => !this.told.has(key));
    this.told = new Set(left);
    if (news.length === 0) return;
    const subjects = news.map((key) => key.slice(key.indexOf(":") + 1));
    toasts.show(words.drafts.noRoom(subjects.join(", ")), words.drafts.stays, "warn");
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
    if (kind === "request") {
      desk.bringBack(subject, this.all.get(key));
      return navigation.current === "requests";
    }
    if (dialogs.current !== null) return false;
    dialogs.open(kind as "add" | "edit", subject);
    return true;
  }

  /** The vault is locked: what is kept stays there, and nothing of it here. */
  forget(): void {
    window.clearTimeout(this.timer);
    this.unwritten = false;
    this.failing = false;
    this.told.clear();
    this.all = new Map();
  }
}

/** What an older or newer window kept in another form is no draft. */
function read(text: string | null): [string, unknown][] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    const isPair = (one: unknown): one is [string, unknown] =>
      Array.isArray(one) && /^(add|edit|note|request):/.test(String(one[0]));
    return Array.isArray(found) ? found.filter(isPair) : [];
  } catch {
    return [];
  }
}

export const drafts = new Drafts();

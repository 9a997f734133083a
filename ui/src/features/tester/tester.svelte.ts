/** One request being composed and sent, and who asks. Bodies of answers stay in the shell. */
import { ipc, type CredentialDetail, type EnvironmentName } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";
import { toasts } from "../../lib/toasts.svelte";
import { words } from "../../words/en";
import { testerWords as text } from "../../words/tester";
import { drafts } from "../drafts/drafts.svelte";
import { providers } from "../provider/providers.svelte";
import { basesOf, withoutHost } from "./address";
import { Answering } from "./answering.svelte";
import { recipeOf } from "./auth";
import type { Request, TesterAnswer, TesterRequest } from "./contract";
import { callOf } from "./call.svelte";
import { desk } from "./desk.svelte";
import { Draft, ofSample } from "./draft.svelte";
import { forVault, type Place } from "./keeping";
import type { LoadedFrom, LoadNote, SendChanges } from "./loaded";
import { LARGEST, tooLarge } from "./files";
import { exchanges } from "./history/exchanges.svelte";
import { saved } from "./saved.svelte";

export type { LoadedFrom, LoadNote, SendChanges } from "./loaded";

class Tester extends Answering {
  /** With which credential; null until one is chosen. */
  credential = $state.raw<CredentialDetail | null>(null);
  environment = $state<EnvironmentName | null>(null);
  /** Null is the usual one: what the agent takes for this path. */
  recipe = $state<string | null>(null);
  readonly draft = new Draft();
  loadNote = $state.raw<LoadNote | null>(null);
  openFailure = $state.raw<Failure | null>(null);
  readonly provider = $derived(
    this.credential === null ? undefined : providers.view(this.credential.provider),
  );
  /** The environments of the credential, the chosen one first, with where each answers. */
  readonly bases = $derived(basesOf(this.credential, this.provider, this.environment));
  /** The recipe that is sent with, as far as the page knows: a path may have one of its own. */
  readonly recipeInUse = $derived(
    recipeOf(this.credential, this.provider, this.recipe, this.draft.method, this.draft.path),
  );

  private opening = 0;
  /** Grows with each change by hand. */
  private edits = 0;

  /** Turns to a credential; what is being composed for another one is kept aside. */
  async open(reference: string): Promise<void> {
    const turn = ++this.opening;
    desk.reference = reference;
    const same = this.credential?.ref === reference;
    try {
      const credential = await ipc().show_credential({ reference });
      await providers.openAll([credential.provider]);
      if (turn !== this.opening) return;
      if (!same) this.leave();
      this.credential = credential;
      this.openFailure = null;
    } catch (error) {
      if (turn === this.opening) this.openFailure = asFailure(error);
      return;
    }
    if (same) return;
    this.cancel();
    this.answer = null;
    this.failure = null;
    this.begin();
    await saved.load(reference);
  }

  /** Asks anew how things stand with it: its token, its limits. */
  async refresh(): Promise<void> {
    const { reference } = desk;
    // Where another is being opened, that one is asked for already.
    if (this.credential !== null && reference === this.credential.ref) await this.open(reference);
  }

  /** What is composed stays with its credential: the draft is another one's from here on. */
  private leave(): void {
    const { credential, draft } = this;
    if (credential === null || !draft.changed) return;
    const kept = draft.kept(this.place);
    desk.setAside(credential.ref, kept);
    if (drafts.of("request", credential.ref) !== undefined)
      drafts.keep("request", credential.ref, forVault(kept));
  }

  /** Begins with what was being written, or the profile's first sample. */
  private begin(): void {
    const { credential, provider, draft } = this;
    if (credential === null) return;
    this.environment = credential.environment;
    this.recipe = null;
    this.loadNote = null;
    this.unkeep();
    if (this.resume(desk.take(credential.ref) ?? drafts.of("request", credential.ref))) return;
    const sample = provider?.samples[0];
    this.fill(sample === undefined ? { method: "GET", url: "/" } : ofSample(sample));
    draft.sample = sample?.id ?? null;
  }

  /** Takes up what was kept, and says what is missing of it; answers whether there was anything. */
  private resume(kept: unknown): boolean {
    const back = this.draft.restore(kept);
    if (back === null) return false;
    const { environment, recipe, missing } = back;
    const known = this.credential?.environments.find((name) => name === environment);
    this.environment = known ?? this.environment;
    this.recipe = recipe;
    const lines = missing.map((one) => text.back[one]);
    if (lines.length > 0) this.loadNote = { title: text.back.title, lines };
    return true;
  }

  private get place(): Place {
    return { environment: this.environment, recipe: this.recipe };
  }

  /** What is composed was changed by hand: it is kept while it is written. */
  touch(): void {
    const { credential, draft } = this;
    if (credential === null) return;
    this.edits += 1;
    draft.changed = true;
    draft.answered = false;
    // Written out when it is kept, and not with every key; it is frozen when another credential comes.
    drafts.keep("request", credential.ref, { toJSON: () => forVault(draft.kept(this.place)) });
  }

  /** It was answered as it stands: the vault forgets what was sent. */
  private settle(): void {
    const { credential, draft } = this;
    draft.answered = true;
    if (credential !== null && drafts.of("request", credential.ref) !== undefined)
      drafts.keep("request", credential.ref, forVault(draft.kept(this.place)));
  }

  private fill(request: Request): void {
    const { path, query } = withoutHost(request.url);
    const all = [...query, ...(request.query ?? [])];
    this.draft.fill({ ...request, url: path, query: all });
    if (this.credential !== null) drafts.drop("request", this.credential.ref);
  }

  /** Takes it in place of what is there; what was composed there can be brought back. */
  private replace(request: Request): void {
    const { credential, draft } = this;
    const before = draft.changed ? draft.kept(this.place) : null;
    this.fill(request);
    if (before === null || credential === null) return;
    const run = async (): Promise<void> => {
      if (this.credential?.ref !== credential.ref) await this.open(credential.ref);
      if (this.credential?.ref !== credential.ref || !this.resume(before)) return;
      this.touch();
      desk.focusAddress();
    };
    toasts.show(text.replaced, null, "done", { label: words.common.undo, run: () => void run() });
  }

  /** Puts a request into the composer, in place of what is there. */
  load(request: Request, from: LoadedFrom): void {
    this.replace(request);
    const origin = "saved" in from ? from.saved.saved : from;
    this.environment = origin.environment ?? this.credential?.environment ?? null;
    this.recipe = origin.recipe;
    this.loadNote = null;
    if ("saved" in from) {
      const { name, sample, checks } = from.saved.saved;
      Object.assign(this.draft, { saved: name, sample, checks: [...checks] });
    } else if (from.fill.length > 0) this.loadNote = { title: text.fillAgain, lines: from.fill };
  }

  /** Puts one in that came from elsewhere, and says what of it did not. */
  take(request: Request, sample: string | null, note: LoadNote | null): void {
    this.replace(request);
    this.draft.sample = sample;
    this.recipe = null;
    this.loadNote = note;
    if (note !== null && sample === null) this.touch();
  }

  /** What the shell is told; `confirmed` and the files are added by whoever sends. */
  call(turn: number): TesterRequest | null {
    const { credential, draft, place } = this;
    if (credential === null) return null;
    const keep = this.keeps ? { note: this.note.trim() || null } : null;
    return callOf({ turn, reference: credential.ref, draft, place, keep });
  }

  /** Sends what is composed; resolves when it is answered, failed or cancelled. */
  async send(changes: SendChanges = {}): Promise<void> {
    if (this.sendingSince !== null) return;
    this.environment = changes.environment ?? this.environment;
    this.recipe = changes.recipe ?? this.recipe;
    const turn = ++this.turn;
    const call = this.call(turn);
    if (call === null) return;
    call.confirmed = changes.confirmed === true;
    desk.dialog = null;
    const bytes = this.draft.bodyBytes();
    if (bytes > LARGEST) return this.fail(tooLarge(bytes));
    this.askedIn = this.environment;
    const { edits } = this;
    const failure = await this.ask(turn, async () => {
      const names = this.draft.fileNames();
      if (names.length > 0) call.files = await this.draft.files.contents(names);
      return turn === this.turn ? ipc().tester_send(call) : null;
    });
    if (turn !== this.turn) return;
    if (failure?.code === "confirmation_needed") desk.dialog = "confirm";
    else if (failure !== null) this.fail(failure);
    else {
      this.unkeep();
      if (edits === this.edits) this.settle();
    }
  }

  /** Asks where the answer leads, without the credential; says why that failed, and the answer stays then. */
  async follow(ticket: number): Promise<Failure | null> {
    const reference = this.credential?.ref;
    if (this.sendingSince !== null || reference === undefined) return null;
    const turn = ++this.turn;
    return this.ask(turn, () => ipc().follow_redirect({ reference, ticket, turn }));
  }

  override show(answer: TesterAnswer): void {
    super.show(answer);
    if (this.credential !== null) exchanges.note(this.credential.ref, answer);
    // What it used of the limits, and the token that it may have bought.
    void this.refresh();
  }

  /** Forgets everything: the vault is locked. */
  clear(): void {
    this.end();
    this.opening += 1;
    this.credential = null;
    this.environment = null;
    this.recipe = null;
    this.loadNote = null;
    this.openFailure = null;
    this.draft.fill({ method: "GET", url: "/" });
    saved.clear();
    exchanges.clear();
  }
}

export const tester = new Tester();
desk.onforget(() => tester.clear());

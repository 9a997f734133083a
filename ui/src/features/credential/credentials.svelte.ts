/**
 * The credentials, as lists and the detail show them: a cache that the agent's events renew. Holds
 * no secret, and nothing at all once the vault is locked.
 */
import { ipc, type CredentialDetail, type CredentialView } from "../../ipc";
import { clock } from "../../lib/clock";
import { asFailure, type Failure } from "../../lib/failure";
import { Loader } from "../../lib/loader";
import { phaseOf, staysCalm, untilNextPhase, type Phase } from "../../lib/remaining";
import { toasts } from "../../lib/toasts.svelte";
import { words } from "../../words/en";
import { providers } from "../provider/providers.svelte";
import { titleOf } from "./reading";

/**
 * How long the selection rests where a key moves it before its detail is fetched, in milliseconds: more than lies
 * between two of a key that is held down (33 at 30 Hz), and less than one notices.
 */
const REST = 50;

class Credentials {
  all = $state.raw<CredentialView[]>([]);
  loaded = $state(false);
  failure = $state<Failure | null>(null);
  selected = $state<string | null>(null);
  detail = $state.raw<CredentialDetail | null>(null);
  detailFailure = $state<Failure | null>(null);
  /** When a phase changed last: what depends on phases reads it. */
  phaseTime = $state(Date.now());
  /** The selected one, as far as it is known: all of it, or what the list shows until that came. */
  readonly chosen = $derived.by((): CredentialDetail | CredentialView | null => {
    const { selected, detail } = this;
    if (detail?.ref === selected) return detail;
    return this.all.find((one) => one.ref === selected) ?? detail;
  });
  private readonly phases = new Map<string, Phase>();
  private stopClock: (() => void) | null = null;
  private turn = 0;

  private readonly loader = new Loader(
    async () => {
      const [all] = await Promise.all([ipc().list_credentials(), providers.load()]);
      await providers.openAll(all.map((one) => one.provider));
      return all;
    },
    (all) => {
      this.all = all;
      this.failure = null;
    },
    (error) => (this.failure = asFailure(error)),
    () => {
      this.loaded = true;
      this.watchPhases();
      const gone = this.selected !== null && !this.all.some((one) => one.ref === this.selected);
      if (gone) this.unselect();
    },
  );

  load(): Promise<void> {
    return this.loader.load();
  }

  async select(reference: string): Promise<void> {
    this.selected = reference;
    this.detailFailure = null;
    await this.loadDetail();
  }

  /** Selects what a key moves to. Details of what is only passed are left out. */
  async pass(reference: string): Promise<void> {
    const turn = this.turn;
    this.selected = reference;
    this.detailFailure = null;
    await new Promise((resolve) => window.setTimeout(resolve, REST));
    if (turn === this.turn && this.selected === reference) await this.loadDetail();
  }

  unselect(): void {
    this.selected = null;
    this.detail = null;
    this.detailFailure = null;
  }

  async loadDetail(): Promise<void> {
    const reference = this.selected;
    if (reference === null) return;
    const turn = this.turn;
    const wanted = (): boolean => turn === this.turn && this.selected === reference;
    try {
      const detail = await ipc().show_credential({ reference });
      await providers.openAll([detail.provider]);
      if (!wanted()) return;
      this.detail = detail;
      this.detailFailure = null;
    } catch (error) {
      if (wanted()) this.detailFailure = asFailure(error);
    }
  }

  async changed(reference: string): Promise<void> {
    await this.load();
    if (this.selected === reference) await this.loadDetail();
  }

  phase(credential: CredentialView): Phase {
    return phaseOf(credential.token, Math.max(this.phaseTime, Date.now()));
  }

  /** When the next token ends that is not renewed in time by itself; null where none is known to end. */
  get nextEnd(): string | null {
    const now = Math.max(this.phaseTime, Date.now());
    const ends = this.all
      .filter(({ token }) => token.state !== "none" && !staysCalm(token))
      .map(({ token }) => token.expires_at)
      .filter((end): end is string => end !== null && Date.parse(end) > now);
    return ends.sort((a, b) => Date.parse(a) - Date.parse(b)).at(0) ?? null;
  }

  private watchPhases(): void {
    this.stopClock?.();
    this.phases.clear();
    this.stopClock = clock.watch((now) => this.lookAtPhases(now));
  }

  private lookAtPhases(now: number): number {
    let next = Infinity;
    let changed = false;
    for (const credential of this.all) {
      const phase = phaseOf(credential.token, now);
      const before = this.phases.get(credential.ref);
      if (before !== phase) {
        this.phases.set(credential.ref, phase);
        changed = true;
        if (before !== undefined) this.announce(credential, phase);
      }
      next = Math.min(next, untilNextPhase(credential.token, now));
    }
    if (changed) this.phaseTime = now;
    return next;
  }

  private announce(credential: CredentialView, phase: Phase): void {
    const name = titleOf(credential, providers.name(credential.provider));
    if (phase === "soon" || phase === "urgent" || phase === "expired") {
      toasts.say(words.token.spoken[phase](name));
    }
  }

  /** Forgets everything: the vault is locked, or the agent is another one. */
  clear(): void {
    this.turn += 1;
    this.loader.forget();
    this.stopClock?.();
    this.stopClock = null;
    this.phases.clear();
    this.all = [];
    this.detail = null;
    this.loaded = false;
    this.failure = null;
    this.detailFailure = null;
  }
}

export const credentials = new Credentials();

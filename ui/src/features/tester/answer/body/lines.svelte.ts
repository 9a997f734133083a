/**
 * The lines of a body that are on the screen or near it. The body stays in the shell: what is scrolled to is asked
 * for in pages, one question at a time, and of what was scrolled over meanwhile nothing is asked.
 */
import { ipc, type BodyForm, type BodyLine } from "../../../../ipc";
import { asFailure, type Failure } from "../../../../lib/failure";

const PAGE = 100;
/** The most pages that one question may ask for. */
const AT_ONCE = 4;
/** What is kept of what was seen: some screens each way. */
const KEPT = 24;

type Page = readonly [number: number, lines: readonly BodyLine[]];

export class Lines {
  total = $state(0);
  /** Characters of the longest line. */
  longest = $state(0);
  failure = $state.raw<Failure | null>(null);
  /** Whether the first lines are there. */
  loaded = $state(false);
  private pages = $state.raw<readonly Page[]>([]);
  /** Grows with each fold and each search: lines that were asked for before are old. */
  private edition = 0;
  private shownEdition = 0;
  private wanted: { from: number; to: number } = { from: 0, to: PAGE };
  private asking: Promise<void> | null = null;
  private ended = false;

  constructor(
    readonly body: number,
    readonly form: BodyForm,
  ) {}

  /** The line in a row that is seen; null where it is on its way. */
  at(row: number): BodyLine | null {
    return this.page(Math.floor(row / PAGE))?.[row % PAGE] ?? null;
  }

  /** Has the rows from `from` up to `to` fetched, where they are not there. */
  want(from: number, to: number): void {
    this.wanted = { from: Math.max(0, from), to };
    void this.fetch();
  }

  /** What is shown is old: another fold, or other marks. It stays until the new lines come, which ends this. */
  async anew(total?: number): Promise<void> {
    this.edition += 1;
    if (total !== undefined) this.total = total;
    await this.fetch();
  }

  /** Asks for nothing more. */
  end(): void {
    this.ended = true;
  }

  private page(number: number): readonly BodyLine[] | undefined {
    return this.pages.find(([one]) => one === number)?.[1];
  }

  private missing(): { first: number; pages: number } | null {
    const old = this.shownEdition !== this.edition;
    const last = this.loaded ? Math.min(this.wanted.to, this.total) : this.wanted.to;
    const end = Math.ceil(last / PAGE);
    let first = Math.floor(this.wanted.from / PAGE);
    while (!old && first < end && this.page(first) !== undefined) first += 1;
    if (first >= end) return old ? { first: 0, pages: 1 } : null;
    return { first, pages: Math.min(AT_ONCE, end - first) };
  }

  private async fetch(): Promise<void> {
    this.asking ??= this.untilThere();
    await this.asking;
  }

  private async untilThere(): Promise<void> {
    // Not over before its promise is known.
    await Promise.resolve();
    try {
      for (let next = this.missing(); next !== null && !this.ended; next = this.missing())
        await this.ask(next.first, next.pages);
      this.failure = null;
    } catch (error) {
      this.failure = asFailure(error);
    }
    this.asking = null;
  }

  private async ask(first: number, pages: number): Promise<void> {
    const { edition, body, form } = this;
    const from = first * PAGE;
    const got = await ipc().body_lines({ body, form, from, count: pages * PAGE });
    // Folded or searched meanwhile: the next question has the new lines.
    if (edition !== this.edition || this.ended) return;
    const kept = this.shownEdition === edition ? this.pages : [];
    const came = Array.from({ length: pages }, (_, at): Page => [
      first + at,
      got.lines.slice(at * PAGE, (at + 1) * PAGE),
    ]);
    const others = kept.filter(([page]) => page < first || page >= first + pages);
    this.pages = [...others.slice(-KEPT), ...came];
    this.shownEdition = edition;
    this.total = got.total;
    this.longest = got.longest;
    this.loaded = true;
  }
}

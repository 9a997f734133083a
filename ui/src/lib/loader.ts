/**
 * Loads one thing that may change while it is loaded: calls that come meanwhile share one more, and
 * an answer that comes after {@link Loader.forget} is dropped.
 */
export class Loader<T> {
  private turn = 0;
  private loading: Promise<void> | null = null;
  private stale = false;

  constructor(
    private readonly ask: () => Promise<T>,
    private readonly show: (answer: T) => void,
    private readonly fail: (error: unknown) => void,
    /** Called once nothing more is under way, whether the last answer came or failed. */
    private readonly settled: () => void = () => undefined,
  ) {}

  load(): Promise<void> {
    if (this.loading !== null) {
      this.stale = true;
      return this.loading;
    }
    const loading = this.untilFresh().finally(() => {
      if (this.loading === loading) this.loading = null;
    });
    this.loading = loading;
    return loading;
  }

  /** Drops what is under way: the vault is locked. */
  forget(): void {
    this.turn += 1;
    this.loading = null;
    this.stale = false;
  }

  private async untilFresh(): Promise<void> {
    const turn = this.turn;
    do {
      this.stale = false;
      try {
        const answer = await this.ask();
        if (turn === this.turn) this.show(answer);
      } catch (error) {
        if (turn === this.turn) this.fail(error);
      }
    } while (this.stale && turn === this.turn);
    if (turn === this.turn) this.settled();
  }
}

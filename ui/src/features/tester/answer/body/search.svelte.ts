/** The search in a body: done by the shell, which marks what it found in the lines that it gives. */
import { ipc, type BodyForm, type BodyHits } from "../../../../ipc";
import { asFailure, type Failure } from "../../../../lib/failure";

const NOTHING: BodyHits = { hits: 0, most: false, rows: [] };

export class Search {
  text = $state("");
  found = $state.raw<BodyHits>(NOTHING);
  /** Which of the found lines is looked at, from 0; -1 before the first one. */
  at = $state(-1);
  failure = $state.raw<Failure | null>(null);
  /** What was looked for last: what is typed may be newer. */
  private done = "";
  private looking: Promise<void> | null = null;

  constructor(
    private readonly body: number,
    private readonly form: BodyForm,
    /** Called where other lines have marks now, or folds were opened; ends when those lines are there. */
    private readonly anew: () => Promise<void>,
    /** Called to have a row looked at. */
    private readonly show: (row: number) => void,
  ) {}

  /** The first hit of what is typed; typing on while it is looked for asks once more, not once a letter. */
  async find(): Promise<void> {
    this.looking ??= this.untilDone();
    await this.looking;
  }

  /** To the next hit, or the one before; round at the end. */
  async go(step: 1 | -1): Promise<void> {
    if (this.text !== this.done || this.looking !== null) await this.find();
    else await this.to(this.at + step);
  }

  async end(): Promise<void> {
    this.text = "";
    await this.find();
  }

  private async untilDone(): Promise<void> {
    try {
      while (this.text !== this.done) {
        const { text, body, form } = this;
        const found = await ipc().body_search({ body, form, text, case: false });
        this.done = text;
        this.found = found;
        this.at = -1;
      }
      this.failure = null;
      if (this.found.rows.length === 0) await this.anew();
      else await this.to(0);
    } catch (error) {
      // What could not be looked for is not looked for again by itself.
      this.done = this.text;
      this.found = NOTHING;
      this.failure = asFailure(error);
    }
    this.looking = null;
  }

  private async to(at: number): Promise<void> {
    const { rows } = this.found;
    if (rows.length === 0) return;
    const next = (at + rows.length) % rows.length;
    const line = rows[next];
    if (line === undefined) return;
    const { body, form } = this;
    const { row } = await ipc().body_show({ body, form, line });
    this.at = next;
    // The row may lie beyond the end of what was folded.
    await this.anew();
    this.show(row);
  }
}

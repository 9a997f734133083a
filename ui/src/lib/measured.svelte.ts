/** The heights of a list and its rows, as the page says them: nothing is 0 high but what is hidden. */
export class Measured {
  #row = $state(0);
  #height = $state(0);

  /** What they are until they are measured. */
  constructor(row: number, height: number) {
    this.#row = row;
    this.#height = height;
  }

  get row(): number {
    return this.#row;
  }

  set row(now: number) {
    if (now > 0) this.#row = now;
  }

  get height(): number {
    return this.#height;
  }

  set height(now: number) {
    if (now > 0) this.#height = now;
  }

  /** How many rows are seen at once, less the one that paging keeps in sight. */
  get page(): number {
    return Math.max(1, Math.floor(this.#height / this.#row) - 1);
  }
}

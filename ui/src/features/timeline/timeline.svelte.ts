/** The timeline while its screen is open: what is shown of it, and where the keys are. */
import { ipc, type TimelineEvent, type TimelineLane, type TimelineView } from "../../ipc";
import { today } from "../../lib/dates";
import { asFailure, type Failure } from "../../lib/failure";
import { Loader } from "../../lib/loader";
import { axisAt, isShown, paged, showing, zoomed, zooms, type Axis, type Zoom } from "./axis";
import { firstCursor, NAME, type Cursor } from "./cursor";
import { dayOf } from "./days";
import { shareOfDay, timeOf } from "./lane";

export type Mode = Zoom | "list";

/** Which lanes are shown by their due day: within so many days, or overdue. */
export type Within = "any" | "overdue" | "7" | "14" | "30" | "90";

/** The way it was looked at last, in this window. */
let lastMode: Mode = "month";

export class Timeline {
  view = $state.raw<TimelineView | null>(null);
  failure = $state<Failure | null>(null);
  mode = $state<Mode>(lastMode);
  axis = $state.raw<Axis>(axisAt("month", dayOf(today(Date.now()))));
  search = $state("");
  within = $state<Within>("any");
  private wanted = $state.raw<Cursor | null>(null);

  readonly today = $derived(dayOf(this.view?.today ?? today(Date.now())));

  /** This moment, as days with their fraction. */
  readonly now = $derived(this.today + (this.view === null ? 0 : shareOfDay(Date.now())));

  readonly lanes = $derived.by(() => {
    const words = this.search.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return (this.view?.lanes ?? []).filter((lane) => {
      const name = lane.ref.toLocaleLowerCase();
      return words.every((word) => name.includes(word)) && this.isWithin(lane);
    });
  });

  /** The key that is due next, and how many are overdue. */
  readonly outlook = $derived.by(() => {
    const dated = (this.view?.lanes ?? [])
      .filter((lane) => lane.due_on !== null)
      .map((lane) => ({ reference: lane.ref, day: dayOf(lane.due_on ?? "") }));
    const ahead = dated.filter(({ day }) => day >= this.today).sort((a, b) => a.day - b.day);
    return { next: ahead[0] ?? null, overdue: dated.length - ahead.length };
  });

  private readonly places = $derived(
    Object.fromEntries(this.lanes.map((lane, index) => [lane.ref, index])),
  );

  /** Where the keys are; on the first lane where the wanted one is gone. */
  readonly cursor = $derived.by((): Cursor | null => {
    const wanted = this.wanted;
    const lane = wanted === null ? undefined : this.lane(wanted.reference);
    if (wanted === null || lane === undefined) return firstCursor(this.lanes, this.today);
    return wanted.event < lane.events.length ? wanted : { ...wanted, event: NAME };
  });

  private readonly loader = new Loader(
    () => ipc().show_timeline(),
    (view) => {
      if (this.view === null) this.goToday(dayOf(view.today));
      const [cursor, event] = [this.wanted, this.event()];
      this.view = view;
      if (cursor !== null && event !== undefined) this.wanted = this.found(cursor, event);
      this.failure = null;
    },
    (error) => (this.failure = asFailure(error)),
  );

  load(): Promise<void> {
    return this.loader.load();
  }

  /** Drops what is under way: the screen is left. */
  end(): void {
    this.loader.forget();
  }

  lane(reference: string): TimelineLane | undefined {
    return this.lanes[this.place(reference)];
  }

  place(reference: string): number {
    return this.places[reference] ?? -1;
  }

  /** The event under the cursor. */
  event(): TimelineEvent | undefined {
    const { cursor } = this;
    return cursor === null ? undefined : this.lane(cursor.reference)?.events[cursor.event];
  }

  /** Puts the cursor there, and turns the axis so that it is seen. */
  moveTo(cursor: Cursor): void {
    this.wanted = cursor;
    const event = this.event();
    if (event !== undefined) this.axis = showing(this.axis, timeOf(event));
  }

  choose(mode: Mode): void {
    this.mode = mode;
    lastMode = mode;
    if (mode !== "list") this.axis = zoomed(this.axis, mode, this.middle());
  }

  /** One step nearer or farther. */
  zoom(step: -1 | 1): void {
    const next = zooms[zooms.indexOf(this.axis.zoom) + step];
    if (next !== undefined) this.choose(next);
  }

  turn(direction: -1 | 1): void {
    this.axis = paged(this.axis, direction);
  }

  goToday(day = this.today): void {
    const zoom = this.mode === "list" ? this.axis.zoom : this.mode;
    this.axis = axisAt(zoom, day);
  }

  /** The cursor on the event that it was on, wherever that stands now: one that was put off has moved. */
  private found(cursor: Cursor, event: TimelineEvent): Cursor {
    const events = this.lane(cursor.reference)?.events ?? [];
    const same = events.findIndex(({ kind, at }) => kind === event.kind && at === event.at);
    const alike = same === -1 ? events.findIndex(({ kind }) => kind === event.kind) : same;
    return alike === -1 ? cursor : { ...cursor, event: alike };
  }

  /** What stays where it is when the zoom changes. */
  private middle(): number {
    const event = this.event();
    const at = event === undefined ? this.today : timeOf(event);
    return isShown(this.axis, at) ? at : this.today;
  }

  private isWithin(lane: TimelineLane): boolean {
    if (this.within === "any") return true;
    if (lane.due_on === null) return false;
    const left = dayOf(lane.due_on) - this.today;
    return this.within === "overdue" ? left < 0 : left <= Number(this.within);
  }
}

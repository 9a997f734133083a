/** The keys in force: those that the window comes with, and in their place those that the user chose. */
import { preferences } from "../../lib/preferences.svelte";
import { ACTIONS, actionsOf, type Action, type ActionOf, type Scope } from "./actions";
import { fieldOf, inForce } from "./check";
import { actsWhileTyping, aria, combinationOf, printed, spelled } from "./combination";

class Bindings {
  private readonly all = $derived(inForce(preferences.kept?.keys ?? {}));

  get keys() {
    return this.all.keys;
  }

  get refused() {
    return this.all.refused;
  }

  /** The actions that were given another key than they come with, also one that does not count. */
  readonly changed = $derived(
    ACTIONS.filter((action) => preferences.kept?.keys[action] !== undefined),
  );

  isChanged(action: Action): boolean {
    return this.changed.includes(action);
  }

  /** What a key sets off among the actions of some places. */
  find<In extends Scope>(combination: string, ...scopes: In[]): ActionOf<In> | null {
    const among = scopes.flatMap((scope) => actionsOf(scope));
    const fits = (action: Action): boolean =>
      action === "field" ? this.field(combination) !== null : this.keys[action] === combination;
    return among.find((action) => fits(action as Action)) ?? null;
  }

  /** Which field a key copies, from 1. */
  field(combination: string): number | null {
    return fieldOf(combination, this.keys);
  }

  /** Whether the key of an action was pressed, and acts although somebody types. */
  pressedOver(event: KeyboardEvent, action: Action): boolean {
    const combination = combinationOf(event);
    return combination === this.keys[action] && actsWhileTyping(combination);
  }

  /** What is printed on its keys. */
  printed(action: Action): string[] {
    return printed(this.keys[action]);
  }

  /** What is printed on the keys for a field, from 1; nothing where there is none. */
  printedField(place: number): string[] {
    return place > 9 ? [] : printed(this.fieldKeys(place));
  }

  /** As the keys stand in a sentence. */
  spelled(action: Action): string {
    return spelled(this.keys[action]);
  }

  spelledField(place: number): string {
    return spelled(this.fieldKeys(place));
  }

  /** As `aria-keyshortcuts` has them. */
  aria(action: Action): string | undefined {
    return aria(this.keys[action]);
  }

  private fieldKeys(place: number): string {
    return `${this.keys.field.slice(0, -1)}${place}`;
  }
}

export const bindings = new Bindings();

/** Takes the next keys for an action, says what is wrong with them, and keeps those that are free. */
import { preferences } from "../../lib/preferences.svelte";
import { settingsWords } from "../../words/settings";
import { ACTIONS, DEFAULTS, nameOf, scopeOf, type Action } from "../keys/actions";
import { bindings } from "../keys/bindings.svelte";
import { refusal, takenEverywhere, type Refusal } from "../keys/check";
import { combinationOf, PREFIX, spelled } from "../keys/combination";
import { paletteShortcut } from "./surroundings.svelte";

const words = settingsWords.keys;

/** Why keys are refused, in words. */
export function reason(refused: Refusal, combination: string): string {
  const keys = spelled(combination);
  if (refused.why === "taken") return words.taken(keys, nameOf(refused.by));
  return words.refused[refused.why](keys);
}

export class Recorder {
  /** Whose keys are waited for. */
  action = $state<Action | null>(null);
  /** What stands beside an action. */
  message = $state.raw<{ action: Action; text: string; wrong: boolean } | null>(null);
  /** What readers of the screen are told. */
  spoken = $state("");
  /** Whether the first of two keys was pressed. */
  private begun = false;

  start(action: Action): void {
    this.action = action;
    this.message = null;
    this.begun = false;
    this.spoken = words.pressing(nameOf(action));
  }

  /** Takes a key; answers whether nothing more is waited for. */
  press(event: KeyboardEvent): boolean {
    const { action } = this;
    const combination = event.repeat ? null : combinationOf(event);
    if (action === null || combination === null) return false;
    const second = this.begun;
    this.begun = false;
    if (combination === "Escape") this.leave();
    else if (combination === "Backspace") this.take(action, DEFAULTS[action]);
    else if (second) this.take(action, `${PREFIX} ${combination}`);
    else if (combination === PREFIX && mayBegin(action)) {
      this.begun = true;
      this.say(action, words.goesOn(PREFIX), false);
    } else this.take(action, combination);
    return this.action === null;
  }

  /** Leaves it as it is. */
  leave(): void {
    const { action } = this;
    if (action === null) return;
    this.action = null;
    this.message = null;
    this.spoken = words.left(nameOf(action), bindings.spelled(action));
  }

  /** Gives an action its default key back. */
  restore(action: Action): void {
    this.take(action, DEFAULTS[action]);
  }

  /** Gives all of them their default keys back; what only another version knows stays. */
  async restoreAll(): Promise<void> {
    const asked = Object.entries(preferences.kept?.keys ?? {});
    const unknown = asked.filter(([action]) => !ACTIONS.some((one) => one === action));
    this.message = null;
    await preferences.change({ keys: Object.fromEntries(unknown) });
    if (preferences.failure === null) this.spoken = words.allRestored;
  }

  private take(action: Action, combination: string): void {
    const refused = refusal(action, combination, bindings.keys);
    if (takenEverywhere(action, combination, paletteShortcut.inEveryProgram))
      this.say(action, words.everywhere(spelled(combination)), true);
    else if (refused === null) void this.keep(action, combination);
    else this.say(action, reason(refused, combination), true);
  }

  private async keep(action: Action, combination: string): Promise<void> {
    this.action = null;
    this.message = null;
    const asked = Object.entries(preferences.kept?.keys ?? {});
    const others = Object.fromEntries(asked.filter(([name]) => name !== action));
    const own = combination === DEFAULTS[action] ? {} : { [action]: combination };
    await preferences.change({ keys: { ...others, ...own } });
    if (preferences.failure === null)
      this.spoken = words.now(nameOf(action), bindings.spelled(action));
  }

  private say(action: Action, text: string, wrong: boolean): void {
    this.message = { action, text, wrong };
    this.spoken = text;
  }
}

/** Whether it can have two keys after another. */
function mayBegin(action: Action): boolean {
  return action !== "field" && scopeOf(action) !== "lanes";
}

/** How the user wants the window to be. What is chosen shows at once, before the next start. */
import { ipc, type Preferences } from "../ipc";
import { show } from "./appearance";
import { asFailure, type Failure } from "./failure";
import { Kept } from "./kept.svelte";

class KeptPreferences extends Kept<Preferences> {
  /** What is wrong with their file: they are then those that the window comes with. */
  problem = $state.raw<Failure | null>(null);

  protected async ask(): Promise<Preferences> {
    const { preferences, problem } = await ipc().show_preferences();
    this.problem = problem === null ? null : asFailure(problem);
    return preferences;
  }

  protected async keep(settings: Preferences): Promise<Preferences> {
    return (await ipc().set_preferences({ preferences: settings })).preferences;
  }

  /** Whether a key is one of those that act alone, and that the user switched off (WCAG 2.1.4). */
  mutes(event: KeyboardEvent): boolean {
    const signs = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    return signs && this.kept?.letters_off === true;
  }

  /** Of the keys only those of the change go back: others may have been chosen since. */
  protected override inverse(
    before: Preferences,
    part: Partial<Preferences>,
    now: Preferences,
  ): Partial<Preferences> {
    const old = super.inverse(before, part, now);
    if (part.keys === undefined) return old;
    const names = new Set([...Object.keys(before.keys), ...Object.keys(part.keys)]);
    const changed = [...names].filter((name) => before.keys[name] !== part.keys?.[name]);
    const others = Object.entries(now.keys).filter(([name]) => !changed.includes(name));
    const back = Object.entries(before.keys).filter(([name]) => changed.includes(name));
    return { ...old, keys: Object.fromEntries([...others, ...back]) };
  }

  protected override heard(kept: Preferences): void {
    show(kept);
  }
}

export const preferences = new KeptPreferences();

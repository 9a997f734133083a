/**
 * Has the window begin anew: nothing that a test did is there in the next one. Files share one window
 * (`vitest.config.ts`), so what a module keeps for itself belongs in here.
 */
import { about } from "../src/features/about/about.svelte";
import { closing } from "../src/features/closing/closing.svelte";
import { credentials } from "../src/features/credential/credentials.svelte";
import { detailPart } from "../src/features/credential/part.svelte";
import { forget } from "../src/features/follow";
import { endSequence } from "../src/features/keys/sequence";
import { listFilter } from "../src/features/list/filter.svelte";
import { layout } from "../src/features/list/layout.svelte";
import { navigation } from "../src/features/navigation/navigation.svelte";
import { summons } from "../src/features/palette/summons.svelte";
import { pasteChoice } from "../src/features/paste/choice.svelte";
import { postponed } from "../src/features/session/postponed.svelte";
import { session } from "../src/features/session/session.svelte";
import { autostart, paletteShortcut } from "../src/features/settings/surroundings.svelte";
import { sharing } from "../src/features/sharing/sharing.svelte";
import { desk } from "../src/features/tester/desk.svelte";
import { Timeline } from "../src/features/timeline/timeline.svelte";
import { forgetNames } from "../src/ipc/sharing/door";
import { preferences } from "../src/lib/preferences.svelte";

/** Sets what a store holds, its own affairs too; one that it does not hold is a mistake here. */
function set(store: object, held: Record<string, unknown>): void {
  for (const name of Object.keys(held))
    if (!(name in store)) throw new Error(`${store.constructor.name} holds no ${name}`);
  Object.assign(store, held);
}

/** What was put into the page by hand, and what preferences do to its root. */
function clearPage(): void {
  document.body.replaceChildren();
  const root = document.documentElement;
  for (const name of root.getAttributeNames()) root.removeAttribute(name);
}

export function beginAnew(): void {
  sharing.follow(false);
  forgetNames();
  forget();
  for (const kept of [preferences, autostart, paletteShortcut]) kept.clear();
  set(preferences, { problem: null });
  set(about, { info: null, failure: null });
  set(closing, { asking: false, failure: null });
  set(credentials, { selected: null, phaseTime: Date.now() });
  set(detailPart, { wanted: null });
  set(pasteChoice, { chosen: null });
  set(postponed, { waits: false, work: null, at: 0 });
  set(desk, { reference: null });
  set(summons, { waiting: false });
  listFilter.reset();
  set(layout, { folded: false, listWidth: 340 });
  navigation.go("vault");
  endSequence();
  new Timeline().choose("month");
  set(session, {
    stage: "starting",
    protect: null,
    readOnly: false,
    lockReason: "start",
    failure: null,
    agentLost: false,
    recoveryPending: false,
    lockingHere: false,
    quitting: false,
    making: false,
  });
  clearPage();
}

/** What happy-dom lacks of a window, and a clean window before each test. */
import { beforeEach } from "vitest";
import { forget } from "../src/features/follow";
import { credentials } from "../src/features/credential/credentials.svelte";
import { listFilter } from "../src/features/list/filter.svelte";
import { layout } from "../src/features/list/layout.svelte";
import { navigation } from "../src/features/navigation/navigation.svelte";
import { preferences } from "../src/lib/preferences.svelte";
import { session } from "../src/features/session/session.svelte";
import { sharing } from "../src/features/sharing/sharing.svelte";

Element.prototype.scrollIntoView ??= () => undefined;

beforeEach(() => {
  sharing.follow(false);
  forget();
  preferences.clear();
  credentials.unselect();
  listFilter.reset();
  layout.folded = false;
  layout.listWidth = 340;
  navigation.go("vault");
  session.stage = "starting";
  session.lockReason = "start";
  session.failure = null;
  session.agentLost = false;
  session.recoveryPending = false;
});

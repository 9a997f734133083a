/** Keeps what the window shows in step with the agent, by its events alone. */
import { asShown, ipc, type ShellEvent, type Unsubscribe } from "../ipc";
import { preferences } from "../lib/preferences.svelte";
import { toasts } from "../lib/toasts.svelte";
import { allowList } from "./allowlist/allowlist.svelte";
import { checklist } from "./checklist/checklist.svelte";
import { actions } from "./credential/actions.svelte";
import { usage } from "./credential/kinds/usage.svelte";
import { closing } from "./closing/closing.svelte";
import { heldCopy } from "./clipboard/held.svelte";
import { credentials } from "./credential/credentials.svelte";
import { drafts } from "./drafts/drafts.svelte";
import { health } from "./health/health.svelte";
import { noteDrafts } from "./history/drafts.svelte";
import { inbox } from "./inbox/inbox.svelte";
import { dialogs } from "./keys/dialogs.svelte";
import { focusDetail } from "./keys/panes";
import { layout } from "./list/layout.svelte";
import { navigation } from "./navigation/navigation.svelte";
import { forgetUses } from "./palette/recent";
import { summons } from "./palette/summons.svelte";
import { providers } from "./provider/providers.svelte";
import { wished } from "./provider/wished";
import { rotation } from "./rotation/rotation.svelte";
import { sampleRequest } from "./request/sample.svelte";
import { session } from "./session/session.svelte";
import { sharing } from "./sharing/sharing.svelte";
import { checking } from "./tester/checks/checking.svelte";
import { desk } from "./tester/desk.svelte";

async function heard(event: ShellEvent): Promise<void> {
  if (typeof event === "object" && "credential_changed" in event) {
    if (session.stage === "open") await credentials.changed(event.credential_changed);
    return;
  }
  if (typeof event === "object" && "provider_changed" in event) {
    if (session.stage === "open") await providers.changed(event.provider_changed);
    return;
  }
  if (typeof event === "object" && "open_requested" in event) {
    await show(event.open_requested);
    return;
  }
  if (typeof event === "object" && "clipboard_released" in event) {
    heldCopy.ended(event.clipboard_released);
    return;
  }
  if (event === "palette_requested") {
    summons.palette();
    return;
  }
  if (typeof event === "object" && "window" in event) {
    closing.ask();
    return;
  }
  if (typeof event === "object" && "share_safe" in event) {
    sharing.follow(event.share_safe);
    return;
  }
  if (event === "reminders_changed") {
    if (session.stage === "open") await inbox.load();
    return;
  }
  await session.heard(event);
  const back = typeof event === "object" && "agent" in event && event.agent === "back";
  if (back && session.stage === "open") await credentials.load();
}

/** Shows a credential; behind the lock it is the one that is selected after it. */
async function show(reference: string | null): Promise<void> {
  if (reference === null) return;
  // What has the focus there belongs to the credential that goes.
  const inDetail = (document.activeElement?.closest("[data-pane='detail']") ?? null) !== null;
  credentials.selected = reference;
  navigation.go("vault");
  if (session.stage !== "open") return;
  await credentials.select(reference);
  if (inDetail) focusDetail();
}

/** Listens first and asks then, so that nothing is missed between. The answer ends it. */
export function follow(): Unsubscribe {
  let stop: Unsubscribe | null = null;
  let ended = false;
  void preferences.load().then(() => layout.restore());
  const started = ipc().subscribe((event) => void heard(asShown(event)));
  void started
    .then((unsubscribe) => {
      if (ended) unsubscribe();
      else stop = unsubscribe;
    })
    .then(() => sharing.load())
    .then(() => ipc().opened_for())
    .then(async ({ reference, palette }) => {
      await show(reference);
      if (palette) summons.palette();
    })
    .catch(() => undefined)
    .then(() => session.refresh());
  return () => {
    ended = true;
    stop?.();
  };
}

/** Forgets all that came out of the vault; called when it is locked. */
export function forget(): void {
  dialogs.close();
  sampleRequest.clear();
  desk.clear();
  checking.clear();
  actions.clear();
  rotation.clear();
  checklist.clear();
  drafts.forget();
  noteDrafts.clear();
  wished.take();
  allowList.clear();
  forgetUses();
  credentials.clear();
  providers.clear();
  health.clear();
  inbox.clear();
  heldCopy.forget();
  usage.clear();
  toasts.clear();
}

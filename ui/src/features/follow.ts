/** Keeps what the window shows in step with the agent, by its events alone. */
import { ipc, type ShellEvent, type Unsubscribe } from "../ipc";
import { toasts } from "../lib/toasts.svelte";
import { actions } from "./credential/actions.svelte";
import { credentials } from "./credential/credentials.svelte";
import { dialogs } from "./keys/dialogs.svelte";
import { providers } from "./provider/providers.svelte";
import { sampleRequest } from "./request/sample.svelte";
import { session } from "./session/session.svelte";

async function heard(event: ShellEvent): Promise<void> {
  if (typeof event === "object" && "credential_changed" in event) {
    if (session.stage === "open") await credentials.changed(event.credential_changed);
    return;
  }
  if (typeof event === "object" && "provider_changed" in event) {
    if (session.stage === "open") await providers.changed(event.provider_changed);
    return;
  }
  await session.heard(event);
  const back = typeof event === "object" && "agent" in event && event.agent === "back";
  if (back && session.stage === "open") await credentials.load();
}

/** Listens first and asks then, so that nothing is missed between. The answer ends it. */
export function follow(): Unsubscribe {
  let stop: Unsubscribe | null = null;
  let ended = false;
  const started = ipc().subscribe((event) => void heard(event));
  void started
    .then((unsubscribe) => {
      if (ended) unsubscribe();
      else stop = unsubscribe;
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
  actions.clear();
  credentials.clear();
  providers.clear();
  toasts.clear();
}

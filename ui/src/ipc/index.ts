/**
 * The one door to the shell, and the only importer of `@tauri-apps/*`. Features call `ipc()`;
 * components call features. Tests and the gallery of screens put a recorded backend behind the door.
 */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Ipc, RevealIpc, ShellEvent } from "./contract";

export type * from "./contract";
export type * from "./types";

/** The name under which the shell passes events on. */
const EVENT = "keyturn";

const shell: Ipc & RevealIpc = {
  show_status: () => invoke("show_status"),
  init_vault: (call) => invoke("init_vault", call),
  save_recovery_key: () => invoke("save_recovery_key"),
  show_recovery_key: () => invoke("show_recovery_key"),
  confirm_recovery_key: (call) => invoke("confirm_recovery_key", call),
  unlock_vault: (call) => invoke("unlock_vault", call),
  lock_vault: () => invoke("lock_vault"),
  list_providers: () => invoke("list_providers"),
  show_provider: (call) => invoke("show_provider", call),
  list_credentials: () => invoke("list_credentials"),
  show_credential: (call) => invoke("show_credential", call),
  list_due: (call) => invoke("list_due", call),
  add_credential: (call) => invoke("add_credential", { call }),
  capture_key: (call) => invoke("capture_key", call),
  remove_credential: (call) => invoke("remove_credential", call),
  copy_secret: (call) => invoke("copy_secret", call),
  renew_token: (call) => invoke("renew_token", call),
  send_request: (call) => invoke("send_request", { call }),
  open_reveal: (call) => invoke("open_reveal", call),
  app_info: () => invoke("app_info"),
  subscribe: (listener) => listen<ShellEvent>(EVENT, (event) => listener(event.payload)),
  take_reveal: () => invoke("take_reveal"),
  close_reveal: () => invoke("close_reveal"),
};

let backend: Ipc & RevealIpc = shell;

/** What is behind the door. */
export function ipc(): Ipc & RevealIpc {
  return backend;
}

/** Puts another backend behind the door; for tests and the gallery of screens. */
export function replaceBackend(other: Ipc & RevealIpc): void {
  backend = other;
}

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
  check_capture: (call) => invoke("check_capture", call),
  capture_key: (call) => invoke("capture_key", call),
  test_key: (call) => invoke("test_key", call),
  remove_credential: (call) => invoke("remove_credential", call),
  copy_secret: (call) => invoke("copy_secret", call),
  renew_token: (call) => invoke("renew_token", call),
  send_request: (call) => invoke("send_request", { call }),
  annotate_credential: (call) => invoke("annotate_credential", { call }),
  find_credentials: (call) => invoke("find_credentials", call),
  copy_text: (call) => invoke("copy_text", call),
  show_rotation: (call) => invoke("show_rotation", call),
  advance_rotation: (call) => invoke("advance_rotation", { call }),
  show_consumers: (call) => invoke("show_consumers", call),
  edit_consumers: (call) => invoke("edit_consumers", { call }),
  show_allow_list: (call) => invoke("show_allow_list", call),
  edit_allow_list: (call) => invoke("edit_allow_list", { call }),
  show_checklist: (call) => invoke("show_checklist", call),
  tick_checklist: (call) => invoke("tick_checklist", { call }),
  list_reminders: () => invoke("list_reminders"),
  snooze_reminder: (call) => invoke("snooze_reminder", { call }),
  acknowledge_reminder: (call) => invoke("acknowledge_reminder", call),
  show_inbox: () => invoke("show_inbox"),
  mark_inbox_read: (call) => invoke("mark_inbox_read", { call }),
  show_reminder_settings: () => invoke("show_reminder_settings"),
  set_reminder_settings: (call) => invoke("set_reminder_settings", { call }),
  export_calendar: (call) => invoke("export_calendar", call),
  show_timeline: () => invoke("show_timeline"),
  show_health: () => invoke("show_health"),
  open_reveal: (call) => invoke("open_reveal", call),
  app_info: () => invoke("app_info"),
  opened_for: () => invoke("opened_for"),
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

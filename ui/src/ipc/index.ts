/**
 * The one door to the shell, and the only importer of `@tauri-apps/*`. Features call `ipc()`;
 * components call features. Tests and the gallery of screens put a recorded backend behind the door.
 */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { ConsentIpc, Ipc, RevealIpc, ShellEvent } from "./contract";
import { covered, coveredEvent } from "./sharing/door";

export { maskOf, meantBy } from "./sharing/door";
export type * from "./contract";
export type * from "./types";

/** The name under which the shell passes events on. */
const EVENT = "keyturn";

/** What any window may ask; the shell refuses what is not the asking window's own. */
export type Backend = Ipc & RevealIpc & ConsentIpc;

const shell: Backend = {
  show_status: () => invoke("show_status"),
  init_vault: (call) => invoke("init_vault", call),
  save_recovery_key: () => invoke("save_recovery_key"),
  copy_recovery_key: () => invoke("copy_recovery_key"),
  show_recovery_key: (call) => invoke("show_recovery_key", call),
  confirm_recovery_key: (call) => invoke("confirm_recovery_key", call),
  unlock_vault: (call) => invoke("unlock_vault", call),
  lock_vault: () => invoke("lock_vault"),
  list_providers: () => invoke("list_providers"),
  show_provider: (call) => invoke("show_provider", call),
  list_credentials: () => invoke("list_credentials"),
  show_credential: (call) => invoke("show_credential", call),
  list_due: (call) => invoke("list_due", call),
  add_credential: (call) => invoke("add_credential", { call }),
  recognize_paste: (call) => invoke("recognize_paste", call),
  check_capture: (call) => invoke("check_capture", call),
  capture_key: (call) => invoke("capture_key", call),
  test_key: (call) => invoke("test_key", call),
  remove_credential: (call) => invoke("remove_credential", call),
  edit_credential: (call) => invoke("edit_credential", { call }),
  list_trash: () => invoke("list_trash"),
  restore_credential: (call) => invoke("restore_credential", { call }),
  empty_trash: (call) => invoke("empty_trash", { call }),
  show_history: (call) => invoke("show_history", call),
  restore_version: (call) => invoke("restore_version", { call }),
  list_journal: (call) => invoke("list_journal", { call }),
  verify_journal: () => invoke("verify_journal"),
  show_draft: () => invoke("show_draft"),
  keep_draft: (call) => invoke("keep_draft", call),
  show_settings: () => invoke("show_settings"),
  set_settings: (call) => invoke("set_settings", { call }),
  copy_secret: (call) => invoke("copy_secret", call),
  clear_clipboard: () => invoke("clear_clipboard"),
  revoke_token: (call) => invoke("revoke_token", call),
  show_usage: (call) => invoke("show_usage", call),
  decode_token: (call) => invoke("decode_token", call),
  set_token_end: (call) => invoke("set_token_end", { call }),
  renew_token: (call) => invoke("renew_token", call),
  send_request: (call) => invoke("send_request", { call }),
  explain_answer: (call) => invoke("explain_answer", { call }),
  tester_send: (call) => invoke("tester_send", { call }),
  tester_cancel: (call) => invoke("tester_cancel", call),
  tester_preview: (call) => invoke("tester_preview", { call }),
  follow_redirect: (call) => invoke("follow_redirect", call),
  run_checks: (call) => invoke("run_checks", call),
  import_curl: (call) => invoke("import_curl", call),
  import_document: (call) => invoke("import_document", call),
  request_code: (call) => invoke("request_code", call),
  request_variables: (call) => invoke("request_variables", call),
  body_lines: (call) => invoke("body_lines", call),
  body_fold: (call) => invoke("body_fold", call),
  body_search: (call) => invoke("body_search", call),
  body_show: (call) => invoke("body_show", call),
  body_image: (call) => invoke("body_image", call),
  body_save: (call) => invoke("body_save", call),
  body_copy: (call) => invoke("body_copy", call),
  compare_answers: (call) => invoke("compare_answers", call),
  list_exchanges: (call) => invoke("list_exchanges", call),
  forget_exchanges: (call) => invoke("forget_exchanges", call),
  show_kept: (call) => invoke("show_kept", call),
  list_saved: (call) => invoke("list_saved", call),
  save_request: (call) => invoke("save_request", call),
  save_requests: (call) => invoke("save_requests", call),
  remove_saved: (call) => invoke("remove_saved", call),
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
  show_preferences: () => invoke("show_preferences"),
  set_preferences: (call) => invoke("set_preferences", call),
  show_shortcut: () => invoke("show_shortcut"),
  set_shortcut: (call) => invoke("set_shortcut", call),
  show_share_safe: () => invoke("show_share_safe"),
  set_share_safe: (call) => invoke("set_share_safe", call),
  show_autostart: () => invoke("show_autostart"),
  set_autostart: (call) => invoke("set_autostart", call),
  close_window: () => invoke("close_window"),
  quit: () => invoke("quit"),
  subscribe: (listener) => listen<ShellEvent>(EVENT, (event) => listener(event.payload)),
  take_consent: () => invoke("take_consent"),
  answer_consent: (call) => invoke("answer_consent", call),
  take_reveal: () => invoke("take_reveal"),
  close_reveal: () => invoke("close_reveal"),
};

let backend: Backend = shell;
/** What covers the backend while somebody else looks. */
let cover: Backend | null = null;

/** What is behind the door. */
export function ipc(): Backend {
  return cover ?? backend;
}

/** Has everything that comes through the door covered from here on, or as it is again. */
export function hideNames(hidden: boolean): void {
  cover = hidden ? covered(backend) : null;
}

/** An event as the page may hear it. */
export function asShown(event: ShellEvent): ShellEvent {
  return cover === null ? event : coveredEvent(event);
}

/** Puts another backend behind the door; for tests and the gallery of screens. */
export function replaceBackend(other: Backend): void {
  backend = other;
  cover = null;
}

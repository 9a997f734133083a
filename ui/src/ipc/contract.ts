/**
 * What the window may ask of the shell, and what it is told. One method a command of
 * `src-tauri/src/commands/`; every promise rejects with an {@link ApiError}.
 *
 * No answer carries a stored secret, but {@link RevealIpc.take_reveal}, which only the reveal window
 * may call.
 */
import type {
  AddCredential,
  AdvanceRotation,
  AllowListView,
  Annotation,
  AppInfo,
  CaptureAnswer,
  CaughtView,
  ChecklistItemView,
  ConsumersView,
  CopyAnswer,
  CredentialDetail,
  CredentialView,
  DueItem,
  EditAllowList,
  EditConsumers,
  Event,
  FoundCredential,
  HealthView,
  InboxView,
  KeyTestView,
  MarkInboxRead,
  Presence,
  ProtectionMode,
  ProviderSummary,
  ProviderView,
  ReminderSettings,
  ReminderView,
  RenewedToken,
  Revealed,
  RotationDetail,
  SavedFile,
  SavedRecovery,
  SendRequest,
  SendRequestAnswer,
  SetReminderSettings,
  SnoozeAnswer,
  SnoozeReminder,
  StatusAnswer,
  TickChecklist,
  TimelineView,
  TokenFormat,
  VaultMade,
} from "./types";

/** What the shell adds to the agent's own events: whether the agent is there. */
export type ShellEvent = Event | { agent: Presence };

/** Ends a subscription. */
export type Unsubscribe = () => void;

export interface Ipc {
  show_status(): Promise<StatusAnswer>;
  init_vault(call: {
    protect: ProtectionMode | null;
    passphrase: string | null;
  }): Promise<VaultMade>;
  save_recovery_key(): Promise<SavedRecovery>;
  show_recovery_key(): Promise<void>;
  confirm_recovery_key(call: { tail: string }): Promise<boolean>;
  unlock_vault(call: { passphrase: string | null; recovery_key: string | null }): Promise<void>;
  lock_vault(): Promise<void>;
  list_providers(): Promise<ProviderSummary[]>;
  show_provider(call: { id: string }): Promise<ProviderView>;
  list_credentials(): Promise<CredentialView[]>;
  show_credential(call: { reference: string }): Promise<CredentialDetail>;
  list_due(call: { within_days: number }): Promise<DueItem[]>;
  add_credential(call: AddCredential): Promise<CredentialDetail>;
  check_capture(call: { reference: string; value: string | null }): Promise<CaughtView>;
  capture_key(call: {
    reference: string;
    value: string | null;
    confirmed: boolean;
  }): Promise<CaptureAnswer>;
  test_key(call: { reference: string }): Promise<KeyTestView>;
  remove_credential(call: { reference: string }): Promise<void>;
  copy_secret(call: {
    target: string;
    format: TokenFormat;
    clear_after_s: number;
  }): Promise<CopyAnswer>;
  renew_token(call: { reference: string }): Promise<RenewedToken>;
  send_request(call: SendRequest): Promise<SendRequestAnswer>;
  annotate_credential(call: Annotation): Promise<CredentialDetail>;
  find_credentials(call: { text: string }): Promise<FoundCredential[]>;
  copy_text(call: { text: string }): Promise<void>;
  show_rotation(call: { reference: string }): Promise<RotationDetail>;
  advance_rotation(call: AdvanceRotation): Promise<RotationDetail>;
  show_consumers(call: { reference: string }): Promise<ConsumersView>;
  edit_consumers(call: EditConsumers): Promise<ConsumersView>;
  show_allow_list(call: { reference: string }): Promise<AllowListView>;
  edit_allow_list(call: EditAllowList): Promise<AllowListView>;
  show_checklist(call: { reference: string }): Promise<ChecklistItemView[]>;
  tick_checklist(call: TickChecklist): Promise<ChecklistItemView[]>;
  list_reminders(): Promise<ReminderView[]>;
  snooze_reminder(call: SnoozeReminder): Promise<SnoozeAnswer>;
  acknowledge_reminder(call: { reference: string }): Promise<void>;
  show_inbox(): Promise<InboxView>;
  mark_inbox_read(call: MarkInboxRead): Promise<InboxView>;
  show_reminder_settings(): Promise<ReminderSettings>;
  set_reminder_settings(call: SetReminderSettings): Promise<ReminderSettings>;
  export_calendar(call: { with_names: boolean }): Promise<SavedFile>;
  show_timeline(): Promise<TimelineView>;
  show_health(): Promise<HealthView>;
  open_reveal(call: { target: string; confirmed: boolean }): Promise<void>;
  app_info(): Promise<AppInfo>;
  opened_for(): Promise<string | null>;
  subscribe(listener: (event: ShellEvent) => void): Promise<Unsubscribe>;
}

export interface RevealIpc {
  take_reveal(): Promise<Revealed>;
  close_reveal(): Promise<void>;
}

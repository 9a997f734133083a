/**
 * What the window may ask of the shell, and what it is told. One method a command of
 * `src-tauri/src/commands/`; every promise rejects with an {@link ApiError}.
 *
 * No answer carries a stored secret, but {@link RevealIpc.take_reveal}, which only the reveal window
 * may call.
 */
import type { TesterIpc } from "./tester";
import type {
  AddCredential,
  AdvanceRotation,
  AllowListView,
  Annotation,
  AppInfo,
  AutostartView,
  CaptureAnswer,
  CaughtView,
  ChecklistItemView,
  ConsentAnswer,
  ConsentQuestion,
  ConsumersView,
  CopiedFor,
  CopyAnswer,
  CredentialDetail,
  CredentialView,
  DecodedToken,
  DraftView,
  DueItem,
  EditAllowList,
  EditConsumers,
  EditCredential,
  EmptiedTrash,
  EmptyTrash,
  Event,
  ExplainAnswer,
  ExplainAnswerView,
  FoundCredential,
  HealthView,
  HistoryView,
  InboxView,
  JournalPage,
  JournalProof,
  KeyTestView,
  ListJournal,
  MarkInboxRead,
  Opening,
  PasteView,
  Preferences,
  PreferencesView,
  Presence,
  ProtectionMode,
  ProviderSummary,
  ProviderView,
  ReminderSettings,
  ReminderView,
  RenewedToken,
  RestoreCredential,
  RestoreVersion,
  Revealed,
  RotationDetail,
  SavedFile,
  SavedRecovery,
  SendRequest,
  SendRequestAnswer,
  SetReminderSettings,
  SetSettings,
  SetTokenEnd,
  SettingsView,
  ShortcutView,
  SnoozeAnswer,
  SnoozeReminder,
  StatusAnswer,
  TickChecklist,
  TimelineView,
  TokenFormat,
  TrashedView,
  UsageView,
  VaultMade,
  WindowNotice,
} from "./types";

/** What the shell adds to the agent's own events: whether the agent is there, and what its window is to do. */
export type ShellEvent = Event | { agent: Presence } | { window: WindowNotice };

/** Ends a subscription. */
export type Unsubscribe = () => void;

export interface Ipc extends TesterIpc {
  show_status(): Promise<StatusAnswer>;
  init_vault(call: {
    protect: ProtectionMode | null;
    passphrase: string | null;
  }): Promise<VaultMade>;
  save_recovery_key(): Promise<SavedRecovery>;
  copy_recovery_key(): Promise<CopiedFor>;
  show_recovery_key(call: { to_print: boolean }): Promise<void>;
  confirm_recovery_key(call: { tail: string }): Promise<boolean>;
  unlock_vault(call: { passphrase: string | null; recovery_key: string | null }): Promise<void>;
  lock_vault(): Promise<void>;
  list_providers(): Promise<ProviderSummary[]>;
  show_provider(call: { id: string }): Promise<ProviderView>;
  list_credentials(): Promise<CredentialView[]>;
  show_credential(call: { reference: string }): Promise<CredentialDetail>;
  list_due(call: { within_days: number }): Promise<DueItem[]>;
  add_credential(call: AddCredential): Promise<CredentialDetail>;
  recognize_paste(call: { text: string }): Promise<PasteView>;
  check_capture(call: { reference: string; value: string | null }): Promise<CaughtView>;
  capture_key(call: {
    reference: string;
    value: string | null;
    confirmed: boolean;
  }): Promise<CaptureAnswer>;
  test_key(call: { reference: string }): Promise<KeyTestView>;
  remove_credential(call: { reference: string }): Promise<void>;
  edit_credential(call: EditCredential): Promise<CredentialDetail>;
  list_trash(): Promise<TrashedView[]>;
  restore_credential(call: RestoreCredential): Promise<CredentialDetail>;
  empty_trash(call: EmptyTrash): Promise<EmptiedTrash>;
  show_history(call: { reference: string }): Promise<HistoryView>;
  restore_version(call: RestoreVersion): Promise<HistoryView>;
  list_journal(call: ListJournal): Promise<JournalPage>;
  verify_journal(): Promise<JournalProof>;
  show_draft(): Promise<DraftView>;
  keep_draft(call: { text: string | null }): Promise<void>;
  show_settings(): Promise<SettingsView>;
  set_settings(call: SetSettings): Promise<SettingsView>;
  copy_secret(call: {
    target: string;
    format: TokenFormat;
    with_key: boolean;
  }): Promise<CopyAnswer>;
  clear_clipboard(): Promise<void>;
  revoke_token(call: { reference: string }): Promise<void>;
  show_usage(call: { reference: string }): Promise<UsageView>;
  decode_token(call: { reference: string }): Promise<DecodedToken>;
  set_token_end(call: SetTokenEnd): Promise<CredentialDetail>;
  renew_token(call: { reference: string }): Promise<RenewedToken>;
  send_request(call: SendRequest): Promise<SendRequestAnswer>;
  explain_answer(call: ExplainAnswer): Promise<ExplainAnswerView>;
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
  open_reveal(call: {
    target: string;
    confirmed: boolean;
    passphrase: string | null;
  }): Promise<void>;
  app_info(): Promise<AppInfo>;
  opened_for(): Promise<Opening>;
  show_preferences(): Promise<PreferencesView>;
  set_preferences(call: { preferences: Preferences }): Promise<PreferencesView>;
  show_shortcut(): Promise<ShortcutView>;
  set_shortcut(call: { keys: string }): Promise<ShortcutView>;
  show_share_safe(): Promise<boolean>;
  set_share_safe(call: { on: boolean }): Promise<boolean>;
  show_autostart(): Promise<AutostartView>;
  set_autostart(call: { on: boolean }): Promise<AutostartView>;
  close_window(): Promise<void>;
  quit(): Promise<void>;
  subscribe(listener: (event: ShellEvent) => void): Promise<Unsubscribe>;
}

export interface ConsentIpc {
  take_consent(): Promise<ConsentQuestion>;
  answer_consent(call: { answer: ConsentAnswer }): Promise<void>;
}

export interface RevealIpc {
  take_reveal(): Promise<Revealed>;
  close_reveal(): Promise<void>;
}

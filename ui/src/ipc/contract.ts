/**
 * What the window may ask of the shell, and what it is told. One method a command of
 * `src-tauri/src/commands/`; every promise rejects with an {@link ApiError}.
 *
 * No answer carries a stored secret, but {@link RevealIpc.take_reveal}, which only the reveal window
 * may call.
 */
import type {
  AddCredential,
  AppInfo,
  CaptureAnswer,
  CopyAnswer,
  CredentialDetail,
  CredentialView,
  DueItem,
  Event,
  Presence,
  ProtectionMode,
  ProviderSummary,
  ProviderView,
  RenewedToken,
  Revealed,
  SavedRecovery,
  SendRequest,
  SendRequestAnswer,
  StatusAnswer,
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
  capture_key(call: { reference: string; value: string | null }): Promise<CaptureAnswer>;
  remove_credential(call: { reference: string }): Promise<void>;
  copy_secret(call: {
    target: string;
    format: TokenFormat;
    clear_after_s: number;
  }): Promise<CopyAnswer>;
  renew_token(call: { reference: string }): Promise<RenewedToken>;
  send_request(call: SendRequest): Promise<SendRequestAnswer>;
  open_reveal(call: { target: string }): Promise<void>;
  app_info(): Promise<AppInfo>;
  subscribe(listener: (event: ShellEvent) => void): Promise<Unsubscribe>;
}

export interface RevealIpc {
  take_reveal(): Promise<Revealed>;
  close_reveal(): Promise<void>;
}

// Generated from Rust by `make bindings`. Do not edit: a test compares it.

/** Adds a credential. */
export type AddCredential = {
  /** The provider. */
  provider: ProviderId,
  /** The credential's name. */
  name: CredentialName,
  /** The environments it is bound to, the preferred one first; empty takes the profile's first. */
  environments: Array<EnvironmentName>,
  /** Who is responsible for it. */
  owner: string | null,
  /** A note. */
  note: string | null,
  /** Open fields. */
  fields: { [key in FieldName]: string },
  /** Secret fields. */
  secrets: { [key in FieldName]: SecretOnWire },
  /** The last four characters of a key whose value is lost. */
  last_four: string | null,
  /** The day it was issued. */
  issued_on: string | null,
  /** The day it ends. */
  expires_on: string | null,
  /** How many days it may live. */
  rotate_every_days: number | null,
  /** The provider's plan, whose limits count. */
  plan: string | null,
  /** Whether its tokens are renewed in the background. */
  keep_fresh: boolean,
  /** Whether the user agreed to clear text, where the environment needs it. */
  allow_plain_http: boolean,
};

/** The agent, as `status` shows it. */
export type AgentView = {
  /** Its process id; `None` when none runs. */
  pid: number | null,
};

/** A failure as clients get it: what failed, and what to do. Never holds a secret, a query or a body. */
export type ApiError = {
  /** The kind of failure. */
  code: ErrorCode,
  /** What failed and what it means: a sentence without a full stop. */
  message: string,
  /** What to do about it. */
  hint: string | null,
  /** When trying again makes sense, where that is known. */
  retry_at?: string | null,
};

/** The running app. */
export type AppInfo = {
  /** The version of the package, as `1.2.3`. */
  version: string,
  /** The operating system: `linux`, `macos` or `windows`. */
  platform: string,
};

/** A reveal-once key is safe. */
export type CaptureAnswer = {
  /** The field it was stored in. */
  stored: TargetRef,
  /** Its last four characters, to compare with what the provider shows. */
  last_four: string | null,
  /** Always true: an answer without it is never sent. */
  safe_to_close: boolean,
};

/** What was copied. */
export type CopyAnswer = {
  /** Which reference. */
  copied: TargetRef,
  /** After how many seconds it is cleared. */
  clears_in_s: number,
  /** When the copied token ends. */
  expires_at: string | null,
  /** What the user should know, e.g. that this desktop's clipboard cannot be cleared. */
  warnings: Array<string>,
};

/** A credential with everything that may be shown. */
export type CredentialDetail = {
  /** The provider's name. */
  provider_name: string,
  /** The way of authenticating that is used; `None` where the profile is not known. */
  method: MethodInUse | null,
  /** All environments it is bound to. */
  environments: Array<EnvironmentName>,
  /** The values of the open fields. */
  open_values: { [key in FieldName]: string },
  /** The note. */
  note: string | null,
  /** The day it was issued. */
  issued_on: string | null,
  /** The day it ends. */
  expires_on: string | null,
  /** How many days it may live. */
  rotate_every_days: number | null,
  /** The provider's plan that was chosen. */
  plan: string | null,
  /** Whether its tokens are renewed in the background. */
  keep_fresh: boolean,
  /** How many seconds the provider's clock was ahead of this machine's when it answered last. */
  clock_skew_s: number | null,
  /** The provider's limits and how much of them is used, through this Keyturn. */
  limits: Array<LimitView>,
  /** When it was added. */
  created_at: string,
  /** When it was changed last. */
  updated_at: string,
  /** How the user names it. */
  ref: CredentialRef,
  /** Its provider. */
  provider: ProviderId,
  /** Its name there. */
  name: CredentialName,
  /** Its preferred environment. */
  environment: EnvironmentName,
  /** Who is responsible for it. */
  owner: string | null,
  /** Its fields. */
  fields: Array<FieldView>,
  /** Its token in the preferred environment. */
  token: TokenView,
  /** Its rotation. */
  rotation: RotationView,
  /** Its reveal-once key. */
  reveal: RevealView,
};

/** The user's name of a credential at one provider, e.g. `main`. */
export type CredentialName = string;

/** Names a credential as the user does: `PROVIDER/NAME`. */
export type CredentialRef = string;

/** A credential as lists show it. */
export type CredentialView = {
  /** How the user names it. */
  ref: CredentialRef,
  /** Its provider. */
  provider: ProviderId,
  /** Its name there. */
  name: CredentialName,
  /** Its preferred environment. */
  environment: EnvironmentName,
  /** Who is responsible for it. */
  owner: string | null,
  /** Its fields. */
  fields: Array<FieldView>,
  /** Its token in the preferred environment. */
  token: TokenView,
  /** Its rotation. */
  rotation: RotationView,
  /** Its reveal-once key. */
  reveal: RevealView,
};

/** What an answer means. */
export type DiagnosisView = {
  /** What it means. */
  meaning: string,
  /** What to do. */
  action: string | null,
  /** The row of the profile that says so; `None` where no row matches. */
  row: string | null,
  /** What Keyturn may do by itself about such an answer. */
  keyturn: KeyturnMay,
  /** Whether the provider's main documentation says so. */
  verified: boolean,
  /** The provider's own words. */
  provider_says: string | null,
  /** When to come back, where the answer says so. */
  retry_at: string | null,
  /** What else was noticed, e.g. that this machine's clock is wrong. */
  notes: Array<string>,
};

/** A credential that is due. */
export type DueItem = {
  /** Which one. */
  ref: CredentialRef,
  /** The day. */
  due_on: string,
  /** The days until then; negative when it has passed. */
  days_left: number,
  /** Why it is due. */
  reason: DueReason,
  /** Where its rotation stands. */
  state: RotationState,
};

/** Why a key is due on its day. */
export type DueReason = "expires" | "interval";

/** The name of a provider's environment, e.g. `production`. */
export type EnvironmentName = string;

/** A place where a provider answers. */
export type EnvironmentView = {
  /** Its name. */
  name: EnvironmentName,
  /** Its base URL, perhaps with a `{variable}` that a field fills. */
  base_url: string,
  /** Where tokens are bought, if that is another origin. */
  token_origin?: string,
  /** Whether it may be reached in clear text. */
  plain_http: boolean,
  /** Whether the user added it. */
  own: boolean,
};

/** What kind of failure it is. Closed: a variant is added only when a consumer acts on it.
 *
 * The command line maps each to an exit status in one table, the window to words and an action in
 * another. */
export type ErrorCode = "invalid_input" | "already_exists" | "vault_absent" | "vault_locked" | "wrong_key" | "too_many_attempts" | "keyring_unavailable" | "not_found" | "refused_by_policy" | "no_consent" | "confirmation_needed" | "credential_refused" | "provider_answer" | "not_yet" | "network" | "tls" | "timeout" | "vault_damaged" | "vault_newer" | "vault_quarantined" | "not_saved" | "clipboard_unavailable" | "agent_unreachable" | "restart_needed" | "internal";

/** Something changed; a client that shows it asks again. */
export type Event = "subscribed" | "unlocked" | "locked" | { "credential_changed": CredentialRef } | { "provider_changed": ProviderId };

/** Who says when a token ends. */
export type ExpirySource = "response_field" | "jwt_claim" | "documented_lifetime" | "learned" | "no_expiry" | "unknown";

/** What a form says of a field. */
export type FieldGuide = {
  /** Its name. */
  name: FieldName,
  /** What the provider calls it. */
  label: string,
  /** Whether it is a secret. */
  secret: boolean,
  /** Whether it must be there. */
  required: boolean,
  /** Where the user finds it. */
  where_to_find: string | null,
  /** The environment variable it is copied as. */
  env_var: string | null,
  /** What it looks like, in words. */
  format: string | null,
  /** What else to know of it. */
  note: string | null,
  /** The only values it may have; empty where any will do. */
  choices: Array<string>,
  /** What it counts as where it is left empty. */
  default: string | null,
  /** The environments that need it; empty where they make no difference. */
  for_environments: Array<EnvironmentName>,
  /** The ways to authenticate that use it, by their names. */
  methods: Array<string>,
};

/** The name of a credential's field, e.g. `client_secret`; never `token`. */
export type FieldName = string;

/** A field as lists show it. */
export type FieldView = {
  /** Its name. */
  name: FieldName,
  /** Whether it is a secret. */
  secret: boolean,
  /** Whether a value is stored. */
  set: boolean,
  /** The last four characters, where they are known and give nothing away. */
  last_four: string | null,
};

/** What Keyturn may do by itself about an answer. */
export type KeyturnMay = "none" | "renew_once" | "back_off";

/** What a limit counts requests by. */
export type LimitScope = "organization" | "account" | "endpoint";

/** One window of one of a provider's limits. */
export type LimitView = {
  /** What it limits. */
  label: string,
  /** The plan it belongs to. */
  plan: string | null,
  /** What requests are counted by. */
  scope: LimitScope,
  /** What they are counted within. */
  window: LimitWindow,
  /** How many requests it takes. */
  limit: number,
  /** How many may go at once. */
  burst: number | null,
  /** How many went through this Keyturn; of a limit for each endpoint, those of the busiest. */
  used: number,
  /** When some of it is free again; `None` where nothing is used. */
  resets_at: string | null,
  /** Whether the provider's main documentation says so. */
  verified: boolean,
};

/** What a limit counts within. */
export type LimitWindow = "second" | "minute" | "day";

/** A page of documentation. */
export type LinkView = {
  /** The page's title. */
  title: string,
  /** Its address. */
  url: string | null,
  /** Its date or version, as the page gives it. */
  dated: string | null,
};

/** What a form says of a way to authenticate. */
export type MethodGuide = {
  /** Its name. */
  name: string,
  /** What the provider calls it. */
  label: string,
  /** When to take it. */
  advice: string | null,
  /** Whether the provider recommends it. */
  recommended: boolean,
};

/** The way of authenticating that a credential uses. */
export type MethodInUse = {
  /** Its name. */
  name: string,
  /** What the form calls it. */
  label: string,
  /** The names of the others whose fields are stored, too. */
  others: Array<string>,
};

/** Something happened; a page that shows it asks again. */
export type Notice = {
  /** Which of both. */
  agent: Presence,
} | Event;

/** How things stand with a profile of the user's own. */
export type OwnProfileState = "accepted" | "changed" | "missing" | "new" | "unknown";

/** Whether there is an agent. */
export type Presence = "lost" | "back";

/** What opens a vault besides its recovery key. */
export type ProtectionMode = "keyring" | "passphrase" | "both";

/** A provider's identifier, the name of its profile: lower case, e.g. `acme`. */
export type ProviderId = string;

/** A provider in one line. */
export type ProviderSummary = {
  /** Its identifier. */
  id: ProviderId,
  /** Its name. */
  name: string,
  /** What one does with its credentials, in a sentence. */
  summary: string,
  /** Whether its profile is the user's own. */
  own: boolean,
  /** How things stand with a profile of the user's own; `None` for a built-in one. */
  state: OwnProfileState | null,
};

/** What Keyturn knows of a provider. */
export type ProviderView = {
  /** Its identifier. */
  id: ProviderId,
  /** Its name. */
  name: string,
  /** What one does with its credentials, in a sentence. */
  summary: string,
  /** Whether its profile is the user's own. */
  own: boolean,
  /** How things stand with a profile of the user's own; `None` for a built-in one. */
  state: OwnProfileState | null,
  /** What else to know of it. */
  notes: Array<string>,
  /** Its documentation. */
  docs: Array<LinkView>,
  /** Its environments, the profile's first, then the user's own. */
  environments: Array<EnvironmentView>,
  /** The fields of a credential. */
  fields: Array<FieldGuide>,
  /** The ways to authenticate, the preferred one first. */
  methods: Array<MethodGuide>,
  /** How an access token is got, in words; `None` where the key itself is sent. */
  exchanges: Array<string>,
  /** Limits, each in words. */
  limits: Array<string>,
  /** How a key is replaced, in words. */
  rotation: string | null,
  /** What becomes of the old key, how often to replace it, and the steps in their order. */
  rotation_notes: Array<string>,
  /** How a credential is tested, in words. */
  test_call: string,
  /** Whether the provider shows its key exactly once. */
  reveal_once: boolean,
  /** The checklist before production. */
  checklist: Array<string>,
  /** Sample requests. */
  samples: Array<SampleView>,
  /** What other pages of the provider say and its main documentation does not confirm. */
  unconfirmed: Array<string>,
};

/** A new token, without the token. */
export type RenewedToken = { expires_at: string | null, source: ExpirySource, reused: boolean,
};

/** The body of a request. */
export type RequestBody = { "json": string } | { "form": Array<[string, string]> } | { "multipart": Array<[string, string]> } | { "raw": string };

/** Where a reveal-once key stands; the words of the command line's JSON. */
export type RevealState = "not_applicable" | "not_revealed" | "captured" | "last_four_only" | "lost";

/** A reveal-once key as lists show it. */
export type RevealView = {
  /** Its state. */
  state: RevealState,
};

/** What the reveal window shows. */
export type Revealed = {
  /** What it is. */
  title: string,
  /** The secret itself; nowhere else does one go to a page. */
  value: SecretOnWire,
  /** How long it is shown. */
  seconds: number,
};

/** Where a credential's rotation stands; the words of the command line's JSON. */
export type RotationState = "none" | "ok" | "due" | "overdue" | "requested" | "issued" | "verified" | "confirmed" | "promoted" | "retiring";

/** A rotation as lists show it. */
export type RotationView = {
  /** Its state. */
  state: RotationState,
  /** The day the key is due. */
  due_on: string | null,
  /** The days until then; negative when it has passed. */
  days_left: number | null,
};

/** A sample request. */
export type SampleView = {
  /** Its name for `request --sample`. */
  id: string,
  /** What it does. */
  title: string,
  /** Its method. */
  method: string,
  /** Its path. */
  path: string,
  /** Whether it creates something at the provider. */
  creates: boolean,
};

/** Where the recovery key was written. */
export type SavedRecovery = { path: string,
};

/** A secret on its way between a client and the agent.
 *
 * The only type of ours that serialises a secret: a field of this type marks a place where one
 * leaves or enters a process on purpose. `Debug` shows nothing. */
export type SecretOnWire = string;

/** Sends one request. */
export type SendRequest = {
  /** With which credential. */
  reference: CredentialRef,
  /** A sample of the profile; then `method` and `path` stay empty. */
  sample: string | null,
  /** The method; `None` is GET, or what the sample says. */
  method: string | null,
  /** The path, from the environment's base URL. */
  path: string | null,
  /** The recipe of the profile; `None` is the sample's, or the credential's own. */
  recipe: string | null,
  /** Query parameters. */
  query: Array<[string, string]>,
  /** Further headers. */
  headers: Array<[string, string]>,
  /** The body; `None` sends none, or the sample's. */
  body: RequestBody | null,
  /** In which environment; `None` takes the preferred one. */
  environment: EnvironmentName | null,
  /** Whether the user agreed to a request that creates something. */
  confirmed: boolean,
  /** Whether it is only shown, not sent. */
  dry_run: boolean,
  /** Whether to fail at once, and tell when, rather than wait for a turn or a provider in trouble. */
  no_wait: boolean,
};

/** How it went. */
export type SendRequestAnswer = {
  /** The status; `None` for a dry run. */
  status: number | null,
  /** The answer's headers, secrets redacted. */
  headers: Array<[string, string]>,
  /** The answer's body as text, secrets redacted; `None` where it is not text. */
  body: string | null,
  /** The answer's body in base64 where it is not text. */
  body_base64: string | null,
  /** How long each phase took, in milliseconds. */
  timing_ms: TimingView,
  /** What TLS was used; `None` in clear text. */
  tls: TlsView | null,
  /** How often it was sent. */
  attempts: number,
  /** What was sent, secrets masked. */
  sent: SentView,
  /** What the answer means. */
  diagnosis: DiagnosisView | null,
  /** Whether the provider refused the credential. */
  credential_refused: boolean,
};

/** What was sent, secrets masked. */
export type SentView = {
  /** The method. */
  method: string,
  /** The URL without its query. */
  url: string,
  /** The query's names; their values may be personal data. */
  query: Array<string>,
  /** The headers, secrets masked. */
  headers: { [key in string]: string },
  /** The body's kind and size in words. */
  body: string | null,
};

/** How things stand. */
export type StatusAnswer = {
  /** The vault's state. */
  state: VaultState,
  /** The agent. */
  agent: AgentView,
  /** The vault. */
  vault: VaultView,
  /** What opens it; `None` where there is none. */
  protect: ProtectionMode | null,
};

/** A reference with its target: `acme/main/client_secret`, `keyturn://acme/main/token`. */
export type TargetRef = string;

/** The phases of a request in milliseconds; `None` where a kept connection skipped it. */
export type TimingView = {
  /** Looking up the name. */
  dns: number | null,
  /** Connecting. */
  connect: number | null,
  /** Agreeing on TLS. */
  tls: number | null,
  /** Until the first byte of the answer. */
  first_byte: number | null,
  /** Reading the answer. */
  download: number | null,
  /** All of it. */
  total: number,
};

/** What TLS was used. */
export type TlsView = {
  /** E.g. `TLSv1.3`. */
  version: string | null,
  /** The cipher suite, where the transport tells it. */
  cipher: string | null,
  /** Whom the certificate names. */
  peer: string | null,
};

/** The form a token is handed out in. */
export type TokenFormat = "raw" | "header" | "curl" | "env" | "dotenv" | "powershell" | "python" | "javascript" | "httpie" | "json";

/** The state of a credential's token; the words of the command line's JSON. */
export type TokenState = "none" | "fresh" | "expiring" | "expired" | "unknown";

/** A token as lists show it. */
export type TokenView = {
  /** Its state. */
  state: TokenState,
  /** When it was issued; with its end it tells how much of its life is left. */
  issued_at: string | null,
  /** When it ends. */
  expires_at: string | null,
  /** In how many seconds it ends; negative when it has. */
  expires_in_s: number | null,
  /** Who says so; `None` where there is no token. */
  source: ExpirySource | null,
};

/** What opens a vault that was just made; its recovery key stays here. */
export type VaultMade = { protect: ProtectionMode,
};

/** The vault's state; the words of the command line's JSON. */
export type VaultState = "absent" | "locked" | "unlocked" | "quarantined";

/** The vault, as `status` shows it. */
export type VaultView = {
  /** Its file. */
  path: string,
  /** How many credentials it holds; `None` while it is locked. */
  credentials: number | null,
  /** How often it was written; `None` while it is locked. */
  generation: number | null,
};

/** The commands: what each takes and answers. */
export interface Commands {
  add_credential: { takes: { call: AddCredential }; answers: CredentialDetail };
  app_info: { takes: Record<string, never>; answers: AppInfo };
  capture_key: { takes: { reference: CredentialRef; value: SecretOnWire | null }; answers: CaptureAnswer };
  close_reveal: { takes: Record<string, never>; answers: null };
  confirm_recovery_key: { takes: { tail: string }; answers: boolean };
  copy_secret: { takes: { target: TargetRef; format: TokenFormat; clear_after_s: number }; answers: CopyAnswer };
  init_vault: { takes: { protect: ProtectionMode | null; passphrase: SecretOnWire | null }; answers: VaultMade };
  list_credentials: { takes: Record<string, never>; answers: Array<CredentialView> };
  list_due: { takes: { within_days: number }; answers: Array<DueItem> };
  list_providers: { takes: Record<string, never>; answers: Array<ProviderSummary> };
  lock_vault: { takes: Record<string, never>; answers: null };
  open_reveal: { takes: { target: TargetRef }; answers: null };
  remove_credential: { takes: { reference: CredentialRef }; answers: null };
  renew_token: { takes: { reference: CredentialRef }; answers: RenewedToken };
  save_recovery_key: { takes: Record<string, never>; answers: SavedRecovery };
  send_request: { takes: { call: SendRequest }; answers: SendRequestAnswer };
  show_credential: { takes: { reference: CredentialRef }; answers: CredentialDetail };
  show_provider: { takes: { id: ProviderId }; answers: ProviderView };
  show_recovery_key: { takes: Record<string, never>; answers: null };
  show_status: { takes: Record<string, never>; answers: StatusAnswer };
  take_reveal: { takes: Record<string, never>; answers: Revealed };
  unlock_vault: { takes: { passphrase: SecretOnWire | null; recovery_key: SecretOnWire | null }; answers: null };
}

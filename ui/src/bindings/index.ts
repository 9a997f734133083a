// Generated from Rust by `make bindings`. Do not edit: a test compares it.

/** An address to be recorded. */
export type AddAddress = {
  /** The address, or the range. */
  address: string,
  /** Whether it stays. */
  kind: AddressKind,
  /** What it is, for people. */
  label: string | null,
  /** The day it was registered; `None` is today. */
  registered_on: string | null,
};

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
  /** What the user says of a reveal-once key whose value is not stored. */
  mark?: KeyMark | null,
  /** The day it was issued. */
  issued_on: string | null,
  /** The day it ends. */
  expires_on: string | null,
  /** How many days it may live. */
  rotate_every_days: number | null,
  /** The day on which the user wants to replace it. */
  replace_on?: string | null,
  /** Whether nobody is reminded of it by any interval: its age is shown. */
  age_only?: boolean | null,
  /** The provider's plan, whose limits count. */
  plan: string | null,
  /** Whether its tokens are renewed in the background. */
  keep_fresh: boolean,
  /** Whether the user agreed to clear text, where the environment needs it. */
  allow_plain_http: boolean,
};

/** Whether an address stays. */
export type AddressKind = "static" | "nat" | "elastic" | "dynamic";

/** A recorded address. */
export type AddressView = {
  /** The address, or the range. */
  address: string,
  /** What it is. */
  label: string | null,
  /** Whether it stays. */
  kind: AddressKind,
  /** The day it was registered. */
  registered_on: string,
};

/** Takes one step of a rotation. Each is written before it is answered, and may be tried again. */
export type AdvanceRotation = {
  /** Of which credential. */
  reference: CredentialRef,
  /** Which step. */
  step: RotationStep,
  /** To cancel: the user's yes, where no test tells whether the old key works, and where the key was
   * called compromised; `None` is no. */
  agreed?: boolean,
};

/** The agent, as `status` shows it. */
export type AgentView = {
  /** Its process id; `None` when none runs. */
  pid: number | null,
};

/** The list of addresses with everything that is known of it. */
export type AllowListView = {
  /** The addresses. */
  addresses: Array<AddressView>,
  /** Whether this machine is on the list. */
  this_machine: Listed,
  /** The two tests after the list was switched on: from a listed address, and from another. */
  tests: ListTestsView,
  /** What the provider says about its list. */
  advice: string,
  /** What the user should know of the recorded addresses. */
  warnings: Array<string>,
  /** A message to the provider's support; `None` while no address is recorded. */
  message: SupportMessage | null,
};

/** New words and dates of a credential; what is `None` stays as it is. */
export type Annotation = { reference: CredentialRef,
/** Who is responsible for it; an empty text removes it. */
owner: string | null,
/** What the user wants to remember; an empty text removes it. */
note: string | null,
/** What the user says of a reveal-once key whose value is not stored. */
mark?: KeyMark | null,
/** The day it was issued. */
issued_on: string | null,
/** The day it ends. */
expires_on: string | null,
/** How many days it may live; 0 removes it. */
rotate_every_days: number | null,
/** Whether its tokens are renewed in the background from now on. */
keep_fresh: boolean | null,
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
  /** What was left out of what was pasted, in words. */
  notes: Array<string>,
  /** Where the same value is stored, or was; the user agreed to it. */
  duplicate_of: KeyTwin | null,
  /** Whether it is the key whose last four characters were known; `None` where none were. */
  matches_known_last_four: boolean | null,
  /** Whether it is the new key of a rotation that is under way, and lies beside the one in use. */
  is_next: boolean,
  /** The profile's harmless test of it; `None` where it was not tested. It never undoes the capture. */
  tested: KeyTestView | null,
};

/** What is known of a caught key. */
export type CaughtView = {
  /** The field that it goes into. */
  field: FieldName,
  /** How every key of this provider begins, where the profile knows. */
  begins: string | null,
  /** How many characters it has. */
  length: number,
  /** Its last four characters, to compare with what the provider shows. */
  last_four: string | null,
  /** What was left out of what was pasted, in words. */
  notes: Array<string>,
  /** Where the same value is stored, or was. */
  duplicate_of: KeyTwin | null,
  /** The last four characters that were known before. */
  known_last_four: string | null,
  /** Whether it is the key whose last four characters were known; `None` where none were. */
  matches_known_last_four: boolean | null,
  /** Whether it is the new key of a rotation that is under way, and lies beside the one in use. */
  is_next: boolean,
};

/** An item of a checklist. */
export type ChecklistItemView = {
  /** Names it. */
  id: string,
  /** What is to be done. */
  text: string,
  /** How it stands. */
  state: ChecklistState,
  /** Who says so; `None` where nobody does. */
  by: ChecklistWitness | null,
  /** The day it was ticked. */
  on: string | null,
  /** The day it has to be done again. */
  again_on: string | null,
  /** What Keyturn saw. */
  note: string | null,
  /** Whether the user ticks it; what Keyturn sees by itself cannot be ticked. */
  tickable: boolean,
};

/** How an item stands. */
export type ChecklistState = "done" | "open" | "due";

/** Who says that an item is done. */
export type ChecklistWitness = "keyturn" | "user";

/** A change of what is written down about who uses a credential. */
export type ConsumerEdit = { "add": {
  /** What the user calls it. */
  name: string, } } | { "remove": {
  /** Which one. */
  id: number, } } | { "has_new": {
  /** Which one. */
  id: number,
  /** Whether it has. */
  ready: boolean, } };

/** A consumer that the user wrote down. */
export type ConsumerView = {
  /** Names it among those of its credential. */
  id: number,
  /** What the user calls it. */
  name: string,
  /** The day it was written down. */
  added_on: string,
  /** The version of the key that it has. */
  version: number | null,
  /** Whether it has the wanted version. */
  has_wanted: boolean,
};

/** Who uses a credential. */
export type ConsumersView = {
  /** Of which credential. */
  ref: CredentialRef,
  /** The version in use. */
  version: number,
  /** The version that consumers are to have: the new one where a rotation has stored it. */
  wanted_version: number,
  /** Those that the user wrote down. */
  written_down: Array<ConsumerView>,
  /** Those that were seen to use it through this Keyturn, the last one first. */
  seen: Array<SeenConsumer>,
  /** Who still uses an older version than the wanted one, in words; empty where nobody does. */
  behind: Array<string>,
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
  /** The day on which the user wants to replace it. */
  replace_on?: string | null,
  /** Whether nobody is reminded of it by any interval: its age is shown. */
  age_only?: boolean,
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
export type DueReason = "expires" | "interval" | "fixed_date" | "age";

/** Changes the list of addresses; what is `None` stays as it is. */
export type EditAllowList = {
  /** Of which credential. */
  reference: CredentialRef,
  /** An address to be recorded; one that is there is replaced. */
  add: AddAddress | null,
  /** An address to be taken off. */
  remove: string | null,
  /** Whether this machine is on the list. */
  this_machine: Listed | null,
  /** How a call from a listed address went. */
  listed_test: ListTest | null,
  /** How a call from an address that is not listed went. */
  unlisted_test: ListTest | null,
};

/** Changes what is written down about who uses a credential. */
export type EditConsumers = {
  /** Of which credential. */
  reference: CredentialRef,
  /** What changes. */
  edit: ConsumerEdit,
};

/** An emergency: the key is compromised. */
export type EmergencyView = {
  /** When it was called compromised. */
  declared_at: string,
  /** What happened, in the user's words. */
  note: string | null,
  /** Until when the old key goes on working, in words. */
  warning: string,
  /** What the provider offers, in words. */
  offered: string,
  /** A text to the provider's support, ready to be sent; no secret in it. */
  support_text: string,
  /** Where to send it, where the profile knows. */
  support_address: string | null,
  /** The record for the incident report: what happened when, and who used the key; no secret in it. */
  report: string,
};

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
export type Event = "subscribed" | "unlocked" | "locked" | { "credential_changed": CredentialRef } | { "provider_changed": ProviderId } | { "open_requested": CredentialRef | null } | "reminders_changed";

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

/** What the user should know about how something was found. */
export type FindNote = "other_case" | "whole_secret";

/** A credential that was found. */
export type FoundCredential = {
  /** Which one. */
  ref: CredentialRef,
  /** The provider's name. */
  provider_name: string,
  /** Who is responsible for it. */
  owner: string | null,
  /** The hosts its secrets may go to. */
  hosts: Array<string>,
  /** The key whose last four characters were given; `None` where it was found by its words. */
  key: FoundKey | null,
  /** Who uses it: written down, or seen. */
  users: Array<string>,
  /** When it was removed, where it lies in the trash. */
  removed_at?: string,
  /** One line that is safe to paste into a chat. */
  line: string,
  /** What the user should know about how this was found. */
  note?: FindNote,
};

/** The key whose last four characters were given. */
export type FoundKey = {
  /** In which field. */
  field: FieldName,
  /** Its last four characters; empty of a password, of which nothing is shown. */
  last_four: string,
  /** Which version. */
  version: number,
  /** Where that version stands. */
  standing: KeyStanding,
  /** When it was stored. */
  stored_at: string | null,
  /** When it was retired. */
  retired_at: string | null,
};

/** Something to look at. */
export type HealthFinding = {
  /** What kind. */
  kind: HealthKind,
  /** At which credential. */
  ref: CredentialRef,
  /** What was found, in one sentence. */
  finding: string,
  /** What to do about it. */
  action: string,
};

/** A kind of finding, the gravest first. */
export type HealthKind = "compromised" | "overdue" | "reused_value" | "test_key_in_production" | "value_lost" | "consumers_behind" | "never_rotated" | "no_owner" | "unused";

/** How the vault's credentials are. */
export type HealthView = {
  /** When it was looked at. */
  at: string,
  /** How many credentials were looked at. */
  credentials: number,
  /** What was found, the gravest first. */
  findings: Array<HealthFinding>,
};

/** What was told. */
export type InboxView = {
  /** What was told, the newest first. */
  items: Array<ReminderView>,
  /** How many of them nobody has read. */
  unread: number,
  /** Why the operating system shows no notifications, where it does not. */
  problem: string | null,
};

/** What the user says of a reveal-once key whose value is not stored. */
export type KeyMark = "not_revealed" | "lost" | { "last_four": string };

/** Where a version of a key stands. */
export type KeyStanding = "current" | "next" | "previous" | "retired";

/** What a test of a key found out. */
export type KeyTestView = {
  /** Whether the provider took the key; `None` where that is not known. */
  worked: boolean | null,
  /** What that means. */
  words: string,
  /** What else was noticed: e.g. that the provider knows another key (DC5). */
  warning: string | null,
};

/** Where the same value is stored, or was. */
export type KeyTwin = {
  /** At which credential. */
  ref: CredentialRef,
  /** In which of its fields. */
  field: FieldName,
  /** In which version. */
  version: number,
  /** Where that version stands. */
  standing: KeyStanding,
  /** Whether the credential lies in the trash. */
  removed: boolean,
  /** All this in words. */
  words: string,
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

/** How a test of the list went. */
export type ListTest = {
  /** Whether the provider did as expected. */
  outcome: TestOutcome,
  /** The day. */
  on: string,
};

/** A test of a list. */
export type ListTestView = {
  /** What is expected. */
  expected: string | null,
  /** How it went; `None` where it was not made. */
  result: ListTest | null,
};

/** The two tests of a list. */
export type ListTestsView = {
  /** From a listed address. */
  listed: ListTestView,
  /** From an address that is not listed. */
  unlisted: ListTestView,
};

/** Whether this machine is on the provider's list of addresses, as the user said. */
export type Listed = "yes" | "no" | "unknown";

/** Notes that what was told has been read. */
export type MarkInboxRead = {
  /** Which ones; empty for all. */
  ids: Array<string>,
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

/** When an old key ends. */
export type OldKeyEnd = "at_once" | "on_confirmation" | "unknown";

/** Whether an old key still works, as far as is known. */
export type OldKeyLife = { "lives": {
  /** When that was known last. */
  known_at: string, } } | "unknown" | { "ended": {
  /** Since when, at the latest. */
  known_at: string, } };

/** How things stand with a profile of the user's own. */
export type OwnProfileState = "accepted" | "changed" | "missing" | "new" | "unknown";

/** Whether there is an agent. */
export type Presence = "lost" | "back";

/** What opens a vault besides its recovery key. */
export type ProtectionMode = "keyring" | "passphrase" | "both";

/** A provider's identifier, the name of its profile: lower case, e.g. `acme`. */
export type ProviderId = string;

/** How long the keys of a provider may live. */
export type ProviderPolicy = {
  /** Which provider. */
  provider: ProviderId,
  /** After how many days a key is to be replaced. */
  rotate_every_days: number,
};

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
  /** Whether Keyturn knows a harmless way to test a key. */
  tests_keys: boolean,
  /** Whether the provider shows its key exactly once. */
  reveal_once: boolean,
  /** The checklist before production. */
  checklist: Array<string>,
  /** Whether the provider keeps a list of addresses that may call it. */
  ip_allow_list: boolean,
  /** Sample requests. */
  samples: Array<SampleView>,
  /** What other pages of the provider say and its main documentation does not confirm. */
  unconfirmed: Array<string>,
};

/** What a reminder is about. */
export type ReminderKind = "key_expires" | "rotation_due" | "support_silent" | "carried_token" | "checklist";

/** How and when it is reminded. */
export type ReminderSettings = {
  /** How many days ahead, each one a reminder. The day itself always is one. */
  lead_days: Array<number>,
  /** At which time of the user's day. */
  at: string,
  /** From when on nothing is told. */
  quiet_from: string | null,
  /** Until when nothing is told. */
  quiet_until: string | null,
  /** Whether notifications leave names out while the vault is locked. */
  hide_names: boolean,
  /** Until when all reminders are silent. */
  paused_until: string | null,
  /** After how many days a key is to be replaced that nothing else is said of; `None` for never. */
  rotate_every_days: number | null,
  /** The same for the keys of single providers. */
  providers: Array<ProviderPolicy>,
};

/** A reminder. */
export type ReminderView = {
  /** Names it. */
  id: string,
  /** About which credential. */
  ref: CredentialRef,
  /** What it is about. */
  kind: ReminderKind,
  /** The headline. */
  title: string,
  /** The text. */
  body: string,
  /** When it is or was to be told. */
  at: string,
  /** The day that it reminds of; `None` for a moment. */
  due_on: string | null,
  /** Until when it is snoozed. */
  snoozed_until: string | null,
  /** When it was told. */
  told_at: string | null,
  /** When the user saw to it or read it. */
  done_at: string | null,
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

/** A field that a rotation replaces. */
export type RotatedField = {
  /** Its name. */
  name: FieldName,
  /** What the form calls it. */
  label: string,
  /** The last four characters of the one in use. */
  current_last_four: string | null,
  /** The last four characters of the new one, or of the old one after its promotion. */
  other_last_four: string | null,
};

/** Where a rotation stands. */
export type RotationDetail = {
  /** Of which credential. */
  ref: CredentialRef,
  /** The word that lists show. */
  state: RotationState,
  /** The stage it has reached; `None` where no rotation is under way. */
  stage: RotationStage | null,
  /** The stages that this provider's rotation goes through, in their order. */
  stages: Array<StageView>,
  /** What to do next, in one or two sentences. */
  next: string,
  /** The step that goes on; `None` where it is the provider's turn. */
  next_step: RotationOffer | null,
  /** All steps that are possible now. */
  offers: Array<RotationOffer>,
  /** When it began. */
  started_at: string | null,
  /** The day the key is due. */
  due_on: string | null,
  /** What was asked of the provider's support. */
  request: SupportRequestView | null,
  /** The fields that are replaced. */
  fields: Array<RotatedField>,
  /** The profile's test of a new key in words; `None` where nothing harmless can be sent (X8). */
  test: string | null,
  /** When the new key was stored. */
  issued_at: string | null,
  /** When the new key was found to work. */
  verified_at: string | null,
  /** By what it was found to work. */
  verified_by: VerifiedBy | null,
  /** When the provider was told that the new key arrived. */
  confirmed_at: string | null,
  /** When the new key became the one in use. */
  promoted_at: string | null,
  /** Whether the old key still works; `None` where no rotation is under way. */
  old_key: OldKeyLife | null,
  /** When this provider ends an old key. */
  old_key_end: OldKeyEnd,
  /** What that means for what uses it. */
  old_key_note: string | null,
  /** Whether the provider's main documentation says so. */
  old_key_verified: boolean,
  /** Whether the provider's support makes the new key. */
  by_support: boolean,
  /** Where the user goes for a new key. */
  place: string,
  /** What to do there, in this order. */
  instructions: Array<string>,
  /** Who uses the key. */
  consumers: ConsumersView,
  /** The emergency, where it is one. */
  emergency: EmergencyView | null,
  /** The last emergency that is over. */
  last_emergency?: EmergencyView,
};

/** The name of a step, for what is offered. */
export type RotationOffer = "start" | "compromised" | "request" | "store" | "verify" | "confirm" | "promote" | "retire" | "roll_back" | "cancel";

/** The stages of a rotation, in their order. */
export type RotationStage = "started" | "requested" | "issued" | "verified" | "confirmed" | "promoted" | "retiring";

/** Where a credential's rotation stands; the words of the command line's JSON. */
export type RotationState = "none" | "ok" | "due" | "overdue" | "requested" | "issued" | "verified" | "confirmed" | "promoted" | "retiring";

/** A step of a rotation. */
export type RotationStep = "start" | { "compromised": {
  /** What happened, for the incident report. */
  note: string | null, } } | { "request": {
  /** On which day; `None` is today. */
  on: string | null,
  /** The support's number for it. */
  ticket: string | null,
  /** The user's own words. */
  note: string | null, } } | { "store": {
  /** The new values, the open part of a pair among them; a field that is not given keeps its
   * value. */
  secrets: { [key in FieldName]: SecretOnWire },
  /** Whether another new key that is stored already may be forgotten; `None` is no. */
  replace?: boolean, } } | { "verify": {
  /** Takes the user's word instead. */
  by_word: boolean, } } | { "confirm": {
  /** Goes on although consumers do not have the new key yet. */
  consumers_behind: boolean, } } | { "promote": {
  /** The user's word that an unverified key works. */
  by_word: boolean, } } | { "retire": {
  /** Takes the user's word for it. */
  by_word: boolean, } } | "roll_back" | "cancel";

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

/** Where a file was written. */
export type SavedFile = { path: string,
};

/** Where the recovery key was written. */
export type SavedRecovery = { path: string,
};

/** A secret on its way between a client and the agent.
 *
 * The only type of ours that serialises a secret: a field of this type marks a place where one
 * leaves or enters a process on purpose. `Debug` shows nothing. */
export type SecretOnWire = string;

/** A program that was seen to use a credential. */
export type SeenConsumer = {
  /** The program behind the command line or the window, e.g. `make` or `zsh`. */
  program: string,
  /** What it did last. */
  action: string,
  /** The version of the key that it got last. */
  version: number | null,
  /** When. */
  last_used_at: string,
  /** How often it is in the journal. */
  uses: number,
};

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

/** Changes how and when it is reminded, and answers it. */
export type SetReminderSettings = {
  /** All of it. */
  settings: ReminderSettings,
};

/** A reminder was put off. */
export type SnoozeAnswer = {
  /** Until when. */
  until: string,
  /** What the user should know, e.g. that the due day comes before that. */
  warning: string | null,
};

/** Puts the reminders of a credential off. */
export type SnoozeReminder = {
  /** Of which credential. */
  reference: CredentialRef,
  /** For how many seconds; at least a minute, and a year at most. */
  for_s: number,
};

/** A stage of a rotation. */
export type StageView = {
  /** Which one. */
  stage: RotationStage,
  /** Its headline. */
  title: string,
  /** When it was reached; `None` before. */
  reached_at: string | null,
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

/** A message to a provider's support. */
export type SupportMessage = {
  /** To whom. */
  to: string,
  /** The subject. */
  subject: string,
  /** The text. */
  text: string,
};

/** What was asked of a provider's support. */
export type SupportRequestView = {
  /** The day of the request. */
  on: string,
  /** The support's number for it. */
  ticket: string | null,
  /** The user's own words. */
  note: string | null,
  /** The days since then. */
  days_silent: number,
  /** The day from which a reminder asks to nudge the support. */
  nudge_on: string | null,
};

/** A reference with its target: `acme/main/client_secret`, `keyturn://acme/main/token`. */
export type TargetRef = string;

/** Whether a test ended as expected. */
export type TestOutcome = "ok" | "failed";

/** Ticks an item with today's date, or takes the tick away. */
export type TickChecklist = {
  /** Of which credential. */
  reference: CredentialRef,
  /** Which item. */
  item: string,
  /** Whether it is done. */
  done: boolean,
};

/** Something that happens on a lane. */
export type TimelineEvent = {
  /** When. */
  at: string,
  /** The day in the user's calendar. */
  on: string,
  /** What. */
  kind: TimelineKind,
  /** In words. */
  title: string,
};

/** What happens on a lane. */
export type TimelineKind = "issued" | "reminder" | "due" | "expires" | "token_expires" | "rotation";

/** The lane of a credential. */
export type TimelineLane = {
  /** Which one. */
  ref: CredentialRef,
  /** Where its rotation stands. */
  state: RotationState,
  /** The day the key in use was issued or added. */
  from: string,
  /** The day it ends by itself; `None` where it does not, or nobody knows. */
  until: string | null,
  /** The day it is due to be replaced. */
  due_on: string | null,
  /** From when on it is to be replaced: the first lead time before the due day. */
  window_from: string | null,
  /** When old and new are both known to work, never assumed (DC7). */
  overlap_from: string | null,
  /** Until when; `None` while it lasts. */
  overlap_until: string | null,
  /** What happens on it, in the order of time. */
  events: Array<TimelineEvent>,
};

/** The timeline. */
export type TimelineView = {
  /** Today, in the user's calendar. */
  today: string,
  /** One lane a credential, the one that is due first above. */
  lanes: Array<TimelineLane>,
};

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

/** What showed that a key works. */
export type VerifiedBy = "test_call" | "exchange" | "word";

/** The commands: what each takes and answers. */
export interface Commands {
  acknowledge_reminder: { takes: { reference: CredentialRef }; answers: null };
  add_credential: { takes: { call: AddCredential }; answers: CredentialDetail };
  advance_rotation: { takes: { call: AdvanceRotation }; answers: RotationDetail };
  annotate_credential: { takes: { call: Annotation }; answers: CredentialDetail };
  app_info: { takes: Record<string, never>; answers: AppInfo };
  capture_key: { takes: { reference: CredentialRef; value: SecretOnWire | null; confirmed: boolean }; answers: CaptureAnswer };
  check_capture: { takes: { reference: CredentialRef; value: SecretOnWire | null }; answers: CaughtView };
  close_reveal: { takes: Record<string, never>; answers: null };
  confirm_recovery_key: { takes: { tail: string }; answers: boolean };
  copy_secret: { takes: { target: TargetRef; format: TokenFormat; clear_after_s: number }; answers: CopyAnswer };
  copy_text: { takes: { text: string }; answers: null };
  edit_allow_list: { takes: { call: EditAllowList }; answers: AllowListView };
  edit_consumers: { takes: { call: EditConsumers }; answers: ConsumersView };
  export_calendar: { takes: { with_names: boolean }; answers: SavedFile };
  find_credentials: { takes: { text: string }; answers: Array<FoundCredential> };
  init_vault: { takes: { protect: ProtectionMode | null; passphrase: SecretOnWire | null }; answers: VaultMade };
  list_credentials: { takes: Record<string, never>; answers: Array<CredentialView> };
  list_due: { takes: { within_days: number }; answers: Array<DueItem> };
  list_providers: { takes: Record<string, never>; answers: Array<ProviderSummary> };
  list_reminders: { takes: Record<string, never>; answers: Array<ReminderView> };
  lock_vault: { takes: Record<string, never>; answers: null };
  mark_inbox_read: { takes: { call: MarkInboxRead }; answers: InboxView };
  open_reveal: { takes: { target: TargetRef; confirmed: boolean }; answers: null };
  opened_for: { takes: Record<string, never>; answers: CredentialRef | null };
  remove_credential: { takes: { reference: CredentialRef }; answers: null };
  renew_token: { takes: { reference: CredentialRef }; answers: RenewedToken };
  save_recovery_key: { takes: Record<string, never>; answers: SavedRecovery };
  send_request: { takes: { call: SendRequest }; answers: SendRequestAnswer };
  set_reminder_settings: { takes: { call: SetReminderSettings }; answers: ReminderSettings };
  show_allow_list: { takes: { reference: CredentialRef }; answers: AllowListView };
  show_checklist: { takes: { reference: CredentialRef }; answers: Array<ChecklistItemView> };
  show_consumers: { takes: { reference: CredentialRef }; answers: ConsumersView };
  show_credential: { takes: { reference: CredentialRef }; answers: CredentialDetail };
  show_health: { takes: Record<string, never>; answers: HealthView };
  show_inbox: { takes: Record<string, never>; answers: InboxView };
  show_provider: { takes: { id: ProviderId }; answers: ProviderView };
  show_recovery_key: { takes: Record<string, never>; answers: null };
  show_reminder_settings: { takes: Record<string, never>; answers: ReminderSettings };
  show_rotation: { takes: { reference: CredentialRef }; answers: RotationDetail };
  show_status: { takes: Record<string, never>; answers: StatusAnswer };
  show_timeline: { takes: Record<string, never>; answers: TimelineView };
  snooze_reminder: { takes: { call: SnoozeReminder }; answers: SnoozeAnswer };
  take_reveal: { takes: Record<string, never>; answers: Revealed };
  test_key: { takes: { reference: CredentialRef }; answers: KeyTestView };
  tick_checklist: { takes: { call: TickChecklist }; answers: Array<ChecklistItemView> };
  unlock_vault: { takes: { passphrase: SecretOnWire | null; recovery_key: SecretOnWire | null }; answers: null };
}

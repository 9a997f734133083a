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
  /** Secrets that were pasted before, and recognised as this provider's. */
  from_paste?: FromPaste | null,
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
  /** Whether it took the place of an older one and the vault was not opened since. */
  updated?: boolean,
  /** Why it locked the vault last; `None` while the vault is open, or where this agent never opened it. */
  locked_by?: LockedBy,
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

/** Names an answer that is compared. */
export type AnswerRef = { "shown": number } | { "kept": [CredentialRef, ExchangeId] };

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
  /** What kind of processor it was built for. */
  architecture: string,
  /** The name by which the desktop knows the app. */
  id: string,
  /** The version of the agent that answers; `None` where none does. */
  agent: string | null,
  /** The version of the protocol between window and agent. */
  protocol: number,
  /** The version of Tauri, which holds the window. */
  tauri: string,
  /** The version of the web view that draws it; `None` where it does not say. */
  webview: string | null,
  /** Where its files lie; `None` where the folders cannot be told. */
  paths: AppPaths | null,
};

/** Where Keyturn's files lie. */
export type AppPaths = {
  /** The vault. */
  vault: string,
  /** The folder of its backups. */
  backups: string,
  /** The user's preferences. */
  preferences: string,
  /** The folder of the user's own providers. */
  profiles: string,
};

/** A process, as a person is told about it. All of it is what the kernel says, nothing what the process
 * says of itself, but for its name. */
export type AskingProgram = {
  /** Its short name, which a process can choose. */
  name: string,
  /** The file that it runs; `None` where that cannot be told: an unknown program. */
  path: string | null,
  /** The script that it runs, where the program is one that runs scripts. */
  script: string | null,
  /** Its process id. */
  pid: number,
};

/** How starting at login stands. */
export type AutostartView = {
  /** Whether the agent starts at login. */
  on: boolean,
  /** What starts it, or would. */
  by: string,
  /** The file that says so, where it does. */
  file: string | null,
};

/** A body. Where a header says another content type than it, the header counts. */
export type Body = { "kind": "none" } | { "kind": "json",
/** The text. */
text: string,
} | { "kind": "form",
/** The fields. */
fields: Array<Param>,
} | { "kind": "multipart",
/** The parts. */
parts: Array<Part>,
} | { "kind": "text",
/** Its media type. */
content_type?: string | null,
/** The text. */
text: string,
} | { "kind": "file",
/** Where it lies. */
path: string,
/** Its media type. */
content_type?: string | null,
};

/** A form in which a body is shown. */
export type BodyForm = "json" | "text" | "hex" | "image";

/** What was found. */
export type BodyHits = {
  /** How often it was found, at most 10,000 times. */
  hits: number,
  /** Whether there are more. */
  most: boolean,
  /** The line of each, in order. */
  rows: Array<number>,
};

/** A picture, for an `img`. */
export type BodyImage = {
  /** Its address, which holds all of it. */
  data_url: string,
};

/** One line, of at most a thousand characters. */
export type BodyLine = {
  /** Its number among all, hidden ones too, from 0. */
  line: number,
  /** What it says, without its indentation. */
  text: string,
  /** Whether it goes on with the one above, which was too long. */
  continued: boolean,
  /** How deep it lies. */
  depth: number,
  /** Whether it can be folded, and is. */
  fold: Fold | null,
  /** How many lines it hides, or would. */
  hides: number,
  /** Where the text that was searched for stands: start and length in UTF-16 units. */
  marks: Array<[number, number]>,
};

/** Some lines of a body. */
export type BodyLines = {
  /** How many rows are visible now. */
  total: number,
  /** How many characters the longest line has; at most a thousand. */
  longest: number,
  /** The row of the first one. */
  from: number,
  /** The lines. */
  lines: Array<BodyLine>,
};

/** Where a line is shown. */
export type BodyRow = {
  /** Its row among the visible ones. */
  row: number,
};

/** How a token is bought. */
export type BoughtView = {
  /** The method. */
  method: string,
  /** The whole address. */
  url: string,
  /** Whether it goes there in clear text. */
  clear_text: boolean,
  /** The fields that it is bought with. */
  fields: Array<FieldName>,
  /** How long one lives, as documented. */
  documented_lifetime: string | null,
  /** Whether the provider's main documentation says so. */
  verified: boolean,
  /** Whether one can be revoked. */
  revocable: boolean,
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

/** One certificate. */
export type CertificateView = {
  /** Whom it is for. */
  subject: string,
  /** Who signed it. */
  issuer: string,
  /** The host names and addresses that it is for. */
  names: Array<string>,
  /** From when it counts. */
  valid_from: string,
  /** Until when. */
  valid_until: string,
  /** Its SHA-256, in hexadecimal digits. */
  sha256: string,
};

/** Whose a line is. */
export type Change = "same" | "removed" | "added" | "skipped";

/** One check of an answer. */
export type Check = { "of": "status",
/** What it is: `200`, `2xx`, `200-299`, or several of them with commas. */
is: string,
} | { "of": "json",
/** Where: a path in JSON (RFC 9535). */
path: string,
/** What it is. */
is: Expectation,
} | { "of": "header",
/** Its name. */
name: string,
/** What it is. */
is: Expectation,
} | { "of": "time",
/** Below how many milliseconds. */
under_ms: number,
};

/** How a check went. */
export type CheckOutcome = {
  /** The check. */
  check: Check,
  /** Whether the answer is as it says. */
  passed: boolean,
  /** What was there: one line of at most 80 characters. */
  got: string,
  /** The check in words, e.g. `status is 2xx`. */
  words: string,
};

/** How it went with a saved request. */
export type CheckedOutcome = "passed" | "failed" | "not_run";

/** How it went with one request. */
export type CheckedView = {
  /** Of which credential. */
  ref: CredentialRef,
  /** The name under which it is saved, or the title of the profile's test call. */
  request: string,
  /** In which environment. */
  environment: EnvironmentName | null,
  /** How it went. */
  outcome: CheckedOutcome,
  /** Why it was not run, or what went wrong. */
  why: string | null,
  /** The answer's status. */
  status: number | null,
  /** What the answer means. */
  meaning: string | null,
  /** How long it took, in milliseconds. */
  total_ms: number | null,
  /** Its checks, in their order. */
  checks: Array<CheckOutcome>,
  /** Whether the provider refused the credential. */
  credential_refused: boolean,
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

/** Keys by the action that they set off, as `lock` and `Ctrl+Shift+L`. */
export type ChosenKeys = Record<string, string>;

/** What became of a copy. */
export type ClipboardEnd = "cleared" | "replaced" | "not_cleared";

/** Two answers beside each other. */
export type Comparison = {
  /** Status, time, size and the like. */
  facts: Array<FactPair>,
  /** The headers of both, by name. */
  headers: Array<HeaderPair>,
  /** The bodies, line by line; `None` where one was not kept. */
  body: Array<DiffLine> | null,
  /** Whether a body was too long to be compared to its end. */
  cut: boolean,
};

/** What a program wants to do with the vault. */
export type ConsentAction = "take_token" | "take_secret" | "copy" | "show" | "send" | "look" | "change";

/** The user's answer. */
export type ConsentAnswer = "refuse" | "allow_once" | "allow_until_lock";

/** A program wants to use the open vault. */
export type ConsentQuestion = {
  /** Who asks. */
  program: AskingProgram,
  /** Who started it, the nearest first. */
  parents: Array<AskingProgram>,
  /** What it wants to do. */
  action: ConsentAction,
  /** With what, exactly: `PROVIDER/NAME` or `PROVIDER/NAME/FIELD`. Empty where no credential is named. */
  targets: Array<string>,
  /** Whom a yes until the lock counts for. */
  reach: ConsentReach,
  /** After how many seconds no answer is a refusal. */
  seconds: number,
};

/** Whom a yes until the lock counts for. */
export type ConsentReach = "terminal" | "program";

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

/** What a part holds. */
export type Content = { "kind": "text",
/** The text. */
text: string,
} | { "kind": "file",
/** Where it lies. */
path: string,
/** What the server is told that it is called; none where it is sent as a plain text is. */
file_name?: string | null,
};

/** How strongly lines and words stand out. */
export type Contrast = "system" | "more";

/** How long a copy stays. */
export type CopiedFor = {
  /** After how many seconds the clipboard is cleared. */
  clears_in_s: number,
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

/** From when on a dated thing ends soon, and very soon: as the user has it, everywhere alike. */
export type Countdown = {
  /** How much of a short life, one of at most 48 h, is left when it is soon over; in percent. */
  short_soon_percent: number,
  /** How much of it is left when that is urgent. */
  short_urgent_percent: number,
  /** How many days of a longer life are left when it is soon over. */
  long_soon_days: number,
  /** How many of them are left when that is urgent. */
  long_urgent_days: number,
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
  /** Whether the user wants it at hand. */
  favourite?: boolean,
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
  /** Whether the user wants it at hand. */
  favourite?: boolean,
};

/** The readable parts of a JWT. Nobody verified its signature. */
export type DecodedJwt = {
  /** The entries of its header. */
  header: Array<[string, string]>,
  /** Its claims. */
  claims: Array<[string, string]>,
  /** When it says that it was issued. */
  issued_at: string | null,
  /** When it says that it begins to count. */
  not_before: string | null,
  /** When it says that it ends. */
  expires_at: string | null,
};

/** What a token says of itself. */
export type DecodedToken = {
  /** The readable parts; `None` where it is no JWT. */
  jwt: DecodedJwt | null,
};

/** How close rows are. */
export type Density = "comfortable" | "compact";

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

/** One line of a comparison. */
export type DiffLine = {
  /** Whose it is. */
  change: Change,
  /** The line; of skipped ones, how many they are. */
  text: string,
};

/** The kinds of documents. */
export type DocumentKind = "openapi" | "postman";

/** What the user was writing. The page puts no secret into it: those are typed anew. */
export type DraftView = {
  /** As it was kept; `None` where nothing is. */
  text: string | null,
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

/** Changes a credential; what is `None` or absent stays as it is. */
export type EditCredential = {
  /** Which one. */
  reference: CredentialRef,
  /** A new name. */
  name?: CredentialName | null,
  /** New environments. */
  environments?: Array<EnvironmentName> | null,
  /** A new owner; an empty text removes it. */
  owner?: string | null,
  /** A new note; an empty text removes it. */
  note?: string | null,
  /** New open values. */
  fields?: { [key in FieldName]: string },
  /** New secrets: tokens that the old ones bought are forgotten. */
  secrets?: { [key in FieldName]: SecretOnWire },
  /** What the user says of a reveal-once key whose value is not stored. */
  mark?: KeyMark | null,
  /** A new day of issue. */
  issued_on?: string | null,
  /** A new end. */
  expires_on?: string | null,
  /** Whether the day of issue is taken away. */
  clear_issued_on?: boolean,
  /** Whether the end is taken away. */
  clear_expires_on?: boolean,
  /** A new interval; 0 removes it. */
  rotate_every_days?: number | null,
  /** A new day on which the user wants to replace it. */
  replace_on?: string | null,
  /** Whether the day on which the user wanted to replace it is taken away. */
  clear_replace_on?: boolean,
  /** Whether nobody is reminded of it by any interval from now on. */
  age_only?: boolean | null,
  /** A new plan; an empty text removes it. */
  plan?: string | null,
  /** Whether its tokens are renewed in the background from now on. */
  keep_fresh?: boolean | null,
  /** Whether it is at hand from now on: in the tray, and among the favourites. */
  favourite?: boolean | null,
  /** Whether the user agreed to clear text, where a new environment needs it. */
  allow_plain_http?: boolean,
  /** Whether the user agreed that stored secrets go elsewhere than before. */
  confirmed?: boolean,
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

/** The trash was emptied. */
export type EmptiedTrash = {
  /** What is gone for good. */
  deleted: Array<CredentialRef>,
};

/** Deletes what is in the trash for good, or one credential of it. It needs a yes. */
export type EmptyTrash = {
  /** Only those that had this name. */
  reference?: CredentialRef | null,
  /** Only this one. */
  id?: string,
  /** Whether the user agreed. */
  confirmed: boolean,
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
export type ErrorCode = "invalid_input" | "already_exists" | "vault_absent" | "vault_locked" | "wrong_key" | "too_many_attempts" | "keyring_unavailable" | "not_found" | "refused_by_policy" | "no_consent" | "confirmation_needed" | "passphrase_first" | "credential_refused" | "provider_answer" | "not_yet" | "network" | "tls" | "timeout" | "vault_damaged" | "vault_newer" | "vault_quarantined" | "not_saved" | "clipboard_unavailable" | "agent_unreachable" | "restart_needed" | "internal";

/** Something changed; a client that shows it asks again. */
export type Event = "subscribed" | "unlocked" | "locked" | { "credential_changed": CredentialRef } | { "provider_changed": ProviderId } | { "open_requested": CredentialRef | null } | "palette_requested" | "quit" | { "clipboard_released": ClipboardEnd } | { "share_safe": boolean } | "reminders_changed";

/** Names an exchange among those of its credential; a later one has the greater number. */
export type ExchangeId = string;

/** An exchange in the history. No header, no body and no value of the query is in it. */
export type ExchangeView = {
  /** Names it. */
  id: ExchangeId,
  /** When it ended. */
  at: string,
  /** Where it was sent. */
  environment: EnvironmentName,
  /** The recipe that it was sent with. */
  recipe: string,
  /** The method. */
  method: string,
  /** The path. */
  path: string,
  /** The query's names. */
  query: Array<string>,
  /** The kind of body that was sent. */
  sent_body: string | null,
  /** The name under which the request is saved. */
  saved: string | null,
  /** The answer's status; `None` where none came. */
  status: number | null,
  /** Why no answer came. */
  problem: string | null,
  /** What the answer meant. */
  meaning: string | null,
  /** Whether the provider refused the credential. */
  credential_refused: boolean,
  /** Whether it failed although its status was one of success. */
  refused: boolean,
  /** How long it took, in milliseconds. */
  total_ms: number | null,
  /** How many bytes the answer's body had as it came. */
  received: number | null,
  /** How often it was sent. */
  attempts: number,
  /** Who asked for it. */
  caller: string,
  /** How many of its checks failed. */
  checks_failed: number,
  /** How many of its checks passed. */
  checks_passed: number,
  /** Whether its bodies and its query are kept: then it can be shown whole. */
  kept: boolean,
  /** The user's own words about it. */
  note: string | null,
};

/** What is expected of a value. */
export type Expectation = { "is": "present" } | { "is": "absent" } | { "is": "equal",
/** The value; of JSON a text without its quotes, anything else as JSON writes it. */
value: string,
} | { "is": "contain",
/** The text. */
value: string,
};

/** Who says when a token ends. */
export type ExpirySource = "response_field" | "jwt_claim" | "documented_lifetime" | "learned" | "user" | "no_expiry" | "unknown";

/** Says what an answer means. */
export type ExplainAnswer = {
  /** With which credential it was got. */
  reference: CredentialRef,
  /** In which environment; `None` takes the preferred one. */
  environment: EnvironmentName | null,
  /** Its status. */
  status: number,
  /** The path that was asked. */
  path: string | null,
  /** What was sent along; `None` where that is not known. */
  sent: SentAlong | null,
  /** Its body, base64: it may be of any encoding. */
  body_base64: string,
};

/** What an answer means, and what that follows from. */
export type ExplainAnswerView = {
  /** Whether the provider says that the stored credential is no good. */
  credential_refused: boolean,
  /** What that follows from. */
  facts: ExplainFacts,
  /** The body as text, secrets redacted. */
  body: string,
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

/** What an explanation follows from. */
export type ExplainFacts = {
  /** The status. */
  status: number,
  /** Whether the path is that of the exchange. */
  exchange: boolean,
  /** The way of authenticating that the credential uses. */
  method: string,
  /** How old the stored token is; `None` where there is none. */
  token_age_s: number | null,
  /** How far the provider's clock was ahead when it was asked last. */
  clock_skew_s: number | null,
  /** What the user said of this machine's address. */
  this_machine_listed: Listed,
};

/** One fact of both answers. */
export type FactPair = {
  /** What it is. */
  name: string,
  /** Of the first answer. */
  left: string,
  /** Of the second. */
  right: string,
  /** Whether both are alike. */
  same: boolean,
};

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

/** Whether what can be folded is. */
export type Fold = "open" | "closed";

/** What folding came to. */
export type FoldedBody = {
  /** How many rows are visible now. */
  total: number,
};

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

/** Which pasted secrets a new credential takes. */
export type FromPaste = {
  /** The suggestion's ticket, which is void afterwards. */
  ticket: string,
  /** The fields that are taken; a secret that is given beside them counts instead. */
  fields: Array<FieldName>,
};

/** A header. */
export type Header = {
  /** Its name. */
  name: string,
  /** Its value. */
  value: string,
  /** Whether it is sent. */
  on?: boolean,
};

/** One header of both answers. */
export type HeaderPair = {
  /** Its name, in lower case. */
  name: string,
  /** Of the first answer, if it has it. */
  left: string | null,
  /** Of the second. */
  right: string | null,
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

/** A credential's history. */
export type HistoryView = {
  /** Whose. */
  ref: CredentialRef,
  /** The versions of its key, the newest first. */
  versions: Array<VersionView>,
  /** What was done to it, the newest first; at most the last 200. */
  changes: Array<JournalEntryView>,
  /** Whether there are older ones, which the journal has. */
  more: boolean,
};

/** What a document describes. */
export type ImportedDocument = {
  /** What it is. */
  kind: DocumentKind,
  /** What it is called. */
  title: string | null,
  /** Its requests. */
  requests: Array<ImportedRequest>,
  /** What of all was not taken over, in sentences. */
  left_out: Array<string>,
};

/** A request of a document. */
export type ImportedRequest = {
  /** Its name. */
  name: string,
  /** The folders that it lies in, the outermost first. */
  folder: Array<string>,
  /** The request. */
  imported: ImportedView,
};

/** A request that was read. */
export type ImportedView = {
  /** The request, without what authenticated it. */
  request: Request,
  /** What was taken out, in sentences. */
  removed: Array<string>,
  /** What was not taken over, in sentences. */
  left_out: Array<string>,
  /** The variables that have no value. */
  variables: Array<string>,
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

/** One thing that was done. */
export type JournalEntryView = {
  /** Its number in the journal, from 1. */
  number: number,
  /** When. */
  at: string,
  /** What kind of thing was done. */
  kind: JournalKind,
  /** What was done, in the journal's own word, e.g. `token` or `rotate promote`. */
  action: string,
  /** The program behind it; `None` where Keyturn did it by itself. */
  program: string | null,
  /** Who asked for it, with the programs that ran it. */
  caller: string,
  /** What it was done to: a credential or a provider, as it was called then. */
  ref: string | null,
  /** Where a request went, or where stored secrets go since an edit. */
  host: string | null,
  /** The path template of a request. */
  path: string | null,
  /** How it was answered. */
  status: number | null,
  /** Which version of the credential's secrets was used. */
  version: number | null,
  /** The names of what an edit changed; never a value. */
  changed: Array<string>,
};

/** What kind of thing was done; for a symbol and a word of the reader's language. */
export type JournalKind = "added" | "edited" | "removed" | "restored" | "deleted" | "captured" | "rotated" | "token" | "fetched" | "revealed" | "copied" | "requested" | "exchanged" | "revoked" | "allowed" | "settings" | "other";

/** A page of the journal. */
export type JournalPage = {
  /** The entries, the newest first. */
  entries: Array<JournalEntryView>,
  /** Whether there are older ones that were asked for: those before the last one's number. */
  more: boolean,
};

/** What the journal's chain proves. */
export type JournalProof = {
  /** Whether each entry is the one that was written, and none is missing between two. */
  intact: boolean,
  /** How many entries are proven, from the first one on. */
  entries: number,
  /** When the first of them was written. */
  since: string | null,
  /** When the last of them was written. */
  until: string | null,
  /** The chain's end: written down elsewhere, it shows later that nothing before it changed. */
  head: string,
  /** What is wrong behind the proven ones, where something is. */
  problem: string | null,
};

/** What a JWT says of itself. */
export type JwtView = {
  /** How it is signed. */
  algorithm: string | null,
  /** Who made it. */
  issuer: string | null,
  /** When. */
  issued_at: string | null,
  /** When it ends. */
  expires_at: string | null,
};

/** The choice to keep an exchange, a part of its request. */
export type KeepExchange = {
  /** The user's own words about it. */
  note: string | null,
};

/** A kept exchange, whole. */
export type KeptDetail = {
  /** Names it. */
  id: ExchangeId,
  /** When the answer came. */
  at: string,
  /** The user's own words about it. */
  note: string | null,
  /** Where it was sent. */
  environment: EnvironmentName,
  /** The recipe that it was sent with. */
  recipe: string,
  /** The path. */
  path: string,
  /** The query with its values. */
  query: Array<[string, string]>,
  /** The request, so that it can be sent again; `None` of one that an older version kept. A body that
   * is not there though one was sent was no text, or too long. */
  request: Request | null,
  /** How many bytes the answer's body had, where its end was not kept. */
  cut_from: number | null,
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
  /** What the status is called, e.g. `Not Found`. */
  status_words: string | null,
  /** How large the body was; `None` for a dry run. */
  size: SizeView | null,
  /** Where the answer leads, if it is a redirect. */
  redirect: RedirectView | null,
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
  /** Whether the request failed although its status is one of success. */
  refused: boolean,
  /** What became of the choice to keep it; absent where nobody asked for that. */
  kept?: KeptNow,
  /** Its number in the credential's history; `None` for a dry run. */
  exchange: ExchangeId | null,
  /** How its checks went, in their order. */
  checks: Array<CheckOutcome>,
};

/** What became of the choice to keep an exchange. */
export type KeptNow = {
  /** Names it; `None` where it was not kept. */
  id: ExchangeId | null,
  /** The oldest one, which went to make room. */
  forgot: ExchangeId | null,
  /** How many bytes the answer's body had, where its end was not kept. */
  cut_from: number | null,
  /** Why it was not kept. */
  problem: ApiError | null,
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

/** The tag of a language, as `de-AT`; empty for the system's. */
export type Language = string;

/** How long what a request carries lives. */
export type LifetimeView = { "kind": "key" } | { "kind": "documented",
/** The life. */
seconds: number,
} | { "kind": "answered" } | { "kind": "undocumented" };

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

/** Lists entries of the journal, the newest first. */
export type ListJournal = {
  /** Only those about this credential, also under names that it had before. */
  reference?: CredentialRef | null,
  /** Only those from this time on. */
  since?: string | null,
  /** Only those of these kinds; empty for all. */
  kinds?: Array<JournalKind>,
  /** Only those before the entry of this number, for the next page. */
  before?: number | null,
  /** So many at most; without it 100, and never more than 1,000. */
  limit?: number | null,
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

/** The list's width: from 280 to 480. */
export type ListWidth = number;

/** Whether this machine is on the provider's list of addresses, as the user said. */
export type Listed = "yes" | "no" | "unknown";

/** Why the vault was locked. */
export type LockedBy = "user" | "idle" | "longest" | "sleep" | "screen" | "ending";

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
  /** The recipe that its requests are sent with. */
  recipe: string,
  /** How long what it sends lives. */
  lifetime: LifetimeView,
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

/** Whether anything moves. */
export type Motion = "system" | "reduced";

/** A request that was not saved. */
export type NotSavedView = {
  /** Its place among those that were given, from 0. */
  at: number,
  /** Why. */
  why: ApiError,
};

/** Something happened; a page that shows it asks again. */
export type Notice = {
  /** Which of both. */
  agent: Presence,
} | {
  /** What. */
  window: WindowNotice,
} | Event;

/** When an old key ends. */
export type OldKeyEnd = "at_once" | "on_confirmation" | "unknown";

/** Whether an old key still works, as far as is known. */
export type OldKeyLife = { "lives": {
  /** When that was known last. */
  known_at: string, } } | "unknown" | { "ended": {
  /** Since when, at the latest. */
  known_at: string, } };

/** What is to be shown first. */
export type Opening = {
  /** The credential. */
  reference: CredentialRef | null,
  /** Whether the palette is. */
  palette: boolean,
};

/** How things stand with a profile of the user's own. */
export type OwnProfileState = "accepted" | "changed" | "missing" | "new" | "unknown";

/** A parameter of the query, or a field of a form. */
export type Param = {
  /** Its name. */
  name: string,
  /** Its value; none where it has no equals sign. */
  value?: string | null,
  /** Whether it is sent. */
  on?: boolean,
  /** Whether it is sent as it is written here: it was pasted in an encoding that is not ours. */
  encoded?: boolean,
};

/** A part of a multipart body. */
export type Part = {
  /** Its name. */
  name: string,
  /** What it holds. */
  content: Content,
  /** Its media type. */
  content_type?: string | null,
  /** Whether it is sent. */
  on?: boolean,
};

/** What a part of a multipart body holds. */
export type PartContent = { "text": string } | { "file": {
  /** Its name, as the server is told; without a folder. */
  name: string,
  /** Its bytes. */
  base64: string, } };

/** What a pasted text is. */
export type PasteKind = "key" | "variables" | "command" | "header" | "json" | "jwt" | "reference" | "unknown";

/** A credential that a pasted text could be. */
export type PasteSuggestion = {
  /** What its secrets are added by. */
  ticket: string,
  /** The provider. */
  provider: ProviderId,
  /** The provider's name. */
  provider_name: string,
  /** What it was taken out of. */
  kind: PasteKind,
  /** What the text calls it. */
  name: CredentialName | null,
  /** The environment that the text names. */
  environment: EnvironmentName | null,
  /** What was found. */
  fields: Array<PastedField>,
  /** What a credential needs beside that. */
  missing: Array<FieldName>,
  /** When the secret ends, where it says so itself. */
  expires_at: string | null,
  /** Why it is suggested. */
  why: string,
  /** How sure that is. */
  sure: PasteSure,
  /** Where one of its secrets is stored already, or was. */
  duplicate_of: KeyTwin | null,
};

/** How sure a suggestion is. */
export type PasteSure = "possible" | "likely" | "certain";

/** What was found in a pasted text. */
export type PasteView = {
  /** What it is. */
  kind: PasteKind,
  /** What its values could be, the best first. */
  suggestions: Array<PasteSuggestion>,
  /** Whether the suggestions are different credentials; otherwise they are readings of the same
   * values. */
  separate: boolean,
  /** What it refers to, where it is a reference. */
  reference: TargetRef | null,
  /** Whether the credential of that reference is here. */
  reference_known: boolean,
  /** What a JWT says of itself; nobody verified it. */
  jwt: JwtView | null,
  /** What else to know, without any value. */
  notes: Array<string>,
  /** How many values look like secrets and belong to no suggestion. */
  left_over: number,
};

/** A field that was found. */
export type PastedField = {
  /** Its name. */
  name: FieldName,
  /** What the provider calls it. */
  label: string,
  /** Whether it is a secret. */
  secret: boolean,
  /** The value of an open field. */
  value: string | null,
  /** The last four characters of a secret, where showing them gives nothing away. */
  last_four: string | null,
  /** How many characters it has; `None` of what a person chose. */
  length: number | null,
};

/** The window's section of the file. Every value is always written: none may be optional. */
export type Preferences = {
  /** Closing the window no longer says what goes on without it. */
  closing_explained: boolean,
  /** Its colours. */
  theme: Theme,
  /** How close its rows are. */
  density: Density,
  /** How large its text is, in hundredths of its own size. */
  text_size: TextSize,
  /** How strongly its lines and words stand out. */
  contrast: Contrast,
  /** Whether anything moves. */
  motion: Motion,
  /** Its language; empty for the system's. */
  language: Language,
  /** Letters and signs do nothing alone: only keys with Ctrl, arrows and the like act. */
  letters_off: boolean,
  /** The sidebar is hidden. */
  sidebar_hidden: boolean,
  /** How wide the list is, in pixels at the usual size of text. */
  list_width: ListWidth,
  /** The keys of actions that have others than they come with. */
  keys: ChosenKeys,
};

/** The preferences as they count now. */
export type PreferencesView = { preferences: Preferences,
/** What is wrong with the file; the preferences are then those that the window comes with. */
problem: ApiError | null,
};

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
  /** How a request carries the key or the token, each way once and the preferred method's first:
   * `Authorization: Bearer …`, `x-api-key: …`, `?api_key=…`. */
  sent_as: Array<string>,
  /** The ways to send a request. */
  recipes: Array<RecipeView>,
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

/** A way to send a request. */
export type RecipeView = {
  /** Its name. */
  name: string,
  /** What it is. */
  label: string,
  /** When to take it. */
  note: string | null,
  /** What the paths that it may be used for begin with. */
  paths: Array<string>,
  /** What it sends, with the value left out: `Authorization: Bearer …`. */
  sends: Array<string>,
  /** What that is: `token`, or the name of a field. */
  carries: Array<string>,
};

/** What a printed recovery key says of its vault. */
export type RecoveryKit = {
  /** The vault's file. */
  vault: string,
  /** The day of the print. */
  on: string,
};

/** Where an answer leads. */
export type RedirectView = {
  /** Scheme, host and path, without the query. */
  to: string,
  /** Whether that is another origin than the request's. */
  elsewhere: boolean,
  /** Whether it was followed: never, since a credential goes to no address that an answer names. */
  followed: boolean,
  /** What [`FollowRedirect`](super::FollowRedirect) takes to go there without a credential; `None` where
   * it may not be followed. */
  ticket: number | null,
  /** Why it may not be followed. */
  blocked: string | null,
};

/** What a reminder is about. */
export type ReminderKind = "key_expires" | "rotation_due" | "support_silent" | "carried_token" | "checklist" | "check_failed";

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
  /** From when on a token ends soon, and very soon. */
  countdown: Countdown,
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

/** A request, with variables where its values differ from one time to the next.
 *
 * `{{name}}` stands for a variable wherever there is text, `{name}` for one in the address's path. A field
 * that is not known is refused when one is read: it was written by a newer version, and to send the rest
 * of it would be to send something else. */
export type Request = {
  /** The HTTP method, as it is sent. */
  method: string,
  /** Scheme, host and path. */
  url: string,
  /** The query. */
  query?: Array<Param>,
  /** The headers. */
  headers?: Array<Header>,
  /** The body. */
  body?: Body,
  /** What its variables are where nobody says otherwise. */
  variables?: { [key in string]: string },
};

/** The body of a request. */
export type RequestBody = { "json": string } | { "text": {
  /** The text. */
  text: string,
  /** Its media type; `None` is plain text in UTF-8. */
  content_type: string | null, } } | { "form": Array<[string, string]> } | { "multipart": Array<RequestPart> } | { "raw": {
  /** The bytes. */
  base64: string,
  /** Their media type; `None` says no more than that they are bytes. */
  content_type: string | null, } };

/** Code for a request. */
export type RequestCode = {
  /** The text. */
  text: string,
  /** The variables of the environment that it reads, each with the command that prints its value. */
  variables: Array<[string, string]>,
  /** Why not to put it into a page or a mobile application, where it could be. */
  warning: string | null,
};

/** The forms of code. */
export type RequestCodeForm = "curl" | "curl_private" | "httpie" | "python" | "fetch";

/** One part of a multipart body. */
export type RequestPart = {
  /** Its name. */
  name: string,
  /** What it holds. */
  content: PartContent,
  /** Its media type; `None` says none for a text, and the usual one for a file's name. */
  content_type: string | null,
};

/** Takes a credential out of the trash. */
export type RestoreCredential = {
  /** Which one; of several with that name the one that was removed last. */
  reference: CredentialRef,
  /** Which of several with that name. */
  id?: string,
  /** A new name, where another credential has its own. */
  name?: CredentialName | null,
};

/** Puts an earlier version of a key in use again, and answers the history. It needs a yes. */
export type RestoreVersion = {
  /** Of which credential. */
  reference: CredentialRef,
  /** Which version. */
  version: number,
  /** Whether the user agreed. */
  confirmed: boolean,
};

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
  /** What is printed with it, where it is to be printed. */
  kit: RecoveryKit | null,
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

/** The body of a sample, as the documentation has it. */
export type SampleBodyView = {
  /** Its media type. */
  content_type: string,
  /** The text. */
  text: string,
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
  /** The recipe that it is sent with; `None` is the credential's own. */
  recipe: string | null,
  /** Its query. */
  query: Array<[string, string]>,
  /** Its body. */
  body: SampleBodyView | null,
  /** What else to know about it. */
  note: string | null,
};

/** Where a file was written. */
export type SavedFile = { path: string,
};

/** Where the recovery key was written. */
export type SavedRecovery = { path: string,
};

/** A saved request. Its address is a path: the base is the environment's. */
export type SavedRequest = {
  /** Its name, of which a credential has each once. */
  name: string,
  /** The request. */
  request: Request,
  /** In which environment; `None` is the preferred one. */
  environment: string | null,
  /** With which recipe of the profile; `None` is the usual one. */
  recipe: string | null,
  /** The sample of the profile that it came from. */
  sample: string | null,
  /** What its answer is checked for. */
  checks: Array<Check>,
};

/** What is saved with a credential by now. */
export type SavedRequests = {
  /** All requests, in the order of their names. */
  saved: Array<SavedView>,
  /** Those of the call that were not saved, in its order. */
  not_saved: Array<NotSavedView>,
};

/** A saved request. */
export type SavedView = {
  /** The request, under its name. */
  saved: SavedRequest,
  /** Whether it is known to change and cost nothing, so that it may be sent without a question. */
  harmless: boolean,
  /** Its variables that have no value of their own. */
  variables: Array<string>,
};

/** A secret on its way between a client and the agent.
 *
 * The only type of ours that serialises a secret: a field of this type marks a place where one
 * leaves or enters a process on purpose. `Debug` shows nothing. */
export type SecretOnWire = string;

/** What the user chose as a matter of security; it lies inside the vault. */
export type SecuritySettings = {
  /** After how many seconds without use the vault locks; `None` for never, but after twelve hours. */
  lock_after_s: number | null,
  /** Whether it locks before the machine sleeps. */
  lock_on_sleep: boolean,
  /** Whether it locks with the screen. */
  lock_on_screen_lock: boolean,
  /** After how many seconds a copied secret is cleared from the clipboard. */
  clear_clipboard_after_s: number,
  /** How many seconds a secret is shown. */
  reveal_s: number,
  /** Whether the passphrase is asked for before one is shown in the window. */
  passphrase_before_reveal: boolean,
  /** Whether each key is tried once a day, while the vault is open. */
  daily_check: boolean,
};

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
  /** The choice to keep the exchange in the vault; `None` keeps nothing of it. */
  keep: KeepExchange | null,
  /** What the answer is checked for. */
  checks: Array<Check>,
  /** The name under which it is saved with its credential; the history notes it. */
  saved: string | null,
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
  /** What the status is called, e.g. `Not Found`. */
  status_words: string | null,
  /** How large the body was; `None` for a dry run. */
  size: SizeView | null,
  /** Where the answer leads, if it is a redirect. */
  redirect: RedirectView | null,
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
  /** Whether the request failed although its status is one of success. */
  refused: boolean,
  /** What became of the choice to keep it; absent where nobody asked for that. */
  kept?: KeptNow,
  /** Its number in the credential's history; `None` for a dry run. */
  exchange: ExchangeId | null,
  /** How its checks went, in their order. */
  checks: Array<CheckOutcome>,
};

/** What a request carried. */
export type SentAlong = "token" | "key" | "both" | "nothing";

/** A header or a query parameter with the credential in it. */
export type SentAsView = {
  /** Its name. */
  name: string,
  /** What stands before the value, e.g. `Bearer`. */
  scheme: string | null,
  /** The field whose value it is; `None` for the token. */
  field: FieldName | null,
  /** Whether it is a query parameter. */
  in_query: boolean,
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
  /** The body's kind. */
  body: string | null,
  /** How many bytes the body has. */
  body_bytes: number | null,
};

/** Changes how and when it is reminded, and answers it. */
export type SetReminderSettings = {
  /** All of it. */
  settings: ReminderSettings,
};

/** Changes the settings, and answers them. */
export type SetSettings = {
  /** All of them. */
  security: SecuritySettings,
};

/** Notes when the stored token ends, where nobody else says. */
export type SetTokenEnd = {
  /** Of which credential, in its preferred environment. */
  reference: CredentialRef,
  /** When; `None` takes the word back. */
  end: string | null,
};

/** The settings, and what cannot be set. */
export type SettingsView = {
  /** What the user chose. */
  security: SecuritySettings,
  /** How many days what was removed stays in the trash. */
  trash_days: number,
  /** After how many seconds the vault locks whatever happens. */
  longest_open_s: number,
  /** Why it cannot be told when the machine sleeps or the screen is locked, where it cannot. */
  signals_problem: string | null,
  /** Why the passphrase cannot be asked for before a key is shown, where it cannot. */
  passphrase_problem: string | null,
};

/** Whether the shortcut works. */
export type ShortcutState = "off" | "working" | "asked" | "failed";

/** How the shortcut stands. */
export type ShortcutView = {
  /** The keys, as `Ctrl+Alt+K`; empty where the user wants none. Where the desktop decides them, the
   * keys that were asked for. */
  keys: string,
  /** Whether they work. */
  state: ShortcutState,
  /** The keys in the desktop's own words, where it decides them. */
  decided: string | null,
  /** What is wrong and what to do, in words. */
  problem: string | null,
};

/** A body that the shell holds. */
export type ShownBody = {
  /** Names it until the vault is locked, or until newer ones need its room. */
  id: number,
  /** How many bytes it has. */
  bytes: number,
  /** What the answer says that it is. */
  media_type: string | null,
  /** The forms that it can be shown in. */
  forms: Array<BodyForm>,
  /** The one to begin with. */
  form: BodyForm,
  /** What has to be known about it, in sentences: JSON that breaks off, bytes that are no text. */
  remarks: Array<string>,
};

/** An exchange that was kept. */
export type ShownKept = {
  /** The exchange; its answer's body is `null`. */
  kept: KeptDetail,
  /** The body, by its number; `null` where there is none. */
  shown: ShownBody | null,
};

/** How large an answer's body was. */
export type SizeView = {
  /** Its bytes as they came. */
  received: number,
  /** Its bytes unpacked. */
  decoded: number,
  /** What it was packed as, e.g. `gzip`; `None` where nothing was unpacked. */
  encoding: string | null,
};

/** What a form is for. */
export type SnippetForm = "shell" | "curl" | "httpie" | "python" | "javascript" | "powershell_variable" | "powershell" | "browser" | "reference";

/** A form, with its text. */
export type SnippetView = {
  /** Which one. */
  form: SnippetForm,
  /** The text. */
  code: string,
  /** Why to think twice where this one would run. */
  warning: string | null,
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

/** How a request went. */
export type TesterAnswer = {
  /** The answer; its body is `null`. */
  answer: SendRequestAnswer,
  /** The body, by its number; `null` where there is none. */
  shown: ShownBody | null,
};

/** One request as the page composed it. */
export type TesterRequest = {
  /** Chosen by the page; names the call for whoever takes it back. */
  turn: number,
  /** With which credential. */
  reference: CredentialRef,
  /** In which environment; `null` takes the preferred one. */
  environment: EnvironmentName | null,
  /** The recipe of the profile; `null` is the sample's, or the credential's own. */
  recipe: string | null,
  /** A sample of the profile; then method, path and query are the sample's own. */
  sample: string | null,
  /** The request; its address is a path, or a whole address of the environment's host. */
  request: Request,
  /** Values of its variables. */
  variables: { [key in string]: string },
  /** The contents of its files in base64, each with the path that the body says. */
  files: Array<[string, string]>,
  /** What the answer has to be like. */
  checks: Array<Check>,
  /** The name under which it is saved. */
  saved: string | null,
  /** Whether the user agreed to a request that creates something. */
  confirmed: boolean,
  /** Whether to fail at once, and tell when, rather than wait. */
  no_wait: boolean,
  /** The choice to keep the exchange. */
  keep: KeepExchange | null,
};

/** The size of text in hundredths of its own: from 90 to 150. */
export type TextSize = number;

/** The colours of a window. */
export type Theme = "system" | "light" | "dark";

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
  /** In how many whole days the server's certificate ends; of one that was kept not known. */
  days_left: number | null,
  /** The certificates as the server sent them, its own first. */
  chain: Array<CertificateView>,
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
  /** From when on it ends soon, as the user has it; `None` where nobody knows its end. */
  soon_at: string | null,
  /** From when on that is urgent. */
  urgent_at: string | null,
  /** Whether Keyturn renews it in the background. */
  kept_fresh?: boolean,
  /** Why that failed last, where it did. */
  renewal_problem?: string,
};

/** A credential in the trash. */
export type TrashedView = {
  /** Tells it from another one that had the same name. */
  id: string,
  /** How the user named it. */
  ref: CredentialRef,
  /** Its provider. */
  provider: ProviderId,
  /** The provider's name. */
  provider_name: string,
  /** Its name there. */
  name: CredentialName,
  /** Its preferred environment. */
  environment: EnvironmentName,
  /** Who was responsible for it. */
  owner: string | null,
  /** Its fields. */
  fields: Array<FieldView>,
  /** Its reveal-once key. */
  reveal: RevealState,
  /** When it was removed. */
  removed_at: string,
  /** When it is deleted for good. */
  deleted_at: string,
  /** The days until then; 0 on the last one. */
  days_left: number,
  /** Whether another credential has its name now, so that it comes back under a new one only. */
  name_taken: boolean,
};

/** How a credential is used. */
export type UsageView = {
  /** Where its requests go. */
  base_url: string,
  /** Whether they go there in clear text. */
  clear_text: boolean,
  /** What they carry. */
  sent: Array<SentAsView>,
  /** How its tokens are bought; `None` where the key itself is sent. */
  bought: BoughtView | null,
  /** The secrets that buy tokens and do nothing else. */
  only_buy: Array<FieldName>,
  /** Whether a request may carry a long-lived secret beside the token. */
  with_key: boolean,
  /** Why none of it belongs into a page or a mobile application. */
  client_side_warning: string,
  /** The code, in the order in which it is offered. */
  snippets: Array<SnippetView>,
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

/** One secret of a version. */
export type VersionField = {
  /** Its name. */
  name: FieldName,
  /** What the provider calls it. */
  label: string,
  /** Its last four characters, where they are known. */
  last_four: string | null,
};

/** One version of a credential's key. */
export type VersionView = {
  /** Its number, from 1. */
  version: number,
  /** Where it stands. */
  standing: KeyStanding,
  /** When it was stored. */
  stored_at: string,
  /** When it came to stand where it does. */
  since: string,
  /** Whether it was never in use. */
  never_used: boolean,
  /** Its secrets. */
  fields: Array<VersionField>,
  /** Whether its value is still stored. */
  stored: boolean,
  /** Whether it can be put in use again. */
  restorable: boolean,
  /** Why it cannot, or what is tried first; `None` where there is nothing to say. */
  note: string | null,
};

/** What the user wants of the window itself. */
export type WindowNotice = "closing";

/** The commands: what each takes and answers. */
export interface Commands {
  acknowledge_reminder: { takes: { reference: CredentialRef }; answers: null };
  add_credential: { takes: { call: AddCredential }; answers: CredentialDetail };
  advance_rotation: { takes: { call: AdvanceRotation }; answers: RotationDetail };
  annotate_credential: { takes: { call: Annotation }; answers: CredentialDetail };
  answer_consent: { takes: { answer: ConsentAnswer }; answers: null };
  app_info: { takes: Record<string, never>; answers: AppInfo };
  body_copy: { takes: { body: number }; answers: null };
  body_fold: { takes: { body: number; form: BodyForm; line: number | null; closed: boolean }; answers: FoldedBody };
  body_image: { takes: { body: number }; answers: BodyImage };
  body_lines: { takes: { body: number; form: BodyForm; from: number; count: number }; answers: BodyLines };
  body_save: { takes: { body: number; name: string }; answers: SavedFile };
  body_search: { takes: { body: number; form: BodyForm; text: string; case: boolean }; answers: BodyHits };
  body_show: { takes: { body: number; form: BodyForm; line: number }; answers: BodyRow };
  capture_key: { takes: { reference: CredentialRef; value: SecretOnWire | null; confirmed: boolean }; answers: CaptureAnswer };
  check_capture: { takes: { reference: CredentialRef; value: SecretOnWire | null }; answers: CaughtView };
  clear_clipboard: { takes: Record<string, never>; answers: null };
  close_reveal: { takes: Record<string, never>; answers: null };
  close_window: { takes: Record<string, never>; answers: null };
  compare_answers: { takes: { left: AnswerRef; right: AnswerRef }; answers: Comparison };
  confirm_recovery_key: { takes: { tail: string }; answers: boolean };
  copy_recovery_key: { takes: Record<string, never>; answers: CopiedFor };
  copy_secret: { takes: { target: TargetRef; format: TokenFormat; with_key: boolean }; answers: CopyAnswer };
  copy_text: { takes: { text: string }; answers: null };
  decode_token: { takes: { reference: CredentialRef }; answers: DecodedToken };
  edit_allow_list: { takes: { call: EditAllowList }; answers: AllowListView };
  edit_consumers: { takes: { call: EditConsumers }; answers: ConsumersView };
  edit_credential: { takes: { call: EditCredential }; answers: CredentialDetail };
  empty_trash: { takes: { call: EmptyTrash }; answers: EmptiedTrash };
  explain_answer: { takes: { call: ExplainAnswer }; answers: ExplainAnswerView };
  export_calendar: { takes: { with_names: boolean }; answers: SavedFile };
  find_credentials: { takes: { text: string }; answers: Array<FoundCredential> };
  follow_redirect: { takes: { reference: CredentialRef; ticket: number; turn: number }; answers: TesterAnswer };
  forget_exchanges: { takes: { reference: CredentialRef; id: ExchangeId | null }; answers: null };
  import_curl: { takes: { text: string }; answers: ImportedView };
  import_document: { takes: { text: string; base: string | null }; answers: ImportedDocument };
  init_vault: { takes: { protect: ProtectionMode | null; passphrase: SecretOnWire | null }; answers: VaultMade };
  keep_draft: { takes: { text: SecretOnWire | null }; answers: null };
  list_credentials: { takes: Record<string, never>; answers: Array<CredentialView> };
  list_due: { takes: { within_days: number }; answers: Array<DueItem> };
  list_exchanges: { takes: { reference: CredentialRef }; answers: Array<ExchangeView> };
  list_journal: { takes: { call: ListJournal }; answers: JournalPage };
  list_providers: { takes: Record<string, never>; answers: Array<ProviderSummary> };
  list_reminders: { takes: Record<string, never>; answers: Array<ReminderView> };
  list_saved: { takes: { reference: CredentialRef }; answers: Array<SavedView> };
  list_trash: { takes: Record<string, never>; answers: Array<TrashedView> };
  lock_vault: { takes: Record<string, never>; answers: null };
  mark_inbox_read: { takes: { call: MarkInboxRead }; answers: InboxView };
  open_reveal: { takes: { target: TargetRef; confirmed: boolean; passphrase: SecretOnWire | null }; answers: null };
  opened_for: { takes: Record<string, never>; answers: Opening };
  quit: { takes: Record<string, never>; answers: null };
  recognize_paste: { takes: { text: SecretOnWire }; answers: PasteView };
  remove_credential: { takes: { reference: CredentialRef }; answers: null };
  remove_saved: { takes: { reference: CredentialRef; name: string }; answers: Array<SavedView> };
  renew_token: { takes: { reference: CredentialRef }; answers: RenewedToken };
  request_code: { takes: { call: TesterRequest; form: RequestCodeForm }; answers: RequestCode };
  request_variables: { takes: { request: Request }; answers: Array<string> };
  restore_credential: { takes: { call: RestoreCredential }; answers: CredentialDetail };
  restore_version: { takes: { call: RestoreVersion }; answers: HistoryView };
  revoke_token: { takes: { reference: CredentialRef }; answers: null };
  run_checks: { takes: { reference: CredentialRef | null; confirmed: boolean }; answers: Array<CheckedView> };
  save_recovery_key: { takes: Record<string, never>; answers: SavedRecovery };
  save_request: { takes: { reference: CredentialRef; saved: SavedRequest; replaces: string | null }; answers: Array<SavedView> };
  save_requests: { takes: { reference: CredentialRef; requests: Array<SavedRequest> }; answers: SavedRequests };
  send_request: { takes: { call: SendRequest }; answers: SendRequestAnswer };
  set_autostart: { takes: { on: boolean }; answers: AutostartView };
  set_preferences: { takes: { preferences: Preferences }; answers: PreferencesView };
  set_reminder_settings: { takes: { call: SetReminderSettings }; answers: ReminderSettings };
  set_settings: { takes: { call: SetSettings }; answers: SettingsView };
  set_share_safe: { takes: { on: boolean }; answers: boolean };
  set_shortcut: { takes: { keys: string }; answers: ShortcutView };
  set_token_end: { takes: { call: SetTokenEnd }; answers: CredentialDetail };
  show_allow_list: { takes: { reference: CredentialRef }; answers: AllowListView };
  show_autostart: { takes: Record<string, never>; answers: AutostartView };
  show_checklist: { takes: { reference: CredentialRef }; answers: Array<ChecklistItemView> };
  show_consumers: { takes: { reference: CredentialRef }; answers: ConsumersView };
  show_credential: { takes: { reference: CredentialRef }; answers: CredentialDetail };
  show_draft: { takes: Record<string, never>; answers: DraftView };
  show_health: { takes: Record<string, never>; answers: HealthView };
  show_history: { takes: { reference: CredentialRef }; answers: HistoryView };
  show_inbox: { takes: Record<string, never>; answers: InboxView };
  show_kept: { takes: { reference: CredentialRef; id: ExchangeId }; answers: ShownKept };
  show_preferences: { takes: Record<string, never>; answers: PreferencesView };
  show_provider: { takes: { id: ProviderId }; answers: ProviderView };
  show_recovery_key: { takes: { to_print: boolean }; answers: null };
  show_reminder_settings: { takes: Record<string, never>; answers: ReminderSettings };
  show_rotation: { takes: { reference: CredentialRef }; answers: RotationDetail };
  show_settings: { takes: Record<string, never>; answers: SettingsView };
  show_share_safe: { takes: Record<string, never>; answers: boolean };
  show_shortcut: { takes: Record<string, never>; answers: ShortcutView };
  show_status: { takes: Record<string, never>; answers: StatusAnswer };
  show_timeline: { takes: Record<string, never>; answers: TimelineView };
  show_usage: { takes: { reference: CredentialRef }; answers: UsageView };
  snooze_reminder: { takes: { call: SnoozeReminder }; answers: SnoozeAnswer };
  take_consent: { takes: Record<string, never>; answers: ConsentQuestion };
  take_reveal: { takes: Record<string, never>; answers: Revealed };
  test_key: { takes: { reference: CredentialRef }; answers: KeyTestView };
  tester_cancel: { takes: { turn: number }; answers: null };
  tester_preview: { takes: { call: TesterRequest }; answers: SendRequestAnswer };
  tester_send: { takes: { call: TesterRequest }; answers: TesterAnswer };
  tick_checklist: { takes: { call: TickChecklist }; answers: Array<ChecklistItemView> };
  unlock_vault: { takes: { passphrase: SecretOnWire | null; recovery_key: SecretOnWire | null }; answers: null };
  verify_journal: { takes: Record<string, never>; answers: JournalProof };
}

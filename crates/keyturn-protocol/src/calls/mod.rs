//! The calls a client can make, one file an area; each names its answer.

mod agent;
mod allow_list;
mod capture;
mod check;
mod checklist;
mod consumer;
mod credential;
mod draft;
mod exchange;
mod explain;
mod find;
mod health;
mod history;
mod journal;
mod kept;
mod outline;
mod paste;
mod profile;
mod provider;
mod redirect;
mod reminder;
mod request;
mod rotation;
mod saved;
mod settings;
mod share_safe;
mod shortcut;
mod timeline;
mod token;
mod trash;
mod usage;
mod vault;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use agent::{Done, OpenWindow, Stop, Subscribe};
pub use allow_list::{
    AddAddress, AddressView, AllowListView, EditAllowList, ListTestView, ListTestsView,
    ShowAllowList, SupportMessage,
};
pub use capture::{
    Capture, CaptureAnswer, CaughtView, CheckCapture, KeyTestView, KeyTwin, TestKey,
};
pub use check::{CheckedOutcome, CheckedView, RunChecks};
pub use checklist::{
    ChecklistItemView, ChecklistState, ChecklistWitness, ShowChecklist, TickChecklist,
};
pub use consumer::{
    ConsumerEdit, ConsumerView, ConsumersView, EditConsumers, SeenConsumer, ShowConsumers,
};
pub use credential::{
    AddCredential, CredentialDetail, CredentialView, DueItem, EditCredential, FieldView,
    LimitScope, LimitView, LimitWindow, ListCredentials, ListDue, MethodInUse, RemoveCredential,
    RevealView, RotationView, ShowCredential, TokenView,
};
pub use draft::{DraftView, KeepDraft, ShowDraft};
pub use exchange::{ExchangeView, ForgetExchanges, ListExchanges};
pub use explain::{ExplainAnswer, ExplainAnswerView, ExplainFacts, SentAlong};
pub use find::{FindCredentials, FindNote, FoundCredential, FoundKey};
pub use health::{HealthFinding, HealthKind, HealthView, ShowHealth};
pub use history::{HistoryView, RestoreVersion, ShowHistory, VersionField, VersionView};
pub use journal::{
    JournalEntryView, JournalKind, JournalPage, JournalProof, ListJournal, VerifyJournal,
};
pub use kept::{ForgetKept, KeepExchange, KeptDetail, KeptNow, KeptView, ListKept, ShowKept};
pub use outline::{OutlineRequest, RequestOutline};
pub use paste::{
    FromPaste, JwtView, PasteKind, PasteSuggestion, PasteSure, PasteView, PastedField,
    RecognizePaste,
};
pub use profile::{
    AddProfile, AddProfileAnswer, AddProfileOutcome, CheckProfile, CheckProfileAnswer, EgressView,
    ProblemView, RemoveProfile, WayView,
};
pub use provider::{
    AddEnvironment, EnvironmentView, FieldGuide, LifetimeView, LinkView, ListProviders,
    MethodGuide, OwnProfileState, ProviderSummary, ProviderView, RecipeView, SampleBodyView,
    SampleView, ShowProvider,
};
pub use redirect::FollowRedirect;
pub use reminder::{
    AcknowledgeReminder, CalendarFile, ExportCalendar, InboxView, ListReminders, MarkInboxRead,
    ProviderPolicy, ReminderKind, ReminderSettings, ReminderView, SetReminderSettings, ShowInbox,
    ShowReminderSettings, SnoozeAnswer, SnoozeReminder,
};
pub use request::{
    CertificateView, DiagnosisView, KeyturnMay, PartContent, RedirectView, RequestBody,
    RequestPart, SendRequest, SendRequestAnswer, SentView, SizeView, TimingView, TlsView,
};
pub use rotation::{
    AdvanceRotation, EmergencyView, RotatedField, RotationDetail, RotationOffer, RotationStep,
    ShowRotation, StageView, SupportRequestView,
};
pub use saved::{
    ListSaved, NotSavedView, RemoveSaved, SaveRequest, SaveRequests, SavedRequests, SavedView,
};
pub use settings::{SecuritySettings, SetSettings, SettingsView, ShowSettings};
pub use share_safe::{SetShareSafe, ShowShareSafe};
pub use shortcut::{SetShortcut, ShortcutState, ShortcutView, ShowShortcut};
pub use timeline::{ShowTimeline, TimelineEvent, TimelineKind, TimelineLane, TimelineView};
pub use token::{
    ClearClipboard, CopyAnswer, CopySecret, CopyText, DisplayVariables, GetFields, GetToken,
    Rendered, RevealSecret, RevokeToken, RevokeTokenAnswer, RevokedToken, TokenAnswer,
};
pub use trash::{EmptiedTrash, EmptyTrash, ListTrash, RestoreCredential, TrashedView};
pub use usage::{
    BoughtView, DecodeToken, DecodedJwt, DecodedToken, SentAsView, SetTokenEnd, ShowUsage,
    SnippetForm, SnippetView, UsageView,
};
pub use vault::{
    AgentView, CopiedFor, CopyRecoveryKey, InitVault, InitVaultAnswer, LockVault, LockedBy,
    ProtectionMode, ShowRecoveryKey, ShowStatus, StatusAnswer, UnlockMethod, UnlockVault,
    VaultState, VaultView,
};

use crate::Event;

/// A call with its answer.
pub trait Call: Into<Request> {
    /// What the agent answers.
    type Answer: Serialize + DeserializeOwned;
}

macro_rules! calls {
    ($($call:ident => $answer:ty),* $(,)?) => {
        /// Any call, as it crosses the socket. Externally tagged on purpose: other forms make serde
        /// buffer the content, secrets included, in memory that is not wiped.
        #[derive(Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Request {
            $(#[doc = concat!("See [`", stringify!($call), "`].")] $call($call),)*
        }

        $(
            impl Call for $call {
                type Answer = $answer;
            }

            impl From<$call> for Request {
                fn from(call: $call) -> Self {
                    Self::$call(call)
                }
            }
        )*
    };
}

calls! {
    ShowStatus => StatusAnswer,
    InitVault => InitVaultAnswer,
    UnlockVault => Done,
    LockVault => Done,
    ListProviders => Vec<ProviderSummary>,
    ShowProvider => ProviderView,
    CheckProfile => CheckProfileAnswer,
    AddProfile => AddProfileAnswer,
    RemoveProfile => Done,
    AddEnvironment => Done,
    AddCredential => CredentialDetail,
    RecognizePaste => PasteView,
    ListCredentials => Vec<CredentialView>,
    ShowCredential => CredentialDetail,
    EditCredential => CredentialDetail,
    RemoveCredential => Done,
    ListTrash => Vec<TrashedView>,
    RestoreCredential => CredentialDetail,
    EmptyTrash => EmptiedTrash,
    ShowHistory => HistoryView,
    RestoreVersion => HistoryView,
    ListJournal => JournalPage,
    VerifyJournal => JournalProof,
    ShowSettings => SettingsView,
    SetSettings => SettingsView,
    ShowDraft => DraftView,
    KeepDraft => Done,
    ListDue => Vec<DueItem>,
    GetToken => TokenAnswer,
    RevokeToken => RevokeTokenAnswer,
    ShowUsage => UsageView,
    DecodeToken => DecodedToken,
    SetTokenEnd => CredentialDetail,
    GetFields => Rendered,
    RevealSecret => Done,
    ShowRecoveryKey => Done,
    CopyRecoveryKey => CopiedFor,
    CopySecret => CopyAnswer,
    CopyText => Done,
    ClearClipboard => Done,
    CheckCapture => CaughtView,
    Capture => CaptureAnswer,
    TestKey => KeyTestView,
    SendRequest => SendRequestAnswer,
    OutlineRequest => RequestOutline,
    FollowRedirect => SendRequestAnswer,
    RunChecks => Vec<CheckedView>,
    ListKept => Vec<KeptView>,
    ShowKept => KeptDetail,
    ForgetKept => Done,
    ListExchanges => Vec<ExchangeView>,
    ForgetExchanges => Done,
    ListSaved => Vec<SavedView>,
    SaveRequest => Vec<SavedView>,
    SaveRequests => SavedRequests,
    RemoveSaved => Vec<SavedView>,
    ExplainAnswer => ExplainAnswerView,
    ShowAllowList => AllowListView,
    EditAllowList => AllowListView,
    ShowChecklist => Vec<ChecklistItemView>,
    TickChecklist => Vec<ChecklistItemView>,
    ShowRotation => RotationDetail,
    AdvanceRotation => RotationDetail,
    ShowConsumers => ConsumersView,
    EditConsumers => ConsumersView,
    FindCredentials => Vec<FoundCredential>,
    ShowHealth => HealthView,
    ShowTimeline => TimelineView,
    ListReminders => Vec<ReminderView>,
    SnoozeReminder => SnoozeAnswer,
    AcknowledgeReminder => Done,
    ShowInbox => InboxView,
    MarkInboxRead => InboxView,
    ShowReminderSettings => ReminderSettings,
    SetReminderSettings => ReminderSettings,
    ExportCalendar => CalendarFile,
    ShowShortcut => ShortcutView,
    SetShortcut => ShortcutView,
    ShowShareSafe => bool,
    SetShareSafe => bool,
    OpenWindow => Done,
    Stop => Done,
    Subscribe => Event,
}

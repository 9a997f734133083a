//! Where a rotation stands, and what comes next.

use chrono::{DateTime, NaiveDate, Utc};
use keyturn_core::rotation::{Rotation, Route, Step};
use keyturn_core::{
    Credential, CredentialRef, FieldName, KeyStanding, RotationStage, RotationState,
};
use keyturn_providers::{Profile, RotationKind};
use keyturn_vault::{JournalEntry, SecretSlot, Vault};

use super::report::Incident;
use super::trial::{self, Trial};
use super::words::{Situation, title};
use super::{letter, report, rotation_facts, words};
use crate::engine::find;
use crate::{Engine, EngineError, ShownConsumers, version};

/// A rotation as it is shown; no secret in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownRotation {
    /// The credential.
    pub reference: CredentialRef,
    /// The word that lists show.
    pub state: RotationState,
    /// The rotation itself; `None` where none is under way.
    pub rotation: Option<Rotation>,
    /// The stages that this provider's rotation goes through, each with its headline and when it was
    /// reached.
    pub stages: Vec<(RotationStage, &'static str, Option<DateTime<Utc>>)>,
    /// What to do next.
    pub next: String,
    /// The step that goes on; `None` where it is the provider's turn.
    pub next_step: Option<Step>,
    /// The steps that are possible now.
    pub offers: Vec<Step>,
    /// The day the key in use is due.
    pub due_on: Option<NaiveDate>,
    /// The days since the support was asked.
    pub days_silent: Option<i64>,
    /// The day from which the support is to be asked again.
    pub nudge_on: Option<NaiveDate>,
    /// What is replaced.
    pub fields: Vec<ReplacedField>,
    /// What is sent to find out whether a key works, in words.
    pub test: Option<String>,
    /// Which stages there are, and when an old key ends.
    pub route: Route,
    /// What that means for what uses it.
    pub old_key_note: Option<String>,
    /// Whether the provider's main documentation says so.
    pub old_key_verified: bool,
    /// Whether the provider's support makes the new key.
    pub by_support: bool,
    /// Where the user goes for a new key.
    pub place: String,
    /// What to do there.
    pub instructions: Vec<String>,
    /// Who uses the key.
    pub consumers: ShownConsumers,
    /// The emergency, where it is one.
    pub emergency: Option<EmergencyText>,
    /// The last emergency that is over.
    pub last_emergency: Option<EmergencyText>,
}

/// A field that a rotation replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplacedField {
    /// Its name.
    pub name: FieldName,
    /// What the form calls it.
    pub label: String,
    /// The last four characters of the one in use.
    pub current_last_four: Option<String>,
    /// The last four characters of the one beside it.
    pub other_last_four: Option<String>,
}

/// What is said and written in an emergency; no secret in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmergencyText {
    /// When the key was called compromised.
    pub declared_at: DateTime<Utc>,
    /// What happened, in the user's words.
    pub note: Option<String>,
    /// Until when the old key works.
    pub warning: String,
    /// What the provider offers.
    pub offered: String,
    /// A text to its support.
    pub support_text: String,
    /// Where to send it.
    pub support_address: Option<String>,
    /// The record for the incident report, in Markdown.
    pub report: String,
}

impl Engine {
    /// Shows where a rotation stands; also where none is under way.
    pub fn show_rotation(&self, reference: &CredentialRef) -> Result<ShownRotation, EngineError> {
        self.read(|vault| {
            let credential = find(vault, reference)?;
            self.shown_rotation(vault, credential)
        })
    }

    fn shown_rotation(
        &self,
        vault: &Vault,
        credential: &Credential,
    ) -> Result<ShownRotation, EngineError> {
        let profile = self.profile(&credential.provider)?;
        let today = self.today();
        let rotation = credential.rotating.as_ref();
        let facts = rotation
            .map(|rotation| rotation_facts(vault, profile, credential, rotation))
            .transpose()?;
        let offers = match (rotation, facts) {
            (Some(rotation), Some(facts)) => rotation.offers(facts),
            _ => vec![Step::Start, Step::Compromised],
        };
        let new = match rotation {
            Some(rotation) if rotation.issued_at.is_some() && rotation.promoted_at.is_none() => {
                SecretSlot::Next
            }
            _ => SecretSlot::Current,
        };
        let trial = trial::trial(vault, profile, credential, new)?;
        // The uses of the last second, too: the record of an emergency is to have them.
        let journal = self.whole_journal(vault)?;
        let consumers = self.shown_consumers(credential, &journal);
        let nudge_on = nudge_on(profile, rotation);
        let situation = Situation {
            profile,
            rotation,
            trial: trial.as_ref(),
            old_testable: facts.is_some_and(|facts| facts.old_testable),
            behind: &consumers.behind,
            nudge_on,
            today,
        };
        let route = rotation.map_or_else(|| profile.rotation.route(), |rotation| rotation.route);
        let emergency = rotation.and_then(|rotation| {
            let tail = old_last_four(profile, credential, rotation);
            let incident = Incident {
                profile,
                credential,
                rotation,
                emergency: rotation.emergency.as_ref()?,
                last_four: tail.as_deref(),
                warning: words::old_key_lives(profile, rotation),
                ended_at: None,
                consumers: &consumers,
            };
            Some(emergency_text(incident, &journal))
        });
        Ok(ShownRotation {
            reference: credential.reference(),
            state: self.policies().state(credential, today),
            stages: stages(route, rotation),
            next: words::next(&situation),
            next_step: rotation.map_or(Some(Step::Start), Rotation::next_step),
            offers,
            due_on: self.policies().due_by(credential, today).map(|due| due.on),
            days_silent: days_silent(rotation, today),
            nudge_on,
            fields: fields(profile, credential, rotation),
            test: trial.as_ref().map(Trial::in_words),
            route,
            old_key_note: profile.rotation.old_key_note.clone(),
            old_key_verified: profile.rotation.old_key_verified,
            by_support: profile.rotation.kind == RotationKind::SupportRequest,
            place: profile.rotation.place.clone(),
            instructions: profile.rotation.steps.clone(),
            rotation: rotation.cloned(),
            last_emergency: last_emergency(profile, credential, &consumers, &journal),
            consumers,
            emergency,
        })
    }
}

/// The record of the last emergency that is over.
fn last_emergency(
    profile: &Profile,
    credential: &Credential,
    consumers: &ShownConsumers,
    journal: &[JournalEntry],
) -> Option<EmergencyText> {
    let past = credential.last_emergency.as_ref()?;
    let warning = if past.given_up {
        words::given_up(past.ended_at)
    } else {
        words::old_key_lives(profile, &past.rotation)
    };
    let incident = Incident {
        profile,
        credential,
        rotation: &past.rotation,
        emergency: past.rotation.emergency.as_ref()?,
        last_four: past.last_four.as_deref(),
        warning,
        ended_at: Some(past.ended_at),
        consumers,
    };
    Some(emergency_text(incident, journal))
}

fn emergency_text(incident: Incident<'_>, journal: &[JournalEntry]) -> EmergencyText {
    let Incident { profile, emergency, .. } = incident;
    EmergencyText {
        declared_at: emergency.declared_at,
        note: emergency.note.clone(),
        offered: words::offered(profile),
        support_text: letter::to_support(&incident),
        support_address: profile.rotation.support.address.clone(),
        report: report::markdown(&incident, journal),
        warning: incident.warning,
    }
}

fn stages(
    route: Route,
    rotation: Option<&Rotation>,
) -> Vec<(RotationStage, &'static str, Option<DateTime<Utc>>)> {
    let reached = |stage| {
        let rotation = rotation?;
        match stage {
            RotationStage::Started => Some(rotation.started_at),
            RotationStage::Requested => {
                let midnight = rotation.request.as_ref()?.on.and_hms_opt(0, 0, 0)?;
                Some(midnight.and_utc())
            }
            RotationStage::Issued => rotation.issued_at,
            RotationStage::Verified => rotation.verified.map(|verified| verified.at),
            RotationStage::Confirmed => rotation.confirmed_at,
            RotationStage::Promoted => rotation.promoted_at,
            // Reached when the rotation is over, and nothing is left of it.
            RotationStage::Retiring => None,
        }
    };
    route.stages().into_iter().map(|stage| (stage, title(stage), reached(stage))).collect()
}

fn fields(
    profile: &Profile,
    credential: &Credential,
    rotation: Option<&Rotation>,
) -> Vec<ReplacedField> {
    let beside = rotation.and_then(|rotation| {
        let promoted = rotation.promoted_at.is_some();
        let standing = if promoted { KeyStanding::Previous } else { KeyStanding::Next };
        version::standing(credential, standing)
    });
    let rotated = profile.rotated_fields(credential).into_iter();
    let fields = rotated.map(|field| ReplacedField {
        name: field.name.clone(),
        label: field.label.clone(),
        current_last_four: credential
            .field(&field.name)
            .and_then(|field| field.last_four().map(str::to_owned)),
        other_last_four: beside
            .filter(|_| field.show_last_four)
            .and_then(|version| version.last_fours.get(&field.name).cloned()),
    });
    fields.collect()
}

/// The last four characters of the key that is replaced.
pub(super) fn old_last_four(
    profile: &Profile,
    credential: &Credential,
    rotation: &Rotation,
) -> Option<String> {
    let fields = fields(profile, credential, Some(rotation)).into_iter();
    let mut tails = fields.map(|field| {
        if rotation.promoted_at.is_some() { field.other_last_four } else { field.current_last_four }
    });
    tails.find_map(|tail| tail)
}

fn days_silent(rotation: Option<&Rotation>, today: NaiveDate) -> Option<i64> {
    let asked = rotation?.request.as_ref()?.on;
    Some((today - asked).num_days().max(0))
}

fn nudge_on(profile: &Profile, rotation: Option<&Rotation>) -> Option<NaiveDate> {
    let rotation = rotation.filter(|rotation| rotation.stage == RotationStage::Requested)?;
    let patience = profile.rotation.nudge_after.as_ref()?.length();
    rotation.request.as_ref()?.on.checked_add_signed(patience)
}

//! From one stage of a rotation to the next. Nothing here is done: who does it writes the result, the keys
//! that it moves included, in one transaction.
//!
//! Two rules hold whatever the order of steps: a key is promoted only when it is known to work, by a proof
//! or by the user's word; and nothing is given up that may be the only key that still works.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Emergency, GoingBack, KeyDates, NotNow, OldKeyEnd, OldKeyLife, Rotation, RotationFacts,
    RotationStage, Route, SupportRequest, Verification, VerifiedBy,
};

impl Rotation {
    /// One that just began: the old key is in use. Whether it works was not asked.
    #[must_use]
    pub fn start(route: Route, now: DateTime<Utc>) -> Self {
        Self {
            started_at: now,
            route,
            stage: RotationStage::Started,
            request: None,
            issued_at: None,
            verified: None,
            confirmed_at: None,
            promoted_at: None,
            old_key: OldKeyLife::Unknown,
            emergency: None,
            other_dates: KeyDates::default(),
        }
    }

    /// Makes it an emergency; the first word on when and why stays.
    pub fn declare(&mut self, emergency: Emergency) {
        self.emergency.get_or_insert(emergency);
    }

    /// Adds to what was said of the emergency; answers whether that is anything new.
    pub fn add_word(&mut self, note: Option<&str>) -> bool {
        let (Some(emergency), Some(note)) = (&mut self.emergency, note) else { return false };
        let said = emergency.note.get_or_insert_default();
        if format!("\n{said}\n").contains(&format!("\n{note}\n")) {
            return false;
        }
        if !said.is_empty() {
            said.push('\n');
        }
        said.push_str(note);
        true
    }

    /// Whether the compromised key is still the one in use.
    #[must_use]
    pub const fn is_open_emergency(&self) -> bool {
        self.emergency.is_some() && self.promoted_at.is_none()
    }

    /// Notes that the provider's support was asked; again where it was asked again.
    pub fn ask(&mut self, request: SupportRequest) -> Result<(), NotNow> {
        if !self.route.requested {
            return Err(NotNow::NoSupport);
        }
        if self.stage >= RotationStage::Issued {
            return Err(NotNow::Issued);
        }
        self.request = Some(request);
        self.stage = RotationStage::Requested;
        Ok(())
    }

    /// Notes that a new key is stored beside the old one, in place of the one that perhaps was. Whether it
    /// works is not known.
    pub fn store(&mut self, now: DateTime<Utc>, today: NaiveDate) -> Result<(), NotNow> {
        match self.stage {
            RotationStage::Started
            | RotationStage::Requested
            | RotationStage::Issued
            | RotationStage::Verified => {}
            RotationStage::Confirmed => return Err(NotNow::Confirmed),
            RotationStage::Promoted | RotationStage::Retiring => return Err(NotNow::Promoted),
        }
        self.stage = RotationStage::Issued;
        self.issued_at = Some(now);
        self.verified = None;
        self.other_dates = KeyDates { issued_on: Some(today), ..KeyDates::default() };
        // What answered before may have ended since; that it did is not known from a paste.
        let ends_now = self.route.old_key != OldKeyEnd::OnConfirmation;
        if ends_now && !matches!(self.old_key, OldKeyLife::Ended { .. }) {
            self.old_key = OldKeyLife::Unknown;
        }
        Ok(())
    }

    /// Notes that the new key works.
    pub fn verify(&mut self, by: VerifiedBy, now: DateTime<Utc>) -> Result<(), NotNow> {
        self.check_verify()?;
        // A word is worth less than the proof before it.
        if by != VerifiedBy::Word || self.verified.is_none() {
            self.verified = Some(Verification { at: now, by });
        }
        self.stage = self.stage.max(RotationStage::Verified);
        Ok(())
    }

    /// Whether it makes sense to find out whether the new key works.
    pub fn check_verify(&self) -> Result<(), NotNow> {
        if self.promoted_at.is_some() {
            return Err(NotNow::Promoted);
        }
        self.issued_at.map(drop).ok_or(NotNow::NotIssued)
    }

    /// Notes that the provider was told that the new key arrived: from now on the old one may be dead.
    pub fn confirm(&mut self, now: DateTime<Utc>) -> Result<(), NotNow> {
        self.check_verify()?;
        if !self.route.confirmed {
            return Err(NotNow::NothingToConfirm);
        }
        // Who confirms a key that does not work may lose the one that does.
        self.verified.ok_or(NotNow::NotVerified)?;
        if self.confirmed_at.is_none() {
            self.confirmed_at = Some(now);
            if !matches!(self.old_key, OldKeyLife::Ended { .. }) {
                self.old_key = OldKeyLife::Unknown;
            }
        }
        self.stage = RotationStage::Confirmed;
        Ok(())
    }

    /// Makes the new key the one in use; `by_word` is the user's word that it works.
    pub fn promote(&mut self, by_word: bool, now: DateTime<Utc>) -> Result<(), NotNow> {
        self.check_verify()?;
        if self.route.confirmed && self.confirmed_at.is_none() {
            return Err(NotNow::NotConfirmed);
        }
        if self.verified.is_none() {
            if !by_word {
                return Err(NotNow::NotVerified);
            }
            self.verified = Some(Verification { at: now, by: VerifiedBy::Word });
        }
        self.promoted_at = Some(now);
        self.stage = RotationStage::Promoted;
        // The stored key is known to be a new one, and its birth ended the old one.
        if self.route.old_key == OldKeyEnd::AtOnce {
            self.old_key_ended(now);
        }
        Ok(())
    }

    /// Whether the old key may be retired.
    pub fn check_retire(&self) -> Result<(), NotNow> {
        self.promoted_at.map(drop).ok_or(NotNow::NotPromoted)
    }

    /// Notes that the old key answered: it is still to be ended at the provider.
    pub fn old_key_answered(&mut self, now: DateTime<Utc>) {
        self.old_key = OldKeyLife::Lives { known_at: now };
        if self.promoted_at.is_some() {
            self.stage = RotationStage::Retiring;
        }
    }

    /// Notes that the old key is dead.
    pub fn old_key_ended(&mut self, now: DateTime<Utc>) {
        if !matches!(self.old_key, OldKeyLife::Ended { .. }) {
            self.old_key = OldKeyLife::Ended { known_at: now };
        }
    }

    /// Makes the old key the one in use again; the new one stays beside it, as well known as it was.
    /// `answered` says that a test of the old key just did.
    pub fn roll_back(&mut self, facts: RotationFacts, answered: bool) -> Result<(), NotNow> {
        self.check_retire()?;
        self.check_way_back(facts, answered)?;
        self.promoted_at = None;
        self.stage = match (self.confirmed_at, self.verified) {
            (Some(_), _) => RotationStage::Confirmed,
            (None, Some(_)) => RotationStage::Verified,
            (None, None) => RotationStage::Issued,
        };
        Ok(())
    }

    /// Whether it may be given up, the new key with it. `word` is the user's that the old key works, which
    /// counts where a test did not tell; `answered` says that a test just did.
    pub fn check_cancel(
        &self,
        facts: RotationFacts,
        answered: bool,
        word: bool,
    ) -> Result<(), NotNow> {
        if self.promoted_at.is_some() {
            return Err(NotNow::Promoted);
        }
        match self.issued_at {
            None => Ok(()),
            Some(_) if self.going_back(facts) == GoingBack::Untested && !word => {
                Err(NotNow::OldKeyUntested)
            }
            Some(_) => self.check_way_back(facts, answered || word),
        }
    }

    fn check_way_back(&self, facts: RotationFacts, answered: bool) -> Result<(), NotNow> {
        match self.going_back(facts) {
            GoingBack::Known | GoingBack::Untested => Ok(()),
            GoingBack::IfItAnswers if answered => Ok(()),
            GoingBack::IfItAnswers | GoingBack::Never => Err(NotNow::OldKeyEnded),
        }
    }
}

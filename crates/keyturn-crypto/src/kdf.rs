//! What a guess at the passphrase costs: Argon2id with parameters that a reader bounds before it
//! allocates anything.
//!
//! [`KdfParameters`] exist only within the bounds, so a hostile header can neither make guessing cheap
//! nor eat the machine's memory. Limit: Argon2's blocks are too large to lock against swapping; they
//! are wiped after use.

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Version};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::primitives::KEY_LEN;

/// Bytes of a slot's KDF salt.
pub(crate) const KDF_SALT_LEN: usize = 32;

const MIB: u32 = 1024;
const MEMORY_KIB: std::ops::RangeInclusive<u32> = 64 * MIB..=2048 * MIB;
const PASSES: std::ops::RangeInclusive<u32> = 3..=16;
const LANES: std::ops::RangeInclusive<u32> = 1..=8;

const DEFAULT_PASSES: u32 = 3;
const DEFAULT_LANES: u32 = 4;
const CALIBRATED_KIB: std::ops::RangeInclusive<u32> = 64 * MIB..=1024 * MIB;
const SHORTEST: Duration = Duration::from_millis(700);
const AIM: Duration = Duration::from_millis(850);
const LONGEST: Duration = Duration::from_secs(1);
const CALIBRATION_ROUNDS: u32 = 4;

/// How much work a new passphrase slot asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KdfCost {
    /// 0.7 to 1.0 s on this machine, with 64 MiB to 1 GiB of memory.
    Calibrate,
    /// What the caller says, within the bounds of every reader.
    Fixed {
        /// Memory in KiB, 65,536 to 2,097,152.
        memory_kib: u32,
        /// Passes over the memory, 3 to 16.
        passes: u32,
        /// Lanes, 1 to 8.
        lanes: u32,
    },
}

impl KdfCost {
    /// The least that a reader accepts; for tests.
    pub const CHEAPEST: Self = Self::Fixed { memory_kib: 64 * MIB, passes: 3, lanes: 1 };
}

/// Says why a passphrase could not be stretched.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum KdfError {
    /// The parameters are too weak to protect anything or too large to be meant well.
    #[error(
        "the passphrase's cost parameters are outside 64 MiB to 2 GiB, 3 to 16 passes, 1 to 8 lanes"
    )]
    OutOfBounds,
    /// There is not enough memory.
    #[error(
        "there is not enough free memory for the passphrase's cost; close programs and try again"
    )]
    OutOfMemory,
}

/// Argon2id parameters within the bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KdfParameters {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl KdfParameters {
    /// Accepts parameters within the bounds: 64 MiB to 2 GiB, 3 to 16 passes, 1 to 8 lanes.
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, KdfError> {
        let within =
            MEMORY_KIB.contains(&memory_kib) && PASSES.contains(&passes) && LANES.contains(&lanes);
        within.then_some(Self { memory_kib, passes, lanes }).ok_or(KdfError::OutOfBounds)
    }

    /// Turns a cost into parameters; calibrating takes a few seconds.
    pub fn from_cost(cost: KdfCost) -> Result<Self, KdfError> {
        match cost {
            KdfCost::Fixed { memory_kib, passes, lanes } => Self::new(memory_kib, passes, lanes),
            KdfCost::Calibrate => calibrate(|parameters| {
                let begun = Instant::now();
                parameters.derive(b"calibration", &[0; KDF_SALT_LEN])?;
                Ok(begun.elapsed())
            }),
        }
    }

    /// Memory in KiB.
    pub const fn memory_kib(&self) -> u32 {
        self.memory_kib
    }

    /// Passes over the memory.
    pub const fn passes(&self) -> u32 {
        self.passes
    }

    /// Lanes.
    pub const fn lanes(&self) -> u32 {
        self.lanes
    }

    /// Stretches a passphrase (Argon2id, version 1.3).
    pub(crate) fn derive(
        &self,
        passphrase: &[u8],
        salt: &[u8; KDF_SALT_LEN],
    ) -> Result<Zeroizing<[u8; KEY_LEN]>, KdfError> {
        let parameters =
            argon2::Params::new(self.memory_kib, self.passes, self.lanes, Some(KEY_LEN))
                .map_err(|_| KdfError::OutOfBounds)?;
        let mut out = Zeroizing::new([0; KEY_LEN]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
            .hash_password_into(passphrase, salt, out.as_mut_slice())
            .map_err(|_| KdfError::OutOfMemory)?;
        Ok(out)
    }
}

/// Looks for the memory that costs [`AIM`]; the cost grows linearly with it, so few rounds do.
fn calibrate(
    mut measure: impl FnMut(&KdfParameters) -> Result<Duration, KdfError>,
) -> Result<KdfParameters, KdfError> {
    let mut memory_kib = *CALIBRATED_KIB.start();
    for _ in 0..CALIBRATION_ROUNDS {
        let parameters = KdfParameters::new(memory_kib, DEFAULT_PASSES, DEFAULT_LANES)?;
        let took = measure(&parameters)?;
        if (SHORTEST..=LONGEST).contains(&took) {
            return Ok(parameters);
        }
        let took_ms = took.as_millis().max(1);
        let wanted = u128::from(memory_kib) * AIM.as_millis() / took_ms;
        let whole_mib = u32::try_from(wanted).unwrap_or(u32::MAX) / MIB * MIB;
        let next = whole_mib.clamp(*CALIBRATED_KIB.start(), *CALIBRATED_KIB.end());
        if next == memory_kib {
            break;
        }
        memory_kib = next;
    }
    KdfParameters::new(memory_kib, DEFAULT_PASSES, DEFAULT_LANES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_weak_or_huge_parameter_sets_are_refused_before_anything_is_allocated() {
        let m = 64 * MIB;
        let table = [
            (0, 3, 4),
            (1, 3, 4),
            (8, 3, 4),
            (19 * MIB, 2, 1),
            (m - 1, 3, 4),
            (m / 2, 3, 4),
            (2048 * MIB + 1, 3, 4),
            (4096 * MIB, 3, 4),
            (u32::MAX, 3, 4),
            (u32::MAX - 1, 16, 8),
            (m, 0, 4),
            (m, 1, 4),
            (m, 2, 4),
            (m, 17, 4),
            (m, 255, 4),
            (m, 65_536, 4),
            (m, u32::MAX, 4),
            (m, 3, 0),
            (m, 3, 9),
            (m, 3, 255),
            (m, 3, 0x00FF_FFFF),
            (m, 3, u32::MAX),
            (0, 0, 0),
            (u32::MAX, u32::MAX, u32::MAX),
            (m - 1, 2, 0),
            (m - 1, 16, 8),
            (2048 * MIB + 1, 16, 8),
            (2048 * MIB, 17, 8),
            (2048 * MIB, 16, 9),
            (1 << 31, 3, 1),
        ];
        assert_eq!(table.len(), 30);
        for (memory, passes, lanes) in table {
            assert_eq!(
                KdfParameters::new(memory, passes, lanes),
                Err(KdfError::OutOfBounds),
                "{memory} KiB, {passes} passes, {lanes} lanes"
            );
        }
    }

    #[test]
    fn the_bounds_themselves_are_accepted() {
        for (memory, passes, lanes) in [(64 * MIB, 3, 1), (2048 * MIB, 16, 8)] {
            assert!(KdfParameters::new(memory, passes, lanes).is_ok());
        }
    }

    fn machine_of(ms_per_64_mib: u32) -> KdfParameters {
        calibrate(|parameters| {
            Ok(Duration::from_millis(ms_per_64_mib.into()) * parameters.memory_kib() / (64 * MIB))
        })
        .unwrap()
    }

    #[test]
    fn calibration_finds_the_memory_that_costs_under_a_second() {
        assert_eq!(machine_of(100).memory_kib(), 544 * MIB);
        assert_eq!(machine_of(100).passes(), 3);
        assert_eq!(machine_of(100).lanes(), 4);
    }

    #[test]
    fn calibration_stays_within_64_mib_and_1_gib_on_odd_machines() {
        assert_eq!(machine_of(60_000).memory_kib(), 64 * MIB, "a very slow machine");
        assert_eq!(machine_of(0).memory_kib(), 1024 * MIB, "a clock that stands still");
    }
}

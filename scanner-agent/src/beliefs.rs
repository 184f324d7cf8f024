//! What the server told this gate under its seal: keys, scopes, settings, codes of an older system.

use std::collections::HashMap;

use card::{CardDay, CardId, ForeignHash, Gate, KeyRing, Scopes};
use chrono::DateTime;
use chrono_tz::Tz;
use gate_protocol::{ForeignCodes, GateScopes, GateSettings};

/// Everything a decision needs apart from the card's row. Replaced as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Beliefs {
    pub(crate) settings: GateSettings,
    pub(crate) ring: KeyRing,
    /// Codes of an older system.
    pub(crate) foreign: HashMap<ForeignHash, CardId>,
    scopes: Scopes,
    zone: Tz,
}

impl Beliefs {
    /// Before the first sync: where the gate stood when it was paired, no scopes, no keys.
    pub(crate) fn of_pairing(settings: GateSettings) -> Self {
        Self {
            zone: zone_of(&settings),
            settings,
            ring: KeyRing::default(),
            foreign: HashMap::new(),
            scopes: Scopes::default(),
        }
    }

    pub(crate) fn set_scopes(&mut self, scopes: &GateScopes) {
        self.settings = scopes.gate.clone();
        self.zone = zone_of(&self.settings);
        self.scopes = scopes.to_scopes();
    }

    pub(crate) fn set_foreign(&mut self, foreign: &ForeignCodes) {
        self.foreign = foreign.codes.iter().map(|code| (code.hash, code.card_id)).collect();
    }

    /// The gate as the decision wants it.
    pub(crate) fn gate(&self) -> Gate<'_> {
        Gate { place: &self.settings.place, scopes: &self.scopes, policy: &self.settings.policy }
    }

    /// The calendar day of the house at an instant in milliseconds since 1970.
    pub(crate) fn day(&self, ms: i64) -> CardDay {
        let instant = DateTime::from_timestamp_millis(ms).unwrap_or_default();
        CardDay::clamped_from_date(instant.with_timezone(&self.zone).date_naive())
    }
}

/// The house's zone. A zone that this program does not know is UTC, with a warning.
fn zone_of(settings: &GateSettings) -> Tz {
    settings.time_zone.parse().unwrap_or_else(|_| {
        tracing::warn!(time_zone = settings.time_zone, "unknown time zone: days are counted in UTC");
        Tz::UTC
    })
}

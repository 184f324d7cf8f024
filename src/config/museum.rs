//! The section `[museum]`.

use crate::kernel::period;
use chrono_tz::Tz;
use serde::Deserialize;

/// The museum or group of museums that this installation serves.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Museum {
    /// Its name, as it stands on pages and letters.
    pub name: String,
    /// IANA zone whose days count for offers and for orders without a house.
    pub time_zone: String,
    /// The one currency, ISO 4217, with two decimals.
    pub currency: String,
    /// The language of texts when nobody chose one.
    pub language: String,
}

impl Default for Museum {
    fn default() -> Self {
        Self {
            name: "Passepartout".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            currency: "EUR".to_owned(),
            language: "de".to_owned(),
        }
    }
}

impl Museum {
    /// The zone whose days count. The name was checked when the configuration was read.
    pub fn zone(&self) -> Tz {
        period::zone(&self.time_zone).unwrap_or(Tz::UTC)
    }

    pub(super) fn check(&self) -> Result<(), String> {
        period::zone(&self.time_zone).map_err(|message| format!("museum.time_zone: {message}"))?;
        if self.currency.len() != 3 || !self.currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(format!("museum.currency: \"{}\" is not an ISO 4217 code such as EUR", self.currency));
        }
        Ok(())
    }
}

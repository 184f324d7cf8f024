//! Where somebody checks cards: the house, the exhibition, and how long a welcome stays on the screen. A browser remembers it.

use crate::catalog::{Exhibition, House};
use crate::kernel::slug::Slug;
use std::fmt;
use std::str::FromStr;

/// The cookie that remembers a station.
pub(super) const COOKIE: &str = "entry_station";
/// How long a browser remembers it, in seconds: a year.
pub(super) const REMEMBERED_SECS: i64 = 365 * 24 * 60 * 60;
/// The pauses to choose from, in seconds.
pub(super) const PAUSES_SECS: [u32; 4] = [2, 4, 8, 15];
/// Where somebody checks cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Station {
    /// The house.
    pub(super) house: Slug,
    /// The exhibition whose entry it is, if it is not that of the house.
    pub(super) exhibition: Option<Slug>,
    /// How long a welcome stays, in seconds.
    pub(super) pause_secs: u32,
}

impl Station {
    /// The pause when nobody chose one, in seconds.
    pub(super) const PAUSE_USUAL_SECS: u32 = 4;

    /// The place as a form sends it: `house` or `house/exhibition`. Any other pause than those on offer becomes the usual one.
    pub(super) fn chosen(place: &str, pause_secs: u32) -> Option<Self> {
        let (house, exhibition) = match place.split_once('/') {
            Some((house, exhibition)) => (house, Some(exhibition)),
            None => (place, None),
        };
        Some(Self {
            house: house.parse().ok()?,
            exhibition: exhibition.map(str::parse).transpose().ok()?,
            pause_secs: if PAUSES_SECS.contains(&pause_secs) { pause_secs } else { Self::PAUSE_USUAL_SECS },
        })
    }

    /// The station of a museum with one house, where there is nothing to choose.
    pub(super) fn only(houses: &[House], exhibitions: &[Exhibition]) -> Option<Self> {
        match (houses, exhibitions) {
            ([house], []) => {
                Some(Self { house: house.key.clone(), exhibition: None, pause_secs: Self::PAUSE_USUAL_SECS })
            }
            _ => None,
        }
    }

    /// Its place as a form sends it.
    pub(super) fn place(&self) -> String {
        match &self.exhibition {
            Some(exhibition) => format!("{}/{exhibition}", self.house),
            None => self.house.to_string(),
        }
    }
}

impl fmt::Display for Station {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.pause_secs, self.place())
    }
}

impl FromStr for Station {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (pause, place) = text.split_once(':').ok_or(())?;
        Self::chosen(place, pause.parse().map_err(drop)?).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_station_comes_back_from_its_cookie() {
        for place in ["stadtmuseum", "stadtmuseum/stadtansichten"] {
            let station = Station::chosen(place, 8).unwrap();
            assert_eq!(station.to_string().parse(), Ok(station.clone()));
            assert_eq!(station.place(), place);
        }
        for text in ["", "stadtmuseum", "x:stadtmuseum", "4:", "4:Stadt museum", "4:a/", "4:a/b/c"] {
            assert!(text.parse::<Station>().is_err(), "{text:?}");
        }
        assert_eq!(Station::chosen("schloss", 9_999).unwrap().pause_secs, Station::PAUSE_USUAL_SECS);
    }
}

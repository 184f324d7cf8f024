//! A card printer of a house: where it is reached, how far its word is trusted, and how its prints are set right.

use crate::kernel::slug::Slug;
use ipp::prelude::Uri;
use serde::{Deserialize, Serialize};

/// The furthest that a print is shifted, in micrometres: what is further off is a matter for the printer's own settings.
pub const SHIFT_UM_MAX: i32 = 5_000;
/// The longest name of a printer, in characters.
pub const NAME_CHARS_MAX: usize = 100;
/// The longest address of a printer, in bytes.
const URI_BYTES_MAX: usize = 500;

/// What it means when a printer says that a job is completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// It speaks for the device: the cards came out.
    Device,
    /// It is a queue that may only have passed the job on: one card of the job is read, or each.
    Spooler,
    /// Nothing: each card is read.
    None,
}

impl Trust {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Device, Self::Spooler, Self::None];

    /// The word in the API, the pages and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Spooler => "spooler",
            Self::None => "none",
        }
    }

    /// The trust of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trust| trust.as_str() == word)
    }
}

/// How prints are set right on their way to a printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Setting {
    /// How far prints are shifted to the right, in micrometres.
    pub shift_right_um: i32,
    /// How far prints are shifted down, in micrometres.
    pub shift_down_um: i32,
    /// Whether backs are turned by 180 degrees.
    pub turn_backs: bool,
}

/// A card printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printer {
    /// Its key.
    pub key: Slug,
    /// What staff call it.
    pub name: String,
    /// The house it stands in.
    pub house: Slug,
    /// Where it is reached, for instance `ipp://10.0.0.7/ipp/print`.
    pub uri: String,
    /// What its word means.
    pub trust: Trust,
    /// How prints are set right.
    pub setting: Setting,
    /// Whether runs are sent to it.
    pub in_use: bool,
}

/// Why a printer cannot be kept so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It needs a name of 1 to [`NAME_CHARS_MAX`] characters.
    Name,
    /// Its address is none of a printer.
    Uri,
    /// Its address holds a user or a password: they would be shown to everyone who looks after printers.
    UriWithPassword,
    /// A shift is further than [`SHIFT_UM_MAX`].
    Shift,
}

impl Unfit {
    /// The field that is to be mended.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Uri | Self::UriWithPassword => "uri",
            Self::Shift => "shift_right_mm",
        }
    }

    /// The reason as a stable word.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Name => "printer_name",
            Self::Uri => "printer_uri",
            Self::UriWithPassword => "printer_uri_with_password",
            Self::Shift => "printer_shift",
        }
    }
}

impl Printer {
    /// What is wrong with it; nothing when it can be kept.
    pub fn findings(&self) -> Vec<Unfit> {
        let mut findings = Vec::new();
        if !(1..=NAME_CHARS_MAX).contains(&self.name.chars().count()) {
            findings.push(Unfit::Name);
        }
        if let Err(unfit) = address(&self.uri) {
            findings.push(unfit);
        }
        let Setting { shift_right_um, shift_down_um, .. } = self.setting;
        if [shift_right_um, shift_down_um].iter().any(|shift| shift.unsigned_abs() > SHIFT_UM_MAX.unsigned_abs()) {
            findings.push(Unfit::Shift);
        }
        findings
    }
}

/// The address of a printer.
///
/// # Errors
/// When it is none of `ipp`, `ipps`, `http` or `https` with a host, or holds a user or a password.
pub fn address(text: &str) -> Result<Uri, Unfit> {
    let uri: Uri =
        Some(text).filter(|text| text.len() <= URI_BYTES_MAX).and_then(|text| text.parse().ok()).ok_or(Unfit::Uri)?;
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err(Unfit::UriWithPassword);
    }
    let is_known = matches!(uri.scheme_str(), Some("ipp" | "ipps" | "http" | "https"));
    if is_known && uri.host().is_some_and(|host| !host.is_empty()) { Ok(uri) } else { Err(Unfit::Uri) }
}

/// The URL to which requests for a printer go: IPP travels over HTTP.
pub fn url(uri: &Uri) -> String {
    let (scheme, port) = match uri.scheme_str() {
        Some("ipps") => ("https", Some(631)),
        Some(other) if other != "ipp" => (other, None),
        _ => ("http", Some(631)),
    };
    let host = uri.host().unwrap_or_default();
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    match uri.port_u16().or(port) {
        Some(port) => format!("{scheme}://{host}:{port}{path}"),
        None => format!("{scheme}://{host}{path}"),
    }
}

/// Something that a printer says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Remark {
    /// The keyword without its suffix, for instance `media-jam`, or `stopped` and `offline`.
    pub keyword: String,
    /// Whether it keeps the printer from printing; otherwise it is a hint.
    pub stops: bool,
}

impl Remark {
    /// What keywords of `printer-state-reasons` say. `none` says nothing; what runs low is a hint, and so are reports. A warning may well
    /// be a jam: some printers call it so as long as they have work.
    pub fn all_of<'a>(keywords: impl IntoIterator<Item = &'a str>) -> Vec<Self> {
        let mut remarks: Vec<Self> = keywords.into_iter().filter_map(Self::of).collect();
        remarks.sort_by(|left, right| right.stops.cmp(&left.stops).then_with(|| left.keyword.cmp(&right.keyword)));
        remarks.dedup_by(|later, first| later.keyword == first.keyword);
        remarks
    }

    fn of(keyword: &str) -> Option<Self> {
        let (word, severity) = match keyword.rsplit_once('-') {
            Some((word, suffix @ ("error" | "warning" | "report"))) => (word, suffix),
            _ => (keyword, "error"),
        };
        let is_plain = word.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '_'));
        if word.is_empty() || word == "none" || !is_plain || word.len() > 60 {
            return None;
        }
        let is_hint = word.ends_with("-low") || word.ends_with("-almost-empty") || word.ends_with("-almost-full");
        Some(Self { keyword: word.to_owned(), stops: severity != "report" && !is_hint })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_printer_and_no_password() {
        for (text, found) in [
            ("ipp://printer.local/ipp/print", Ok("http://printer.local:631/ipp/print")),
            ("ipp://10.0.0.7:8631/ipp/print", Ok("http://10.0.0.7:8631/ipp/print")),
            ("ipps://[fd00::7]/ipp/print", Ok("https://[fd00::7]:631/ipp/print")),
            ("http://cups:631/printers/cards?x=1", Ok("http://cups:631/printers/cards?x=1")),
            ("https://cups", Ok("https://cups/")),
            ("ipp://kim:secret@printer/ipp", Err(Unfit::UriWithPassword)),
            ("socket://printer:9100", Err(Unfit::Uri)),
            ("/ipp/print", Err(Unfit::Uri)),
            ("printer", Err(Unfit::Uri)),
            ("", Err(Unfit::Uri)),
        ] {
            assert_eq!(address(text).map(|uri| url(&uri)), found.map(str::to_owned), "{text}");
        }
        assert_eq!(address(&format!("ipp://printer/{}", "x".repeat(600))), Err(Unfit::Uri));
    }

    #[test]
    fn remarks_lose_their_suffix_and_what_runs_low_is_a_hint() {
        let said = [
            "marker-supply-low-error",
            "media-jam-warning",
            "none",
            "media-empty",
            "cover-open-report",
            "media-jam",
            "bad word",
        ];
        let remarks: Vec<(String, bool)> =
            Remark::all_of(said).into_iter().map(|remark| (remark.keyword, remark.stops)).collect();
        let expected =
            [("media-empty", true), ("media-jam", true), ("cover-open", false), ("marker-supply-low", false)];
        assert_eq!(remarks, expected.map(|(word, stops)| (word.to_owned(), stops)));
    }
}

//! The fields of a form whose shape the page decides at run time, or in which a name stands several times.

use serde::Deserialize;

/// The fields of a posted form, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Vec<(String, String)>")]
pub struct Fields(Vec<(String, String)>);

impl From<Vec<(String, String)>> for Fields {
    /// U+0000 is left out: no database keeps it.
    fn from(fields: Vec<(String, String)>) -> Self {
        Self(fields.into_iter().map(|(name, value)| (name, value.replace('\0', ""))).collect())
    }
}

impl Fields {
    /// The text of a field without blanks at its ends; empty when it is not there.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.trim())
    }

    /// Whether a field has a text.
    pub fn has(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// All texts of a field that may stand several times, such as boxes to tick.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(own, value)| own == name && !value.is_empty()).map(|(_, value)| value.as_str()).collect()
    }

    /// Whether a box with this value is ticked.
    pub fn ticked(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(own, other)| own == name && other == value)
    }

    /// The fields whose names begin like this, with the rest of their names.
    pub fn starting<'f>(&'f self, start: &'f str) -> impl Iterator<Item = (&'f str, &'f str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(start)?, value.trim())))
    }

    /// Adds a field.
    pub fn put(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }
}

/// An amount as people type it, such as `12`, `12,5` or `1.250,00`, as `12.00`; None when it is no amount.
pub fn amount(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
    let (whole, mark, cents) = match plain.rfind([',', '.']) {
        Some(at) if plain.len() - at <= 3 => (&plain[..at], plain[at..].chars().next(), &plain[at + 1..]),
        _ => (plain.as_str(), None, ""),
    };
    // Thousands are parted by one kind of mark, which is not the one before the cents.
    let parting = whole.chars().find(|c| matches!(c, ',' | '.' | '\''));
    let groups: Vec<&str> = match parting {
        Some(parting) if Some(parting) != mark => whole.split(parting).collect(),
        _ => vec![whole],
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_amount = !groups[0].is_empty()
        && groups.iter().all(|group| digits(group))
        && groups[1..].iter().all(|group| group.len() == 3)
        && digits(cents);
    let whole = groups.concat();
    (is_amount && whole.len() <= 10).then(|| format!("{whole}.{cents:0<2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (text, amount_read) in [
            ("12", Some("12.00")),
            ("12,5", Some("12.50")),
            (" 12,50 € ", Some("12.50")),
            ("12.50", Some("12.50")),
            ("1.250,00", Some("1250.00")),
            ("1,250.00", Some("1250.00")),
            ("1.250", Some("1250.00")),
            ("-3", None),
            ("1'250.5", Some("1250.50")),
            ("12,505,1", None),
            ("1.2.50", None),
            ("1,25.00", None),
            ("a", None),
            ("", None),
            (",50", None),
        ] {
            assert_eq!(amount(text).as_deref(), amount_read, "{text:?}");
        }
    }

    #[test]
    fn a_name_may_stand_several_times() {
        let mut fields = Fields::default();
        for (name, value) in [("house", "a"), ("house", ""), ("house", "b"), ("name", " Ada "), ("price:x", "1")] {
            fields.put(name, value);
        }
        assert_eq!((fields.get("name"), fields.get("none")), ("Ada", ""));
        assert_eq!(fields.all("house"), ["a", "b"]);
        assert!(fields.ticked("house", "b") && !fields.ticked("house", "c") && !fields.has("none"));
        assert_eq!(fields.starting("price:").collect::<Vec<_>>(), [("x", "1")]);
    }
}

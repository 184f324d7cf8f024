//! The closed list of variables that a layout may name.

/// Something about the card or its holder that a layout can print or ask about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variable {
    /// Given and family name, with a blank between.
    HolderName,
    /// Given name; empty for people with one name only.
    HolderGivenName,
    /// Family name; empty for people with one name only.
    HolderFamilyName,
    /// Birth date, written out in the card's language.
    HolderBirthDate,
    /// The portrait.
    HolderPhoto,
    /// Name of the product.
    ProductName,
    /// Name of the price category.
    CategoryName,
    /// First day, written out in the card's language.
    ValidFrom,
    /// First day in digits.
    ValidFromShort,
    /// Last day, written out in the card's language.
    ValidUntil,
    /// Last day in digits.
    ValidUntilShort,
    /// Whether the category needs a proof at the door.
    Reduced,
    /// The 14 digits of the card number.
    CardNumber,
    /// The card number in groups: `0123 4567 8901 23`.
    CardNumberGrouped,
    /// The text of the QR code.
    CardQr,
    /// Names of the houses that the ticket opens, as a list in words.
    HouseNames,
    /// The card's language.
    CardLanguage,
}

/// What kind of value a variable has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VariableType {
    Text,
    Flag,
    Photo,
}

const NAMES: [(&str, Variable); 17] = [
    ("holder.name", Variable::HolderName),
    ("holder.given_name", Variable::HolderGivenName),
    ("holder.family_name", Variable::HolderFamilyName),
    ("holder.birth_date", Variable::HolderBirthDate),
    ("holder.photo", Variable::HolderPhoto),
    ("product.name", Variable::ProductName),
    ("category.name", Variable::CategoryName),
    ("ticket.valid_from", Variable::ValidFrom),
    ("ticket.valid_from_short", Variable::ValidFromShort),
    ("ticket.valid_until", Variable::ValidUntil),
    ("ticket.valid_until_short", Variable::ValidUntilShort),
    ("ticket.reduced", Variable::Reduced),
    ("card.number", Variable::CardNumber),
    ("card.number_grouped", Variable::CardNumberGrouped),
    ("card.qr", Variable::CardQr),
    ("houses.names", Variable::HouseNames),
    ("card.language", Variable::CardLanguage),
];

impl Variable {
    /// The variable with this name in layout files.
    pub fn parse(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, variable)| *variable)
    }

    /// Its name in layout files.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, variable)| *variable == self).map_or("", |(name, _)| name)
    }

    pub(crate) fn kind(self) -> VariableType {
        match self {
            Self::HolderPhoto => VariableType::Photo,
            Self::Reduced => VariableType::Flag,
            _ => VariableType::Text,
        }
    }

    /// All names, for messages.
    pub(crate) fn known() -> String {
        NAMES.map(|(name, _)| name).join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_variables_match_one_to_one() {
        for (name, variable) in NAMES {
            assert_eq!(Variable::parse(name), Some(variable));
            assert_eq!(variable.name(), name);
        }
        assert_eq!(Variable::parse("holder.shoe_size"), None);
    }
}

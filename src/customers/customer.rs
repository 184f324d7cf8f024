//! The customer, and how addresses are compared.

use crate::kernel::UtcMs;
use crate::kernel::ids::CustomerId;
use crate::kernel::slug::Slug;

/// The most characters of an address for mail.
pub const ADDRESS_CHARS_MAX: usize = 254;

/// Whoever buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The id.
    pub id: CustomerId,
    /// What they are called; empty where nobody said.
    pub name: String,
    /// The language of letters, two small letters.
    pub language: String,
    /// Whether they want news.
    pub newsletter: bool,
    /// When they said so, or took it back.
    pub newsletter_changed_at: Option<UtcMs>,
    /// When they were remembered.
    pub created_at: UtcMs,
    /// The audience whose prices they have for good.
    pub price_audience: Option<Slug>,
    /// The institution that they belong to.
    pub partner: Option<String>,
    /// Their addresses, the first first.
    pub addresses: Vec<KnownAddress>,
}

/// An address of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAddress {
    /// The address as it was first given.
    pub address: String,
    /// When a link that was mailed to it was used.
    pub proved_at: Option<UtcMs>,
}

/// An address as it is compared: two that differ in case alone are one.
pub fn fold_address(address: &str) -> String {
    address.trim().to_lowercase()
}

/// Whether a text can be an address for mail.
pub fn is_address(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    }) && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control())
        && text.chars().count() <= ADDRESS_CHARS_MAX
}

impl Customer {
    /// What the customer is called, or their first address.
    pub fn shown(&self) -> &str {
        match self.addresses.first() {
            Some(first) if self.name.is_empty() => &first.address,
            _ => &self.name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_without_case() {
        assert_eq!(fold_address(" Zoe.MÜLLER@Example.org "), "zoe.müller@example.org");
        for (text, fits) in [
            ("ada@example.org", true),
            ("a@b.c", true),
            ("ada@example", false),
            ("@example.org", false),
            ("ada@.org", false),
            ("a b@example.org", false),
            ("ada@example.org\r\nBcc: all@example.org", false),
        ] {
            assert_eq!(is_address(text), fits, "{text}");
        }
    }
}

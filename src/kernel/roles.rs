//! The roles of the house, and sets of them.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a member of staff, or a program with a key, is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sells, looks up orders, cancels and refunds.
    Shop,
    /// Exchanges vouchers, personalizes, prints, replaces and blocks.
    Personalization,
    /// Posts cards, lays them ready and hands them out.
    Mailroom,
    /// Checks cards and sees the live view of the gates.
    Entry,
    /// Offers, codes and campaign reports.
    Marketing,
    /// Everything.
    Admin,
}

impl Role {
    /// All roles, in the order in which they are listed.
    pub const ALL: [Self; 6] =
        [Self::Shop, Self::Personalization, Self::Mailroom, Self::Entry, Self::Marketing, Self::Admin];

    /// The word for the role in the API, the database and the commands.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::Personalization => "personalization",
            Self::Mailroom => "mailroom",
            Self::Entry => "entry",
            Self::Marketing => "marketing",
            Self::Admin => "admin",
        }
    }

    const fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| {
            format!("\"{text}\" is not a role: shop, personalization, mailroom, entry, marketing or admin")
        })
    }
}

/// A set of roles. As a mask of bits it may stand in a type: see [`crate::web::caller::Allowed`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles(u8);

impl Roles {
    /// The set of the listed roles, as a mask.
    pub const fn mask(roles: &[Role]) -> u8 {
        let mut mask = 0;
        let mut index = 0;
        while index < roles.len() {
            mask |= roles[index].bit();
            index += 1;
        }
        mask
    }

    /// The set of the listed roles.
    pub fn of(roles: &[Role]) -> Self {
        Self(Self::mask(roles))
    }

    /// Whether someone with these roles may do what the roles of `mask` may do. An admin may do everything.
    pub const fn may(self, mask: u8) -> bool {
        self.0 & (mask | Role::Admin.bit()) != 0
    }

    /// The roles of the set, in their order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.0 & role.bit() != 0)
    }

    /// The set as it is stored: words with commas between them.
    pub fn to_text(self) -> String {
        self.iter().map(Role::as_str).collect::<Vec<_>>().join(",")
    }

    /// Reads what [`Self::to_text`] wrote; words that are no role are left out.
    pub fn from_text(text: &str) -> Self {
        Self::of(&text.split(',').filter_map(|word| word.parse().ok()).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_admin_may_everything_and_others_only_their_own() {
        let mail = Roles::mask(&[Role::Mailroom, Role::Personalization]);
        assert!(Roles::of(&[Role::Admin]).may(mail));
        assert!(Roles::of(&[Role::Mailroom]).may(mail));
        assert!(!Roles::of(&[Role::Shop, Role::Entry]).may(mail));
        assert!(!Roles::default().may(mail));
    }

    #[test]
    fn a_set_survives_text() {
        for role in Role::ALL {
            let set = Roles::of(&[role, Role::Shop]);
            assert_eq!(Roles::from_text(&set.to_text()), set);
        }
    }
}

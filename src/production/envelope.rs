//! Which cards travel in one envelope, and what the code on its letter says.
//!
//! Cards of one order that go to the same address share an envelope; cards to other addresses never do, and who lives in the same
//! house but bought alone gets an envelope of their own. The code on the letter names the first card and what belongs together: when
//! the address, the way or the set of cards changes, the letter that was printed before is void, because its code is another one.

use crate::kernel::address::Address;
use crate::kernel::ids::{CardId, OrderId};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// The most cards of one envelope.
pub const CARDS_MAX: usize = 6;
/// The digits of a card number.
const NUMBER_DIGITS: usize = 14;
/// The digits after it that tell whether the letter still holds.
const SEAL_DIGITS: usize = 6;

/// A card that is to be posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The card.
    pub card: CardId,
    /// Its number, 14 digits.
    pub number: String,
    /// The order it was bought with.
    pub order: OrderId,
    /// Where its holder lives.
    pub address: Address,
    /// The holder's language.
    pub language: String,
    /// The hash of what was frozen for it.
    pub print_data: Vec<u8>,
}

/// Cards that travel together: at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    first: Posted,
    others: Vec<Posted>,
}

impl Envelope {
    /// The cards, in the order in which they were made.
    pub fn cards(&self) -> impl Iterator<Item = &Posted> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The card whose number stands on the letter.
    pub const fn first(&self) -> &Posted {
        &self.first
    }

    /// Whether a card belongs into it.
    pub fn holds(&self, card: CardId) -> bool {
        self.cards().any(|posted| posted.card == card)
    }

    /// How many cards it holds.
    pub fn count(&self) -> usize {
        1 + self.others.len()
    }

    /// The code on its letter.
    pub fn code(&self) -> LetterCode {
        let mut hash = Sha256::new();
        let Address { lines, postal_code, city, country } = &self.first.address;
        for part in lines.iter().chain([postal_code, city, country]) {
            hash.update(part);
            hash.update([0]);
        }
        for card in self.cards() {
            hash.update(&card.number);
        }
        let digest = hash.finalize();
        let seal = digest.iter().take(8).fold(0_u64, |sum, byte| sum.wrapping_mul(256).wrapping_add(u64::from(*byte)));
        LetterCode { number: self.first.number.clone(), seal: format!("{:06}", seal % 1_000_000) }
    }
}

/// What the code on a letter says: 20 digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterCode {
    /// The number of the first card.
    pub number: String,
    seal: String,
}

impl fmt::Display for LetterCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.number, self.seal)
    }
}

impl FromStr for LetterCode {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let fits = digits.len() == NUMBER_DIGITS + SEAL_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !fits {
            return Err(());
        }
        let (number, seal) = digits.split_at(NUMBER_DIGITS);
        Ok(Self { number: number.to_owned(), seal: seal.to_owned() })
    }
}

/// Puts cards into envelopes, in the order in which the first of each stands.
pub fn envelopes(cards: Vec<Posted>) -> Vec<Envelope> {
    let mut households: Vec<Vec<Posted>> = Vec::new();
    for card in cards {
        let own = households
            .iter_mut()
            .find(|household| household[0].order == card.order && household[0].address == card.address);
        match own {
            Some(household) => household.push(card),
            None => households.push(vec![card]),
        }
    }
    let mut made = Vec::new();
    for mut household in households {
        household.sort_by_key(|posted| posted.card);
        let mut rest = household.into_iter();
        while let Some(first) = rest.next() {
            made.push(Envelope { first, others: rest.by_ref().take(CARDS_MAX - 1).collect() });
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::UtcMs;
    use crate::kernel::ids::Id;
    use crate::kernel::random::ChaChaRandom;

    fn address(line: &str) -> Address {
        Address {
            lines: vec![line.to_owned()],
            postal_code: "14467".to_owned(),
            city: "Potsdam".to_owned(),
            country: "DE".to_owned(),
        }
    }

    /// Cards of orders, at addresses.
    fn cards(of: &[(usize, &str)]) -> Vec<Posted> {
        let random = ChaChaRandom::seeded(7);
        let orders: Vec<OrderId> = (0..4).map(|_| Id::new(UtcMs(0), &random)).collect();
        let card = |(place, (order, line)): (usize, &(usize, &str))| Posted {
            card: Id::new(UtcMs(i64::try_from(place).unwrap()), &random),
            number: format!("{place:014}"),
            order: orders[*order],
            address: address(line),
            language: "de".to_owned(),
            print_data: Vec::new(),
        };
        of.iter().enumerate().map(card).collect()
    }

    #[test]
    fn cards_of_one_order_and_address_alone_share_an_envelope() {
        for (of, counts) in [
            (&[(0, "Am Markt 1"), (0, "Am Markt 1"), (0, "Am Markt 1")][..], &[3][..]),
            (&[(0, "Am Markt 1"), (1, "Am Markt 1")], &[1, 1]),
            (&[(0, "Am Markt 1"), (0, "Am Markt 2"), (0, "Am Markt 1")], &[2, 1]),
            (&[(0, "a"); 8], &[6, 2]),
            (&[], &[]),
        ] {
            let made: Vec<usize> = envelopes(cards(of)).iter().map(Envelope::count).collect();
            assert_eq!(made, counts, "{of:?}");
        }
    }

    #[test]
    fn the_code_of_a_letter_changes_with_its_cards_and_its_address() {
        let envelope = |of: &[(usize, &str)]| envelopes(cards(of)).remove(0);
        let family = envelope(&[(0, "a"), (0, "a"), (0, "a")]);
        let code = family.code();
        assert_eq!(code.to_string().len(), 20);
        assert_eq!(code.to_string().parse(), Ok(code.clone()));
        assert_eq!(envelope(&[(0, "a"), (0, "a"), (0, "a")]).code(), code, "the same household has the same code");
        assert_ne!(envelope(&[(0, "a"), (0, "a")]).code(), code, "a card went another way");
        assert_ne!(envelope(&[(0, "b"), (0, "b"), (0, "b")]).code(), code, "they moved");
        for wrong in ["", "1234", "0123456789012x345678", "012345678901234567890"] {
            assert!(wrong.parse::<LetterCode>().is_err(), "{wrong}");
        }
    }
}

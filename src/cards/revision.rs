//! What two people who edit the same personalization have to know of each other.

use super::annual_ticket::AnnualTicket;
use super::personalize::Personalization;
use crate::people::Holder;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A field that somebody else changed meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Difference {
    /// The field, as a path.
    pub field: &'static str,
    /// What is stored.
    pub stored: Value,
    /// What was sent.
    pub sent: Value,
}

/// A fingerprint of what a form about an annual ticket shows. The portrait has a form of its own.
pub fn revision(ticket: &AnnualTicket) -> String {
    let Holder { given_name, family_name, birth_date } = &ticket.holder;
    let AnnualTicket { address, delivery, starts_on, .. } = ticket;
    let all = serde_json::to_vec(&(given_name, family_name, birth_date, address, delivery, starts_on));
    hex::encode(&Sha256::digest(all.unwrap_or_default())[..16])
}

/// The fields in which the given parts are another than what is stored.
pub fn differences(ticket: &AnnualTicket, given: &Personalization) -> Vec<Difference> {
    let mut differences = Vec::new();
    let mut compare = |field, stored: Value, sent: Value| {
        if stored != sent {
            differences.push(Difference { field, stored, sent });
        }
    };
    if let Some(holder) = &given.holder {
        compare("holder.given_name", json!(ticket.holder.given_name), json!(holder.given_name));
        compare("holder.family_name", json!(ticket.holder.family_name), json!(holder.family_name));
        compare("holder.birth_date", json!(ticket.holder.birth_date), json!(holder.birth_date));
    }
    if let Some(address) = &given.address {
        compare("address", json!(ticket.address), json!(address));
    }
    if let Some(delivery) = &given.delivery {
        compare("delivery", json!(ticket.delivery), json!(delivery));
    }
    if let Some(first_day) = given.starts_on {
        compare("starts_on", json!(ticket.starts_on), json!(first_day));
    }
    differences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::annual_ticket::tests::ticket;
    use crate::cards::delivery::Delivery;

    #[test]
    fn only_what_is_given_can_differ() {
        let mut stored = ticket();
        stored.holder.family_name = Some("Lovelace".to_owned());
        let nothing = Personalization::default();
        assert_eq!(differences(&stored, &nothing), []);
        let holder = Holder { family_name: Some("King".to_owned()), ..Holder::default() };
        let given = Personalization { holder: Some(holder), delivery: Some(Delivery::Mail {}), ..nothing };
        let fields: Vec<_> = differences(&stored, &given).into_iter().map(|difference| difference.field).collect();
        assert_eq!(fields, ["holder.family_name", "delivery"]);
    }

    #[test]
    fn each_field_of_the_form_changes_the_revision_and_the_portrait_does_not() {
        let before = ticket();
        let mut after = before.clone();
        after.valid_until = None;
        assert_eq!(revision(&before), revision(&after));
        after.delivery = Some(Delivery::Mail {});
        assert_ne!(revision(&before), revision(&after));
        let mut named = before.clone();
        named.holder.given_name = Some("Ada".to_owned());
        assert_ne!(revision(&before), revision(&named));
    }
}

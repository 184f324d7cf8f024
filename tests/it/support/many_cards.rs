//! Many cards at once: copies of finished ones under names, numbers and ways of their own. For lists and long work; a story about one
//! card goes through the public door.

use super::TestApp;
use super::printing::{FinishedCard, address};
use card::CardNumber;
use db::{Conn, DbError, args};
use passepartout::cards::{CardState, Delivery};
use passepartout::kernel::ids::{AnnualTicketId, CardId};
use passepartout::kernel::text::fold;

db::statements! {
    /// A copy of an annual ticket.
    COPY_TICKET = "INSERT INTO annual_tickets (id, number, order_id, ticket_id, product_key, category_key, scope_id, status, state, paid,
        purchased_on, exchanged_on, starts_on, valid_from, valid_until, from_first_entry, given_name, family_name, name_fold, birth_date,
        address, delivery, photo_id, link_token, code_id, block_reason, language, version, created_at, completed_at)
        SELECT $2, $3, order_id, ticket_id, product_key, category_key, scope_id, status, state, paid, purchased_on, exchanged_on, starts_on,
        valid_from, valid_until, from_first_entry, $4, $5, $6, birth_date, $7, $8, photo_id, $2, $9, block_reason, language, version,
        created_at, completed_at FROM annual_tickets WHERE id = $1";
    /// A copy of a card.
    COPY_CARD = "INSERT INTO cards (id, annual_ticket_id, number, issue, code, state, set_aside_reason, layout_id, layout_version,
        face_sha256, print_data_sha256, way, house_key, shelf, run_id, product_key, name_fold, created_at, changed_at)
        SELECT $2, $3, $4, issue, NULL, $5, $6, layout_id, layout_version, face_sha256, print_data_sha256, $7, $8, $9, NULL, product_key,
        $10, created_at, $11 FROM cards WHERE id = $1";
}

/// Given and family names that a museum meets.
const GIVEN: [&str; 12] = [
    "Zoë",
    "Jürgen",
    "Ana María",
    "Łucja",
    "Mehmet",
    "Thu Hà",
    "Françoise",
    "Søren",
    "Chiara",
    "Nikolaos",
    "Aylin",
    "Björn",
];
const FAMILY: [&str; 14] = [
    "Müller-Nguyễn",
    "Schönhäuser",
    "O’Connor",
    "de la Fontaine",
    "Kowalska",
    "Öztürk",
    "Đặng",
    "Andersen",
    "Weiß",
    "Papadopoulos",
    "van den Berg",
    "Lindqvist",
    "Große-Brauckmann",
    "Ferrari",
];

/// Cards to make.
#[derive(Debug, Clone)]
pub(crate) struct Many {
    /// How many.
    pub(crate) count: usize,
    /// Where they stand.
    pub(crate) state: CardState,
    /// How they come to their holders.
    pub(crate) delivery: Option<Delivery>,
    /// For how many days they have stood there.
    pub(crate) days: i64,
}

impl Many {
    /// So many in a state, for holders who want them by post.
    pub(crate) fn posted(count: usize, state: CardState) -> Self {
        Self { count, state, delivery: Some(Delivery::Mail {}), days: 0 }
    }

    /// So many in a state, to be laid ready in a house.
    pub(crate) fn laid_ready(count: usize, state: CardState, house: &str) -> Self {
        let delivery = Some(Delivery::Pickup { house: house.parse().expect("a key") });
        Self { count, state, delivery, days: 0 }
    }
}

impl TestApp {
    /// Makes copies of a card.
    pub(crate) async fn many_cards(&self, of: &FinishedCard, many: Many) -> Vec<CardId> {
        let act = self.act();
        let (ticket, card) = (of.sold.id.clone(), of.id.as_str().expect("an id").to_owned());
        let made = self.app.db.write(async move |tx: &mut Conn| -> Result<_, DbError> {
            let mut cards = Vec::new();
            for place in 0..many.count {
                let (new_ticket, new_card): (AnnualTicketId, CardId) = (act.new_id(), act.new_id());
                let (given, family) = (GIVEN[place % GIVEN.len()], FAMILY[(place * 5 + many.count) % FAMILY.len()]);
                let name = fold(&format!("{given} {family}"));
                let random: [u8; 8] = act.random.bytes();
                let number = CardNumber::from_random(random).digits();
                let delivery = many.delivery.as_ref().map(|way| serde_json::to_string(way).expect("JSON"));
                let address = serde_json::to_string(&address()).expect("JSON");
                let code = i64::from_be_bytes(random);
                let since = act
                    .now
                    .plus_millis(-many.days * 86_400_000 - i64::try_from(many.count - place).expect("small") * 60_000);
                let house = many.delivery.as_ref().and_then(Delivery::pickup_house).map(ToString::to_string);
                let shelf = (many.state == CardState::Deposited).then_some("A1");
                let reason = (many.state == CardState::SetAside).then_some("missing_glyph");
                let row = args![
                    &ticket,
                    new_ticket.to_string(),
                    format!("A{number}"),
                    given,
                    family,
                    &name,
                    address,
                    delivery,
                    code
                ];
                tx.execute_one(&COPY_TICKET, row).await?;
                let row = args![
                    &card,
                    new_card.to_string(),
                    new_ticket.to_string(),
                    number,
                    many.state.as_str(),
                    reason,
                    Delivery::way_of(many.delivery.as_ref()).as_str(),
                    house,
                    shelf,
                    &name,
                    since.0
                ];
                tx.execute_one(&COPY_CARD, row).await?;
                cards.push(new_card);
            }
            Ok(cards)
        });
        made.await.expect("copies")
    }
}

//! Whatever is tried with cards, by whomever and in whatever order, legal or not: each card is in exactly one place, and its history
//! explains how it came there. Also when the process dies after a deed and before its commit.

use crate::support::TestApp;
use crate::support::printing::{FinishedCard, pickup_in};
use db::{Conn, DbError, args};
use passepartout::cards::Delivery;
use passepartout::dispatch::deposit::{Deposit, Opening, deposit};
use passepartout::dispatch::hand_over::{Handover, hand_over};
use passepartout::dispatch::hand_to_post::hand_to_post;
use passepartout::dispatch::take_back::take_back;
use passepartout::dispatch::transfer;
use passepartout::dispatch::undo::undo;
use passepartout::kernel::ids::{CardId, TransferBoxId};
use passepartout::kernel::random::{ChaChaRandom, RandomSource};
use passepartout::kernel::roles::Role;
use passepartout::kernel::slug::Slug;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How many steps are tried.
const STEPS: usize = 200;

db::statements! {
    /// All cards.
    ALL_CARDS = "SELECT id, state, house_key, shelf FROM cards ORDER BY id";
    /// The print run of a card.
    RUN_OF = "SELECT run_id FROM cards WHERE id = $1";
    /// All that happened to them.
    ALL_STEPS = "SELECT card_id, step, from_state, to_state, house_key, shelf, id, undoes FROM card_steps ORDER BY card_id, position";
    /// In how many boxes each card lies.
    ALL_BOXED = "SELECT m.card_id, b.state FROM transfer_box_cards m JOIN transfer_boxes b ON b.id = m.box_id WHERE m.arrived_at IS NULL";
}

/// The print run that has a card or had it.
async fn run_of(app: &TestApp, card: &FinishedCard) -> Option<String> {
    let id = card.id.as_str().expect("an id");
    let row: Option<(Option<String>,)> =
        app.app.db.read().await.expect("a connection").fetch_optional(&RUN_OF, args![id]).await.expect("a card");
    row.and_then(|(run,)| run)
}

type StepRow = (String, String, String, String, Option<String>, Option<String>, String, Option<String>);
type CardRow = (String, String, Option<String>, Option<String>);

/// Where everything is, as it is compared before and after a deed that died.
#[derive(Debug, PartialEq, Eq)]
struct Places {
    cards: Vec<CardRow>,
    steps: Vec<StepRow>,
    boxed: BTreeMap<String, Vec<String>>,
}

async fn places(app: &TestApp) -> Places {
    let mut conn = app.app.db.read().await.expect("a connection");
    let cards = conn.fetch_all(&ALL_CARDS, args![]).await.expect("cards");
    let steps = conn.fetch_all(&ALL_STEPS, args![]).await.expect("steps");
    let rows: Vec<(String, String)> = conn.fetch_all(&ALL_BOXED, args![]).await.expect("boxes");
    let mut boxed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (card, state) in rows {
        boxed.entry(card).or_default().push(state);
    }
    Places { cards, steps, boxed }
}

/// Each card is in exactly one place, and its history explains how.
fn assert_explained(places: &Places, after: &str) {
    for (card, state, house, shelf) in &places.cards {
        let own: Vec<&StepRow> = places.steps.iter().filter(|step| step.0 == *card).collect();
        let mut stands = "preparing";
        for step in &own {
            assert_eq!(step.2, stands, "{after}: {} of {card} begins where the one before ended", step.1);
            stands = &step.3;
        }
        assert_eq!(stands, state, "{after}: the history of {card} ends where it stands");
        let undone: BTreeSet<&String> = own.iter().filter_map(|step| step.7.as_ref()).collect();
        let laid = own.iter().rev().find(|step| step.1 == "deposited" && !undone.contains(&step.6));
        if state == "deposited" {
            let laid = laid.expect("somebody laid it there");
            assert_eq!((house, shelf), (&laid.4, &laid.5), "{after}: {card} lies where it was laid");
        } else if !["handed_over", "void"].contains(&state.as_str()) {
            assert_eq!(*shelf, None, "{after}: {card} is {state} and on no shelf");
        }
        let boxes = places.boxed.get(card).map(Vec::len).unwrap_or_default();
        assert!(boxes <= 1, "{after}: {card} lies in {boxes} boxes");
        assert!(
            boxes == 0 || ["ready_for_dispatch", "void"].contains(&state.as_str()),
            "{after}: {card} is {state} and in a box"
        );
    }
}

/// What is tried at random.
struct Tries<'a> {
    app: &'a TestApp,
    cards: &'a [FinishedCard],
    boxes: Vec<String>,
    random: ChaChaRandom,
}

impl Tries<'_> {
    fn below(&self, end: usize) -> usize {
        let random: &dyn RandomSource = &self.random;
        usize::try_from(random.u64() % end as u64).expect("small")
    }

    fn card(&self) -> &FinishedCard {
        &self.cards[self.below(self.cards.len())]
    }

    fn id(&self) -> CardId {
        self.card().id.as_str().expect("an id").parse().expect("an id")
    }

    fn some(&self) -> Vec<Value> {
        (0..=self.below(2)).map(|_| self.card().id.clone()).collect()
    }

    fn house(&self) -> &'static str {
        ["schloss", "stadtmuseum"][self.below(2)]
    }

    /// Tries one thing by the API; answers what it was.
    async fn by_api(&mut self) -> String {
        let role = [
            Role::Mailroom,
            Role::Mailroom,
            Role::Mailroom,
            Role::Admin,
            Role::Personalization,
            Role::Shop,
            Role::Entry,
        ][self.below(7)];
        let api = self.app.role(role);
        let card = self.card().clone();
        let own_box = if self.boxes.is_empty() { None } else { Some(self.boxes[self.below(self.boxes.len())].clone()) };
        let in_box = |below: &str| own_box.as_ref().map(|id| format!("/api/v1/transfer-boxes/{id}/{below}"));
        let (path, body) = match self.below(20) {
            0 => ("/api/v1/dispatches".to_owned(), json!({"cards": self.some()})),
            1 => ("/api/v1/deposits".to_owned(), json!({"cards": self.some(), "house": self.house(), "shelf": "A1"})),
            2 if self.below(3) == 0 => ("/api/v1/handovers".to_owned(), json!({"card": card.id})),
            3 => ("/api/v1/returns".to_owned(), json!({"card": card.id, "reason": "moved"})),
            4 | 5 | 15 => (format!("{}/undo", card.path()), json!({"reason": "slip"})),
            6 => (format!("{}/make-ready", card.path()), json!({})),
            7 => (format!("{}/take-out", card.path()), json!({})),
            8 => ("/api/v1/transfer-boxes".to_owned(), json!({"house": self.house()})),
            9 | 10 => (in_box("cards").unwrap_or_default(), json!({"card": card.id})),
            11 => (in_box("send").unwrap_or_default(), json!({})),
            12 => (in_box("arrivals").unwrap_or_default(), json!({"card": card.id, "shelf": "B2"})),
            13 => (in_box("close").unwrap_or_default(), json!({})),
            // What was undone down to its printing comes out of the printer again.
            16..=19 => match run_of(self.app, &card).await {
                Some(run) => (format!("/api/v1/print-runs/{run}/printed"), json!({"cards": [card.id]})),
                None => (String::new(), Value::Null),
            },
            _ => {
                let delivery =
                    [json!({"kind": "mail"}), json!({"kind": "pickup", "house": self.house()})][self.below(2)].clone();
                let path = format!("{}/personalization", card.sold.path);
                let answer = api.put(&path, &json!({"delivery": delivery})).await;
                assert!(answer.status < 500, "{path}: {}", answer.text());
                return format!("{role} PUT {path} {delivery}");
            }
        };
        if path.is_empty() {
            return "nothing".to_owned();
        }
        let answer = api.post(&path, &body).await;
        assert!(answer.status < 500, "{path} {body}: {}", answer.text());
        if answer.status == 201 && path == "/api/v1/transfer-boxes" {
            self.boxes.push(answer.json()["id"].as_str().expect("an id").to_owned());
        }
        format!("{role} POST {path} {body}: {}", answer.status)
    }

    /// Tries one thing whose process dies after the deed and before its commit.
    async fn dying(&self) {
        let (act, card, what) = (self.app.act(), self.id(), self.below(6));
        let house: Slug = self.house().parse().expect("a key");
        let own_box: Option<TransferBoxId> = self.boxes.last().map(|id| id.parse().expect("an id"));
        let died = self.app.app.db.write(async move |tx: &mut Conn| -> Result<(), DbError> {
            let cards = BTreeSet::from([card]);
            match what {
                0 => drop(hand_to_post(tx, &act, &cards, None, None).await),
                1 => {
                    let place = Deposit { house: house.clone(), shelf: None, opening: Opening::Name };
                    drop(deposit(tx, &act, &cards, &place).await);
                }
                2 => drop(hand_over(tx, &act, card, &Handover::default()).await),
                3 => drop(take_back(tx, &act, card, None).await),
                4 => drop(undo(tx, &act, card, "slip").await),
                _ => {
                    if let Some(own_box) = own_box {
                        drop(transfer::put_in(tx, &act, own_box, card).await);
                    }
                }
            }
            Err(DbError::NotFound)
        });
        assert!(died.await.is_err(), "it died");
    }
}

on_both_databases! {
    async fn each_card_is_in_one_place_and_its_history_explains_how(app: TestApp) {
        let app = app.furnished().await;
        let mut cards = app.household("Müller", &["Zoë", "Jürgen"], &Delivery::Mail {}, "de").await;
        for house in ["schloss", "schloss", "stadtmuseum"] {
            cards.push(app.printed_card("Hopper", Some(pickup_in(house))).await);
        }
        cards.push(app.printed_card("Counter", None).await);
        let mut tries = Tries { app: &app, cards: &cards, boxes: Vec::new(), random: ChaChaRandom::seeded(20_260_704) };
        let (mut done, mut refused) = (0, 0);
        let mut before = places(&app).await;
        for step in 0..STEPS {
            let what = tries.by_api().await;
            let after = places(&app).await;
            assert_explained(&after, &format!("step {step}, {what}"));
            if what.ends_with("200") || what.ends_with("201") {
                done += 1;
            } else if what.contains(": 4") {
                refused += 1;
                assert_eq!(after, before, "step {step}: what is refused changes nothing: {what}");
            }
            tries.dying().await;
            before = places(&app).await;
            assert_eq!(after, before, "step {step}: what died changed nothing");
        }
        assert!(done > 25 && refused > 25, "{done} done, {refused} refused: the tries are of both kinds");
        assert!(!tries.boxes.is_empty());
    }
}

//! `POST /mailroom/{list}/scan`: one card after the other is posted, laid ready, or taken back.
//!
//! A card that does not belong into the list is refused with words, and stays where it is.

use super::list::{self, RETURN_REASONS, page};
use super::view::{List, ScanResult};
use crate::app::SharedApp;
use crate::cards::queue::{self, CardAndTicket};
use crate::cards::web::StateLabel;
use crate::cards::{CardState, StepError, Way, find};
use crate::catalog;
use crate::dispatch::batch::BatchError;
use crate::dispatch::deposit::{Deposit, DepositError, Opening, deposit};
use crate::dispatch::hand_to_post::hand_to_post;
use crate::dispatch::list_check::{DispatchList, NotInList};
use crate::dispatch::take_back::take_back;
use crate::kernel::Act;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use crate::web::caller::MAILROOM;
use crate::web::pages::{Done, Fields, PageForm, Visitor, act_once, address};
use crate::web::{Allowed, PathKey, Problem};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use db::{Conn, DbError};
use std::collections::BTreeSet;

/// The longest text of a field.
const CHARS_MAX: usize = 100;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/mailroom/{list}/scan", post(scan))
}

/// Why a card that was read stays where it is.
#[derive(Debug)]
enum Refusal {
    /// No card has this code or number.
    Unknown,
    /// It belongs somewhere else.
    NotHere(Box<CardAndTicket>, NotInList),
    /// There is no such house.
    NoHouse,
    /// It is on its way to another house.
    InBox(i64),
    Db(DbError),
}

impl From<DbError> for Refusal {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

/// What is done with a card that is read.
struct Work {
    list: List,
    carrier: Option<String>,
    tracking: Option<String>,
    house: Option<Slug>,
    shelf: Option<String>,
    reason: Option<String>,
    back: String,
}

async fn scan(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    visitor: Visitor,
    PathKey(word): PathKey<String>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let list = list::find(&word)?;
    let act = caller.act(&app);
    let work = work(list, &form);
    let text = form.get("scan").to_owned();
    let deed = {
        let (app, act) = (app.clone(), act.clone());
        async move |tx: &mut Conn| -> Result<Done, Refusal> {
            let id = find::in_hand(tx, &app.keys, &text).await?.ok_or(Refusal::Unknown)?;
            let found = queue::find(tx, id).await?.ok_or(Refusal::Unknown)?;
            carry_out(tx, &act, &work, found).await?;
            Ok(Done::at(&work.back))
        }
    };
    let refusal = match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => return Ok(response),
        Err(Refusal::Db(error)) => return Err(error.into()),
        Err(refusal) => refusal,
    };
    let result = words_for(&app, &refusal, list, &visitor).await?;
    page(&app, &caller.0, &visitor, list, &form, StatusCode::CONFLICT, Some(result)).await
}

fn work(list: List, form: &Fields) -> Work {
    let text =
        |name| Some(clean(form.get(name)).chars().take(CHARS_MAX).collect::<String>()).filter(|text| !text.is_empty());
    let reason = match form.get("reason") {
        "other" => text("other").or_else(|| Some("other".to_owned())),
        chosen => RETURN_REASONS.iter().find(|reason| **reason == chosen).map(ToString::to_string),
    };
    let pairs = [
        ("house", form.get("house")),
        ("shelf", form.get("shelf")),
        ("carrier", form.get("carrier")),
        ("tracking", form.get("tracking")),
        ("reason", form.get("reason")),
        ("read", "1"),
    ];
    Work {
        list,
        carrier: text("carrier"),
        tracking: text("tracking"),
        house: form.get("house").parse().ok(),
        shelf: text("shelf"),
        reason,
        back: address(&list.path(), &pairs),
    }
}

async fn carry_out(tx: &mut Conn, act: &Act, work: &Work, found: CardAndTicket) -> Result<(), Refusal> {
    let card = found.card.id;
    let cards = BTreeSet::from([card]);
    let check = |list: &DispatchList| list.check(found.card.state, found.ticket.delivery.as_ref());
    let outcome = match work.list {
        List::Post => match check(&DispatchList::Post) {
            Err(refusal) => Err(refusal),
            Ok(()) => of_batch(hand_to_post(tx, act, &cards, work.carrier.clone(), work.tracking.clone()).await)?,
        },
        List::Shelf => {
            let house = work.house.clone().ok_or(Refusal::NoHouse)?;
            if let Err(refusal) = check(&DispatchList::Shelf(house.clone())) {
                Err(refusal)
            } else {
                let place = Deposit { house, shelf: work.shelf.clone(), opening: Opening::Mailed };
                match deposit(tx, act, &cards, &place).await {
                    Ok(_) => Ok(()),
                    Err(DepositError::NoSuchHouse(_)) => return Err(Refusal::NoHouse),
                    Err(DepositError::Cards(refusal)) => of_batch::<()>(Err(refusal))?,
                    Err(DepositError::Db(error)) => return Err(error.into()),
                }
            }
        }
        List::Returned => of_step(take_back(tx, act, card, work.reason.clone()).await.map(drop))?,
        List::Counter | List::Deposited => Err(NotInList::Elsewhere(found.card.state)),
    };
    outcome.map_err(|refusal| Refusal::NotHere(Box::new(found), refusal))
}

fn of_batch<T>(result: Result<T, BatchError>) -> Result<Result<(), NotInList>, Refusal> {
    match result {
        Ok(_) => Ok(Ok(())),
        Err(BatchError::Card { refusal, .. }) => of_step(Err(refusal)),
        Err(BatchError::InBox { number, .. }) => Err(Refusal::InBox(number)),
        Err(BatchError::Db(error)) => Err(error.into()),
    }
}

/// A card that moved on meanwhile is somewhere else.
fn of_step(result: Result<(), StepError>) -> Result<Result<(), NotInList>, Refusal> {
    match result {
        Ok(()) => Ok(Ok(())),
        Err(StepError::WrongState(wrong)) => Ok(Err(NotInList::Elsewhere(wrong.state))),
        Err(StepError::UnknownCard) => Err(Refusal::Unknown),
        Err(StepError::Db(error)) => Err(error.into()),
    }
}

/// What is said of a card that stays where it is, and where it can be set right.
async fn words_for(app: &SharedApp, refusal: &Refusal, list: List, visitor: &Visitor) -> Result<ScanResult, Problem> {
    let words = visitor.words;
    let (found, why) = match refusal {
        Refusal::NotHere(found, why) => (found, why),
        Refusal::NoHouse => return Ok(ScanResult::refused(words.t("mailroom-no-house"))),
        Refusal::InBox(number) => {
            return Ok(ScanResult::refused(words.t1("mailroom-read-in-box", "number", number.to_string())));
        }
        Refusal::Unknown | Refusal::Db(_) => return Ok(ScanResult::refused(words.t("mailroom-read-unknown"))),
    };
    let name = found.ticket.holder.name();
    match why {
        NotInList::Elsewhere(CardState::Dispatched) if list == List::Post => {
            let sentence = words.t1("mailroom-read-posted-before", "name", name);
            Ok(ScanResult { tone: "attention", symbol: "!", sentence, way_out: None })
        }
        NotInList::Elsewhere(CardState::Deposited) if list == List::Shelf => {
            let sentence = words.t1("mailroom-read-deposited-before", "name", name);
            Ok(ScanResult { tone: "attention", symbol: "!", sentence, way_out: None })
        }
        _ => not_in_list(app, found, why, visitor).await,
    }
}

/// What is said of a card that does not belong here, and where it can be set right.
pub(super) async fn not_in_list(
    app: &SharedApp,
    found: &CardAndTicket,
    why: &NotInList,
    visitor: &Visitor,
) -> Result<ScanResult, Problem> {
    let words = visitor.words;
    let name = found.ticket.holder.name();
    let result = match why {
        NotInList::Elsewhere(state) => {
            let state = StateLabel::of_card(*state, words).word;
            ScanResult::refused(words.t2("mailroom-read-elsewhere", ("name", name), ("state", state)))
        }
        NotInList::OtherHouse(house) => {
            let house = catalog::store::house(&mut app.db.read().await?, house).await?;
            let house = house.map(|house| house.name).unwrap_or_default();
            ScanResult::refused(words.t2("mailroom-read-other-house", ("name", name), ("house", house)))
        }
        NotInList::OtherWay(way) => {
            let key = match way {
                Way::Mail => "mailroom-read-is-post",
                Way::Pickup => "mailroom-read-is-pickup",
                Way::Counter => "mailroom-read-is-counter",
            };
            ScanResult::refused(words.t1(key, "name", name))
        }
    };
    Ok(match why {
        NotInList::OtherWay(_) | NotInList::OtherHouse(_) => {
            result.leading_to(format!("/cards/{}/way", found.card.id), words.t("mailroom-change-way"))
        }
        NotInList::Elsewhere(_) => result.leading_to(format!("/cards/{}", found.card.id), words.t("mailroom-see-card")),
    })
}

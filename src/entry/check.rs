//! The manual check: what a gate at this place would say of a code. It records nothing.

use super::settings;
use super::store::{foreign, rights};
use crate::app::App;
use crate::cards::{self, AnnualTicket};
use crate::catalog::store as catalog;
use crate::kernel::ids::AnnualTicketId;
use crate::kernel::localized::Localized;
use crate::kernel::slug::Slug;
use crate::kernel::{UtcMs, period};
use card::CardId as CodeId;
use card::{
    CardDay, ClockState, EntryRight, ForeignHash, Gate, KeyRing, Moment, Place, Policy, Reading, Reason, RecentUse,
    Scopes, Verdict, decide, read,
};
use chrono_tz::Tz;
use db::{Conn, DbError};

/// What to check, where and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The text of the code.
    pub code: String,
    /// The house to enter.
    pub house: Slug,
    /// The exhibition to enter, if it is one.
    pub exhibition: Option<Slug>,
    /// When.
    pub at: UtcMs,
}

/// What a gate would say, and what staff may see beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What a gate would say.
    pub verdict: Verdict,
    /// The first and the last day of the card, as far as the code told which card it is.
    pub days: Option<(CardDay, CardDay)>,
    /// Whose card it is, for annual tickets that are personalized.
    pub holder: Option<Bearer>,
    /// How many may enter with the holder.
    pub companions: u8,
    /// Which card it is, as far as the code told and the server knows it.
    pub card: Option<KnownCard>,
}

/// A card that the server knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCard {
    /// The id in its code.
    pub id: CodeId,
    /// The issue of the card that was shown; a short code does not tell it.
    pub issue: Option<u8>,
    /// What it is called that was sold; day tickets have no row of their own.
    pub product: Option<Localized>,
    /// The names of the houses that it opens, whole or in part.
    pub opens: Vec<String>,
}

/// The person to compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// The name on the card.
    pub name: String,
    /// The annual ticket whose portrait shows the person, if it has one.
    pub portrait: Option<AnnualTicketId>,
}

/// Why nothing was checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// There is no such house.
    #[error("there is no such house")]
    UnknownHouse,
    /// There is no such exhibition in that house.
    #[error("there is no such exhibition in that house")]
    UnknownExhibition,
    /// The installation's own keys are unusable.
    #[error(transparent)]
    Keys(#[from] card::InvalidKeyList),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A place at which codes are checked, with everything but the cards that a decision there needs.
#[derive(Debug)]
pub struct Station {
    place: Place,
    scopes: Scopes,
    policy: Policy,
    zone: Tz,
    ring: KeyRing,
}

impl Station {
    /// Loads what the server knows about a place.
    ///
    /// # Errors
    /// When the place is not known.
    pub async fn open(
        conn: &mut Conn,
        app: &App,
        house_key: &Slug,
        exhibition_key: Option<&Slug>,
    ) -> Result<Self, CheckError> {
        let house = catalog::house(conn, house_key).await?.ok_or(CheckError::UnknownHouse)?;
        if let Some(key) = exhibition_key {
            let exhibition = catalog::exhibition(conn, key).await?;
            if exhibition.is_none_or(|exhibition| exhibition.house != *house_key) {
                return Err(CheckError::UnknownExhibition);
            }
        }
        Ok(Self {
            place: settings::place(house_key, exhibition_key),
            scopes: settings::scopes(conn).await?,
            policy: settings::policy(&house),
            zone: house.zone(),
            ring: KeyRing::new(&app.keys.key_list())?,
        })
    }

    /// What the text of a code says.
    ///
    /// # Errors
    /// Why it is no code of ours.
    pub fn read(&self, code: &str) -> Result<Reading, Reason> {
        read(code.trim(), &self.ring)
    }

    /// What a gate here would say of a code whose card has this right.
    pub fn verdict(&self, reading: &Reading, right: Option<&EntryRight>, at: UtcMs) -> Verdict {
        let today = CardDay::clamped_from_date(period::local_day(at, self.zone));
        let moment =
            Moment { now_ms: at.0, today, clock: ClockState::Trusted, data_day: Some(today), data_age_secs: Some(0) };
        let gate = Gate { place: &self.place, scopes: &self.scopes, policy: &self.policy };
        decide(reading, right, gate, &RecentUse::default(), &moment)
    }
}

/// Decides as a gate at this place would, with everything the server knows and no memory of recent scans.
///
/// # Errors
/// When the place is not known.
pub async fn check(app: &App, question: &Question) -> Result<Answer, CheckError> {
    let mut conn = app.db.read().await?;
    let station = Station::open(&mut conn, app, &question.house, question.exhibition.as_ref()).await?;
    let reading = match station.read(&question.code) {
        Ok(reading) => Ok(reading),
        Err(reason) => find_foreign(&mut conn, &question.code, reason).await?.ok_or(reason),
    };
    let reading = match reading {
        Ok(reading) => reading,
        Err(reason) => {
            let verdict = Verdict::Refuse(reason);
            return Ok(Answer { verdict, days: None, holder: None, companions: 0, card: None });
        }
    };
    let right = find_right(&mut conn, &reading).await?;
    let verdict = station.verdict(&reading, right.as_ref(), question.at);
    let ticket = match &right {
        Some(right) => cards::annual_ticket_of_code(&mut conn, right.card_id).await?,
        None => None,
    };
    Ok(Answer {
        verdict,
        days: days(&reading, right.as_ref()),
        companions: companions(&reading, right.as_ref()),
        card: match &right {
            Some(right) => Some(known_card(&mut conn, &reading, right, ticket.as_ref()).await?),
            None => None,
        },
        holder: ticket.as_ref().and_then(bearer),
    })
}

/// The right of the card that was read, if the server knows it.
///
/// # Errors
/// When the database refuses.
pub async fn find_right(conn: &mut Conn, reading: &Reading) -> Result<Option<EntryRight>, DbError> {
    match reading {
        Reading::Signed(card) => rights::find(conn, card.code().card_id).await,
        Reading::Short(hash) => rights::find_short(conn, *hash).await,
        Reading::Foreign(id) => rights::find(conn, *id).await,
    }
}

/// The card that a text stands for as a code of an older system.
///
/// # Errors
/// When the database refuses.
pub async fn find_foreign(conn: &mut Conn, text: &str, reason: Reason) -> Result<Option<Reading>, DbError> {
    let hash = ForeignHash::of_text(text).filter(|_| ForeignHash::may_follow(reason));
    match hash {
        Some(hash) => Ok(foreign::find(conn, hash).await?.map(Reading::Foreign)),
        None => Ok(None),
    }
}

fn days(reading: &Reading, right: Option<&EntryRight>) -> Option<(CardDay, CardDay)> {
    match (right, reading) {
        (Some(right), _) => Some((right.not_before, right.last_day(right.first_entry))),
        (None, Reading::Signed(card)) => Some((card.code().not_before, card.code().not_after)),
        (None, Reading::Short(_) | Reading::Foreign(_)) => None,
    }
}

fn companions(reading: &Reading, right: Option<&EntryRight>) -> u8 {
    match (right, reading) {
        (Some(right), _) => right.flags.companions(),
        (None, Reading::Signed(card)) => card.code().flags.companions(),
        (None, Reading::Short(_) | Reading::Foreign(_)) => 0,
    }
}

fn bearer(ticket: &AnnualTicket) -> Option<Bearer> {
    let bearer = Bearer { name: ticket.holder.name(), portrait: ticket.photo_id.map(|_| ticket.id) };
    Some(bearer).filter(|bearer| !bearer.name.is_empty())
}

async fn known_card(
    conn: &mut Conn,
    reading: &Reading,
    right: &EntryRight,
    ticket: Option<&AnnualTicket>,
) -> Result<KnownCard, DbError> {
    let product = match ticket {
        Some(ticket) => catalog::product(conn, &ticket.product).await?.map(|product| product.names),
        None => None,
    };
    let issue = match reading {
        Reading::Signed(card) => Some(card.code().issue),
        Reading::Short(_) | Reading::Foreign(_) => None,
    };
    Ok(KnownCard { id: right.card_id, issue, product, opens: houses_of(conn, right.scope.get()).await? })
}

async fn houses_of(conn: &mut Conn, scope_id: u16) -> Result<Vec<String>, DbError> {
    let Some(scope) = catalog::scope_by_id(conn, scope_id).await? else { return Ok(Vec::new()) };
    let mut keys = scope.houses;
    for key in &scope.exhibitions {
        keys.extend(catalog::exhibition(conn, key).await?.map(|exhibition| exhibition.house));
    }
    let houses = catalog::houses(conn).await?;
    Ok(houses.into_iter().filter(|house| keys.contains(&house.key)).map(|house| house.name).collect())
}

//! A basket with its price as pages show it: lines with old and new prices, what each code does or why it does nothing, what stands in
//! the way, and the sums.

use super::code_hints::{hint_at, waiting};
use super::names::short_day;
use super::reasons::{problem_text, reason_text};
use super::wish::Wish;
use crate::app::SharedApp;
use crate::catalog::product::Channel;
use crate::catalog::{ProductKind, object::Finding};
use crate::kernel::{Cents, UtcMs};
use crate::promotions;
use crate::promotions::guessing::{self, Client};
use crate::sales::api::OVERRIDE;
use crate::sales::basket::Customer;
use crate::sales::price_basket::{self, PriceError, Priced, price_basket};
use crate::sales::shop::Shop;
use crate::web::Problem;
use crate::web::caller::Caller;
use crate::web::pages::{Visitor, Words};
use db::{Conn, Db};
use pricing::{Offer, Reason, TicketPart};

/// A basket with its price.
#[derive(Debug, Clone)]
pub(super) struct BasketView {
    /// Its lines.
    pub(super) lines: Vec<LineView>,
    /// The entered codes, each with what it does.
    pub(super) codes: Vec<CodeView>,
    /// The offers that act without a code.
    pub(super) offers: Vec<CodeView>,
    /// What is to pay.
    pub(super) total: String,
    /// The same in cents.
    pub(super) total_cents: i64,
    /// The same as forms carry it.
    pub(super) expected_total: String,
    /// The sum of the regular prices, where something is saved.
    pub(super) regular: Option<String>,
    /// What is saved.
    pub(super) saving: Option<String>,
    /// How many tickets.
    pub(super) tickets: u32,
    /// How many tickets for how much, as a sentence.
    pub(super) says: String,
    /// Whether an order of it can be placed.
    pub(super) sellable: bool,
    /// Whether a typed code could work now.
    pub(super) code_entry_open: bool,
    /// Until when its tickets are held, and how many, as a sentence.
    pub(super) held: Option<String>,
    /// The kinds of its products.
    kinds: Vec<ProductKind>,
    /// The ways in which none of its cards comes.
    closed_ways: Vec<&'static str>,
    /// What was taken out of the basket, because it cannot be sold any more.
    pub(super) taken_out: Vec<String>,
}

/// A line of the basket.
#[derive(Debug, Clone)]
pub(super) struct LineView {
    pub(super) place: usize,
    pub(super) quantity: u32,
    pub(super) name: String,
    pub(super) detail: String,
    /// What it costs.
    pub(super) now: String,
    /// What it would cost without offers, where it costs less.
    pub(super) before: Option<String>,
    /// The offers that act on it.
    pub(super) notes: Vec<String>,
    /// What stands in its way.
    pub(super) problem: Option<String>,
    /// Whether staff may sell it nevertheless, with a reason.
    pub(super) may_override: bool,
    /// Whether the gate asks for a proof.
    pub(super) check_proof: bool,
}

/// A code, or an offer that acts without one.
#[derive(Debug, Clone)]
pub(super) struct CodeView {
    pub(super) place: usize,
    pub(super) code: String,
    /// `good`, `attention` or `calm`.
    pub(super) tone: &'static str,
    pub(super) symbol: &'static str,
    pub(super) text: String,
    /// The offer that staff may use without its minimums, with a reason.
    pub(super) may_override: Option<String>,
    /// The offer that staff use so already.
    pub(super) overridden: Option<String>,
}

/// Who looks at the basket.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looker<'a> {
    pub(super) words: Words,
    pub(super) shop: &'a Shop,
    pub(super) channel: Channel,
    pub(super) now: UtcMs,
    /// Whether they may sell against the rules.
    pub(super) may_override: bool,
    /// Who buys, where they are signed in.
    pub(super) known: Option<&'a Customer>,
    /// Who may be guessing codes, and where that is noted; staff are not.
    pub(super) guesser: Option<(&'a Db, Client)>,
}

impl<'a> Looker<'a> {
    /// Staff who sell on this channel.
    pub(super) fn of_staff(
        app: &SharedApp,
        caller: &Caller,
        visitor: &Visitor,
        shop: &'a Shop,
        channel: Channel,
    ) -> Self {
        let may_override = caller.has_right(OVERRIDE);
        Self { words: visitor.words, shop, channel, now: app.clock.now(), may_override, known: None, guesser: None }
    }
}

impl BasketView {
    /// Whether all of its cards come to their holders in this way.
    pub(super) fn comes_by(&self, way: &str) -> bool {
        !self.closed_ways.contains(&way)
    }

    /// Whether a card must come to somebody.
    pub(super) fn has_annual_tickets(&self) -> bool {
        self.kinds.contains(&ProductKind::AnnualTicket)
    }

    /// Whether somebody could go in with it at once.
    pub(super) fn has_day_tickets(&self) -> bool {
        self.kinds.contains(&ProductKind::DayTicket)
    }
}

/// Prices a basket and shows it. Lines that name what is not sold any more are taken out of it, and named.
pub(super) async fn look(conn: &mut Conn, wish: &mut Wish, looker: &Looker<'_>) -> Result<BasketView, Problem> {
    if let Some((_, client)) = looker.guesser
        && !wish.codes.is_empty()
        && guessing::has_to_wait(conn, client, looker.now).await?
    {
        let codes = std::mem::take(&mut wish.codes);
        let view = look_on(conn, wish, looker).await;
        wish.codes = codes;
        return Ok(BasketView { codes: waiting(&wish.codes, looker.words), ..view? });
    }
    look_on(conn, wish, looker).await
}

async fn look_on(conn: &mut Conn, wish: &mut Wish, looker: &Looker<'_>) -> Result<BasketView, Problem> {
    let mut taken_out = Vec::new();
    let mut priced = loop {
        let basket = wish.basket(looker.channel).checked()?;
        match price_basket(conn, &looker.shop.frame, looker.now, &basket).await {
            Ok(priced) => break priced,
            Err(PriceError::Basket(finding)) => taken_out.push(take_out(wish, &finding, looker.words)?),
            Err(PriceError::Db(error)) => return Err(error.into()),
        }
    };
    let open = price_basket::code_entry_open(conn, &looker.shop.frame, &priced).await?;
    let held = match wish.hold {
        Some(hold) => promotions::held_until(conn, hold).await?,
        None => None,
    };
    let held = held.filter(|until| *until > looker.now).map(|until| {
        let until = until.to_datetime().with_timezone(&looker.shop.frame.zone);
        looker.words.t1("basket-held", "time", looker.words.time(until.time()))
    });
    speak(conn, &mut priced, looker.words).await?;
    let mut view = BasketView { held, ..view(&priced, wish, looker, open, taken_out) };
    hint_at(conn, &priced, &mut view.codes, looker).await?;
    Ok(view)
}

/// Has the offers say what they are called in the language of whoever looks.
async fn speak(conn: &mut Conn, priced: &mut Priced, words: Words) -> Result<(), Problem> {
    let keys: Vec<String> = priced.scenario.offers.iter().map(|offer| offer.id.clone()).collect();
    let mut texts = promotions::offer_texts(conn, &keys, words.language.as_str()).await?;
    for offer in &mut priced.scenario.offers {
        if let Some(text) = texts.remove(&offer.id) {
            offer.name = text.name.or_else(|| offer.name.take());
            offer.description = text.description.or_else(|| offer.description.take());
        }
    }
    Ok(())
}

/// Takes out what a finding is about, and says so.
fn take_out(wish: &mut Wish, finding: &Finding, words: Words) -> Result<String, Problem> {
    let place = |list: &str| -> Option<usize> {
        finding.path.strip_prefix(list)?.strip_prefix('[')?.split(']').next()?.parse().ok()
    };
    if let Some(place) = place("items").filter(|place| *place < wish.lines.len()) {
        let product = wish.lines[place].product.to_string();
        wish.remove(place);
        let key = if finding.reason == "invalid_date" { "basket-day-is-over" } else { "basket-no-longer-sold" };
        return Ok(words.t1(key, "product", product));
    }
    if let Some(place) = place("staff_overrides").filter(|place| *place < wish.overrides.len()) {
        let (offer, _) = wish.overrides.remove(place);
        return Ok(words.t1("basket-offer-gone", "offer", offer.to_string()));
    }
    Err(finding.clone().into())
}

fn view(priced: &Priced, wish: &Wish, looker: &Looker<'_>, open: bool, taken_out: Vec<String>) -> BasketView {
    let price = &priced.price;
    let money = |amount: Cents| looker.words.money(amount, &looker.shop.frame.currency);
    let saved = price.discount_total > Cents::ZERO;
    let kinds: Vec<ProductKind> =
        wish.lines.iter().filter_map(|line| Some(priced.assortment.products.get(&line.product)?.kind)).collect();
    BasketView {
        lines: (0..wish.lines.len()).map(|place| line_view(priced, wish, place, looker)).collect(),
        codes: wish
            .codes
            .iter()
            .enumerate()
            .map(|(place, code)| code_view(priced, wish, place, code, looker))
            .collect(),
        offers: offers_without_code(priced, wish, looker),
        total: money(price.total),
        total_cents: price.total.0,
        expected_total: price.total.to_string(),
        regular: saved.then(|| money(price.original_total)),
        saving: saved.then(|| money(Cents(-price.discount_total.0))),
        tickets: wish.tickets(),
        says: looker.words.t2("till-says", ("count", wish.tickets()), ("total", money(price.total))),
        sellable: !price.tickets.is_empty() && price.can_be_placed(),
        code_entry_open: open,
        held: None,
        kinds,
        closed_ways: ["mail", "pickup", "counter"]
            .into_iter()
            .filter(|way| !priced.assortment.cards().all(|product| product.comes_by(way)))
            .collect(),
        taken_out,
    }
}

fn line_view(priced: &Priced, wish: &Wish, place: usize, looker: &Looker<'_>) -> LineView {
    let (words, language) = (looker.words, looker.words.language.as_str());
    let money = |amount: Cents| words.money(amount, &looker.shop.frame.currency);
    let line = &wish.lines[place];
    let assortment = &priced.assortment;
    let product = assortment.products.get(&line.product);
    let category = assortment.categories.get(&line.category);
    let audience = line.audience.as_ref().and_then(|key| assortment.audiences.get(key));
    let mut detail: Vec<String> = category.iter().map(|category| category.names.get(language).to_owned()).collect();
    detail.extend(audience.map(|audience| audience.names.get(language).to_owned()));
    if product.is_some_and(|product| product.kind == ProductKind::DayTicket) {
        detail.extend(line.house.as_ref().and_then(|key| assortment.houses.get(key)).map(|house| house.name.clone()));
        let event = line.event.as_ref().and_then(|key| assortment.events.get(key));
        detail.extend(event.map(|event| event.names.get(language).to_owned()));
        detail.extend(line.date.map(|date| short_day(words, date)));
    }
    let tickets = || priced.price.tickets.iter().filter(|ticket| ticket.line == place);
    let now: Cents = tickets().map(|ticket| ticket.paid_price).sum();
    let before: Cents = tickets().map(|ticket| ticket.list_price).sum();
    let problem = priced.price.problems.iter().find(|problem| problem.line == place.to_string());
    LineView {
        place,
        quantity: line.quantity,
        name: product.map_or_else(|| line.product.to_string(), |product| product.names.get(language).to_owned()),
        detail: detail.join(" · "),
        now: if tickets().next().is_some() { money(now) } else { "–".to_owned() },
        before: (before > now).then(|| money(before)),
        notes: notes(priced, place, looker),
        problem: problem.map(|problem| problem_text(problem, priced.scenario.basket.get(place), words)),
        may_override: looker.may_override
            && problem.is_some_and(|problem| !problem.overridden && problem.left.is_none())
            && tickets().next().is_some(),
        check_proof: category.is_some_and(|category| category.check_proof)
            || audience.is_some_and(|audience| audience.check_proof),
    }
}

/// What each offer does to a line.
fn notes(priced: &Priced, place: usize, looker: &Looker<'_>) -> Vec<String> {
    let money = |amount: Cents| looker.words.money(amount, &looker.shop.frame.currency);
    let note = |(index, applied): (usize, &pricing::AppliedOffer)| {
        let tickets = priced.price.tickets.iter().filter(|ticket| ticket.line == place);
        let shares: Vec<_> = tickets.flat_map(|ticket| &ticket.offers).filter(|share| share.applied == index).collect();
        let saved: Cents = shares.iter().map(|share| share.discount).sum();
        let pairs = shares.iter().any(|share| share.part != TicketPart::Discounted);
        let name = offer_name(priced, &applied.offer);
        if saved > Cents::ZERO {
            return Some(looker.words.t2("basket-line-saves", ("offer", name), ("amount", money(saved))));
        }
        pairs.then(|| looker.words.t1("basket-line-takes-part", "offer", name))
    };
    priced.price.applied.iter().enumerate().filter_map(note).collect()
}

fn code_view(priced: &Priced, wish: &Wish, place: usize, code: &str, looker: &Looker<'_>) -> CodeView {
    let words = looker.words;
    let money = |amount: Cents| words.money(amount, &looker.shop.frame.currency);
    let fold = pricing::fold_code(code);
    let offer = offer_of_code(priced, &fold);
    let view = |tone, symbol, text| CodeView {
        place,
        code: code.to_owned(),
        tone,
        symbol,
        text,
        may_override: None,
        overridden: None,
    };
    let is_this =
        |applied: &&pricing::AppliedOffer| applied.code.as_ref().is_some_and(|used| pricing::fold_code(used) == fold);
    if let Some(applied) = priced.price.applied.iter().find(is_this) {
        let name = offer_name(priced, &applied.offer);
        let text = words.t2("code-applied", ("offer", name), ("amount", money(applied.discount)));
        return view("good", "✓", with_description(text, offer));
    }
    if let Some(rejected) = priced.price.rejected.iter().find(|rejected| rejected.code == code) {
        let text = reason_text(rejected.reason, offer, looker);
        let overridable =
            matches!(rejected.reason, Reason::BelowMinimumOrder | Reason::TooFewTickets | Reason::TooManyTickets);
        let is_overridden = |offer: &&Offer| wish.overrides.iter().any(|(key, _)| key.as_str() == offer.id);
        let may_override = offer.filter(|offer| looker.may_override && overridable && !is_overridden(offer));
        return CodeView { may_override: may_override.map(|offer| offer.id.clone()), ..view("attention", "!", text) };
    }
    if priced.price.pending.iter().any(|pending| pending == code) {
        return view("calm", "…", words.t("code-pending"));
    }
    view("calm", "…", words.t("code-unlocks"))
}

/// The offers that act on their own, and those that staff use without their codes.
fn offers_without_code(priced: &Priced, wish: &Wish, looker: &Looker<'_>) -> Vec<CodeView> {
    let money = |amount: Cents| looker.words.money(amount, &looker.shop.frame.currency);
    let without = priced.price.applied.iter().filter(|applied| applied.code.is_none());
    let acting = without.map(|applied| {
        let overridden = wish.overrides.iter().any(|(key, _)| key.as_str() == applied.offer);
        CodeView {
            place: 0,
            code: offer_name(priced, &applied.offer),
            tone: "good",
            symbol: "✓",
            text: with_description(
                looker.words.t1("offer-acts", "amount", money(applied.discount)),
                priced.scenario.offers.iter().find(|offer| offer.id == applied.offer),
            ),
            may_override: None,
            overridden: overridden.then(|| applied.offer.clone()),
        }
    });
    let is_idle = |key: &str| priced.price.applied.iter().all(|applied| applied.offer != key);
    let idle = wish.overrides.iter().filter(|(key, _)| is_idle(key.as_str())).map(|(key, _)| CodeView {
        place: 0,
        code: offer_name(priced, key.as_str()),
        tone: "attention",
        symbol: "!",
        text: looker.words.t("code-reason-no-better-price"),
        may_override: None,
        overridden: Some(key.to_string()),
    });
    acting.chain(idle).collect()
}

/// What an offer does, and the sentence that it says to customers.
fn with_description(text: String, offer: Option<&Offer>) -> String {
    match offer.and_then(|offer| offer.description.as_ref()) {
        Some(description) => format!("{text} {description}"),
        None => text,
    }
}

fn offer_name(priced: &Priced, id: &str) -> String {
    let offer = priced.scenario.offers.iter().find(|offer| offer.id == id);
    offer.and_then(|offer| offer.name.clone()).unwrap_or_else(|| id.to_owned())
}

fn offer_of_code<'p>(priced: &'p Priced, fold: &str) -> Option<&'p Offer> {
    let offers = &priced.scenario.offers;
    offers.iter().find(|offer| offer.codes.iter().any(|code| pricing::fold_code(&code.code) == fold))
}

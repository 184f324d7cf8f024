//! Which offers take part: every entered code, every automatic offer and every offer of a staff override is checked on
//! its own, in the order of [`Reason`]; what passes is one *use* of its offer.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::code::fold_code;
use crate::effect::Effect;
use crate::money::Cents;
use crate::offer::{Activation, Offer, OfferCode};
use crate::reason::Reason;
use crate::scenario::{Line, Scenario};
use crate::scope;

/// One use of an offer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Use<'s> {
    /// The offer.
    pub(crate) offer: &'s Offer,
    /// Its place on the list.
    pub(crate) position: usize,
    /// What brought it into play.
    pub(crate) origin: Origin<'s>,
}

/// What brought a use into play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin<'s> {
    /// It acts without anybody asking for it.
    Automatic,
    /// Staff asked for it without a code.
    Staff,
    /// An entered code: its place among the entered ones and the code as the shop stored it.
    Code { entered: usize, code: &'s str },
}

impl<'s> Use<'s> {
    /// The code of the use, as the shop stored it.
    pub(crate) fn code(&self) -> Option<&'s str> {
        match self.origin {
            Origin::Code { code, .. } => Some(code),
            Origin::Automatic | Origin::Staff => None,
        }
    }

    /// Order of precedence: the list of offers, then automatic and staff uses, then the codes as entered.
    pub(crate) fn rank(&self) -> (usize, usize) {
        match self.origin {
            Origin::Automatic => (self.position, 0),
            Origin::Staff => (self.position, 1),
            Origin::Code { entered, .. } => (self.position, 2 + entered),
        }
    }

    /// Whether no other code may be used beside it; an offer that acts alone is no code.
    pub(crate) fn is_exclusive(&self) -> bool {
        self.offer.exclusive && self.offer.activation != Activation::Automatic
    }

    /// Whether leaving the use out costs the customer something besides money.
    pub(crate) fn has_actions(&self) -> bool {
        !self.offer.customer_actions.is_empty()
    }
}

/// All uses that are valid on their own, and the fate of every other entered code.
#[derive(Debug, Default)]
pub(crate) struct Participants<'s> {
    /// Valid `automatic` offers, in list order; at most one of them will act.
    pub(crate) alone: Vec<Use<'s>>,
    /// Everything that competes and combines, ordered by [`Use::rank`].
    pub(crate) competing: Vec<Use<'s>>,
    /// Codes that failed a check of their own: place among the entered ones, reason.
    pub(crate) refused: Vec<(usize, Reason)>,
}

/// Finds out which offers take part.
pub(crate) fn participants(scenario: &Scenario) -> Participants<'_> {
    let today = scenario.now.with_timezone(&scenario.timezone).date_naive();
    let mut checks = Checks { scenario, today, order_value: order_value(&scenario.basket), partners: HashSet::new() };
    checks.partners.extend(scenario.customer.as_ref().and_then(|customer| customer.partner.as_deref()));

    let entered = Entered::new(scenario);
    checks.learn_partners(&entered);

    let mut found = Participants::default();
    let mut overridden: HashSet<usize> = HashSet::new();
    for (place, entry) in entered.entries.iter().enumerate() {
        match entry {
            Entry::OnlyUnlocks => {}
            Entry::Refused(reason) => found.refused.push((place, *reason)),
            Entry::Offer { position, code } => match checks.check(&scenario.offers[*position], Some(code)) {
                Ok(()) => {
                    overridden.insert(*position);
                    let origin = Origin::Code { entered: place, code: &code.code };
                    found.competing.push(Use { offer: &scenario.offers[*position], position: *position, origin });
                }
                Err(reason) => found.refused.push((place, reason)),
            },
        }
    }
    for (position, offer) in scenario.offers.iter().enumerate() {
        let wanted = match offer.activation {
            Activation::Automatic | Activation::AutomaticCombinable => Some(Origin::Automatic),
            // A code of the offer that is entered anyway is its use; the override then only lifts the minimum.
            Activation::Code if is_overridden(scenario, offer) && !overridden.contains(&position) => {
                Some(Origin::Staff)
            }
            Activation::Code => None,
        };
        let Some(origin) = wanted else { continue };
        if checks.check(offer, None).is_ok() {
            let accepted = Use { offer, position, origin };
            match offer.activation {
                Activation::Automatic => found.alone.push(accepted),
                Activation::AutomaticCombinable | Activation::Code => found.competing.push(accepted),
            }
        }
    }
    found.competing.sort_by_key(Use::rank);
    found
}

/// Whether the staff of a staffed channel override the conditions of an offer.
fn is_overridden(scenario: &Scenario, offer: &Offer) -> bool {
    scenario.channel.is_staffed() && scenario.staff_overrides.contains(&offer.id)
}

/// Sum of the regular prices of a basket.
pub(crate) fn order_value(basket: &[Line]) -> Cents {
    basket.iter().filter_map(|line| Some(Cents(line.unit_price?.0 * i64::from(line.quantity)))).sum()
}

/// The offer that a text is a code of.
pub(crate) fn find_code<'s>(scenario: &'s Scenario, text: &str) -> Option<&'s Offer> {
    let text = fold_code(text);
    scenario.offers.iter().find(|offer| offer.codes.iter().any(|code| fold_code(&code.code) == text))
}

/// What an entered text turned out to be.
enum Entry<'s> {
    OnlyUnlocks,
    Refused(Reason),
    Offer { position: usize, code: &'s OfferCode },
}

struct Entered<'s> {
    entries: Vec<Entry<'s>>,
}

impl<'s> Entered<'s> {
    fn new(scenario: &'s Scenario) -> Entered<'s> {
        if scenario.codes_entered.is_empty() {
            return Entered { entries: Vec::new() };
        }
        let folded: Vec<String> = scenario.codes_entered.iter().map(|code| fold_code(code)).collect();
        let wanted: HashSet<&str> = folded.iter().map(String::as_str).collect();
        let mut known: HashMap<String, (usize, &OfferCode)> = HashMap::new();
        for (position, offer) in scenario.offers.iter().enumerate() {
            for code in &offer.codes {
                let text = fold_code(&code.code);
                if wanted.contains(text.as_str()) {
                    known.entry(text).or_insert((position, code));
                }
            }
        }
        let unlocks = |text: &str| {
            let mut codes = scenario.basket.iter().flat_map(|line| &line.sale_rules.codes);
            codes.any(|code| fold_code(code) == text)
        };
        let entries = folded.iter().enumerate().map(|(place, text)| match known.get(text) {
            Some(_) if folded[..place].contains(text) => Entry::Refused(Reason::AlreadyEntered),
            Some((position, code)) => Entry::Offer { position: *position, code },
            None if !text.is_empty() && unlocks(text) => Entry::OnlyUnlocks,
            None => Entry::Refused(Reason::UnknownCode),
        });
        Entered { entries: entries.collect() }
    }
}

struct Checks<'s> {
    scenario: &'s Scenario,
    today: NaiveDate,
    order_value: Cents,
    partners: HashSet<&'s str>,
}

impl<'s> Checks<'s> {
    /// Codes that assign a partner come first; the partner counts for all other offers, also for one that assigns the next.
    fn learn_partners(&mut self, entered: &Entered<'s>) {
        let scenario = self.scenario;
        let by_code = entered.entries.iter().filter_map(|entry| match entry {
            Entry::Offer { position, code } => Some((&scenario.offers[*position], Some(*code))),
            Entry::OnlyUnlocks | Entry::Refused(_) => None,
        });
        let by_staff = scenario.offers.iter().filter(|offer| is_overridden(scenario, offer)).map(|offer| (offer, None));
        let assigning: Vec<(&Offer, Option<&OfferCode>)> = by_code
            .chain(by_staff)
            .filter(|(offer, _)| offer.customer_actions.iter().any(|action| action.assigned_partner().is_some()))
            .collect();
        loop {
            let before = self.partners.len();
            for (offer, code) in &assigning {
                if self.check(offer, *code).is_ok() {
                    self.partners.extend(offer.customer_actions.iter().filter_map(|action| action.assigned_partner()));
                }
            }
            if self.partners.len() == before {
                return;
            }
        }
    }

    fn check(&self, offer: &Offer, code: Option<&OfferCode>) -> Result<(), Reason> {
        self.check_standing(offer, code)?;
        self.check_buyer(offer)?;
        if self.scenario.basket.is_empty() { Ok(()) } else { self.check_basket(offer) }
    }

    fn check_standing(&self, offer: &Offer, code: Option<&OfferCode>) -> Result<(), Reason> {
        let reached = |used: u32, max: Option<u32>| max.is_some_and(|max| used >= max);
        if !offer.enabled || code.is_some_and(|code| !code.enabled) {
            return Err(Reason::Disabled);
        }
        if offer.valid_from.is_some_and(|first| self.today < first) {
            return Err(Reason::NotYetValid);
        }
        if offer.valid_until.is_some_and(|last| self.today > last) {
            return Err(Reason::Expired);
        }
        if code.is_some_and(|code| reached(code.used, code.max_uses))
            || reached(offer.orders_used, offer.max_orders)
            || reached(offer.customer_orders_used, offer.max_orders_per_customer)
            || reached(offer.tickets_used, offer.max_tickets_total)
        {
            return Err(Reason::Exhausted);
        }
        Ok(())
    }

    fn check_buyer(&self, offer: &Offer) -> Result<(), Reason> {
        let scenario = self.scenario;
        if !offer.channels.is_empty() && !offer.channels.contains(&scenario.channel) {
            return Err(Reason::WrongChannel);
        }
        let desk = scenario.box_office_profile.as_ref();
        if !offer.box_office_profiles.is_empty() && !desk.is_some_and(|desk| offer.box_office_profiles.contains(desk)) {
            return Err(Reason::WrongBoxOfficeProfile);
        }
        let groups = &offer.customers;
        let is_customer =
            |belongs: &dyn Fn(&crate::scenario::Customer) -> bool| scenario.customer.as_ref().is_some_and(belongs);
        let belongs = groups.is_everybody()
            || (groups.existing && is_customer(&|customer| customer.existing))
            || (groups.newsletter && is_customer(&|customer| customer.newsletter))
            || is_customer(&|customer| customer.id.as_ref().is_some_and(|id| groups.list.contains(id)))
            || groups.partners.iter().any(|partner| self.partners.contains(partner.as_str()));
        if belongs { Ok(()) } else { Err(Reason::NotForThisCustomer) }
    }

    fn check_basket(&self, offer: &Offer) -> Result<(), Reason> {
        let mut tickets = 0;
        let mut furthest = Reason::WrongMuseum;
        let mut discountable = false;
        let mut has_room = false;
        for line in &self.scenario.basket {
            match scope::check(offer, line) {
                Ok(()) => {
                    tickets += line.quantity;
                    if may_discount(offer, line) {
                        discountable = true;
                        has_room |= offer
                            .item_limits
                            .iter()
                            .all(|limit| limit.left() != Some(0) || !scope::contains(&limit.scope, line));
                    }
                }
                Err(reason) => furthest = furthest.max(reason),
            }
        }
        if tickets == 0 {
            return Err(furthest);
        }
        if discountable && !has_room {
            return Err(Reason::Exhausted);
        }
        if is_overridden(self.scenario, offer) {
            return Ok(());
        }
        if offer.min_order_value.is_some_and(|least| self.order_value < least) {
            return Err(Reason::BelowMinimumOrder);
        }
        if offer.min_tickets.is_some_and(|least| tickets < least) {
            return Err(Reason::TooFewTickets);
        }
        if offer.max_tickets.is_some_and(|most| tickets > most) {
            return Err(Reason::TooManyTickets);
        }
        Ok(())
    }
}

/// Whether the effect could discount a ticket in scope: of a bundle only the rewarded ones are discounted.
fn may_discount(offer: &Offer, line: &Line) -> bool {
    match &offer.effect {
        Some(Effect::Bundle(bundle)) => scope::contains(&bundle.get_scope, line),
        _ => true,
    }
}

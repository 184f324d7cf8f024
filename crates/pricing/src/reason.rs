//! Why a code is refused and why a line cannot be sold, in the order of checking.

use serde::Serialize;

/// Why an entered code is not used. The order of the variants is the order of checking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No offer has this code.
    UnknownCode,
    /// The same code stands earlier among the entered ones.
    AlreadyEntered,
    /// The offer or the code is switched off.
    Disabled,
    /// The first valid day is still to come.
    NotYetValid,
    /// The last valid day is over.
    Expired,
    /// The uses of the code, the orders or the tickets of the offer are used up.
    Exhausted,
    /// Not for this sale channel.
    WrongChannel,
    /// Not for this desk.
    WrongBoxOfficeProfile,
    /// The customer belongs to none of the named groups.
    NotForThisCustomer,
    /// No ticket is for a museum of the offer.
    WrongMuseum,
    /// No ticket is for an exhibition of the offer.
    WrongExhibition,
    /// No ticket is for an event of the offer.
    WrongEvent,
    /// No ticket has a product, category or audience of the offer.
    NoMatchingTickets,
    /// The whole basket is worth less than the offer asks for.
    BelowMinimumOrder,
    /// Fewer tickets in scope than the offer asks for.
    TooFewTickets,
    /// More tickets in scope than the offer allows.
    TooManyTickets,
    /// An automatic offer acts on this basket, and it acts alone.
    AutomaticOfferActive,
    /// It cannot share the order with the codes that are used.
    NotCombinable,
    /// The price is as low without it.
    NoBetterPrice,
}

impl Reason {
    /// The name in results.
    pub fn name(self) -> &'static str {
        match self {
            Reason::UnknownCode => "unknown_code",
            Reason::AlreadyEntered => "already_entered",
            Reason::Disabled => "disabled",
            Reason::NotYetValid => "not_yet_valid",
            Reason::Expired => "expired",
            Reason::Exhausted => "exhausted",
            Reason::WrongChannel => "wrong_channel",
            Reason::WrongBoxOfficeProfile => "wrong_box_office_profile",
            Reason::NotForThisCustomer => "not_for_this_customer",
            Reason::WrongMuseum => "wrong_museum",
            Reason::WrongExhibition => "wrong_exhibition",
            Reason::WrongEvent => "wrong_event",
            Reason::NoMatchingTickets => "no_matching_tickets",
            Reason::BelowMinimumOrder => "below_minimum_order",
            Reason::TooFewTickets => "too_few_tickets",
            Reason::TooManyTickets => "too_many_tickets",
            Reason::AutomaticOfferActive => "automatic_offer_active",
            Reason::NotCombinable => "not_combinable",
            Reason::NoBetterPrice => "no_better_price",
        }
    }

    /// Whether the reason is about the combination, not about the code alone: the code is good, the price is no worse.
    pub fn is_about_combination(self) -> bool {
        matches!(self, Reason::AutomaticOfferActive | Reason::NotCombinable | Reason::NoBetterPrice)
    }
}

/// Why a line cannot be sold as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemReason {
    /// It has no regular price and no price list in play sells it.
    NotForSale,
    /// Not sold on this channel.
    WrongChannel,
    /// One of its codes must be entered.
    CodeRequired,
    /// Fewer tickets than it is sold in.
    BelowMinimumQuantity,
    /// More tickets than one order may have.
    AboveMaximumQuantity,
    /// More tickets than are left.
    SoldOut,
    /// No ticket of a category that it accompanies is in the order.
    CompanionAlone,
}

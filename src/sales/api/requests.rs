//! What is asked: baskets and orders, as they come.

use crate::cards::Delivery;
use crate::catalog::object::Finding;
use crate::catalog::product::Channel;
use crate::kernel::Cents;
use crate::sales::basket::{Basket, Customer, Item, OfferOverride};
use crate::sales::checkout::{NewOrder, Terms};
use crate::sales::order::{Buyer, PaymentMethod};
use serde::Deserialize;

/// A basket to price.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct QuoteRequest {
    /// Where it is sold.
    channel: Channel,
    /// Its lines; with none, codes can be looked at.
    items: Option<Vec<Item>>,
    /// The codes as they were typed, in their order.
    codes: Option<Vec<String>>,
    /// Who buys, as far as the caller has proof of it.
    customer: Option<Customer>,
    /// The profile of the desk that sells.
    #[schema(max_length = 200)]
    box_office_profile: Option<String>,
    /// Offers that staff use without their codes and minimums. Needs the right `promotion.override`.
    staff_overrides: Option<Vec<OfferOverride>>,
}

/// An order to place.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OrderRequest {
    /// Where it is sold.
    channel: Channel,
    /// Its lines.
    #[schema(min_items = 1)]
    items: Option<Vec<Item>>,
    /// The codes as they were typed, in their order.
    codes: Option<Vec<String>>,
    /// Who buys, as far as the caller has proof of it.
    customer: Option<Customer>,
    /// The profile of the desk that sells.
    #[schema(max_length = 200)]
    box_office_profile: Option<String>,
    /// Offers that staff use without their codes and minimums. Needs the right `promotion.override`.
    staff_overrides: Option<Vec<OfferOverride>>,
    /// The total that the buyer agreed to.
    #[schema(value_type = String, pattern = r"^\d+\.\d\d$", examples("36.00"))]
    expected_total: Cents,
    /// Who buys. An invoice needs a buyer.
    buyer: Option<Buyer>,
    /// How it is paid.
    payment: PaymentRequest,
    /// How cards come to their holders.
    delivery: Option<Delivery>,
    /// Whether to go on without the codes that are refused.
    drop_rejected_codes: Option<bool>,
}

/// How an order is paid.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PaymentRequest {
    /// The method; `none` for an order that costs nothing.
    method: PaymentMethod,
}

impl QuoteRequest {
    pub(super) fn basket(self) -> Result<Basket, Finding> {
        let basket = Basket {
            channel: self.channel,
            items: self.items.unwrap_or_default(),
            codes: self.codes.unwrap_or_default(),
            customer: self.customer,
            box_office_profile: self.box_office_profile,
            staff_overrides: self.staff_overrides.unwrap_or_default(),
            hold: None,
        };
        basket.checked()
    }
}

impl OrderRequest {
    pub(super) fn order(self) -> Result<NewOrder, Finding> {
        let quote = QuoteRequest {
            channel: self.channel,
            items: self.items,
            codes: self.codes,
            customer: self.customer,
            box_office_profile: self.box_office_profile,
            staff_overrides: self.staff_overrides,
        };
        Ok(NewOrder {
            basket: quote.basket()?,
            expected_total: self.expected_total,
            buyer: self.buyer.map(Buyer::checked).transpose()?,
            payment: self.payment.method,
            delivery: self.delivery,
            drop_rejected_codes: self.drop_rejected_codes.unwrap_or(false),
            terms: Terms::default(),
        })
    }
}

//! Orders: one sale with its tickets, offers, payments and refunds.

pub use super::buyer::Buyer;
use super::quote::Vat;
use crate::cards::Delivery;
use crate::catalog::ProductKind;
use crate::catalog::product::Channel;
use crate::kernel::ids::{AnnualTicketId, OrderId, TicketId};
use crate::kernel::slug::Slug;
use crate::kernel::{Cents, UtcMs};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Its payment is awaited.
    AwaitingPayment,
    /// It is paid.
    Paid,
    /// All of it was cancelled.
    Cancelled,
    /// Its payment did not come in time.
    Expired,
}

/// How an order is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// In cash, at once.
    Cash,
    /// By card at a terminal, at once.
    CardTerminal,
    /// By invoice: the tickets are issued, the payment is awaited.
    Invoice,
    /// By a payment provider: all is reserved until the payment comes.
    Online,
    /// Nothing is to pay.
    None,
    /// A trial: nothing is paid, and what is sold is never printed, never admitted, and counted nowhere.
    Test,
}

/// Where a sold ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    /// It is held until its order is paid.
    Reserved,
    /// It was issued.
    Valid,
    /// It was given back, or its order expired.
    Cancelled,
}

impl OrderState {
    /// All states, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::AwaitingPayment, Self::Paid, Self::Cancelled, Self::Expired];
}

macro_rules! words {
    ($($name:ident { $($variant:ident = $word:literal),+ })+) => {$(
        impl $name {
            /// The word in the API and the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    )+};
}

words! {
    OrderState { AwaitingPayment = "awaiting_payment", Paid = "paid", Cancelled = "cancelled", Expired = "expired" }
    PaymentMethod { Cash = "cash", CardTerminal = "card_terminal", Invoice = "invoice", Online = "online", None = "none", Test = "test" }
    TicketState { Reserved = "reserved", Valid = "valid", Cancelled = "cancelled" }
}

impl PaymentMethod {
    /// Where an order stands that is placed with this method.
    pub const fn first_state(self) -> OrderState {
        match self {
            Self::Cash | Self::CardTerminal | Self::None | Self::Test => OrderState::Paid,
            Self::Invoice | Self::Online => OrderState::AwaitingPayment,
        }
    }

    /// Whether an order with this method only holds its tickets until it is paid.
    pub const fn reserves(self) -> bool {
        matches!(self, Self::Online)
    }
}

/// One sale.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The id.
    pub id: OrderId,
    /// The number for people: the year and a number without gaps.
    pub number: String,
    /// Where it was sold.
    pub channel: Channel,
    /// Where it stands.
    pub state: OrderState,
    /// Who bought.
    pub buyer: Option<Buyer>,
    /// The language of its letters.
    pub language: String,
    /// How cards come to their holders, if the buyer chose.
    pub delivery: Option<Delivery>,
    /// How it is paid.
    pub payment_method: PaymentMethod,
    /// The last day on which its invoice can be paid; absent: it is paid otherwise, or when it is fetched.
    pub due_on: Option<NaiveDate>,
    /// The desk that sold it: a name that staff gave it, else the house; `online` and `back_office` where no desk sold.
    pub desk: String,
    /// The house whose receipts it gets; absent for orders of earlier times.
    pub house: Option<Slug>,
    /// What staff noted with it.
    pub notes: String,
    /// What it cost when it was placed.
    pub total: Cents,
    /// The regular price of it.
    pub original_total: Cents,
    /// The VAT in the total.
    pub vat: Vec<Vat>,
    /// Who placed it, as in the audit.
    pub placed_by: String,
    /// When.
    pub placed_at: UtcMs,
    /// Until when its tickets are held for it.
    pub hold_until: Option<UtcMs>,
    /// The secret of its page in the shop.
    pub link_token: Option<String>,
    /// Its lines.
    pub lines: Vec<OrderLine>,
    /// Its tickets.
    pub tickets: Vec<SoldTicket>,
    /// The offers that made its price.
    pub offers: Vec<UsedOffer>,
    /// What was paid.
    pub payments: Vec<Payment>,
    /// What was given back.
    pub refunds: Vec<Refund>,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// Its name.
    pub line: String,
    /// The product.
    pub product: Slug,
    /// The category.
    pub category: Slug,
    /// The audience whose price was paid.
    pub audience: Option<Slug>,
    /// The house that its tickets are for.
    pub house: Option<Slug>,
    /// The event that its tickets are for.
    pub event: Option<Slug>,
    /// The day that its tickets are for.
    pub visit_date: Option<NaiveDate>,
    /// The regular price of one ticket.
    pub original_unit_price: Option<Cents>,
    /// The VAT rate in per cent.
    pub vat_rate: String,
    /// Why staff sold it against its sale rules.
    pub override_reason: Option<String>,
}

/// One sold unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoldTicket {
    /// The id.
    pub id: TicketId,
    /// Its line.
    pub line: String,
    /// What kind of product it is.
    pub kind: ProductKind,
    /// The product.
    pub product: Slug,
    /// The category.
    pub category: Slug,
    /// The house that it is for.
    pub house: Option<Slug>,
    /// The event that it is for.
    pub event: Option<Slug>,
    /// The day that it is for.
    pub visit_date: Option<NaiveDate>,
    /// The regular price.
    pub list_price: Cents,
    /// What offers take off.
    pub discount: Cents,
    /// What it costs.
    pub paid_price: Cents,
    /// Where it stands.
    pub state: TicketState,
    /// The digits of its QR code; day tickets only.
    pub card_code: Option<String>,
    /// The id in that code.
    pub code_id: Option<u64>,
    /// The code of its voucher; vouchers only.
    pub voucher_code: Option<String>,
    /// The annual tickets that it carries, each with the secret of its holder's link.
    pub annual_tickets: Vec<(AnnualTicketId, String)>,
}

/// An offer that made the price of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedOffer {
    /// The offer.
    pub offer: Slug,
    /// Its code.
    pub code: Option<String>,
    /// What it took off.
    pub discount: Cents,
    /// Why staff used it without its code.
    pub override_reason: Option<String>,
}

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// How.
    pub method: PaymentMethod,
    /// How much.
    pub amount: Cents,
    /// The VAT in it.
    pub vat: Vec<Vat>,
    /// The number of its receipt, without gaps in its house and year; absent for payments of earlier times.
    pub receipt: Option<String>,
    /// The desk that took it.
    pub desk: String,
    /// When.
    pub received_at: UtcMs,
}

/// Tickets that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// What they were worth.
    pub value: Cents,
    /// What was paid back: nothing while the order was not paid.
    pub amount: Cents,
    /// The VAT in the value.
    pub vat: Vec<Vat>,
    /// How it was paid back.
    pub method: PaymentMethod,
    /// The number of its receipt, where something was paid back.
    pub receipt: Option<String>,
    /// The desk that paid it back.
    pub desk: String,
    /// The tickets.
    pub tickets: Vec<TicketId>,
    /// Why.
    pub reason: String,
    /// When.
    pub refunded_at: UtcMs,
}

impl Order {
    /// What returned tickets were worth together.
    pub fn returned_value(&self) -> Cents {
        self.refunds.iter().map(|refund| refund.value).sum()
    }

    /// Whether it is a trial, which takes no money and gives no right.
    pub fn is_test(&self) -> bool {
        self.payment_method == PaymentMethod::Test
    }

    /// What is still to pay.
    pub fn due(&self) -> Cents {
        let paid: Cents = self.payments.iter().map(|payment| payment.amount).sum();
        let paid_back: Cents = self.refunds.iter().map(|refund| refund.amount).sum();
        match self.state {
            OrderState::AwaitingPayment => (self.total - self.returned_value() - paid + paid_back).max(Cents::ZERO),
            OrderState::Paid | OrderState::Cancelled | OrderState::Expired => Cents::ZERO,
        }
    }

    /// How many tickets of each line are still there.
    pub fn kept_per_line(&self) -> BTreeMap<&str, u32> {
        let mut kept = BTreeMap::new();
        for ticket in self.tickets.iter().filter(|ticket| ticket.state != TicketState::Cancelled) {
            *kept.entry(ticket.line.as_str()).or_insert(0) += 1;
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_method_decides_where_an_order_begins() {
        assert_eq!(PaymentMethod::Cash.first_state(), OrderState::Paid);
        assert_eq!(PaymentMethod::Invoice.first_state(), OrderState::AwaitingPayment);
        assert!(PaymentMethod::Online.reserves() && !PaymentMethod::Invoice.reserves());
    }
}

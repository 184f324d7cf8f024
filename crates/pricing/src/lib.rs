//! The promotion engine: a scenario in, a priced result out.

mod code;
mod error;
mod limits;
mod money;
mod offer;
mod parse;
mod percent;
mod scenario;

pub use code::fold_code;
pub use error::ScenarioError;
pub use limits::{CODES_ENTERED_MAX, LINES_MAX, OFFERS_MAX, TEXT_BYTES_MAX, TICKETS_MAX};
pub use money::{Cents, MAX_AMOUNT, MoneyError};
pub use offer::{
    Activation, Bundle, CapScope, CustomerAction, CustomerGroups, Effect, ItemLimit, KnownAction, LabelControl, Layer,
    ListedPrice, Offer, OfferCode, Reward, Scope,
};
pub use parse::{parse_offer, parse_scenario};
pub use percent::{Percent, PercentError};
pub use scenario::{Channel, Customer, Line, Refund, ReturnedTickets, SaleRules, Scenario};

//! What the reports read. Sums come from one statement each; what came back is read row by row and shared out by the rule.

pub(super) mod cards;
pub(super) mod overrides;
pub(super) mod redemptions;
pub(super) mod refusals;
pub(super) mod sales;
pub(super) mod visits;

use super::filter::Filter;
use super::period::Span;
use db::{Args, args};

/// A span and what is wanted of it: `$1` and `$2` the moments, `$3` the house, `$4` the channel, `$5` the offer, `$6` the code.
fn scope(span: &Span, filter: &Filter) -> Args {
    args![span.begins.0, span.ends.0, filter.house(), filter.channel(), filter.offer(), filter.code.as_deref()]
}

//! The end of a day at a desk: what came in and went out since the one before, and whether the cash is all there.

use super::books::vat_sum;
use super::order::PaymentMethod;
use super::quote::Vat;
use crate::kernel::ids::DayEndId;
use crate::kernel::{Cents, UtcMs};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A day that was closed. It is never opened again: what comes in later belongs to the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayEnd {
    /// The id.
    pub id: DayEndId,
    /// The desk.
    pub desk: String,
    /// The day, of which there is one end at each desk.
    pub day: NaiveDate,
    /// Who closed it, as in the audit.
    pub closed_by: String,
    /// When.
    pub closed_at: UtcMs,
    /// What it says.
    pub report: DayReport,
}

/// What a day end says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayReport {
    /// When the one before was closed; absent: it is the desk's first.
    pub from: Option<UtcMs>,
    /// What came in, by how it was paid.
    pub sales: Vec<MethodSum>,
    /// What was paid back, by how.
    pub refunds: Vec<MethodSum>,
    /// The VAT in what came in less what was paid back, per rate.
    pub vat: Vec<Vat>,
    /// The first and the last receipt.
    pub receipts: Option<(String, String)>,
    /// What staff sold against the rules.
    pub overrides: Vec<Overridden>,
    /// The change that lay in the drawer before the first sale.
    pub float: Cents,
    /// The cash that was counted in the drawer.
    pub counted: Cents,
}

/// A sum of one way to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodSum {
    /// How.
    pub method: PaymentMethod,
    /// How often.
    pub count: i64,
    /// How much.
    pub amount: Cents,
}

/// What staff sold against the rules, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overridden {
    /// The number of the order.
    pub order: String,
    /// The product whose rules, or the offer whose conditions, did not count.
    pub what: String,
    /// Why.
    pub reason: String,
}

/// Money that came or went at a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// Whether it was paid back.
    pub is_refund: bool,
    /// How.
    pub method: PaymentMethod,
    /// How much, never less than nothing.
    pub amount: Cents,
    /// The VAT in it.
    pub vat: Vec<Vat>,
    /// Its receipt.
    pub receipt: Option<String>,
}

impl DayReport {
    /// The report of what moved since `from`.
    pub fn of(
        from: Option<UtcMs>,
        moved: &[Movement],
        overrides: Vec<Overridden>,
        float: Cents,
        counted: Cents,
    ) -> Self {
        let mut vat = Vec::new();
        for movement in moved {
            vat_sum(&movement.vat, &mut vat, if movement.is_refund { -1 } else { 1 });
        }
        vat.sort_by(|one, other| one.rate.len().cmp(&other.rate.len()).then_with(|| one.rate.cmp(&other.rate)));
        let receipts = || moved.iter().filter_map(|movement| movement.receipt.clone());
        Self {
            from,
            sales: sums(moved, false),
            refunds: sums(moved, true),
            vat,
            receipts: receipts().min().zip(receipts().max()),
            overrides,
            float,
            counted,
        }
    }

    /// What came in less what was paid back.
    pub fn takings(&self) -> Cents {
        amount_of(&self.sales, |_| true) - amount_of(&self.refunds, |_| true)
    }

    /// The cash that should lie in the drawer.
    pub fn cash_expected(&self) -> Cents {
        let is_cash = |method| method == PaymentMethod::Cash;
        self.float + amount_of(&self.sales, is_cash) - amount_of(&self.refunds, is_cash)
    }

    /// What was counted beyond what should be there; less than nothing when something is missing.
    pub fn difference(&self) -> Cents {
        self.counted - self.cash_expected()
    }
}

fn amount_of(sums: &[MethodSum], wanted: impl Fn(PaymentMethod) -> bool) -> Cents {
    sums.iter().filter(|sum| wanted(sum.method)).map(|sum| sum.amount).sum()
}

fn sums(moved: &[Movement], refunds: bool) -> Vec<MethodSum> {
    let known = [PaymentMethod::Cash, PaymentMethod::CardTerminal, PaymentMethod::Invoice, PaymentMethod::Online];
    let sum = |method: PaymentMethod| {
        let of = || moved.iter().filter(move |one| one.is_refund == refunds && one.method == method);
        let count = i64::try_from(of().count()).unwrap_or(i64::MAX);
        MethodSum { method, count, amount: of().map(|one| one.amount).sum() }
    };
    known.map(sum).into_iter().filter(|sum| sum.count > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(is_refund: bool, method: PaymentMethod, cents: i64, receipt: &str) -> Movement {
        let tax = Cents(cents * 7 / 107);
        let vat = Vat { rate: "7".to_owned(), gross: Cents(cents), net: Cents(cents) - tax, tax };
        Movement { is_refund, method, amount: Cents(cents), vat: vec![vat], receipt: Some(receipt.to_owned()) }
    }

    #[test]
    fn the_drawer_holds_the_float_and_the_cash_of_the_day() {
        let day = [
            moved(false, PaymentMethod::Cash, 2_400, "h-2026-000001"),
            moved(false, PaymentMethod::CardTerminal, 4_500, "h-2026-000002"),
            moved(false, PaymentMethod::Cash, 1_200, "h-2026-000003"),
            moved(true, PaymentMethod::Cash, 1_200, "h-2026-000004"),
        ];
        let report = DayReport::of(None, &day, Vec::new(), Cents(10_000), Cents(12_390));
        assert_eq!(report.takings(), Cents(6_900));
        assert_eq!((report.cash_expected(), report.difference()), (Cents(12_400), Cents(-10)));
        assert_eq!(
            report.sales.iter().map(|sum| (sum.count, sum.amount.0)).collect::<Vec<_>>(),
            [(2, 3_600), (1, 4_500)]
        );
        assert_eq!((report.vat.len(), report.vat[0].gross, report.vat[0].tax), (1, Cents(6_900), Cents(451)));
        assert_eq!(report.receipts, Some(("h-2026-000001".to_owned(), "h-2026-000004".to_owned())));
    }

    #[test]
    fn a_day_without_sales_has_an_end_too() {
        let report = DayReport::of(None, &[], Vec::new(), Cents(10_000), Cents(10_000));
        assert_eq!((report.takings(), report.difference()), (Cents::ZERO, Cents::ZERO));
        assert_eq!((report.sales, report.receipts), (Vec::new(), None));
    }
}

//! Tells a report.

use super::filter::{Filter, Report};
use super::table::Table;
use super::{campaigns, cards, overrides, redemptions, refusals, sales, visits};
use db::{Conn, DbError};

/// What a report says of what the filter names.
///
/// # Errors
/// When the database refuses, or `after` is no cursor of this report.
pub async fn tell(conn: &mut Conn, report: Report, filter: &Filter) -> Result<Table, DbError> {
    match report {
        Report::Campaigns => campaigns::tell(conn, filter).await,
        Report::Codes => redemptions::tell_codes(conn, filter).await,
        Report::Redemptions => redemptions::tell(conn, filter).await,
        Report::Overrides => overrides::tell(conn, filter).await,
        Report::Refusals => refusals::tell(conn, filter).await,
        Report::Sales => sales::tell(conn, filter).await,
        Report::Cards => cards::tell(conn, filter).await,
        Report::Visits => visits::tell(conn, filter).await,
        Report::Settlement => visits::settle(conn, filter).await,
    }
}

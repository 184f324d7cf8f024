//! Tells which codes were refused, and why.

use super::campaigns::names;
use super::filter::Filter;
use super::redemptions::channel;
use super::store::refusals as store;
use super::table::{Cell, Column, Row, Table};
use db::{Conn, DbError};

pub(super) async fn tell(conn: &mut Conn, filter: &Filter) -> Result<Table, DbError> {
    let refused = store::refused(conn, &filter.period.span(), filter).await?;
    let names = names(conn, refused.iter().map(|row| &row.offer_key), filter).await?;
    let row = |row: store::RefusalRow| {
        let reason = Cell::Word(row.reason.clone(), format!("report-refusal-{}", row.reason.replace('_', "-")));
        let is_ours = !row.offer_key.is_empty();
        let name = names.get(&row.offer_key).cloned().unwrap_or_else(|| row.offer_key.clone());
        let path = is_ours.then(|| format!("/campaigns/codes/{}", row.code_fold));
        let (code, offer) = if is_ours {
            (Cell::Text(row.code_fold), Cell::Named(row.offer_key, name))
        } else {
            (Cell::Word("unknown".to_owned(), "report-unknown-code".to_owned()), Cell::Nothing)
        };
        Row { cells: vec![code, offer, reason, channel(row.channel), Cell::Count(row.refusals)], path }
    };
    let columns = vec![
        Column::text("code"),
        Column::text("offer"),
        Column::text("reason"),
        Column::text("channel"),
        Column::count("refusals"),
    ];
    Ok(Table::summed(columns, refused.into_iter().map(row).collect()))
}

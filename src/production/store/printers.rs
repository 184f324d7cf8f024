//! The card printers in the database.

use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use crate::production::printer::{Printer, Setting, Trust};
use db::{Asc, Conn, DbError, List, Page, args, sqlx};

db::statements! {
    /// Adds a printer, unless there is one with this key.
    INSERT_PRINTER = "INSERT INTO printers (key, name, house_key, uri, trust, shift_right_um, shift_down_um, turn_backs, in_use, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (key) DO NOTHING";
    /// Changes a printer.
    UPDATE_PRINTER = "UPDATE printers SET name = $2, house_key = $3, uri = $4, trust = $5, shift_right_um = $6, shift_down_um = $7,
        turn_backs = $8, in_use = $9 WHERE key = $1";
    /// One printer.
    FIND_PRINTER = "SELECT key, name, house_key, uri, trust, shift_right_um, shift_down_um, turn_backs, in_use FROM printers WHERE key = $1";
    /// The printers to which runs are sent.
    PRINTERS_IN_USE = "SELECT key, name, house_key, uri, trust, shift_right_um, shift_down_um, turn_backs, in_use FROM printers
        WHERE in_use = 1 ORDER BY name, key LIMIT 200";
}

/// The printers.
const PRINTERS: &str =
    "SELECT key, name, house_key, uri, trust, shift_right_um, shift_down_um, turn_backs, in_use FROM printers";

#[derive(sqlx::FromRow)]
struct PrinterRow {
    key: String,
    name: String,
    house_key: String,
    uri: String,
    trust: String,
    shift_right_um: i64,
    shift_down_um: i64,
    turn_backs: i64,
    in_use: i64,
}

impl PrinterRow {
    fn printer(self) -> Result<Printer, DbError> {
        let um = |number: i64| i32::try_from(number).map_err(|_| super::unfit("printers.shift_um"));
        Ok(Printer {
            key: super::id("printers.key", &self.key)?,
            name: self.name,
            house: super::id("printers.house_key", &self.house_key)?,
            uri: self.uri,
            trust: Trust::of(&self.trust).ok_or_else(|| super::unfit("printers.trust"))?,
            setting: Setting {
                shift_right_um: um(self.shift_right_um)?,
                shift_down_um: um(self.shift_down_um)?,
                turn_backs: self.turn_backs == 1,
            },
            in_use: self.in_use == 1,
        })
    }
}

/// Adds a printer. `false` when there is one with its key.
pub async fn insert(tx: &mut Conn, printer: &Printer, now: UtcMs) -> Result<bool, DbError> {
    let setting = printer.setting;
    let args = args![
        printer.key.as_str(),
        &printer.name,
        printer.house.as_str(),
        &printer.uri,
        printer.trust.as_str(),
        i64::from(setting.shift_right_um),
        i64::from(setting.shift_down_um),
        i64::from(setting.turn_backs),
        i64::from(printer.in_use),
        now.0
    ];
    Ok(tx.execute(&INSERT_PRINTER, args).await? == 1)
}

/// Changes a printer. `false` when there is none with its key.
pub async fn update(tx: &mut Conn, printer: &Printer) -> Result<bool, DbError> {
    let setting = printer.setting;
    let args = args![
        printer.key.as_str(),
        &printer.name,
        printer.house.as_str(),
        &printer.uri,
        printer.trust.as_str(),
        i64::from(setting.shift_right_um),
        i64::from(setting.shift_down_um),
        i64::from(setting.turn_backs),
        i64::from(printer.in_use)
    ];
    Ok(tx.execute(&UPDATE_PRINTER, args).await? == 1)
}

/// One printer.
pub async fn find(conn: &mut Conn, key: &Slug) -> Result<Option<Printer>, DbError> {
    let row: Option<PrinterRow> = conn.fetch_optional(&FIND_PRINTER, args![key.as_str()]).await?;
    row.map(PrinterRow::printer).transpose()
}

/// The printers to which runs are sent, by name.
pub async fn in_use(conn: &mut Conn) -> Result<Vec<Printer>, DbError> {
    let rows: Vec<PrinterRow> = conn.fetch_all(&PRINTERS_IN_USE, args![]).await?;
    rows.into_iter().map(PrinterRow::printer).collect()
}

/// A page of all printers, by key.
pub async fn page(conn: &mut Conn, after: Option<&str>, limit: u32) -> Result<Page<Printer>, DbError> {
    let page: Page<PrinterRow> =
        conn.list(List::new(PRINTERS).order("key", "key", Asc).after(after).limit(limit)).await?;
    let items = page.items.into_iter().map(PrinterRow::printer).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

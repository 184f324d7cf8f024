//! Filtered, sorted, searchable lists, page by page.

use sqlx::{ColumnIndex, Decode, Type};

use crate::conn::Rows;
use crate::cursor::{self, Cursor, SortValue};
use crate::dynamic::Dynamic;
use crate::error::sqlstate;
use crate::{Bind, Conn, DbError, Row, Value};

const PAGE_DEFAULT: u32 = 50;
const PAGE_MAX: u32 = 1_000;
/// Words of a search text that are looked for; the rest is ignored.
const SEARCH_WORDS_MAX: usize = 8;
/// Characters of a search text that are looked at.
const SEARCH_CHARS_MAX: usize = 200;

/// A list in the making.
///
/// ```
/// # use db::{Conn, DbError, Desc, List, Page};
/// # async fn ready(conn: &mut Conn, house: Option<&str>, text: &str, cursor: Option<&str>) -> Result<Page<(i64, String)>, DbError> {
/// let list = List::new("SELECT c.id, c.number FROM cards c")
///     .filter("c.state = ?", "ready")
///     .filter_opt("c.house_key = ?", house)
///     .search(&["c.name_fold"], text)
///     .order("c.created_at", "c.id", Desc)
///     .after(cursor)
///     .limit(20);
/// conn.list(list).await
/// # }
/// ```
#[derive(Debug)]
pub struct List<'a> {
    select: &'static str,
    filters: Vec<Filter>,
    search: Option<(&'a [&'static str], &'a str)>,
    group_by: Option<&'static str>,
    order: Option<Order>,
    after: Option<String>,
    limit: u32,
}

/// Which end of a list comes first.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Direction {
    /// The smallest.
    Asc,
    /// The largest.
    Desc,
}

/// Some rows of a list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Page<T> {
    /// The rows in their order.
    pub items: Vec<T>,
    /// What [`List::after`] takes to continue; absent on the last page.
    pub next: Option<String>,
}

#[derive(Debug)]
enum Filter {
    Plain(&'static str),
    Value(&'static str, Value),
    Any(&'static str, Vec<Value>),
}

#[derive(Clone, Copy, Debug)]
struct Order {
    key: &'static str,
    id: &'static str,
    direction: Direction,
}

impl<'a> List<'a> {
    /// A list of the rows of `SELECT columns FROM tables`, without a `WHERE` of its own.
    ///
    /// The list appends its sort columns to the selected ones by itself.
    pub fn new(select: &'static str) -> Self {
        Self {
            select,
            filters: Vec::new(),
            search: None,
            group_by: None,
            order: None,
            after: None,
            limit: PAGE_DEFAULT,
        }
    }

    /// Only rows for which the condition holds; each `?` in it stands for the value.
    #[must_use]
    pub fn filter(mut self, condition: &'static str, value: impl Bind) -> Self {
        self.filters.push(Filter::Value(condition, value.bind()));
        self
    }

    /// As [`filter`](Self::filter) if there is a value; no condition otherwise.
    #[must_use]
    pub fn filter_opt(self, condition: &'static str, value: Option<impl Bind>) -> Self {
        match value {
            Some(value) => self.filter(condition, value),
            None => self,
        }
    }

    /// Only rows for which a condition without a value holds.
    #[must_use]
    pub fn filter_plain(mut self, condition: &'static str) -> Self {
        self.filters.push(Filter::Plain(condition));
        self
    }

    /// Only rows whose expression is one of the values; none if there are none.
    #[must_use]
    pub fn filter_any<V: Bind>(mut self, expression: &'static str, values: impl IntoIterator<Item = V>) -> Self {
        let values = values.into_iter().map(V::bind).collect();
        self.filters.push(Filter::Any(expression, values));
        self
    }

    /// Only rows in which every word of the text stands somewhere in one of the columns.
    ///
    /// Columns and text must be folded alike (case, accents) by the program. Nothing in the text has
    /// a meaning as a pattern. An empty text finds everything.
    #[must_use]
    pub fn search(mut self, columns: &'a [&'static str], text: &'a str) -> Self {
        self.search = Some((columns, text));
        self
    }

    /// Groups the rows; the sort columns must be among the expressions.
    #[must_use]
    pub fn group_by(mut self, expressions: &'static str) -> Self {
        self.group_by = Some(expressions);
        self
    }

    /// Sorts by an expression, and rows that are equal in it by their unique id. Both must be whole
    /// numbers or texts, and never null.
    #[must_use]
    pub fn order(mut self, key: &'static str, id: &'static str, direction: Direction) -> Self {
        self.order = Some(Order { key, id, direction });
        self
    }

    /// Sorts by the unique id alone, the smallest first.
    #[must_use]
    pub fn oldest_first(self, id: &'static str) -> Self {
        self.order(id, id, Direction::Asc)
    }

    /// Sorts by the unique id alone, the largest first.
    #[must_use]
    pub fn newest_first(self, id: &'static str) -> Self {
        self.order(id, id, Direction::Desc)
    }

    /// Continues after the page that gave this cursor. None, or not calling this: from the start.
    #[must_use]
    pub fn after(mut self, cursor: Option<impl AsRef<str>>) -> Self {
        self.after = cursor.map(|text| text.as_ref().to_owned());
        self
    }

    /// Rows of a page: 1 to 1,000, otherwise 50. A number outside is brought to the nearest.
    #[must_use]
    pub fn limit(mut self, rows: u32) -> Self {
        self.limit = rows.clamp(1, PAGE_MAX);
        self
    }

    fn render(&self, order: Order, after: Option<Cursor>) -> Result<Dynamic, DbError> {
        let (columns, tables) = split_at_from(self.select).ok_or(DbError::UnfitList)?;
        let mut sql = Dynamic::default();
        sql.push(columns).push(", ").push(order.key).push(" AS list_sort_key, ");
        sql.push(order.id).push(" AS list_sort_id ").push(tables);
        self.render_filters(&mut sql);
        if let Some(Cursor(_, key, id)) = after {
            let sign = match order.direction {
                Direction::Asc => " > ",
                Direction::Desc => " < ",
            };
            if order.is_single() {
                sql.push(" AND ").push(order.id).push(sign).push_value(id.into());
            } else {
                sql.push(" AND (").push(order.key).push(", ").push(order.id).push(")");
                sql.push(sign).push("(");
                render_sort_value(&mut sql, key);
                sql.push(", ");
                render_sort_value(&mut sql, id);
                sql.push(")");
            }
        }
        if let Some(expressions) = self.group_by {
            sql.push(" GROUP BY ").push(expressions);
        }
        let direction = match order.direction {
            Direction::Asc => " ASC",
            Direction::Desc => " DESC",
        };
        sql.push(" ORDER BY ").push(order.key).push(direction);
        if !order.is_single() {
            sql.push(", ").push(order.id).push(direction);
        }
        // One more than asked for tells whether there is a next page.
        sql.push(" LIMIT ").push_value(i64::from(self.limit + 1).bind());
        Ok(sql)
    }

    fn render_count(&self) -> Result<Dynamic, DbError> {
        let (_, tables) = split_at_from(self.select).ok_or(DbError::UnfitList)?;
        if self.group_by.is_some() {
            return Err(DbError::UnfitList);
        }
        let mut sql = Dynamic::default();
        sql.push("SELECT COUNT(*) ").push(tables);
        self.render_filters(&mut sql);
        Ok(sql)
    }

    fn render_filters(&self, sql: &mut Dynamic) {
        sql.push(" WHERE 1 = 1");
        for filter in &self.filters {
            filter.render(sql);
        }
        if let Some((columns, text)) = self.search {
            render_search(sql, columns, text);
        }
    }
}

impl Conn {
    /// A page of a list. A cursor that this list did not make is [`DbError::BadCursor`].
    pub async fn list<R: Row>(&mut self, list: List<'_>) -> Result<Page<R>, DbError> {
        let order = list.order.ok_or(DbError::UnfitList)?;
        let after = match &list.after {
            Some(text) => Some(Cursor::decode(text, order.mark())?),
            None => None,
        };
        let continued = after.is_some();
        let (text, args) = list.render(order, after)?.finish();
        let rows = match self.rows(text, args).await {
            Err(DbError::Sqlx(error)) if continued && is_type_mismatch(&error) => {
                return Err(DbError::BadCursor);
            }
            other => other?,
        };
        let mut items = rows.decode()?;
        let limit = list.limit as usize;
        if items.len() <= limit {
            return Ok(Page { items, next: None });
        }
        items.truncate(limit);
        let (key, id) = rows.sort_values(limit - 1)?;
        let next = Cursor(order.mark(), key, id).encode()?;
        Ok(Page { items, next: Some(next) })
    }
}

impl Conn {
    /// How many rows a list has on all its pages. A list that groups its rows is [`DbError::UnfitList`].
    pub async fn count(&mut self, list: &List<'_>) -> Result<i64, DbError> {
        let (text, args) = list.render_count()?.finish();
        let counts: Vec<(i64,)> = self.rows(text, args).await?.decode()?;
        Ok(counts.into_iter().next().map_or(0, |(count,)| count))
    }
}

impl Order {
    fn is_single(self) -> bool {
        self.key == self.id
    }

    fn mark(self) -> u32 {
        let direction = match self.direction {
            Direction::Asc => "asc",
            Direction::Desc => "desc",
        };
        cursor::mark(&[self.key, self.id, direction])
    }
}

impl Filter {
    fn render(&self, sql: &mut Dynamic) {
        match self {
            Self::Plain(condition) => {
                sql.push(" AND (").push(condition).push(")");
            }
            Self::Value(condition, value) => {
                sql.push(" AND (").push_condition(condition, value.clone()).push(")");
            }
            Self::Any(_, values) if values.is_empty() => {
                sql.push(" AND 1 = 0");
            }
            Self::Any(expression, values) => {
                sql.push(" AND ").push(expression).push(" IN (");
                for (place, value) in values.iter().enumerate() {
                    sql.push(if place == 0 { "" } else { ", " }).push_value(value.clone());
                }
                sql.push(")");
            }
        }
    }
}

/// The type stands in the text: PostgreSQL keeps a prepared statement per text and would read a value
/// of a forged cursor as what the first cursor held.
fn render_sort_value(sql: &mut Dynamic, value: SortValue) {
    let cast = match &value {
        SortValue::Int(_) => " AS BIGINT)",
        SortValue::Text(_) => " AS TEXT)",
    };
    sql.push("CAST(").push_value(value.into()).push(cast);
}

fn render_search(sql: &mut Dynamic, columns: &[&'static str], text: &str) {
    for word in search_words(text) {
        let pattern = Value::Text(Some(like_pattern(&word)));
        sql.push(" AND (");
        for (place, column) in columns.iter().enumerate() {
            sql.push(if place == 0 { "" } else { " OR " }).push(column);
            sql.push(" LIKE ").push_value(pattern.clone()).push(" ESCAPE '!'");
        }
        sql.push(if columns.is_empty() { "1 = 0)" } else { ")" });
    }
}

/// PostgreSQL knows no NUL in texts; here it parts words like a blank.
fn search_words(text: &str) -> Vec<String> {
    let text: String = text.chars().take(SEARCH_CHARS_MAX).collect();
    text.split(|c: char| c.is_whitespace() || c == '\0')
        .filter(|word| !word.is_empty())
        .take(SEARCH_WORDS_MAX)
        .map(str::to_owned)
        .collect()
}

fn like_pattern(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for c in word.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// Parts a select before its own `FROM`, past those in brackets and in quotes.
fn split_at_from(select: &'static str) -> Option<(&'static str, &'static str)> {
    let mut depth = 0_i32;
    let mut quote = None;
    let mut word_start = None;
    for (place, c) in select.char_indices().chain([(select.len(), ' ')]) {
        if let Some(open) = quote {
            quote = (c != open).then_some(open);
            continue;
        }
        if c.is_alphanumeric() || matches!(c, '_' | '.') {
            word_start.get_or_insert(place);
            continue;
        }
        if let Some(start) = word_start.take()
            && depth == 0
            && select[start..place].eq_ignore_ascii_case("from")
        {
            return Some((select[..start].trim_end(), &select[start..]));
        }
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            '\'' | '"' => quote = Some(c),
            _ => {}
        }
    }
    None
}

impl Rows {
    fn sort_values(&self, place: usize) -> Result<(SortValue, SortValue), DbError> {
        match self {
            Self::Lite(rows) => sort_values(rows.get(place)),
            Self::LiteHere(rows) => sort_values(rows.get(place)),
            Self::Pg(rows) => sort_values(rows.get(place)),
        }
    }
}

fn sort_values<'r, R>(row: Option<&'r R>) -> Result<(SortValue, SortValue), DbError>
where
    R: sqlx::Row,
    &'static str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
{
    let row = row.ok_or(DbError::NotFound)?;
    let value = |column: &'static str| {
        row.try_get(column)
            .map(SortValue::Int)
            .or_else(|_| row.try_get(column).map(SortValue::Text))
            .map_err(DbError::Sqlx)
    };
    Ok((value("list_sort_key")?, value("list_sort_id")?))
}

/// PostgreSQL's words for comparing a column with a value of another type, or with one that no text
/// can be: only a forged cursor gets there.
fn is_type_mismatch(error: &sqlx::Error) -> bool {
    matches!(sqlstate(error).as_deref(), Some("42883" | "42804" | "22P02" | "22P03" | "22021"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_select_is_parted_before_its_own_from() {
        for (select, columns) in [
            ("SELECT a FROM t", "SELECT a"),
            ("SELECT a\nfrom t", "SELECT a"),
            ("SELECT (SELECT x FROM y) AS a, from_day FROM t", "SELECT (SELECT x FROM y) AS a, from_day"),
            ("SELECT ' from ', t.from FROM t", "SELECT ' from ', t.from"),
            ("WITH v AS (SELECT 1 FROM w) SELECT a FROM v", "WITH v AS (SELECT 1 FROM w) SELECT a"),
        ] {
            assert_eq!(split_at_from(select).map(|(columns, _)| columns), Some(columns));
        }
        assert_eq!(split_at_from("SELECT 1"), None);
    }

    #[test]
    fn patterns_hold_no_wildcards() {
        assert_eq!(like_pattern("100%_!a"), "%100!%!_!!a%");
        assert_eq!(search_words(" anna \0 \u{2003}maria "), ["anna", "maria"]);
        assert!(search_words("\0 \n").is_empty());
    }
}

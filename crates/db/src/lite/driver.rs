//! What a kind of rows has to say of itself before derived code decodes it: sqlx knows rows only as those of a database that it connects
//! to. Nobody connects to this one through sqlx, so most of it are types without values.

use sqlx::error::BoxDynError;
use sqlx::query::{Query, QueryAs, QueryScalar};
use sqlx::{
    Arguments, ConnectOptions, Connection, Database, Either, Encode, Error, FromRow, IntoArguments, SqlStr, Statement,
    Transaction, Type,
};
use sqlx_core::Url;
use sqlx_core::transaction::TransactionManager;
use std::str::FromStr;
use std::time::Duration;

use super::row::{Column, Kind, LiteRow, LiteValue, LiteValueRef};

/// SQLite on the caller's own thread, as the owner of rows.
#[derive(Debug)]
pub(crate) struct Lite;

impl Database for Lite {
    type Connection = Never;
    type TransactionManager = Never;
    type Row = LiteRow;
    type QueryResult = Nothing;
    type Column = Column;
    type TypeInfo = Kind;
    type Value = LiteValue;
    type ValueRef<'r> = LiteValueRef<'r>;
    type Arguments = Nothing;
    type ArgumentBuffer = Never;
    type Statement = Never;

    const NAME: &'static str = "SQLite";
    const URL_SCHEMES: &'static [&'static str] = &[];
}

/// A connection, or a statement, that nobody can have.
#[derive(Debug, Clone)]
pub(crate) enum Never {}

/// No values, and no result.
#[derive(Debug, Default)]
pub(crate) struct Nothing;

impl Extend<Self> for Nothing {
    fn extend<I: IntoIterator<Item = Self>>(&mut self, _: I) {}
}

impl Arguments for Nothing {
    type Database = Lite;

    fn reserve(&mut self, _: usize, _: usize) {}

    fn add<'t, T: Encode<'t, Lite> + Type<Lite>>(&mut self, _: T) -> Result<(), BoxDynError> {
        Err("rows only".into())
    }

    fn len(&self) -> usize {
        0
    }
}

impl Connection for Never {
    type Database = Lite;
    type Options = Self;

    async fn close(self) -> Result<(), Error> {
        match self {}
    }

    async fn close_hard(self) -> Result<(), Error> {
        match self {}
    }

    async fn ping(&mut self) -> Result<(), Error> {
        match *self {}
    }

    async fn begin(&mut self) -> Result<Transaction<'_, Lite>, Error> {
        match *self {}
    }

    fn shrink_buffers(&mut self) {
        match *self {}
    }

    async fn flush(&mut self) -> Result<(), Error> {
        match *self {}
    }

    fn should_flush(&self) -> bool {
        match *self {}
    }
}

impl FromStr for Never {
    type Err = Error;

    fn from_str(_: &str) -> Result<Self, Error> {
        Err(Error::Configuration("rows only".into()))
    }
}

impl ConnectOptions for Never {
    type Connection = Self;

    fn from_url(_: &Url) -> Result<Self, Error> {
        Err(Error::Configuration("rows only".into()))
    }

    async fn connect(&self) -> Result<Self, Error> {
        match *self {}
    }

    fn log_statements(self, _: log::LevelFilter) -> Self {
        match self {}
    }

    fn log_slow_statements(self, _: log::LevelFilter, _: Duration) -> Self {
        match self {}
    }
}

impl TransactionManager for Never {
    type Database = Lite;

    async fn begin(conn: &mut Self, _: Option<SqlStr>) -> Result<(), Error> {
        match *conn {}
    }

    async fn commit(conn: &mut Self) -> Result<(), Error> {
        match *conn {}
    }

    async fn rollback(conn: &mut Self) -> Result<(), Error> {
        match *conn {}
    }

    fn start_rollback(conn: &mut Self) {
        match *conn {}
    }

    fn get_transaction_depth(conn: &Self) -> usize {
        match *conn {}
    }
}

impl Statement for Never {
    type Database = Lite;

    fn into_sql(self) -> SqlStr {
        match self {}
    }

    fn sql(&self) -> &SqlStr {
        match *self {}
    }

    fn parameters(&self) -> Option<Either<&[Kind], usize>> {
        match *self {}
    }

    fn columns(&self) -> &[Column] {
        match *self {}
    }

    fn query(&self) -> Query<'_, Lite, Nothing> {
        match *self {}
    }

    fn query_with<A: IntoArguments<Lite>>(&self, _: A) -> Query<'_, Lite, A> {
        match *self {}
    }

    fn query_as<O: for<'r> FromRow<'r, LiteRow>>(&self) -> QueryAs<'_, Lite, O, Nothing> {
        match *self {}
    }

    fn query_as_with<'s, O, A>(&'s self, _: A) -> QueryAs<'s, Lite, O, A>
    where
        O: for<'r> FromRow<'r, LiteRow>,
        A: IntoArguments<Lite>,
    {
        match *self {}
    }

    fn query_scalar<O>(&self) -> QueryScalar<'_, Lite, O, Nothing>
    where
        (O,): for<'r> FromRow<'r, LiteRow>,
    {
        match *self {}
    }

    fn query_scalar_with<'s, O, A>(&'s self, _: A) -> QueryScalar<'s, Lite, O, A>
    where
        (O,): for<'r> FromRow<'r, LiteRow>,
        A: IntoArguments<Lite>,
    {
        match *self {}
    }
}

//! One data layer for SQLite and PostgreSQL.

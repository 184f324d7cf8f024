//! Devices and scans in the database, and the rows of entry rights as gates know them.

pub(super) mod devices;
pub(super) mod foreign;
pub(super) mod noticed;
pub(super) mod pins;
pub(super) mod rights;
pub(super) mod scans;

use db::column::{number, parsed, unreadable};

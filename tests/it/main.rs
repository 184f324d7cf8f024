//! Integration tests: one program, a file per capability. They speak to a real server over HTTP.

#[macro_use]
mod support;

mod accounts;
mod catalog;
mod frame;

//! From a complete personalization to a printed card.
//!
//! A *layout* is the agreed design of a card. It has versions; each begins as a draft ([`upload_layout`]), is proposed with a proof on
//! paper once it keeps all rules, agreed by a named person, and retired at its end ([`propose_layout`]). A version that was agreed never changes again. As soon as a
//! personalization is complete, [`prepare`] composes both faces of the card with the layout that applies to it and freezes what
//! stands on them as *print data*: words, dates, code, portrait and layout, named by the hash of their content. A card that
//! cannot be composed is *set aside* with the reason, and a card without an agreed layout waits for one; nothing else waits for them.
//!
//! A *print run* is a frozen set of cards that is printed together ([`start_run`]); the cards of a long one join it a few at a time
//! ([`join_run`]). A card is in one open run at most, so
//! two people never print the same card. Each card of the run gets an outcome:
//!
//! ```text
//! pending ──> printed     the card came out: it is ready for dispatch in the same moment (confirm_printed, scan_back)
//!         ──> spoiled     the plastic is lost, with a reason: the card waits for the next run (report_spoiled)
//!         ──> withdrawn   the card became void meanwhile, or the run was cancelled (cancel_run)
//! ```
//!
//! and the run closes when every card has one. Its print files are made in the background ([`prepare_files`]), which tells how far it is. A card that was read after printing is *verified* as well. The files of a run are
//! made from the frozen print data alone: the same run gives the same bytes, however often and on whichever server they are made.
//!
//! A run is printed from its files, or sent to a *printer* of a house ([`send_to_printer`]), in jobs of a feeder's load each. When a
//! card counts as printed by a printer's word, and what happens otherwise, stands in [`print_job`].

pub mod agree_layout;
pub mod api;
pub mod attend_print_job;
pub mod cancel_run;
pub mod composers;
pub mod confirm_printed;
pub mod differences;
pub mod end_print_job;
pub mod envelope;
pub mod files;
mod files_of_pieces;
pub mod first_layout;
pub mod forget_faces;
mod frozen;
pub mod join_run;
pub mod keep_printer;
pub mod layout;
pub mod layout_package;
pub mod layout_preview;
pub mod layout_source;
pub mod letter;
pub mod letters;
pub mod manifest;
mod material;
mod package;
pub mod prepare;
pub mod prepare_files;
pub mod preview;
pub mod print_data;
pub mod print_job;
pub mod print_now;
pub mod print_run;
pub mod printer;
pub mod printer_door;
pub mod printer_pdf;
pub mod propose_layout;
pub mod report_spoiled;
pub mod restore;
pub mod scan_back;
pub mod send_to_printer;
pub mod settle;
pub mod start_run;
pub mod store;
pub mod upload_layout;
pub mod web;

pub use layout::LayoutVersion;
pub use print_data::PrintData;
pub use print_run::{Choice, Outcome, PrintRun, RunState};

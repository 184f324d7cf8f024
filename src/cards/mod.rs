//! Annual tickets and their cards: the right, its plastic, and what gates know of both.
//!
//! An *annual ticket* is the right of one holder. It is `active`, `blocked` or `cancelled`, and `expired` by its dates; its
//! personalization is `awaiting_personalization` or `complete`. A *card* is one piece of plastic for it, with a number and a code of
//! its own; it is replaced, not edited. Where a card stands is the business of the one state machine in [`card`]. An *entry right* is
//! the row that gates know of an annual ticket or a day ticket: an id, a scope, days, flags, a status; no names, no photos.
//!
//! Promises:
//! * staff and the holder, through the personal link, complete a personalization by the same deeds and the same rules;
//! * every step of a card is recorded with who, when and why, and what a person confirmed can be taken back while nothing later
//!   happened; the undo is a record of its own;
//! * the gates learn every change that concerns them in the transaction of the deed that made it;
//! * a replacement keeps the id in the code and raises the issue: the old card opens until the new one is in its holder's hands, or
//!   not at all when it was reported lost or stolen.

pub mod annual_ticket;
pub mod api;

pub mod block;
pub mod card;
pub mod delivery;
pub mod entry_right;
pub mod finalize;
pub mod find;
pub mod first_entry;
pub mod forget_holder;
pub mod history;
pub mod issue;
pub mod journey;
pub mod keep_printed;
pub mod mend_address;
pub mod personalize;
pub mod plastic;
pub mod portray;
pub mod prepare_print_data;
pub mod queue;
pub mod record_entry;
pub mod renew;
pub mod replace;
pub mod review_photo;
pub mod revision;
pub mod steps;
mod store;
pub mod web;
pub mod withdraw_link;
pub mod worklist;

pub use annual_ticket::{AnnualTicket, Personalized, Status};
pub use card::{CardState, Step, VoidReason, WrongState};
pub use delivery::{Delivery, Way};
pub use issue::{
    DayTicket, IssueError, Issued, NewAnnualTicket, NewDayTicket, SoldAnnualTicket, cancel_of_ticket,
    issue_annual_ticket, issue_day_tickets, make_day_ticket, mark_order_paid, of_order, state_of_ticket,
};
pub use plastic::Card;
pub use prepare_print_data::{
    FaceContent, FreezeError, FrozenFaces, PREPARE_PRINT_DATA, PrintSource, draft, freeze, source as print_source,
};
pub use record_entry::{annual_ticket_of_code, code_of_number, record_entry};
pub use steps::{StepError, UndoError, Undone};

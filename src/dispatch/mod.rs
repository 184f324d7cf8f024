//! From a printed card to a card in its holder's hand.
//!
//! A printed card is *ready for dispatch*. How it goes on is the holder's choice, which may change until it happened: by mail, laid
//! ready in a house for pickup, or issued at the counter. The [`ready_list`] shows the cards by that choice as it is now.
//!
//! ```text
//! ready for dispatch ──hand_to_post──> dispatched ──hand_over──> handed over   (confirmed by the holder)
//!          |                               └──────take_back────> returned      (came back by post)
//!          ├──deposit──> deposited (house, shelf) ──hand_over──> handed over
//!          └──hand_over──> handed over                                         (issued at the counter at once)
//! deposited, returned ──make_ready──> ready for dispatch;  returned ──deposit──> deposited
//! ```
//!
//! Every step records who, when, why and where ([`crate::cards::steps`]). Of a list of cards all take the step or none. The last step of a card
//! can be undone with a reason ([`undo`]); nothing is ever deleted. The gates learn of every change, because the steps keep the
//! entry right. The holder is told by mail what happened ([`tell_holder`]), once, and not before a slip could have been undone.

pub mod api;
pub mod batch;
pub mod change_way;
pub mod deposit;
pub mod hand_over;
pub mod hand_to_post;
pub mod lateness;
pub mod list_check;
pub mod make_ready;
pub mod pack;
pub mod pickup_code;
pub mod ready_list;
pub mod remind_pickup;
pub mod store;
pub mod take_back;
pub mod tell_holder;
pub mod transfer;
pub mod undo;
pub mod undo_several;
pub mod waiting_times;
pub mod web;

pub use pickup_code::PickupCode;

//! Offers, codes and the ledger in the database.

mod codes;
mod imports;
mod limits;
mod offers;
mod refusals;
mod texts;
mod tries;

pub(super) use codes::{
    Confusable, add_code, add_codes, change_code, codes_page, confusable, count_codes, delete_code, find_batch,
    find_code, insert_batch,
};
pub use codes::{codes_entered, offers_with_endless_codes, offers_with_open_codes};
pub(super) use imports::{Known, PastImport, delete_imports, imported_at, insert_import, latest_imports, lookalikes};
pub(super) use limits::{
    Change, Use, change, confirm, entries_to_give_back, expired_to_give_back, insert_entries, latest_uses, was_used,
};
pub use limits::{Held, held, held_by, held_since, held_until, uses};
pub use offers::known_offers;
pub(super) use offers::{
    OfferVersion, archive_offer, delete_offer, find_offer, find_version, first_codes, insert_offer, lock_list,
    move_offer, offers_page, update_offer, versions_page,
};
pub(super) use refusals::{count_refusal, forget_refusals};

pub use texts::offer_texts;
pub(super) use texts::{copy_texts, delete_texts, keep_text, texts_of};
pub(super) use tries::{count_tries, note_tries, patterns, public_like};

use db::column::{json, number, parsed, to_json};

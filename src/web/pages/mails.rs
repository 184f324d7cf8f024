//! Who writes which mail: the writers of all capabilities, and the words that they write with.

use super::language::Language;
use super::words::Words;
use crate::app::App;
use crate::mail::Writers;
use crate::{accounts, cards, customers, dispatch, sales};

/// The writers of all kinds of mail.
pub fn writers() -> Writers {
    let mut writers = Writers::default();
    writers.add(sales::send_link::ORDER_LINK, sales::web::order_mail::write_link);
    writers.add(sales::send_link::ORDER_REMINDER, sales::web::order_mail::write_reminder);
    writers.add(sales::remind_invoices::INVOICE_REMINDER, sales::web::order_mail::write_invoice_reminder);
    writers.add(sales::send_link::LOST_LINKS, sales::web::order_mail::write_lost_links);
    writers.add(accounts::reset::PASSWORD_LINK, accounts::web::password_mail::write);
    writers.add(customers::prove::OWN_LINK, customers::web::own_mail::write);
    writers.add(cards::review_photo::PHOTO_AGAIN, cards::web::write_photo_again);
    for notice in dispatch::tell_holder::Notice::ALL {
        writers.add(notice.kind(), dispatch::web::write_notice);
    }
    writers
}

/// The words for a reader of this language, or of the museum's where we do not speak it.
pub fn words_of(app: &App, language: &str) -> Words {
    let own = || app.config.museum.language.parse().unwrap_or(Language::En);
    Words::of(language.parse().unwrap_or_else(|()| own()))
}

/// How a mail begins: with the reader's name, where it is known.
pub fn greeting(words: Words, name: &str) -> String {
    if name.is_empty() { words.t("mail-greeting") } else { words.t1("mail-greeting-name", "name", name) }
}

//! Mails: an outbox in the database, what carries them away, and what they look like.
//!
//! A deed *puts* a mail into the outbox in its own transaction: what kind of mail it is, what it is about, to whom and in which
//! language. So a mail exists if and only if its deed was committed, and no deed ever waits for a mail server. A job *delivers* it: the
//! *writer* of its kind writes the letter from what is true at that moment, and the *carrier* takes it to the mail server, or into a
//! folder. What cannot be delivered is tried again later and later, for three days; then it is `failed`, shows why, and waits until
//! somebody sends it again.
//!
//! Promises:
//! * a mail is delivered by one process at a time: whoever tries holds it for as long as an attempt may last;
//! * it is delivered at least once. Only a crash between the server's taking it and our noting that makes it twice, and then with the
//!   same `Message-ID`; as a file it is written over itself;
//! * the outbox holds no secrets: a link whose hash we keep is made by the writer, at the moment at which the mail leaves;
//! * neither addresses nor names nor answers of mail servers go into logs.

mod attempt;
mod carrier;
mod deliver;
mod letter;
mod put;
mod store;
pub mod web;
mod writers;

pub use attempt::{Mail, MailState};
pub use carrier::Carrier;
pub use deliver::{DELIVER, deliver};
pub use letter::{Attachment, Letter, Part};
pub use put::{NewMail, Recipient, SendAgainError, hold_untried, put, put_at, send_again, send_failed_again};
pub use store::{MailFilter, count_failed, forget, forget_address, mails_page, of_subject};
pub use writers::Writers;

/// What mails need of an installation.
#[derive(Debug)]
pub struct Post {
    /// Takes them away.
    pub carrier: Carrier,
    /// Write them.
    pub writers: Writers,
}

/// How long mails are kept after they were made: 90 days.
pub const KEPT_MILLIS: i64 = 90 * 24 * 60 * 60 * 1_000;

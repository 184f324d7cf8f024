//! One id type per kind of thing. Each is a UUID of version 7, so ids of one kind sort by the time they were made, and those that
//! one process made within a millisecond sort in the order in which they were made.

use super::clock::UtcMs;
use super::random::RandomSource;
use std::fmt;
use uuid::{Builder, Uuid};

/// Makes the 128 bits of an id from the moment, a number that rises within it, and 48 random bits.
pub fn uuid_v7(now: UtcMs, random: &dyn RandomSource) -> Uuid {
    let millis = u64::try_from(now.0).unwrap_or_default();
    let mut bytes = random.bytes::<10>();
    let number = random.next_in_sequence();
    let byte_at = |bit: u32| (number >> bit).to_be_bytes()[3];
    // The version will take the upper four bits of the first byte, and the variant the upper two of the third.
    [bytes[0], bytes[1], bytes[2], bytes[3]] = [byte_at(22), byte_at(14), byte_at(8), byte_at(0)];
    Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

/// The text is not an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id")
    }
}

impl std::error::Error for NotAnId {}

/// What every id type can do.
pub trait Id: Sized + Copy {
    /// Wraps the bits.
    fn from_uuid(uuid: Uuid) -> Self;

    /// A fresh id.
    fn new(now: UtcMs, random: &dyn RandomSource) -> Self {
        Self::from_uuid(uuid_v7(now, random))
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl Id for $name {
            fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .format(Some(utoipa::openapi::SchemaFormat::Custom("uuid".to_owned())))
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}
    )+};
}

ids! {
    /// A member of staff.
    StaffId,
    /// A key with which a program calls the API.
    ApiKeyId,
    /// A line of the audit.
    AuditId,
    /// A piece of background work.
    JobId,
    /// One sale.
    OrderId,
    /// One sold unit.
    TicketId,
    /// A payment, or a refund.
    PaymentId,
    /// The end of a day at a desk.
    DayEndId,
    /// A paid right to one annual ticket.
    VoucherId,
    /// An entry of the limit ledger.
    LimitEntryId,
    /// A batch of generated codes.
    CodeBatchId,
    /// A file of codes that was taken.
    CodeImportId,
    /// The right of one holder.
    AnnualTicketId,
    /// A normalised portrait.
    PhotoId,
    /// One piece of plastic.
    CardId,
    /// One step in the life of a card.
    CardStepId,
    /// A frozen set of cards that is printed together.
    PrintRunId,
    /// Cards that were sent to a printer together.
    PrintJobId,
    /// A gate.
    DeviceId,
    /// A mail.
    MailId,
    /// A box in which cards travel between houses.
    TransferBoxId,
    /// Somebody who buys.
    CustomerId,
    /// A list of customers.
    CustomerListId,
    /// A partner.
    InstitutionId,
    /// A partner's wish for codes.
    StockRequestId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::ChaChaRandom;

    #[test]
    fn ids_sort_by_the_time_they_were_made_and_survive_text() {
        let random = ChaChaRandom::seeded(1);
        let earlier = OrderId::new(UtcMs(1_000), &random);
        let later = OrderId::new(UtcMs(2_000), &random);
        assert!(earlier < later);
        assert!(earlier.to_string() < later.to_string());
        assert_eq!(earlier.to_string().parse::<OrderId>(), Ok(earlier));
        assert_eq!("none".parse::<OrderId>(), Err(NotAnId));
    }

    #[test]
    fn ids_of_one_millisecond_sort_in_the_order_in_which_they_were_made() {
        let random = ChaChaRandom::seeded(1);
        let made: Vec<OrderId> = (0..100_000).map(|_| OrderId::new(UtcMs(1_000), &random)).collect();
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]));
    }
}

//! Which annual tickets a desk looks at, and in which order.

use super::annual_ticket::{Personalized, Status};

/// What has become of an annual ticket, as a desk sorts it. Each is in exactly one pile; [`Pile::All`] is all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pile {
    /// It is nobody's yet.
    AwaitingPersonalization,
    /// It holds.
    Active,
    /// It is somebody's, and blocked.
    Blocked,
    /// Its last day is over.
    Expired,
    /// It was cancelled.
    Cancelled,
    /// Wherever it is.
    All,
}

impl Pile {
    /// All piles, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::AwaitingPersonalization, Self::Active, Self::Blocked, Self::Expired, Self::Cancelled, Self::All];

    /// The word for the pile in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingPersonalization => "awaiting_personalization",
            Self::Active => "active",
            Self::Blocked => "blocked",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::All => "all",
        }
    }

    /// The pile of a word; any other word is the one that work begins with.
    pub fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|pile| pile.as_str() == word).unwrap_or(Self::AwaitingPersonalization)
    }

    /// The pile of an annual ticket.
    pub const fn holding(status: Status, state: Personalized) -> Self {
        match (status, state) {
            (Status::Cancelled, _) => Self::Cancelled,
            (_, Personalized::AwaitingPersonalization) => Self::AwaitingPersonalization,
            (Status::Blocked, _) => Self::Blocked,
            (Status::Expired, _) => Self::Expired,
            (Status::Active, _) => Self::Active,
        }
    }
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The last sold or exchanged first: whoever stands at the counter.
    #[default]
    Newest,
    /// The longest waiting first.
    Oldest,
    /// By the holder's name.
    Name,
}

impl Sort {
    /// All orders.
    pub const ALL: [Self; 3] = [Self::Newest, Self::Oldest, Self::Name];

    /// The word for the order in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Name => "name",
        }
    }

    /// The order of a word; any other word is the usual one.
    pub fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.as_str() == word).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_and_others_are_the_usual() {
        for pile in Pile::ALL {
            assert_eq!(Pile::of(pile.as_str()), pile);
        }
        for sort in Sort::ALL {
            assert_eq!(Sort::of(sort.as_str()), sort);
        }
        assert_eq!(Pile::of("everything"), Pile::AwaitingPersonalization);
        assert_eq!(Sort::of(""), Sort::Newest);
    }

    #[test]
    fn each_annual_ticket_is_in_one_pile() {
        use Personalized::{AwaitingPersonalization as Awaiting, Complete};
        for (status, state, pile) in [
            (Status::Active, Awaiting, Pile::AwaitingPersonalization),
            (Status::Blocked, Awaiting, Pile::AwaitingPersonalization),
            (Status::Expired, Awaiting, Pile::AwaitingPersonalization),
            (Status::Cancelled, Awaiting, Pile::Cancelled),
            (Status::Cancelled, Complete, Pile::Cancelled),
            (Status::Active, Complete, Pile::Active),
            (Status::Blocked, Complete, Pile::Blocked),
            (Status::Expired, Complete, Pile::Expired),
        ] {
            assert_eq!(Pile::holding(status, state), pile, "{status:?} {state:?}");
        }
    }
}

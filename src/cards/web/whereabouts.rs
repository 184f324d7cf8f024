//! Where a card is, in plain words: for its holder, and for the desk.

#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand the visitor's words over by reference")]

use super::dossier::Dossier;
use crate::cards::card::CardState;
use crate::cards::delivery::Delivery;
use crate::cards::history::{TakenStep, standing};
use crate::cards::journey::Journey;
use crate::cards::plastic::Card;
use crate::kernel::period::local_day;
use crate::web::pages::Words;

impl Dossier {
    /// Where the card that counts is, for its holder.
    pub(super) fn card_words(&self, words: &Words) -> String {
        use CardState as S;
        let Some(card) = self.card() else { return words.t("card-preparing") };
        if let (S::ReadyForDispatch, Some(journey)) = (card.state, &self.journey) {
            return self.travels("card-travels", journey, *words);
        }
        match (card.state, &self.ticket.delivery) {
            (S::ReadyForDispatch, Some(Delivery::Mail {})) => words.t("card-printed-mail"),
            (S::ReadyForDispatch, Some(Delivery::Pickup { .. })) => {
                words.t1("card-printed-pickup", "house", self.pickup_house_name())
            }
            (S::ReadyForDispatch, _) => words.t("card-printed-counter"),
            (S::Dispatched, _) => words.t1("card-dispatched", "day", words.date(local_day(card.changed_at, self.zone))),
            (S::Deposited, _) => words.t1("card-deposited", "house", self.lies_in()),
            (S::HandedOver, _) => words.t("card-handed-over"),
            (S::Returned, _) => words.t("card-returned"),
            (S::Void, _) => words.t("card-void"),
            (S::Preparing | S::WaitingForLayout | S::SetAside | S::ReadyToPrint | S::InPrintRun, _) => {
                words.t("card-preparing")
            }
        }
    }

    /// That a card is on its way, in this sentence.
    fn travels(&self, key: &str, journey: &Journey, words: Words) -> String {
        let day = words.date(local_day(journey.sent_at, self.zone));
        words.t2(key, ("house", self.house_name(journey.house.as_str())), ("day", day))
    }
}

/// Where a card is, for the desk.
pub(super) fn place(dossier: &Dossier, card: &Card, steps: &[TakenStep], words: Words) -> String {
    use CardState as S;
    let day = words.date(local_day(card.changed_at, dossier.zone));
    let house = || card.house.as_ref().map(|house| dossier.house_name(house.as_str())).unwrap_or_default();
    match card.state {
        S::Preparing if dossier.is_unpaid() => words.t("card-where-unpaid"),
        S::Preparing => words.t("card-where-preparing"),
        S::WaitingForLayout => words.t("card-where-waiting-for-layout"),
        S::SetAside => {
            let key = format!("preview-{}", card.set_aside_reason.as_deref().unwrap_or_default().replace('_', "-"));
            if words.has(&key) { words.t(&key) } else { words.t("card-where-set-aside") }
        }
        S::ReadyToPrint => words.t("card-where-ready-to-print"),
        S::InPrintRun => words.t("card-where-in-print-run"),
        S::ReadyForDispatch => {
            let journey = dossier.journey.as_ref().filter(|_| dossier.card().is_some_and(|own| own.id == card.id));
            match journey {
                Some(journey) => dossier.travels("card-where-travels", journey, words),
                None => words.t1("card-where-printed", "way", dossier.way(&words)),
            }
        }
        S::Dispatched => {
            let sent = standing(steps).into_iter().rev().find(|step| step.step == "dispatched");
            let parts = sent.map(|step| [step.carrier.as_deref(), step.tracking.as_deref()]).unwrap_or_default();
            let how = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
            words.t2(
                "card-where-dispatched",
                ("day", day),
                ("how", if how.is_empty() { words.t("way-mail") } else { how }),
            )
        }
        S::Deposited => match &card.shelf {
            Some(shelf) => words.t2("card-where-deposited-shelf", ("house", house()), ("shelf", shelf.as_str())),
            None => words.t1("card-where-deposited", "house", house()),
        },
        S::HandedOver => {
            let taken = standing(steps).into_iter().rev().find(|step| step.step == "handed_over");
            match taken.and_then(|step| step.picked_up_by.as_deref()) {
                Some(by) => words.t2("card-where-handed-over-by", ("day", day), ("by", by)),
                None => words.t1("card-where-handed-over", "day", day),
            }
        }
        S::Returned => words.t1("card-where-returned", "day", day),
        S::Void => {
            let why = steps.iter().rev().find(|step| step.step == "voided").and_then(|step| step.reason.as_deref());
            let key = format!("why-{}", why.unwrap_or_default());
            words.t1("card-where-void", "why", if words.has(&key) { words.t(&key) } else { String::new() })
        }
    }
}

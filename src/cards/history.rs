//! What happened to a card, and which of it still counts.

use super::card::{CardState, can_be_undone};
use crate::kernel::UtcMs;
use crate::kernel::ids::{CardId, CardStepId, PrintRunId};
use crate::kernel::slug::Slug;

/// One recorded step of a card. An undo is a record of its own, which names the step that it takes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenStep {
    /// The record's id.
    pub id: CardStepId,
    /// The card.
    pub card_id: CardId,
    /// The word for the step; `undone` for an undo.
    pub step: String,
    /// Where the card stood.
    pub from_state: CardState,
    /// Where it stood afterwards.
    pub to_state: CardState,
    /// When.
    pub at: UtcMs,
    /// Who.
    pub actor: String,
    /// Why.
    pub reason: Option<String>,
    /// In which print run.
    pub run: Option<PrintRunId>,
    /// In which house.
    pub house: Option<Slug>,
    /// Where in the house.
    pub shelf: Option<String>,
    /// Who carried it.
    pub carrier: Option<String>,
    /// The consignment's number.
    pub tracking: Option<String>,
    /// Who took it in the holder's name.
    pub picked_up_by: Option<String>,
    /// The step that this one takes back.
    pub undoes: Option<CardStepId>,
    /// The step of another card that brought this one with it.
    pub caused_by: Option<CardStepId>,
}

/// The word for an undo in the records.
pub const UNDONE: &str = "undone";

/// The steps that were not taken back, the first first.
pub fn standing(steps: &[TakenStep]) -> Vec<&TakenStep> {
    let is_undone = |step: &TakenStep| steps.iter().any(|undo| undo.undoes == Some(step.id));
    steps.iter().filter(|step| step.undoes.is_none() && !is_undone(step)).collect()
}

/// The step that an undo would take back: the last one that stands, if it is of a kind that can be taken back.
pub fn undoable(steps: &[TakenStep]) -> Option<&TakenStep> {
    let last = standing(steps).pop()?;
    can_be_undone(&last.step, last.reason.as_deref()).then_some(last)
}

/// Where a card lies after the steps that stand: the house and shelf of its last deposit, unless it left the shelf for the post.
pub fn deposit<'a>(standing: &[&'a TakenStep]) -> Option<(&'a Slug, Option<&'a str>)> {
    let last = standing.iter().rev().find(|step| matches!(step.step.as_str(), "deposited" | "made_ready"))?;
    last.house.as_ref().filter(|_| last.step == "deposited").map(|house| (house, last.shelf.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ids::Id;
    use crate::kernel::random::ChaChaRandom;

    fn steps(words: &[(&str, Option<usize>)]) -> Vec<TakenStep> {
        let random = ChaChaRandom::seeded(3);
        let mut steps: Vec<TakenStep> = Vec::new();
        for (word, undoes) in words {
            steps.push(TakenStep {
                id: Id::new(UtcMs(0), &random),
                card_id: Id::new(UtcMs(0), &random),
                step: (*word).to_owned(),
                from_state: CardState::ReadyForDispatch,
                to_state: CardState::ReadyForDispatch,
                at: UtcMs(0),
                actor: "system".to_owned(),
                reason: None,
                run: None,
                house: (*word == "deposited").then(|| "schloss".parse().unwrap()),
                shelf: (*word == "deposited").then(|| "A1".to_owned()),
                carrier: None,
                tracking: None,
                picked_up_by: None,
                undoes: undoes.map(|index| steps[index].id),
                caused_by: None,
            });
        }
        steps
    }

    #[test]
    fn the_last_step_that_stands_is_undone_and_then_the_one_before() {
        let mut words = vec![("frozen", None), ("joined_run", None), ("printed", None), ("dispatched", None)];
        assert_eq!(undoable(&steps(&words)).map(|step| step.step.as_str()), Some("dispatched"));
        words.push((UNDONE, Some(3)));
        assert_eq!(undoable(&steps(&words)).map(|step| step.step.as_str()), Some("printed"));
        words.push((UNDONE, Some(2)));
        assert_eq!(undoable(&steps(&words)), None, "joining a run is no person's word");
        words.push(("printed", None));
        assert_eq!(undoable(&steps(&words)).map(|step| step.step.as_str()), Some("printed"));
        assert_eq!(undoable(&[]), None);
    }

    #[test]
    fn a_card_lies_where_it_was_last_deposited() {
        for (words, lies) in [
            (vec![("printed", None)], false),
            (vec![("printed", None), ("deposited", None)], true),
            (vec![("deposited", None), ("handed_over", None)], true),
            (vec![("deposited", None), ("made_ready", None)], false),
            (vec![("deposited", None), ("made_ready", None), (UNDONE, Some(1))], true),
            (vec![("deposited", None), (UNDONE, Some(0))], false),
        ] {
            let steps = steps(&words);
            assert_eq!(deposit(&standing(&steps)).is_some(), lies, "{words:?}");
        }
    }
}

//! Why a desk's form changed nothing, as sentences beside the fields.

use crate::cards::block::BlockError;
use crate::cards::finalize::FinalizeError;
use crate::cards::forget_holder::ForgetError;
use crate::cards::personalize::PersonalizeError;
use crate::cards::renew::RenewError;
use crate::cards::replace::ReplaceError;
use crate::web::Problem;
use crate::web::pages::{FormErrors, Words};
use db::DbError;

/// Why a form was not stored.
#[derive(Debug)]
pub(super) enum SaveRefusal {
    /// Something in it is wrong.
    Form(FormErrors),
    /// Somebody else stored something meanwhile.
    Changed,
    /// The annual ticket does not take it.
    Personalize(PersonalizeError),
    /// It cannot be completed.
    Finalize(FinalizeError),
    /// The database refused.
    Db(DbError),
}

impl From<DbError> for SaveRefusal {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<PersonalizeError> for SaveRefusal {
    fn from(error: PersonalizeError) -> Self {
        match error {
            PersonalizeError::Changed { .. } => Self::Changed,
            error => Self::Personalize(error),
        }
    }
}

impl From<FinalizeError> for SaveRefusal {
    fn from(error: FinalizeError) -> Self {
        Self::Finalize(error)
    }
}

/// The sentences of a refusal.
///
/// # Errors
/// When it is none that a person can act on.
pub(super) fn explain(refusal: SaveRefusal, words: Words) -> Result<FormErrors, Problem> {
    let problem = match refusal {
        SaveRefusal::Form(errors) => return Ok(errors),
        SaveRefusal::Db(error) => return Err(error.into()),
        SaveRefusal::Changed => return Ok(FormErrors::default()),
        SaveRefusal::Personalize(PersonalizeError::UnknownHouse) => {
            return Ok(one("delivery", words.t("delivery-missing")));
        }
        SaveRefusal::Personalize(PersonalizeError::Start(_) | PersonalizeError::AlreadyBegun)
        | SaveRefusal::Finalize(FinalizeError::Start(_)) => return Ok(one("starts_on", words.t("start-refused"))),
        SaveRefusal::Personalize(PersonalizeError::Incomplete { missing })
        | SaveRefusal::Finalize(FinalizeError::Incomplete { missing }) => return Ok(incomplete(&missing, words)),
        SaveRefusal::Personalize(error) => Problem::from(error),
        SaveRefusal::Finalize(error) => Problem::from(error),
    };
    of_problem(&problem, words).ok_or(problem)
}

/// What is missing, each beside its field.
fn incomplete(missing: &[&'static str], words: Words) -> FormErrors {
    let mut errors = FormErrors::default();
    for path in missing {
        let (field, key) = match *path {
            "photo" => ("photo", "photo-missing"),
            "holder.birth_date" => ("birth_date", "birth-date-missing"),
            "address" => ("street", "street-missing"),
            _ => ("given_name", "name-missing"),
        };
        errors.add(field, words.t(key));
    }
    errors
}

/// A refusal that is a state of things, as a sentence on the page.
fn of_problem(problem: &Problem, words: Words) -> Option<FormErrors> {
    let is_state = problem.status().as_u16() == 409;
    is_state.then(|| one("content", words.problem(problem.reason())))
}

fn one(field: &'static str, message: String) -> FormErrors {
    let mut errors = FormErrors::default();
    errors.add(field, message);
    errors
}

/// Why something was not done to an annual ticket.
#[derive(Debug)]
pub(super) struct DeedRefusal(Problem);

impl DeedRefusal {
    /// The sentence on the page.
    ///
    /// # Errors
    /// When it is no refusal that a person can act on.
    pub(super) fn explain(self, words: Words) -> Result<FormErrors, Problem> {
        of_problem(&self.0, words).ok_or(self.0)
    }
}

impl From<DbError> for DeedRefusal {
    fn from(error: DbError) -> Self {
        Self(error.into())
    }
}

impl From<BlockError> for DeedRefusal {
    fn from(error: BlockError) -> Self {
        Self(error.into())
    }
}

impl From<ForgetError> for DeedRefusal {
    fn from(error: ForgetError) -> Self {
        Self(error.into())
    }
}

impl From<ReplaceError> for DeedRefusal {
    fn from(error: ReplaceError) -> Self {
        Self(error.into())
    }
}

impl From<RenewError> for DeedRefusal {
    fn from(error: RenewError) -> Self {
        Self(error.into())
    }
}

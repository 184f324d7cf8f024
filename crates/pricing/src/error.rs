//! Why a scenario is refused: a path into the JSON and what is wrong there.

/// The scenario is not valid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[error("{path}: {message}")]
pub struct ScenarioError {
    /// Where, as in `offers[2].effect.percent`; `$` is the whole document.
    pub path: String,
    /// What is wrong, as in `"120" is above 100`.
    pub message: String,
}

impl ScenarioError {
    /// An error at a path.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> ScenarioError {
        ScenarioError { path: path.into(), message: message.into() }
    }
}

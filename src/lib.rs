//! Passepartout.

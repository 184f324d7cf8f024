//! Strangers are refused, and so is everyone with the wrong role.

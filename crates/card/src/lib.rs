//! The card code, its keys, and the admission decision; no input or output.

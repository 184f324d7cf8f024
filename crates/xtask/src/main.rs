//! Chores of the repository: checks and benches.
fn main() {}

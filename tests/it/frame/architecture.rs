//! Which part may touch which: the invariants of docs/ARCHITECTURE.md, kept by reading the sources.

//! The gate program: reads codes, decides at once, remembers, syncs.

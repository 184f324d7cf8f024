//! What tests share: databases, an application under test, builders, a fake clock.

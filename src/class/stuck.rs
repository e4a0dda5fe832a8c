//! Where a class is stuck.

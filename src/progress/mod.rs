//! SQLite: what was verified when, quiz answers, saved snapshots.

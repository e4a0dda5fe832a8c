//! The quiz: sittings and results; pure.

//! Looking back: what a sitting came to, confident errors first, and where the learner stands.

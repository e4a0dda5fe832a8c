//! What to say next in the guided walk; pure.

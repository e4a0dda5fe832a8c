//! What bundles hold, and what becomes of bad ones.

//! Evidence that looks like somebody else's.

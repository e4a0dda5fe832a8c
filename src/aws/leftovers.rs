//! What is left in all enabled regions, and what of the chapter stands in another one.

use super::read::Reader;
use crate::account::{Chapter, Fact, Leftovers, Sighting};

/// What this region lacks, and so may stand elsewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Missing {
    pub cluster: bool,
    pub repository: bool,
    pub database: bool,
    pub certificate: bool,
}

impl Missing {
    pub const fn any(self) -> bool {
        self.cluster || self.repository || self.database || self.certificate
    }
}

pub(super) async fn leftovers(_reader: &Reader, _chapter: &Chapter) -> Fact<Leftovers> {
    Fact::not_asked()
}

pub(super) async fn elsewhere(
    _reader: &Reader,
    _chapter: &Chapter,
    _missing: Missing,
) -> Fact<Vec<Sighting>> {
    Fact::not_asked()
}

//! Load balancers with their listeners, and target groups.

use super::read::Reader;
use crate::account::{Balancer, Chapter, Fact, Service, TargetGroup};

pub(super) async fn balancers(_reader: &Reader) -> Fact<Vec<Balancer>> {
    Fact::not_asked()
}

/// All of the region; targets only for those of the chapter's name and those the service registers with.
pub(super) async fn target_groups(
    _reader: &Reader,
    _chapter: &Chapter,
    _service: Option<&Service>,
) -> Fact<Vec<TargetGroup>> {
    Fact::not_asked()
}

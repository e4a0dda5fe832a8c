//! ACM.

use super::read::Reader;
use crate::account::{Certificate, Fact};

pub(super) async fn certificates(_reader: &Reader) -> Fact<Vec<Certificate>> {
    Fact::not_asked()
}

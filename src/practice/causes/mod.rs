//! The faults, one file per part of the account. Each makes the snapshot look as AWS would with it.

mod balancer;
mod certificate;
mod data;
mod definition;
mod definition_file;
mod identity;
mod network;
mod parameter;
mod registry;
mod role;
mod service;
mod targets;
mod tasks;
mod trouble;

use super::cause::Cause;

/// In the order of the chapter.
pub(super) const ALL: &[&[Cause]] = &[
    identity::CAUSES,
    registry::CAUSES,
    network::CAUSES,
    data::CAUSES,
    parameter::CAUSES,
    balancer::CAUSES,
    certificate::CAUSES,
    role::CAUSES,
    definition::CAUSES,
    definition_file::CAUSES,
    service::CAUSES,
    tasks::CAUSES,
    targets::CAUSES,
    super::leftovers::CAUSES,
];

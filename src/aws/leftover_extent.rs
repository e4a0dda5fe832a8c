//! How much there is of what was left behind, where AWS's own types say it.

use crate::account::{Extent, Image, Launch, Tasks};
use aws_sdk_ecs::types as ecs;

/// A service's tasks. Their definition is not read for it: of what size they are is not known.
pub(super) fn tasks(service: &ecs::Service, running: u32) -> Extent {
    let public = service
        .network_configuration()
        .and_then(|network| network.awsvpc_configuration())
        .and_then(|network| network.assign_public_ip())
        == Some(&ecs::AssignPublicIp::Enabled);
    let providers = service.capacity_provider_strategy();
    Extent::Tasks(Tasks {
        running,
        launch: Launch::of(
            service.launch_type().map(|launch| launch.as_str()),
            providers
                .iter()
                .map(|provider| provider.capacity_provider()),
        ),
        cpu: None,
        memory: None,
        architecture: None,
        public_addresses: if public { running } else { 0 },
    })
}

/// What the images of a repository add up to. Layers that several share are charged once: it is at most that.
pub(super) fn images(images: impl Iterator<Item = Image>) -> Extent {
    let images: Vec<Image> = images.collect();
    Extent::Images(images.iter().collect())
}

//! Manifests and indexes, as registries keep them.

use crate::account::{Digest, Platform};
use serde::Deserialize;
use std::collections::BTreeMap;

/// An OCI or Docker manifest or index, reduced.
#[derive(Debug, Deserialize)]
pub(super) struct Manifest {
    pub manifests: Option<Vec<Entry>>,
    pub config: Option<Descriptor>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    digest: Option<String>,
    artifact_type: Option<String>,
    platform: Option<ConfigPlatform>,
    #[serde(default)]
    annotations: BTreeMap<String, String>,
}

impl Entry {
    /// What it runs on; `None` = it is no image. BuildKit's attestations say `unknown/unknown` and name themselves in an
    /// annotation; signatures and lists of parts have a type of their own.
    fn platform(&self) -> Option<Platform> {
        let is_attestation = self
            .annotations
            .get("vnd.docker.reference.type")
            .is_some_and(|kind| kind == "attestation-manifest");
        if is_attestation {
            return None;
        }
        match &self.platform {
            Some(platform) => {
                let platform = Platform {
                    os: platform.os.clone(),
                    architecture: platform.architecture.clone(),
                };
                (!platform.is_unsaid()).then_some(platform)
            }
            None => self.artifact_type.is_none().then(Platform::unsaid),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Descriptor {
    pub digest: String,
    pub size: Option<u64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ConfigPlatform {
    pub os: String,
    pub architecture: String,
}

/// What an index runs on. Attestations and other things that are no images are left out; an image that does not say
/// what it runs on stays in as one that may run anywhere.
pub(super) fn of_index(entries: &[Entry]) -> Vec<Platform> {
    let mut platforms: Vec<Platform> = Vec::new();
    for platform in entries.iter().filter_map(Entry::platform) {
        if !platforms.contains(&platform) {
            platforms.push(platform);
        }
    }
    platforms
}

/// The images that it holds, as far as they say what they run on.
pub(super) fn children_of(entries: &[Entry]) -> Vec<(Digest, Platform)> {
    let child = |entry: &Entry| {
        let platform = entry.platform().filter(|platform| !platform.is_unsaid())?;
        Some((Digest::from(entry.digest.as_deref()?), platform))
    };
    entries.iter().filter_map(child).collect()
}

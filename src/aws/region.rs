//! Which region is read, and who named it.

use crate::account::Region;
use aws_config::profile::{ProfileFileRegionProvider, ProfileSet};

/// The region that is read, and who said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionChoice {
    pub region: Region,
    pub from: RegionSource,
    /// Weaker sources that name another region: worth a remark.
    pub overruled: Vec<(RegionSource, Region)>,
}

/// Where a region can come from, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegionSource {
    Flag,
    Environment,
    File,
    Profile,
    Course,
}

impl RegionSource {
    /// In words, for people and for the snapshot.
    pub const fn say(self) -> &'static str {
        match self {
            RegionSource::Flag => "--region",
            RegionSource::Environment => "AWS_REGION",
            RegionSource::File => "landfall.toml",
            RegionSource::Profile => "profile",
            RegionSource::Course => "course",
        }
    }
}

/// Picks the region. Pure: the strongest source wins, empty names do not count.
pub fn choose_region(
    named: impl IntoIterator<Item = (RegionSource, Option<Region>)>,
) -> RegionChoice {
    let mut named: Vec<(RegionSource, Region)> = named
        .into_iter()
        .filter_map(|(source, region)| {
            let region = region?;
            let trimmed = region.as_str().trim();
            (!trimmed.is_empty()).then(|| (source, Region::from(trimmed)))
        })
        .collect();
    named.sort_by_key(|(source, _)| *source);
    let mut named = named.into_iter();
    let (from, region) = named
        .next()
        .unwrap_or((RegionSource::Course, Region::from("us-east-1")));
    let overruled = named
        .filter(|(source, other)| *other != region && *source != RegionSource::Course)
        .collect();
    RegionChoice {
        region,
        from,
        overruled,
    }
}

pub(super) fn region_of_environment() -> Option<Region> {
    ["AWS_REGION", "AWS_DEFAULT_REGION"]
        .iter()
        .find_map(|name| {
            std::env::var(name)
                .ok()
                .filter(|text| !text.trim().is_empty())
        })
        .map(Region::from)
}

pub(super) async fn region_of_profile(profile: Option<&str>) -> Option<Region> {
    use aws_config::meta::region::ProvideRegion;
    let mut builder = ProfileFileRegionProvider::builder();
    if let Some(name) = profile {
        builder = builder.profile_name(name);
    }
    builder
        .build()
        .region()
        .await
        .map(|region| Region::from(region.as_ref()))
}

/// The regions that profiles name, whether in use or not.
pub(super) fn regions_of_profiles(profiles: &ProfileSet) -> Vec<Region> {
    profiles
        .profiles()
        .filter_map(|name| profiles.get_profile(name)?.get("region"))
        .map(|region| Region::from(region.trim()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(name: &str) -> Option<Region> {
        Some(Region::from(name))
    }

    #[test]
    fn the_strongest_source_names_the_region() {
        let all = [
            (RegionSource::Course, region("us-east-1")),
            (RegionSource::Profile, region("eu-west-1")),
            (RegionSource::File, region("eu-north-1")),
            (RegionSource::Environment, region("eu-west-2")),
            (RegionSource::Flag, region("eu-west-3")),
        ];
        for kept in (1..=all.len()).rev() {
            let choice = choose_region(all[..kept].to_vec());
            assert_eq!(
                Some(choice.region),
                all[kept - 1].1,
                "{:?}",
                all[kept - 1].0
            );
            assert_eq!(choice.from, all[kept - 1].0);
        }
    }

    #[test]
    fn a_weaker_source_that_disagrees_is_named() {
        let choice = choose_region([
            (RegionSource::Environment, region("eu-west-2")),
            (RegionSource::File, region("eu-west-2")),
            (RegionSource::Profile, region("us-west-2")),
            (RegionSource::Course, region("us-east-1")),
        ]);
        assert_eq!(
            choice.overruled,
            [(RegionSource::Profile, Region::from("us-west-2"))]
        );
    }

    #[test]
    fn an_empty_name_does_not_count() {
        let choice = choose_region([
            (RegionSource::Flag, region("  ")),
            (RegionSource::Course, region("us-east-1")),
        ]);
        assert_eq!(choice.from, RegionSource::Course);
    }
}

//! What of the chapter stands in another region: looked for only when it is not in this one, in the few regions where
//! people end up by accident.

use super::answer::Page;
use super::answers::rds::DescribeDbInstances;
use super::certificates::names_covering;
use super::endpoint::Partition;
use super::error::ReadError;
use super::read::Reader;
use super::registry::DescribeRepositories;
use super::{calls, databases};
use crate::account::{Chapter, DatabaseInstance, Fact, Region, Sighting, Why};
use crate::aws::input::Input;
use futures_util::future::{BoxFuture, join_all};
use serde_json::json;
use std::time::Duration;
use tokio::time::timeout;

/// Where consoles and tutorials lead.
const LIKELY: [&str; 4] = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"];
const IN_CHINA: [&str; 2] = ["cn-north-1", "cn-northwest-1"];
const IN_GOVCLOUD: [&str; 2] = ["us-gov-west-1", "us-gov-east-1"];
/// Three calls each, beside the forty of an empty region: together within the sixty of a whole look.
const MOST_REGIONS: usize = 6;
/// The balancer's certificate must be in its own region; CloudFront's, which people know, is here.
const CERTIFICATES: &str = "us-east-1";
/// It is a hint, not worth waiting for.
const PATIENCE: Duration = Duration::from_secs(5);

/// What this region lacks, and so may stand elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// What was seen; unknown only when nothing at all could be read.
pub(super) async fn elsewhere(
    reader: &Reader,
    chapter: &Chapter,
    missing: Missing,
) -> Fact<Vec<Sighting>> {
    let looks = looks(reader, chapter, missing)
        .into_iter()
        .map(|look| async { timeout(PATIENCE, look).await });
    let mut seen = Vec::new();
    let mut read = false;
    let mut trouble = None;
    for result in join_all(looks).await {
        match result {
            Ok(Ok(sightings)) => {
                read = true;
                seen.extend(sightings);
            }
            Ok(Err(error)) => trouble = Some(error.why),
            Err(_) => trouble = Some(Why::TimedOut),
        }
    }
    match trouble {
        Some(why) if !read => Fact::Unknown(why),
        _ => Fact::Present(seen),
    }
}

type Look<'a> = BoxFuture<'a, Result<Vec<Sighting>, ReadError>>;

fn looks<'a>(reader: &Reader, chapter: &'a Chapter, missing: Missing) -> Vec<Look<'a>> {
    let mut looks: Vec<Look<'a>> = Vec::new();
    for region in regions(reader) {
        let there = reader.in_region(region.clone());
        if missing.cluster {
            looks.push(Box::pin(cluster(there.clone(), chapter)));
        }
        if missing.repository {
            looks.push(Box::pin(repository(there.clone(), chapter)));
        }
        if missing.database {
            looks.push(Box::pin(database(there.clone(), chapter)));
        }
    }
    let certificates = Region::from(CERTIFICATES);
    let same_partition = Partition::of(reader.region()) == Partition::of(&certificates);
    if missing.certificate && *reader.region() != certificates && same_partition {
        let there = reader.in_region(certificates);
        looks.push(Box::pin(certificate(there, chapter)));
    }
    looks
}

/// The regions that the learner's own settings and earlier looks name, then the likely ones; not those of other
/// partitions, where these credentials mean nothing, and not many.
fn regions(reader: &Reader) -> Vec<Region> {
    let here = reader.region();
    let partition = Partition::of(here);
    let likely: &[&str] = match partition {
        Partition::Aws => &LIKELY,
        Partition::China => &IN_CHINA,
        Partition::GovCloud => &IN_GOVCLOUD,
    };
    let named = reader.session().other_regions.iter().cloned();
    let mut all: Vec<Region> = Vec::new();
    for region in named.chain(likely.iter().copied().map(Region::from)) {
        let fits = !region.as_str().is_empty()
            && region != *here
            && Partition::of(&region) == partition
            && !all.contains(&region);
        if fits && all.len() < MOST_REGIONS {
            all.push(region);
        }
    }
    all
}

fn sighting(reader: &Reader, what: &str, name: &str) -> Sighting {
    Sighting {
        region: reader.region().clone(),
        what: what.to_owned(),
        name: name.to_owned(),
    }
}

async fn cluster(there: Reader, chapter: &Chapter) -> Result<Vec<Sighting>, ReadError> {
    let name = &chapter.service.cluster;
    let asked = Box::pin(there.ecs().describe_clusters().clusters(name).send());
    let answer = there.sdk(&calls::DESCRIBE_CLUSTERS, asked).await?;
    let active = answer
        .clusters()
        .iter()
        .any(|one| one.status() == Some("ACTIVE"));
    Ok(active
        .then(|| sighting(&there, "ECS cluster", name))
        .into_iter()
        .collect())
}

async fn repository(there: Reader, chapter: &Chapter) -> Result<Vec<Sighting>, ReadError> {
    let name = &chapter.repository;
    let input = Input::none().with("repositoryNames", json!([name]));
    match there.pages::<DescribeRepositories>(input).await {
        Ok(found) if found.is_empty() => Ok(Vec::new()),
        Ok(_) => Ok(vec![sighting(&there, "ECR repository", name)]),
        Err(error) if error.is(&["RepositoryNotFoundException"]) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

async fn database(there: Reader, chapter: &Chapter) -> Result<Vec<Sighting>, ReadError> {
    let name = &chapter.database.instance;
    let items = there
        .ask::<DescribeDbInstances>(databases::page())
        .await?
        .split()
        .items;
    let found = items
        .into_iter()
        .map(DatabaseInstance::from)
        .any(|instance| instance.id.eq_ignore_ascii_case(name));
    Ok(found
        .then(|| sighting(&there, "RDS instance", name))
        .into_iter()
        .collect())
}

async fn certificate(there: Reader, chapter: &Chapter) -> Result<Vec<Sighting>, ReadError> {
    let names = names_covering(&there, &chapter.host).await?;
    Ok(names
        .iter()
        .map(|name| sighting(&there, "certificate", name))
        .collect())
}

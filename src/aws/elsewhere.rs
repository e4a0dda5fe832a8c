//! What of the chapter stands in another region: looked for only when it is not in this one, in the few regions where
//! people end up by accident.

use super::answer::Page;
use super::answers::rds::DescribeDbInstances;
use super::certificates::names_covering;
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
        if missing.certificate && region.as_str() == CERTIFICATES {
            looks.push(Box::pin(certificate(there, chapter)));
        }
    }
    looks
}

/// The regions that other settings name, then the likely ones; not those of other partitions.
fn regions(reader: &Reader) -> Vec<Region> {
    let here = reader.region();
    let named = reader
        .session()
        .region()
        .overruled
        .iter()
        .map(|(_, region)| region.clone());
    let mut all: Vec<Region> = Vec::new();
    for region in named.chain(LIKELY.map(Region::from)) {
        if region != *here && is_of_same_partition(&region, here) && !all.contains(&region) {
            all.push(region);
        }
    }
    all
}

fn is_of_same_partition(one: &Region, other: &Region) -> bool {
    let partition = |region: &Region| {
        ["cn-", "us-gov-"]
            .into_iter()
            .find(|prefix| region.as_str().starts_with(prefix))
    };
    partition(one) == partition(other)
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
        .any(|instance| instance.id == *name);
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

//! What of the chapter's kinds still costs money in one region. What bears a name of the chapter is the chapter's;
//! other things of the kinds are mentioned, since a learner may have named them anew. What is going already is left out.

use super::answers::ec2::DescribeAddresses;
use super::answers::ec2_route::DescribeNatGateways;
use super::answers::elasticache::{
    DescribeCacheClusters, DescribeCacheSnapshots, DescribeReplicationGroups,
    DescribeServerlessCaches,
};
use super::answers::rds::{DescribeDbClusters, DescribeDbInstances, DescribeDbSnapshots};
use super::balancers::all_balancers;
use super::error::ReadError;
use super::input::Input;
use super::instant::{count, instant};
use super::leftover_extent as extent;
use super::log_groups::beginning_with;
use super::read::Reader;
use super::registry::{DescribeImages, DescribeRepositories};
use super::{caches, calls, databases};
use crate::account::{
    CacheNode, Chapter, DatabaseCluster, DatabaseInstance, Extent, Leftover, LeftoverKind as Kind,
    ReplicationGroup, ServerlessCache,
};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use serde_json::json;

/// What one look at one kind gives.
pub(super) type Find = Result<Found, ReadError>;

/// What was found; and what of it could not be measured.
#[derive(Default)]
pub(super) struct Found {
    pub things: Vec<Leftover>,
    pub unmeasured: Vec<ReadError>,
}

impl FromIterator<Leftover> for Found {
    fn from_iter<I: IntoIterator<Item = Leftover>>(things: I) -> Self {
        Found {
            things: things.into_iter().collect(),
            unmeasured: Vec::new(),
        }
    }
}

const ABSENT: &[&str] = &["RepositoryNotFoundException"];

/// One look per kind, all in the reader's region.
pub(super) fn finds<'a>(there: &Reader, chapter: &'a Chapter) -> Vec<BoxFuture<'a, Find>> {
    let at = || Region {
        reader: there.clone(),
        chapter,
    };
    vec![
        Box::pin(at().service()),
        Box::pin(at().balancers()),
        Box::pin(at().databases()),
        Box::pin(at().database_clusters()),
        Box::pin(at().database_snapshots()),
        Box::pin(at().cache_nodes()),
        Box::pin(at().replication_groups()),
        Box::pin(at().serverless_caches()),
        Box::pin(at().cache_snapshots()),
        Box::pin(at().nat_gateways()),
        Box::pin(at().addresses()),
        Box::pin(at().log_groups()),
        Box::pin(at().repository()),
    ]
}

struct Region<'a> {
    reader: Reader,
    chapter: &'a Chapter,
}

impl Region<'_> {
    fn leftover(
        &self,
        kind: Kind,
        name: impl Into<String>,
        since: Option<Timestamp>,
        of_chapter: bool,
    ) -> Leftover {
        Leftover {
            region: self.reader.region().clone(),
            kind,
            name: name.into(),
            since,
            of_chapter,
            arn: None,
            extent: Extent::NotRead,
        }
    }

    /// Without tasks it costs nothing.
    async fn service(self) -> Find {
        let names = &self.chapter.service;
        let client = self.reader.ecs();
        let asked = client
            .describe_services()
            .cluster(&names.cluster)
            .services(&names.service)
            .send();
        let answer = self
            .reader
            .sdk(&calls::DESCRIBE_SERVICES, Box::pin(asked))
            .await;
        match answer {
            Err(error) if error.is(&["ClusterNotFoundException", "ServiceNotFoundException"]) => {
                Ok(Found::default())
            }
            Err(error) => Err(error),
            Ok(answer) => Ok(answer
                .services()
                .iter()
                .filter(|one| one.status() != Some("INACTIVE"))
                .filter(|one| one.desired_count() + one.running_count() + one.pending_count() > 0)
                .map(|one| {
                    let name = one.service_name().unwrap_or_default();
                    Leftover {
                        extent: extent::tasks(one, count(one.running_count())),
                        ..self.leftover(Kind::Service, name, instant(one.created_at()), true)
                    }
                })
                .collect()),
        }
    }

    async fn balancers(self) -> Find {
        let found = all_balancers(&self.reader).await?;
        Ok(found
            .into_iter()
            .map(|one| {
                let own = one.name == self.chapter.balancer.name;
                Leftover {
                    extent: Extent::of_balancer(&one),
                    arn: Some(one.arn.clone()),
                    ..self.leftover(Kind::Balancer, one.name, one.created_at, own)
                }
            })
            .collect())
    }

    async fn databases(self) -> Find {
        let name = &self.chapter.database.instance;
        let items = self
            .reader
            .pages::<DescribeDbInstances>(databases::page())
            .await?;
        Ok(items
            .into_iter()
            .map(DatabaseInstance::from)
            .filter(|one| one.status != "deleting")
            .map(|one| {
                let own = one.id == *name || one.cluster.as_ref() == Some(name);
                Leftover {
                    extent: Extent::of_database(&one),
                    ..self.leftover(Kind::Database, one.id, one.created_at, own)
                }
            })
            .collect())
    }

    /// A cluster keeps its data, and costs money, without instances too.
    async fn database_clusters(self) -> Find {
        let name = &self.chapter.database.instance;
        let items = self
            .reader
            .pages::<DescribeDbClusters>(databases::page())
            .await?;
        Ok(items
            .into_iter()
            .map(DatabaseCluster::from)
            .filter(|one| one.status != "deleting")
            .map(|one| {
                let own = one.id == *name;
                Leftover {
                    extent: Extent::of_database_cluster(&one),
                    ..self.leftover(Kind::DatabaseCluster, one.id, one.created_at, own)
                }
            })
            .collect())
    }

    /// Only those made by hand or on deletion: automatic ones go with their instance.
    async fn database_snapshots(self) -> Find {
        let name = &self.chapter.database.instance;
        let input = databases::page().with("SnapshotType", "manual");
        let items = self.reader.pages::<DescribeDbSnapshots>(input).await?;
        Ok(items
            .into_iter()
            .map(|one| {
                let own = one.instance.as_ref() == Some(name);
                let since = one.snapshot_create_time.map(Into::into);
                Leftover {
                    extent: Extent::DatabaseSnapshot {
                        allocated_gb: one.allocated_storage,
                    },
                    ..self.leftover(Kind::DatabaseSnapshot, one.id, since, own)
                }
            })
            .collect())
    }

    /// Nodes by themselves; members are counted with their replication group.
    async fn cache_nodes(self) -> Find {
        // The same question as the cache collector's, so that it goes over the wire once.
        let input = caches::page().with("ShowCacheNodeInfo", true);
        let items = self.reader.pages::<DescribeCacheClusters>(input).await?;
        Ok(items
            .into_iter()
            .map(CacheNode::from)
            .filter(|one| one.replication_group.is_none() && one.status != "deleting")
            .map(|one| {
                let own = one.id == self.chapter.cache.id;
                Leftover {
                    extent: Extent::of_cache_node(&one),
                    ..self.leftover(Kind::Cache, one.id, one.created_at, own)
                }
            })
            .collect())
    }

    async fn replication_groups(self) -> Find {
        let items = self
            .reader
            .pages::<DescribeReplicationGroups>(caches::page())
            .await?;
        Ok(items
            .into_iter()
            .map(ReplicationGroup::from)
            .filter(|one| one.status != "deleting")
            .map(|one| {
                let own = one.id == self.chapter.cache.id;
                Leftover {
                    extent: Extent::of_replication_group(&one),
                    ..self.leftover(Kind::ReplicationGroup, one.id, one.created_at, own)
                }
            })
            .collect())
    }

    async fn serverless_caches(self) -> Find {
        let items = self
            .reader
            .pages::<DescribeServerlessCaches>(Input::none())
            .await?;
        Ok(items
            .into_iter()
            .map(ServerlessCache::from)
            .filter(|one| !one.status.eq_ignore_ascii_case("deleting"))
            .map(|one| {
                let own = one.name == self.chapter.cache.id;
                Leftover {
                    extent: Extent::ServerlessCache {
                        engine: one.engine.clone(),
                    },
                    ..self.leftover(Kind::ServerlessCache, one.name, one.created_at, own)
                }
            })
            .collect())
    }

    async fn cache_snapshots(self) -> Find {
        let id = &self.chapter.cache.id;
        // Unlike its siblings this call gives at most fifty on a page.
        let page = Input::none().with("MaxRecords", 50);
        let items = self.reader.pages::<DescribeCacheSnapshots>(page).await?;
        Ok(items
            .into_iter()
            .map(|one| {
                let own = [&one.cache_cluster_id, &one.replication_group_id]
                    .into_iter()
                    .any(|of| of.as_ref() == Some(id));
                let since = one.taken();
                self.leftover(Kind::CacheSnapshot, one.snapshot_name, since, own)
            })
            .collect())
    }

    async fn nat_gateways(self) -> Find {
        let input = Input::none().with("MaxResults", 1000);
        let items = self.reader.pages::<DescribeNatGateways>(input).await?;
        Ok(items
            .into_iter()
            .filter(|one| matches!(one.state.as_str(), "pending" | "available"))
            .map(|one| {
                let since = one.create_time.map(Into::into);
                Leftover {
                    extent: Extent::NatGateway {
                        allocations: one.allocations(),
                    },
                    ..self.leftover(Kind::NatGateway, one.nat_gateway_id, since, false)
                }
            })
            .collect())
    }

    /// Addresses that nothing uses; the others go with what uses them.
    async fn addresses(self) -> Find {
        let answer = self.reader.ask::<DescribeAddresses>(Input::none()).await?;
        Ok(answer
            .addresses
            .into_iter()
            .filter(|one| one.is_unused())
            .map(|one| {
                let name = one.allocation_id.or(one.public_ip).unwrap_or_default();
                self.leftover(Kind::Address, name, None, false)
            })
            .collect())
    }

    async fn log_groups(self) -> Find {
        let name = &self.chapter.log_group;
        let found = beginning_with(&self.reader, name).await?;
        Ok(found
            .into_iter()
            .filter(|one| one.name == *name)
            .map(|one| Leftover {
                extent: Extent::of_log_group(&one),
                ..self.leftover(Kind::LogGroup, one.name, one.created_at, true)
            })
            .collect())
    }

    async fn repository(self) -> Find {
        let name = &self.chapter.repository;
        let input = Input::none().with("repositoryNames", json!([name]));
        let described = match self.reader.pages::<DescribeRepositories>(input).await {
            Err(error) if error.is(ABSENT) => return Ok(Found::default()),
            Err(error) => return Err(error),
            Ok(described) => described,
        };
        let mut found = Found::default();
        for repository in described.into_iter().map(|one| one.into_repository()) {
            let extent = match self.images(&repository.name).await {
                Ok(extent) => extent,
                Err(error) => {
                    found.unmeasured.push(error);
                    Extent::NotRead
                }
            };
            found.things.push(Leftover {
                extent,
                ..self.leftover(
                    Kind::Repository,
                    repository.name,
                    repository.created_at,
                    true,
                )
            });
        }
        Ok(found)
    }

    /// What lies in it, also what nobody can pull by name: that is charged like the rest.
    async fn images(&self, repository: &str) -> Result<Extent, ReadError> {
        let input = Input::none()
            .with("repositoryName", repository)
            .with("filter", json!({"imageStatus": "ANY"}))
            .with("maxResults", 1000);
        match self.reader.pages::<DescribeImages>(input).await {
            Err(error) if error.is(ABSENT) => Ok(Extent::NotRead),
            Err(error) => Err(error),
            Ok(images) => Ok(extent::images(
                images.into_iter().map(|image| image.into_image()),
            )),
        }
    }
}

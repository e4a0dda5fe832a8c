//! The ECS cluster. ECS says "not found" in a list of failures, or with the status INACTIVE.

use super::calls;
use super::error::FactFrom;
use super::read::Reader;
use crate::account::{Arn, Chapter, Cluster, Fact, Why};
use aws_sdk_ecs::types::Failure;

/// The chapter's cluster by name. A deleted one is absent.
pub(super) async fn cluster(reader: &Reader, chapter: &Chapter) -> Fact<Cluster> {
    let asked = Box::pin(
        reader
            .ecs()
            .describe_clusters()
            .clusters(&chapter.service.cluster)
            .send(),
    );
    reader
        .sdk(&calls::DESCRIBE_CLUSTERS, asked)
        .await
        .fact(&["ClusterNotFoundException"])
        .and_then(|answer| {
            let found = answer.clusters().iter().next().map(|cluster| Cluster {
                arn: Arn::from(cluster.cluster_arn().unwrap_or_default()),
                name: cluster.cluster_name().unwrap_or_default().to_owned(),
                status: cluster.status().unwrap_or_default().to_owned(),
            });
            match found {
                Some(cluster) if cluster.status == "INACTIVE" => Fact::Absent,
                Some(cluster) => Fact::Present(cluster),
                None => missing(answer.failures()),
            }
        })
}

/// What an answer without the thing asked for means: MISSING is absent, another reason is unknown. ECS always gives one:
/// an answer without any is not about what was asked.
pub(super) fn missing<T>(failures: &[Failure]) -> Fact<T> {
    match failures
        .first()
        .map(|failure| failure.reason().unwrap_or_default())
    {
        Some("MISSING") => Fact::Absent,
        None => Fact::Unknown(Why::Other {
            say: "ECS answered neither with what was asked for nor that it is missing".to_owned(),
        }),
        Some(reason) => Fact::Unknown(Why::Other {
            say: format!("ECS answered {}", reason.escape_debug()),
        }),
    }
}

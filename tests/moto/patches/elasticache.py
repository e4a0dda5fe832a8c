"""ElastiCache: endpoints, groups (`ModifyCacheCluster` changes them), members of replication groups, serverless caches, and deletions that end."""

from moto.core.responses import ActionResult, EmptyResult
from moto.elasticache.exceptions import CacheSubnetGroupNotFound, ReplicationGroupNotFound
from moto.elasticache.models import CacheCluster, ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

NODES = "DescribeCacheClustersResult.CacheClusters.CacheCluster.CacheNodes"
describe_cache_clusters = ElastiCacheResponse.describe_cache_clusters
delete_cache_cluster = ElastiCacheBackend.delete_cache_cluster
create_replication_group = ElastiCacheResponse.create_replication_group
delete_replication_group = ElastiCacheBackend.delete_replication_group


def cache_nodes(self):
    address = f"{self.cache_cluster_id}.lnd0fa.0001.use1.cache.amazonaws.com"
    return [
        {
            "CacheNodeId": "0001",
            "CacheNodeStatus": "available",
            "Endpoint": {"Address": address, "Port": self.port},
        }
    ]


def security_groups(self):
    return [{"SecurityGroupId": group, "Status": "active"} for group in self.security_group_ids]


def describe_with_nodes_when_asked(self):
    if self._get_bool_param("ShowCacheNodeInfo"):
        self._include_in_response(NODES)
    else:
        self._exclude_from_response(NODES)
    return describe_cache_clusters(self)


def modify_cache_cluster(self):
    """The groups of a node are changed at once, whatever `ApplyImmediately` says (API reference)."""
    cluster = self.elasticache_backend.cache_clusters[self._get_param("CacheClusterId")]
    cluster.security_group_ids = self._get_param("SecurityGroupIds") or cluster.security_group_ids
    return ActionResult({"CacheCluster": cluster})


def delete_cluster_for_good(self, cache_cluster_id):
    cluster = delete_cache_cluster(self, cache_cluster_id)
    del self.cache_clusters[cache_cluster_id]
    return cluster


def create_group_with_members(self):
    answer = create_replication_group(self)
    group = self.elasticache_backend.replication_groups[self._get_param("ReplicationGroupId")]
    for member in group.member_clusters:
        # Every parameter of a cluster that the group does not decide is left at its default.
        given = dict.fromkeys(CacheCluster.__init__.__code__.co_varnames[1:36])
        given |= {
            "account_id": self.current_account,
            "region_name": self.region,
            "cache_cluster_id": member,
            "cache_node_type": group.cache_node_type,
            "replication_group_id": group.replication_group_id,
            "engine": group.engine,
            "engine_version": group.engine_version,
            "cache_subnet_group_name": group.cache_subnet_group_name,
            "security_group_ids": group.security_group_ids,
            "transit_encryption_enabled": group.transit_encryption_enabled,
            "port": group.port,
            "log_delivery_configurations": [],
        }
        cluster = CacheCluster(**given)
        cluster.replication_group_id = group.replication_group_id
        self.elasticache_backend.cache_clusters[member] = cluster
    return answer


def delete_group_for_good(self, replication_group_id, *rest, **named):
    group = delete_replication_group(self, replication_group_id, *rest, **named)
    if self.replication_groups.pop(replication_group_id, None) is None:
        raise ReplicationGroupNotFound(replication_group_id)
    for member in group.member_clusters:
        self.cache_clusters.pop(member, None)
    return group


def delete_cache_subnet_group(self):
    name = self._get_param("CacheSubnetGroupName")
    if self.elasticache_backend.cache_subnet_groups.pop(name, None) is None:
        raise CacheSubnetGroupNotFound(name)
    return EmptyResult()


def describe_serverless_caches(self):
    return ActionResult({"ServerlessCaches": []})


def apply():
    CacheCluster.cache_nodes = property(cache_nodes)
    CacheCluster.security_groups = property(security_groups)
    ElastiCacheBackend.delete_cache_cluster = delete_cluster_for_good
    ElastiCacheBackend.delete_replication_group = delete_group_for_good
    ElastiCacheResponse.create_replication_group = create_group_with_members
    ElastiCacheResponse.delete_cache_subnet_group = delete_cache_subnet_group
    ElastiCacheResponse.describe_cache_clusters = describe_with_nodes_when_asked
    ElastiCacheResponse.modify_cache_cluster = modify_cache_cluster
    ElastiCacheResponse.describe_serverless_caches = describe_serverless_caches

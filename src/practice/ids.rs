//! The ids and ARNs that the practice account hands out: the same ones every time.

use crate::account::{
    AccountId, Arn, Chapter, Digest, GroupId, Region, RevisionArn, SubnetId, VpcId, Zone,
};

/// The practice account's number: one that AWS uses in its own documentation.
pub const ACCOUNT: &str = "111122223333";

/// The commit that the release was built from.
pub(super) const COMMIT: &str = "4f9c2e17a8d35b06c1e9f2740ab86d53e7c1094d";

/// The container of the app in the task definition.
pub(super) const CONTAINER: &str = "news-api";

/// The three subnets of the default VPC: id, letter of the zone, range.
const SUBNETS: [(&str, &str, &str); 3] = [
    ("subnet-0a11c4e2d90f3b851", "a", "172.31.0.0/20"),
    ("subnet-0b22d5f3ea1a4c962", "b", "172.31.16.0/20"),
    ("subnet-0c33e6a4fb2b5da73", "c", "172.31.32.0/20"),
];

/// Ids that follow from the chapter's names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ids<'a>(pub &'a Chapter);

impl Ids<'_> {
    pub fn account(self) -> AccountId {
        AccountId::from(ACCOUNT)
    }

    pub fn region(&self) -> &Region {
        &self.0.region
    }

    /// An ARN in this account and region.
    pub fn arn(self, service: &str, resource: &str) -> Arn {
        Arn(format!(
            "arn:aws:{service}:{}:{ACCOUNT}:{resource}",
            self.region()
        ))
    }

    /// An ARN of IAM, which knows no region.
    pub fn iam(self, resource: &str) -> Arn {
        Arn(format!("arn:aws:iam::{ACCOUNT}:{resource}"))
    }

    pub fn vpc(self) -> VpcId {
        self.0
            .vpc
            .clone()
            .unwrap_or_else(|| VpcId::from("vpc-0d5a7f0c31b94e628"))
    }

    pub fn internet_gateway(self) -> String {
        "igw-0e8b6d2f41c7a9053".to_owned()
    }

    /// Id, zone and range of each subnet.
    pub fn subnets(self) -> Vec<(SubnetId, Zone, &'static str)> {
        SUBNETS
            .iter()
            .map(|(id, letter, range)| {
                let zone = Zone(format!("{}{letter}", self.region()));
                (SubnetId::from(*id), zone, *range)
            })
            .collect()
    }

    pub fn subnet_ids(self) -> Vec<SubnetId> {
        self.subnets().into_iter().map(|(id, ..)| id).collect()
    }

    pub fn default_group(self) -> GroupId {
        GroupId::from("sg-0d1f2a3b4c5d6e7f8")
    }

    pub fn balancer_group(self) -> GroupId {
        GroupId::from("sg-0a1b2c3d4e5f60711")
    }

    pub fn tasks_group(self) -> GroupId {
        GroupId::from("sg-0a1b2c3d4e5f60722")
    }

    pub fn database_group(self) -> GroupId {
        GroupId::from("sg-0a1b2c3d4e5f60733")
    }

    pub fn cache_group(self) -> GroupId {
        GroupId::from("sg-0a1b2c3d4e5f60744")
    }

    pub fn digest(self) -> Digest {
        Digest::from("sha256:7d3f0c5be1a94826d07c1f3e9b52a8c46fe0d7139ab4c25e86f17d03b9ce4a51")
    }

    /// The commit as the lessons tag it: seven digits.
    pub fn commit_tag(self) -> String {
        COMMIT[..7].to_owned()
    }

    pub fn repository_uri(self) -> String {
        format!(
            "{ACCOUNT}.dkr.ecr.{}.amazonaws.com/{}",
            self.region(),
            self.0.repository
        )
    }

    /// The image that the task definition names.
    pub fn image(self) -> String {
        format!("{}:{}", self.repository_uri(), self.0.version)
    }

    pub fn database_host(self) -> String {
        format!(
            "{}.c9akciq32rvu.{}.rds.amazonaws.com",
            self.0.database.instance,
            self.region()
        )
    }

    pub fn cache_host(self) -> String {
        // ElastiCache shortens the region: us-east-1 is use1.
        let mut parts = self.region().as_str().split('-');
        let mut next = || parts.next().unwrap_or_default();
        let (area, side, number) = (next(), next(), next());
        let side = side.get(..1).unwrap_or_default();
        format!(
            "{}.x7v2qk.0001.{area}{side}{number}.cache.amazonaws.com",
            self.0.cache.id
        )
    }

    pub fn parameter(self, name: &str) -> Arn {
        self.arn(
            "ssm",
            &format!("parameter/{}", name.trim_start_matches('/')),
        )
    }

    pub fn balancer(self) -> Arn {
        self.arn(
            "elasticloadbalancing",
            &format!("loadbalancer/app/{}/50dc6c495c0c9188", self.0.balancer.name),
        )
    }

    /// The balancer's own name in DNS.
    pub fn balancer_host(self) -> String {
        format!(
            "{}-1482093657.{}.elb.amazonaws.com",
            self.0.balancer.name,
            self.region()
        )
    }

    pub fn listener(self, port: u16) -> Arn {
        self.arn(
            "elasticloadbalancing",
            &format!(
                "listener/app/{}/50dc6c495c0c9188/8a40f1c2d3e4{port:04}",
                self.0.balancer.name
            ),
        )
    }

    pub fn target_group(self) -> Arn {
        self.arn(
            "elasticloadbalancing",
            &format!(
                "targetgroup/{}/73e2d6bc24d8a067",
                self.0.balancer.target_group
            ),
        )
    }

    pub fn certificate(self) -> Arn {
        self.arn("acm", "certificate/6f1b0a52-93d4-4c1e-8a67-2d5be0c4f398")
    }

    pub fn cluster(self) -> Arn {
        self.arn("ecs", &format!("cluster/{}", self.0.service.cluster))
    }

    pub fn service(self) -> Arn {
        let names = &self.0.service;
        self.arn(
            "ecs",
            &format!("service/{}/{}", names.cluster, names.service),
        )
    }

    pub fn revision(self, number: u32) -> RevisionArn {
        let family = &self.0.service.family;
        RevisionArn(
            self.arn("ecs", &format!("task-definition/{family}:{number}"))
                .0,
        )
    }

    pub fn execution_role(self) -> Arn {
        self.iam(&format!("role/{}", self.0.execution_role))
    }
}

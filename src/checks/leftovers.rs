//! What of the chapter is still there after the teardown and costs money.

use super::cause::Cause;
use super::check::Check;
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::stack::Stack;
use super::teardown::{deletion, in_order};
use super::verdict::Verdict::{Failed, Passed, Skipped, Unknown};
use super::why;
use crate::account::{Area, Fact, Leftover, LeftoverKind, Leftovers, Why};

pub(super) const CHECKS: &[Check] = &[Check::must(
    "leftovers.none",
    "Nothing is left that costs money",
    &[Area::Leftovers],
    |stack| Judgement::settle(none(stack)),
)
.may(
    &[Passed, Failed, Skipped, Unknown],
    &[Cause::LeftoversCostMoney],
)];

fn none(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let leftovers = match &stack.snapshot.leftovers {
        Fact::Present(leftovers) => leftovers,
        Fact::Unknown(Why::NotAsked) if !stack.teardown_begun => {
            return Err(Judgement::skipped("not asked"));
        }
        Fact::Unknown(Why::NotAsked) => {
            return Err(stack
                .cannot_tell(&Why::NotAsked, "what is left")
                .fix(Fix::run(
                    "Ask for this step by name.",
                    "landfall verify teardown",
                )));
        }
        Fact::Unknown(why) => return Err(stack.cannot_tell(why, "what is left")),
        Fact::Absent => return Err(Judgement::unknown("No region was looked at.")),
    };
    let (of_chapter, others): (Vec<&Leftover>, Vec<&Leftover>) =
        leftovers.found.iter().partition(|found| found.of_chapter);
    if !of_chapter.is_empty() {
        return Err(still_there(stack, &of_chapter));
    }
    if let Some(unread) = leftovers.unreadable.first() {
        return Err(unreadable(stack, leftovers, &unread.why));
    }
    let passed = Judgement::passed(format!(
        "Nothing of the chapter is left in {}.",
        regions(leftovers.looked_in.len())
    ))
    .seen(Evidence::new(
        "all regions",
        "the chapter's names",
        "resources that cost money",
        "none",
        "none",
        FoundBy::Name,
    ));
    Ok(if others.is_empty() {
        passed
    } else {
        passed.advise(format!(
            "They bear no name of the chapter, but cost money too; are they yours? {}.",
            others
                .iter()
                .map(|one| named(one))
                .collect::<Vec<_>>()
                .join(", ")
        ))
    })
}

fn still_there(stack: &Stack<'_>, found: &[&Leftover]) -> Judgement {
    let judgement = Judgement::failed(
        Cause::LeftoversCostMoney,
        format!(
            "Still there: {}.",
            found
                .iter()
                .map(|one| named(one))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    );
    let found = in_order(&stack.snapshot.region, found);
    found.iter().fold(judgement, |judgement, one| {
        let deletion = deletion(one, &stack.chapter().service.cluster);
        judgement
            .seen(Evidence::new(
                api(one.kind),
                &one.name,
                format!("{} in {}", words(one.kind), one.region),
                "gone",
                one.since.map_or_else(
                    || "there".to_owned(),
                    |since| format!("there since {since}"),
                ),
                FoundBy::Name,
            ))
            .fix(Fix::run(deletion.say, deletion.command))
    })
}

fn unreadable(stack: &Stack<'_>, leftovers: &Leftovers, first: &Why) -> Judgement {
    let places: Vec<String> = leftovers
        .unreadable
        .iter()
        .take(5)
        .map(|one| format!("{} in {}", one.call, one.region))
        .collect();
    let mut judgement = stack.cannot_tell(first, "what is left everywhere");
    for (one, place) in leftovers.unreadable.iter().zip(places) {
        judgement = judgement.seen(Evidence::new(
            one.call.clone(),
            &one.region,
            "resources that cost money",
            "read",
            format!("{place}: {}", why::reason(&one.why)),
            FoundBy::Fixed,
        ));
    }
    judgement
}

fn regions(number: usize) -> String {
    match number {
        1 => "1 region".to_owned(),
        more => format!("{more} regions"),
    }
}

fn named(one: &Leftover) -> String {
    format!("{} {} ({})", words(one.kind), one.name, one.region)
}

const fn words(kind: LeftoverKind) -> &'static str {
    match kind {
        LeftoverKind::Service => "service",
        LeftoverKind::Balancer => "load balancer",
        LeftoverKind::Database => "database",
        LeftoverKind::DatabaseCluster => "database cluster",
        LeftoverKind::DatabaseSnapshot => "database snapshot",
        LeftoverKind::Cache => "cache",
        LeftoverKind::ReplicationGroup => "cache (replication group)",
        LeftoverKind::ServerlessCache => "serverless cache",
        LeftoverKind::CacheSnapshot => "cache snapshot",
        LeftoverKind::NatGateway => "NAT gateway",
        LeftoverKind::Address => "public address",
        LeftoverKind::LogGroup => "log group",
        LeftoverKind::Repository => "repository",
    }
}

const fn api(kind: LeftoverKind) -> &'static str {
    match kind {
        LeftoverKind::Service => "ecs:DescribeServices",
        LeftoverKind::Balancer => "elasticloadbalancing:DescribeLoadBalancers",
        LeftoverKind::Database => "rds:DescribeDBInstances",
        LeftoverKind::DatabaseCluster => "rds:DescribeDBClusters",
        LeftoverKind::DatabaseSnapshot => "rds:DescribeDBSnapshots",
        LeftoverKind::Cache => "elasticache:DescribeCacheClusters",
        LeftoverKind::ReplicationGroup => "elasticache:DescribeReplicationGroups",
        LeftoverKind::ServerlessCache => "elasticache:DescribeServerlessCaches",
        LeftoverKind::CacheSnapshot => "elasticache:DescribeSnapshots",
        LeftoverKind::NatGateway => "ec2:DescribeNatGateways",
        LeftoverKind::Address => "ec2:DescribeAddresses",
        LeftoverKind::LogGroup => "logs:DescribeLogGroups",
        LeftoverKind::Repository => "ecr:DescribeRepositories",
    }
}

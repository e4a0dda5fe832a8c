//! Where the cache lies, and who may reach it there.

use super::{SAME_VPC, evidence};
use crate::account::SubnetId;
use crate::checks::admission::{Edge, while_groups_change};
use crate::checks::cause::Cause;
use crate::checks::discovery::cache::{self, CACHE, CacheView};
use crate::checks::discovery::groups::Tier;
use crate::checks::discovery::{self, vpc};
use crate::checks::finding::{Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

pub(super) fn same_vpc(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (cache, by) = cache::needed(stack)?;
    let (chapter_vpc, _) = vpc::needed(stack)?;
    let its = cache.vpc(stack).map_err(|gap| gap.judgement(&CACHE))?;
    let Some(its) = its else {
        return Ok(Judgement::unknown(format!(
            "AWS does not say which VPC {} lies in.",
            cache.id()
        )));
    };
    let field = match cache {
        CacheView::Serverless(_) => "SubnetIds (their VPC)",
        CacheView::Node(_) | CacheView::ReplicationGroup(_) => "CacheSubnetGroupName (its VPC)",
    };
    let seen = evidence(&cache, field, &chapter_vpc.id, &its, by);
    if its == chapter_vpc.id {
        return Ok(
            Judgement::passed(format!("{} lies in the chapter's VPC {its}.", cache.id()))
                .seen(seen),
        );
    }
    Ok(Judgement::failed(
        Cause::WrongVpc,
        format!(
            "{} lies in {its}, the rest of the stack in {}: no security group can join them.",
            cache.id(),
            chapter_vpc.id
        ),
    )
    .seen(seen)
    .fix(Fix::say(format!(
        "A cache cannot move to another VPC: create it again with a subnet group of {}.",
        chapter_vpc.id
    ))))
}

pub(super) fn sg_source(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (cache, _) = cache::needed(stack)?;
    let vpc = Judgement::settle(same_vpc(stack));
    if vpc.verdict == Verdict::Failed {
        return Ok(Judgement::blocked(
            CheckId(SAME_VPC),
            "From another VPC the tasks cannot reach the cache, whatever its groups say.",
        ));
    }
    let ids = cache.groups(stack).map_err(|gap| gap.judgement(&CACHE))?;
    let changes = cache
        .groups_change(stack)
        .map_err(|gap| gap.judgement(&CACHE))?;
    if ids.is_empty() {
        return Ok(Judgement::pending(format!(
            "AWS is still attaching the security groups of {}; that takes a few minutes.",
            cache.id()
        )));
    }
    if vpc.verdict == Verdict::Unknown {
        return Err(vpc);
    }
    let targets = discovery::groups::resolve(stack, &ids).map_err(|gap| gap.judgement(&CACHE))?;
    let target_subnets: Vec<SubnetId> =
        cache.subnets(stack).map_err(|gap| gap.judgement(&CACHE))?;
    Edge {
        from: Tier::Tasks,
        to: Tier::Cache,
        targets,
        found_by: FoundBy::Relation,
        target_subnets,
        ports: cache.ports(),
        closed: Cause::RedisClosedToTasks,
    }
    .judge(stack)
    .map(|judgement| {
        if changes {
            while_groups_change(judgement, cache.id())
        } else {
            judgement
        }
    })
}

//! Where the database lies, and who may reach it there.

use super::{SAME_VPC, evidence};
use crate::account::{DatabaseInstance, Subnet, SubnetGroup, VpcId, Zone};
use crate::checks::admission::{Edge, while_groups_change};
use crate::checks::cause::Cause;
use crate::checks::command::quoted;
use crate::checks::discovery::database::DatabaseView;
use crate::checks::discovery::groups::Tier;
use crate::checks::discovery::{self, Gap, database, list, vpc};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;
use std::collections::BTreeSet;

pub(super) fn subnet_group(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let chapter_vpc = match vpc::find(stack) {
        Ok((vpc, _)) => &vpc.id,
        Err(Gap::NotThere) => return Ok(vpc::missing(stack)),
        Err(gap) => return Err(gap.judgement(&vpc::VPC)),
    };
    let Some((group, by)) = find_subnet_group(stack)? else {
        return Ok(Judgement::missing(format!(
            "There is no database subnet group {} yet.",
            stack.chapter().database.subnet_group
        ))
        .fix(create(stack, chapter_vpc)));
    };
    let zones: BTreeSet<&Zone> = group.subnets.iter().map(|subnet| &subnet.zone).collect();
    let zones: Vec<&str> = zones.iter().map(|zone| zone.as_str()).collect();
    let seen = |field: &str, expected: String, observed: String| {
        Evidence::new(
            "rds:DescribeDBSubnetGroups",
            &group.name,
            field,
            expected,
            observed,
            by,
        )
    };
    let in_vpc = seen("VpcId", chapter_vpc.to_string(), group.vpc.to_string());
    let in_zones = seen(
        "Subnets.SubnetAvailabilityZone",
        "two zones or more".to_owned(),
        zones.join(", "),
    );
    if group.vpc.as_str().is_empty() {
        return Ok(Judgement::unknown(format!(
            "AWS does not say which VPC the subnet group {} lies in.",
            group.name
        ))
        .seen(in_vpc));
    }
    if group.vpc != *chapter_vpc {
        let judgement = Judgement::failed(
            Cause::WrongVpc,
            format!(
                "The subnet group {} lies in {}, the rest of the stack in {chapter_vpc}.",
                group.name, group.vpc
            ),
        )
        .seen(in_vpc);
        let judgement = match instance_in(stack, by) {
            Some(instance) => judgement.fix(delete(stack, instance)),
            None => judgement,
        };
        return Ok(judgement
            .fix(begin_again(stack, group, by))
            .fix(create(stack, chapter_vpc)));
    }
    let judgement = if zones.len() < 2 {
        Judgement::missing(format!(
            "The subnet group {} spans one zone only; RDS wants two.",
            group.name
        ))
        .fix(Fix::run(
            "Give it subnets in two zones.",
            stack.aws(format_args!(
                "rds modify-db-subnet-group --db-subnet-group-name {} --subnet-ids {}",
                quoted(&group.name),
                one_per_zone(stack, chapter_vpc)
            )),
        ))
    } else {
        Judgement::passed(format!(
            "The subnet group {} spans {} zones: {}.",
            group.name,
            zones.len(),
            zones.join(", ")
        ))
    };
    Ok(judgement.seen(in_vpc).seen(in_zones))
}

/// The database's own, else the one with the configured name.
fn find_subnet_group<'a>(
    stack: &Stack<'a>,
) -> Result<Option<(&'a SubnetGroup, FoundBy)>, Judgement> {
    let unreadable = |gap: Gap| gap.judgement(&database::DATABASE);
    match database::find(stack) {
        Ok((database, _)) => {
            if let Some(group) = database.subnet_group(stack).map_err(unreadable)? {
                return Ok(Some((group, FoundBy::Relation)));
            }
        }
        Err(Gap::NotThere | Gap::Several(_)) => {}
        Err(gap) => return Err(unreadable(gap)),
    }
    let groups = list(
        &stack.snapshot.database_subnet_groups,
        "the database subnet groups",
    )
    .map_err(unreadable)?;
    let name = &stack.chapter().database.subnet_group;
    Ok(groups
        .iter()
        .find(|group| group.name.eq_ignore_ascii_case(name))
        .map(|group| (group, FoundBy::Name)))
}

/// The instance that has to go first, if the group was found as its own.
fn instance_in<'a>(stack: &Stack<'a>, by: FoundBy) -> Option<&'a DatabaseInstance> {
    match database::find(stack) {
        Ok((DatabaseView::Instance(instance), _)) if by == FoundBy::Relation => Some(instance),
        _ => None,
    }
}

fn delete(stack: &Stack<'_>, instance: &DatabaseInstance) -> Fix {
    let id = quoted(&instance.id);
    Fix::run(
        "A database cannot move to another VPC. Delete it, with what is in it (to keep that: --final-db-snapshot-identifier NAME instead of --skip-final-snapshot); the second line waits until it is gone.",
        format!(
            "{}\n{}",
            stack.aws(format_args!(
                "rds delete-db-instance --db-instance-identifier {id} --skip-final-snapshot"
            )),
            stack.aws(format_args!(
                "rds wait db-instance-deleted --db-instance-identifier {id}"
            ))
        ),
    )
}

/// A subnet group stays in its VPC for life, and so does a database in it; its name is free only once it is gone.
fn begin_again(stack: &Stack<'_>, group: &SubnetGroup, by: FoundBy) -> Fix {
    let command = stack.aws(format_args!(
        "rds delete-db-subnet-group --db-subnet-group-name {}",
        quoted(&group.name)
    ));
    Fix::run(
        match by {
            FoundBy::Relation => "Then delete its subnet group; both are created again here.",
            _ => "A subnet group cannot move to another VPC: delete it, and create it again here.",
        },
        command,
    )
}

fn create(stack: &Stack<'_>, vpc: &VpcId) -> Fix {
    let name = quoted(&stack.chapter().database.subnet_group);
    Fix::run(
        "Create a subnet group over subnets in two zones or more.",
        stack.aws(format_args!(
            "rds create-db-subnet-group --db-subnet-group-name {name} --db-subnet-group-description {name} --subnet-ids {}",
            one_per_zone(stack, vpc)
        )),
    )
}

/// One subnet of the VPC for each of its zones, for a command; a placeholder where they could not be read.
fn one_per_zone(stack: &Stack<'_>, vpc: &VpcId) -> String {
    let subnets = stack
        .snapshot
        .network
        .subnets
        .present()
        .map_or(&[] as &[Subnet], Vec::as_slice);
    let mut zones = BTreeSet::new();
    let ids: Vec<&str> = subnets
        .iter()
        .filter(|subnet| subnet.vpc == *vpc && zones.insert(&subnet.zone))
        .map(|subnet| subnet.id.as_str())
        .collect();
    if ids.is_empty() {
        "YOUR-SUBNETS".to_owned()
    } else {
        ids.join(" ")
    }
}

pub(super) fn same_vpc(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (database, by) = database::needed(stack)?;
    let (chapter_vpc, _) = vpc::needed(stack)?;
    let its = database
        .vpc(stack)
        .map_err(|gap| gap.judgement(&database::DATABASE))?;
    let Some(its) = its else {
        return Ok(Judgement::unknown(format!(
            "AWS does not say which VPC {} lies in.",
            database.id()
        )));
    };
    let seen = evidence(&database, "DBSubnetGroup.VpcId", &chapter_vpc.id, &its, by);
    if its == chapter_vpc.id {
        return Ok(Judgement::passed(format!(
            "{} lies in the chapter's VPC {its}.",
            database.id()
        ))
        .seen(seen));
    }
    Ok(Judgement::failed(
        Cause::WrongVpc,
        format!(
            "{} lies in {its}, the rest of the stack in {}: no security group can join them.",
            database.id(),
            chapter_vpc.id
        ),
    )
    .seen(seen)
    .fix(Fix::say(format!(
        "A database cannot move to another VPC: create it again in {}.",
        chapter_vpc.id
    ))))
}

pub(super) fn sg_source(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (database, _) = database::needed(stack)?;
    let vpc = Judgement::settle(same_vpc(stack));
    if vpc.verdict == Verdict::Failed {
        return Ok(Judgement::blocked(
            CheckId(SAME_VPC),
            "From another VPC the tasks cannot reach the database, whatever its groups say.",
        ));
    }
    let ids = database.groups();
    if ids.is_empty() {
        if !database.has_groups() {
            return Ok(Judgement::unknown(format!(
                "AWS does not say which security groups are on {}.",
                database.id()
            )));
        }
        return Ok(Judgement::pending(format!(
            "AWS is still attaching the security groups of {}; that takes a minute.",
            database.id()
        )));
    }
    if vpc.verdict == Verdict::Unknown {
        return Err(vpc);
    }
    let targets = discovery::groups::resolve(stack, &ids)
        .map_err(|gap| gap.judgement(&database::DATABASE))?;
    let subnets = database
        .subnet_group(stack)
        .map_err(|gap| gap.judgement(&database::DATABASE))?
        .map(|group| {
            group
                .subnets
                .iter()
                .map(|subnet| subnet.id.clone())
                .collect()
        })
        .unwrap_or_default();
    Edge {
        from: Tier::Tasks,
        to: Tier::Database,
        targets,
        found_by: FoundBy::Relation,
        target_subnets: subnets,
        ports: vec![database.port()],
        closed: Cause::DatabaseClosedToTasks,
    }
    .judge(stack)
    .map(|judgement| {
        if database.groups_change() {
            while_groups_change(judgement, database.id())
        } else {
            judgement
        }
    })
}

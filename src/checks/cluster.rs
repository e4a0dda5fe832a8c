//! The cluster, and the log group that the tasks write to.

use super::cause::Cause;
use super::check::Check;
use super::command::quoted;
use super::container;
use super::discovery::{Gap, Kind, definition, list, role, service};
use super::elsewhere;
use super::finding::{Evidence, Fix, FoundBy, Judgement};
use super::ids::CheckId;
use super::stack::Stack;
use super::verdict::Verdict::{Blocked, Failed, Missing, Passed, Pending, Unknown};
use crate::account::{Area, LogSettings, Place, RoleAnswer, log_group_question};

pub(super) const CHECKS: &[Check] = &[
    Check::must(
        "ecs.cluster",
        "The cluster is there",
        &[Area::Cluster],
        |stack| Judgement::settle(cluster(stack)),
    )
    .may(&[Passed, Missing, Pending, Unknown], &[Cause::WrongRegion]),
    Check::must(
        "logs.group",
        "The log group is there",
        &[
            Area::LogGroups,
            Area::Definitions,
            Area::Service,
            Area::Roles,
        ],
        |stack| Judgement::settle(log_group(stack)),
    )
    .may(
        &[Passed, Failed, Missing, Blocked, Unknown],
        &[Cause::LogGroupMissing],
    ),
];

const CLUSTER_API: &str = "ecs:DescribeClusters";
const LOGS_API: &str = "logs:DescribeLogGroups";

const LOG_GROUP: Kind = Kind {
    one: "log group",
    many: "log groups",
    key: "log_group",
    wanted_by: CheckId("logs.group"),
};

fn cluster(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let name = &stack.chapter().service.cluster;
    let (found, by) = match service::cluster(stack) {
        Ok(found) => found,
        Err(Gap::NotThere) => return Err(no_cluster(stack, "none")),
        Err(gap) => return Err(gap.judgement(&service::CLUSTER)),
    };
    let seen = Evidence::new(CLUSTER_API, name, "status", "ACTIVE", &found.status, by);
    match found.status.as_str() {
        "ACTIVE" => Ok(Judgement::passed(format!("The cluster {name} is active.")).seen(seen)),
        "PROVISIONING" => Err(Judgement::pending(format!(
            "AWS is setting up the cluster {name}; that usually takes less than a minute."
        ))
        .seen(seen)),
        // Deleted, being deleted, or never set up: it has to be created.
        other => Err(no_cluster(stack, other)),
    }
}

fn no_cluster(stack: &Stack<'_>, observed: &str) -> Judgement {
    let name = &stack.chapter().service.cluster;
    let region = &stack.snapshot.region;
    let judgement = elsewhere::judgement(stack, elsewhere::Wanted::Cluster, name)
        .unwrap_or_else(|| Judgement::missing(format!("There is no cluster {name} in {region}.")));
    judgement
        .seen(Evidence::new(
            CLUSTER_API,
            name,
            "status",
            "ACTIVE",
            observed,
            FoundBy::Name,
        ))
        .fix(Fix::run(
            "Create the cluster; by itself it costs nothing.",
            stack.aws(format!(
                "ecs create-cluster --cluster-name {}",
                quoted(name)
            )),
        ))
}

/// Every group that a container of the definition writes to: without one of them no task starts. Before there is a
/// definition, the chapter's.
fn log_group(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let mut all = settings(stack)?.into_iter();
    let mut judgement = one_group(stack, all.next())?;
    for settings in all {
        let next = one_group(stack, Some(settings))?;
        judgement.evidence.extend(next.evidence);
    }
    Ok(judgement)
}

fn one_group(stack: &Stack<'_>, settings: Option<&LogSettings>) -> Result<Judgement, Judgement> {
    let named = settings.and_then(|settings| settings.group.as_deref());
    let (name, by) = match named {
        Some(name) => (name, FoundBy::Relation),
        None => (stack.chapter().log_group.as_str(), FoundBy::Name),
    };
    let seen =
        |observed: &str| Evidence::new(LOGS_API, name, "logGroupName", "exists", observed, by);
    let creates = settings.is_some_and(|settings| settings.creates_group);
    let groups = match list(&stack.snapshot.log_groups, "the log groups") {
        Ok(groups) => groups,
        Err(gap) => return Err(gap.judgement(&LOG_GROUP)),
    };
    if groups.iter().any(|group| group.name == name) {
        return Ok(
            Judgement::passed(format!("The log group {name} is there.")).seen(seen("exists"))
        );
    }
    if creates {
        return role_creates_it(stack, name, seen("none; awslogs-create-group is true"));
    }
    let judgement = match named {
        Some(_) => Judgement::failed(
            Cause::LogGroupMissing,
            format!(
                "The task definition writes to the log group {name}, which does not exist: tasks cannot start."
            ),
        ),
        None => Judgement::missing(format!("There is no log group {name} yet."))
            .because(Cause::LogGroupMissing),
    };
    Err(judgement.seen(seen("none")).fix(create(stack, name)))
}

fn create(stack: &Stack<'_>, name: &str) -> Fix {
    Fix::run(
        "Create the log group. (In Git Bash on Windows put MSYS_NO_PATHCONV=1 in front, or the name is rewritten.)",
        stack.aws(format!(
            "logs create-log-group --log-group-name {}",
            quoted(name)
        )),
    )
}

/// The group is made by the first task, if its role may.
fn role_creates_it(stack: &Stack<'_>, name: &str, seen: Evidence) -> Result<Judgement, Judgement> {
    let (role, _) = role::needed(stack)?;
    let caller = stack
        .read(&stack.snapshot.caller, "the account's number")?
        .ok_or_else(|| Judgement::unknown("The account's number is not known yet."))?;
    let place = Place::of(caller, &stack.snapshot.region);
    match log_group_question(&place, name).answer(role) {
        RoleAnswer::Allowed => Ok(Judgement::passed(format!(
            "The first task creates the log group {name}; {} may do that.",
            role.name
        ))
        .seen(seen)),
        RoleAnswer::Refused(_) => Err(Judgement::failed(
            Cause::LogGroupMissing,
            format!(
                "The task definition leaves it to the tasks to create {name}, but {} may not.",
                role.name
            ),
        )
        .seen(seen)
        .fix(create(stack, name))
        .fix(Fix::say(format!(
            "Or allow logs:CreateLogGroup for {}.",
            role.name
        )))),
        RoleAnswer::OnCondition(_) | RoleAnswer::ByAnotherName => Err(Judgement::unknown(format!(
            "Whether {} may create {name} depends on a condition, which cannot be tried from here.",
            role.name
        ))
        .seen(seen)
        .fix(create(stack, name))),
        RoleAnswer::CannotTell(why) => Err(stack
            .cannot_tell(
                &why,
                &format!("whether {} may logs:CreateLogGroup", role.name),
            )
            .seen(seen)),
    }
}

/// The settings of the containers that write to CloudWatch in this region, the app's first, each group once. What
/// writes to another region is `taskdef.logs`' affair.
fn settings<'a>(stack: &Stack<'a>) -> Result<Vec<&'a LogSettings>, Judgement> {
    let definition = match definition::find(stack) {
        Ok((definition, _)) => definition,
        Err(Gap::NotThere) => return Ok(Vec::new()),
        Err(gap) => return Err(gap.judgement(&LOG_GROUP)),
    };
    let app = container::of_app(stack, definition);
    let others = definition
        .containers
        .iter()
        .filter(|one| app.is_none_or(|app| app.name != one.name));
    let here = stack.snapshot.region.as_str();
    let mut found: Vec<&LogSettings> = Vec::new();
    for logs in app
        .into_iter()
        .chain(others)
        .filter_map(|container| container.logs.as_ref())
        .filter(|logs| logs.driver == "awslogs" && logs.group.is_some())
        .filter(|logs| logs.region.as_deref().is_none_or(|region| region == here))
    {
        if !found.iter().any(|one| one.group == logs.group) {
            found.push(logs);
        }
    }
    Ok(found)
}

//! Values that can be foretold: numbers, and words of a short list.

use super::instead::Instead;
use super::mutation::admits;
use super::part::{self, Part};
use super::shown::{self, name};
use crate::account::{Fact, Peer, Snapshot};
use crate::checks::subjects;
use crate::course::PredictKey;
use crate::progress::{Foretold, ForetoldValue};
use std::collections::BTreeSet;

/// What the key says of a look. `None` where it was not read, is not there, or nothing says which one is meant: never a guess.
pub fn reads(key: PredictKey, snapshot: &Snapshot) -> Option<Foretold> {
    foretell(key, snapshot).ok()
}

/// The same, with the reason.
pub(super) fn foretell(key: PredictKey, snapshot: &Snapshot) -> Result<Foretold, Instead> {
    match key {
        PredictKey::BackupDays => backup_days(snapshot),
        PredictKey::MultiAz => multi_az(snapshot),
        PredictKey::ServingRevision => serving_revision(snapshot),
        PredictKey::DesiredCount => desired_count(snapshot),
        PredictKey::HealthyTargets => healthy_targets(snapshot),
        PredictKey::DatabaseSource => database_source(snapshot),
        PredictKey::SecretNames => secret_names(snapshot),
        PredictKey::GracePeriod => grace_period(snapshot),
        PredictKey::DistinctGroups => distinct_groups(snapshot),
        PredictKey::MaximumPercent => maximum_percent(snapshot),
    }
}

fn number(of: String, value: impl Into<i64>, evidence: String) -> Foretold {
    Foretold {
        of,
        value: ForetoldValue::Number {
            value: value.into(),
        },
        evidence,
    }
}

fn word(of: String, value: &str, words: &[&str], evidence: String) -> Foretold {
    Foretold {
        of,
        value: ForetoldValue::Word {
            value: value.to_owned(),
            of: words.iter().map(|word| (*word).to_owned()).collect(),
        },
        evidence,
    }
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}

fn backup_days(snapshot: &Snapshot) -> Result<Foretold, Instead> {
    let database = part::database(snapshot)?;
    let (id, days, api) = (
        name(database.id(), 40),
        database.backup_days(),
        database.api(),
    );
    Ok(number(
        format!("The automated backups of {id} are kept for ... days"),
        days,
        format!("{api}, {id}, BackupRetentionPeriod = {days}"),
    ))
}

fn multi_az(snapshot: &Snapshot) -> Result<Foretold, Instead> {
    let database = part::database(snapshot)?;
    let (id, api) = (name(database.id(), 40), database.api());
    let (value, raw) = if database.multi_az() {
        ("yes", "true")
    } else {
        ("no", "false")
    };
    Ok(word(
        format!("{id} has a standby in another zone: ..."),
        value,
        &["yes", "no"],
        format!("{api}, {id}, MultiAZ = {raw}"),
    ))
}

fn serving_revision(snapshot: &Snapshot) -> Result<Foretold, Instead> {
    let service = part::service(snapshot)?;
    let revision = service.definition.number();
    let revision = revision.ok_or(Instead::NotRead(Part::Definition))?;
    let (id, family) = (
        name(&service.name, 40),
        name(service.definition.family(), 40),
    );
    Ok(number(
        format!("{id} runs revision ... of {family}"),
        revision,
        format!("ecs:DescribeServices, {id}, taskDefinition = {family}:{revision}"),
    ))
}

fn desired_count(snapshot: &Snapshot) -> Result<Foretold, Instead> {
    let service = part::service(snapshot)?;
    let (id, desired) = (name(&service.name, 40), service.desired);
    Ok(number(
        format!("{id} keeps ... tasks running"),
        desired,
        format!("ecs:DescribeServices, {id}, desiredCount = {desired}"),
    ))
}

fn healthy_targets(snapshot: &Snapshot) -> Result<Foretold, Instead> {
    let group = part::target_group(snapshot)?;
    let targets = match &group.targets {
        Fact::Present(targets) => targets,
        Fact::Absent => return Err(Instead::NotThere(Part::Targets)),
        Fact::Unknown(_) => return Err(Instead::NotRead(Part::Targets)),
    };
    let healthy = targets.iter().filter(|target| target.state == "healthy");
    let (id, healthy, all) = (name(&group.name, 40), count(healthy.count()), targets.len());
    Ok(number(
        format!("Of the targets in {id}, ... were healthy at that look"),
        healthy,
        format!(
            "elasticloadbalancing:DescribeTargetHealth, {id}, State = healthy: {healthy} of {all}"
        ),
    ))
}

const GROUP: &str = "a security group";
const RANGE: &str = "an address range";
const BOTH: &str = "both";

fn database_source(snapshot: &Snapshot) -> Result<Foretold, Instead> {
    let port = part::database(snapshot)?.port();
    let groups = part::groups(snapshot)?;
    let worn = subjects(snapshot).database_groups;
    let own: Vec<_> = groups
        .iter()
        .filter(|group| worn.contains(&group.id))
        .collect();
    if own.is_empty() {
        return Err(Instead::NotRead(Part::Groups));
    }
    let rules = own.iter().flat_map(|group| &group.inbound);
    let peers: Vec<&Peer> = rules
        .filter(|rule| admits(rule, port))
        .map(|rule| &rule.peer)
        .collect();
    let is_group = |peer: &&Peer| matches!(peer, Peer::Group { .. });
    let value = match (peers.iter().any(is_group), peers.iter().all(is_group)) {
        _ if peers.is_empty() => return Err(Instead::NotThere(Part::DatabaseRules)),
        (true, true) => GROUP,
        (true, false) => BOTH,
        (false, _) => RANGE,
    };
    let names: Vec<String> = own
        .iter()
        .map(|group| shown::group(groups, &group.id))
        .collect();
    let names = names.join(", ");
    let sources: BTreeSet<String> = peers.iter().map(|peer| shown::peer(groups, peer)).collect();
    let sources: Vec<String> = sources.into_iter().collect();
    Ok(word(
        format!("{names} lets in whoever comes from ... to port {port}"),
        value,
        &[GROUP, RANGE, BOTH],
        format!(
            "ec2:DescribeSecurityGroups, {names}, source for port {port} = {}",
            sources.join(", ")
        ),
    ))
}

fn secret_names(snapshot: &Snapshot) -> Result<Foretold, Instead> {
    let definition = part::definition(snapshot)?;
    let revision = name(definition.arn.short(), 44);
    let names: Vec<String> = definition
        .containers
        .iter()
        .flat_map(|container| &container.secrets)
        .map(|secret| name(&secret.name, 40))
        .collect();
    let listed = if names.is_empty() {
        String::new()
    } else {
        format!(" ({})", names.join(", "))
    };
    let all = count(names.len());
    Ok(number(
        format!("{revision} lists ... names under secrets"),
        all,
        format!(
            "ecs:DescribeTaskDefinition, {revision}, containerDefinitions.secrets = {all}{listed}"
        ),
    ))
}

fn grace_period(snapshot: &Snapshot) -> Result<Foretold, Instead> {
    let service = part::service(snapshot)?;
    let (id, seconds) = (name(&service.name, 40), service.grace_seconds);
    Ok(number(
        format!("{id} gives a new task ... seconds before failing checks count"),
        seconds,
        format!("ecs:DescribeServices, {id}, healthCheckGracePeriodSeconds = {seconds}"),
    ))
}

fn distinct_groups(snapshot: &Snapshot) -> Result<Foretold, Instead> {
    let wearers = part::wearers(snapshot)?;
    let groups = part::groups(snapshot)?;
    let different: BTreeSet<_> = wearers.iter().flat_map(|wearer| &wearer.groups).collect();
    let listed: Vec<String> = wearers
        .iter()
        .map(|wearer| {
            let names: Vec<String> = wearer
                .groups
                .iter()
                .map(|id| shown::group(groups, id))
                .collect();
            format!("{} in {}", wearer.role, names.join(" and "))
        })
        .collect();
    Ok(number(
        "Load balancer, tasks, database and cache carry ... different security groups together"
            .to_owned(),
        count(different.len()),
        format!(
            "ec2:DescribeSecurityGroups, by what carries them, {} different: {}",
            different.len(),
            listed.join("; ")
        ),
    ))
}

fn maximum_percent(snapshot: &Snapshot) -> Result<Foretold, Instead> {
    let service = part::service(snapshot)?;
    let percent = service
        .maximum_percent
        .ok_or(Instead::NotRead(Part::Pace))?;
    let id = name(&service.name, 40);
    Ok(number(
        format!("While it replaces tasks, {id} may run up to ... percent of its desired count"),
        percent,
        format!("ecs:DescribeServices, {id}, deploymentConfiguration.maximumPercent = {percent}"),
    ))
}

//! Which resource is the learner's: by relation, by name, or as the only one of its kind.

mod balancing;
mod stands;

use crate::account::{
    Arn, Balancer, Chosen, Fact, GroupId, SecurityGroup, Service, Snapshot, Subnet, SubnetId,
    TargetGroup, Vpc, VpcId, Zone,
};
use crate::checks::discovery::{
    Gap, Kind, Several, balancer, cache, database, definition, groups, service, target_group, vpc,
};
use crate::checks::testing::*;
use crate::checks::{FoundBy, Stack, Verdict};
use crate::course::{SourceText, overlay};
use crate::practice::test_chapter;
use std::collections::BTreeSet;

/// Asks something of an account.
fn ask<T>(snapshot: &Snapshot, question: impl FnOnce(&Stack<'_>) -> T) -> T {
    let attested = BTreeSet::new();
    question(&Stack {
        snapshot,
        attested: &attested,
        teardown_begun: false,
    })
}

fn chapter_vpc(snapshot: &Snapshot) -> Result<(String, FoundBy), Gap> {
    ask(snapshot, |stack| {
        vpc::find(stack).map(|(vpc, by)| (vpc.id.to_string(), by))
    })
}

fn chapter_balancer(snapshot: &Snapshot) -> Result<(String, FoundBy), Gap> {
    ask(snapshot, |stack| {
        balancer::find(stack).map(|(balancer, by)| (balancer.name.clone(), by))
    })
}

fn chapter_target_group(snapshot: &Snapshot) -> Result<(String, FoundBy), Gap> {
    ask(snapshot, |stack| {
        target_group::find(stack).map(|(group, by)| (group.name.clone(), by))
    })
}

fn ok(name: &str, by: FoundBy) -> Result<(String, FoundBy), Gap> {
    Ok((name.to_owned(), by))
}

fn several(kind: Kind, names: &[&str]) -> Result<(String, FoundBy), Gap> {
    Err(Gap::Several(Several {
        kind,
        names: names.iter().map(|&name| name.to_owned()).collect(),
    }))
}

/// A second VPC, which is not the default one, with one subnet.
fn add_vpc(snapshot: &mut Snapshot) {
    read(&mut snapshot.network.vpcs).push(Vpc {
        id: VpcId::from("vpc-own"),
        ranges: Vec::new(),
        is_default: false,
    });
    read(&mut snapshot.network.subnets).push(Subnet {
        id: SubnetId::from("subnet-own"),
        vpc: VpcId::from("vpc-own"),
        zone: Zone::from("us-east-1a"),
        ranges: Vec::new(),
        default_for_zone: false,
    });
}

fn another_balancer(snapshot: &mut Snapshot, name: &str, kind: &str) -> Arn {
    let balancers = read(&mut snapshot.balancers);
    let mut other: Balancer = balancers[0].clone();
    other.arn = Arn(format!("{}-{name}", other.arn));
    other.name = name.to_owned();
    other.kind = kind.to_owned();
    let arn = other.arn.clone();
    balancers.insert(0, other);
    arn
}

fn change_service(snapshot: &mut Snapshot, change: impl FnOnce(&mut Service)) {
    change(read(&mut snapshot.service));
}

fn choose(snapshot: &mut Snapshot, key: &str, chosen: Chosen) {
    snapshot.chapter.chosen.insert(key.to_owned(), chosen);
}

/// That this check's evidence says what decided against which name.
#[track_caller]
fn assert_decided(snapshot: &Snapshot, check: &str, configured: &str, taken: &str) {
    let found = finding(snapshot, check);
    let says = found.evidence.iter().any(|one| {
        one.expected == format!("{configured} (the configured name)")
            && one.observed.starts_with(&format!("{taken}: "))
            && one.observed.contains("decides")
            && one.found_by == FoundBy::Relation
    });
    assert!(says, "{found:#?}");
}

#[test]
fn names_that_differ_in_case_are_the_same_unless_an_exact_one_exists() {
    let mut snapshot = good();
    snapshot.service = Fact::Absent;
    read(&mut snapshot.balancers)[0].name = "News-API-ALB".to_owned();
    read(&mut snapshot.target_groups)[0].name = "News-API-TG".to_owned();
    for group in read(&mut snapshot.network.groups) {
        group.name = group.name.to_uppercase();
    }
    assert_eq!(
        chapter_balancer(&snapshot),
        ok("News-API-ALB", FoundBy::Name)
    );
    assert_eq!(
        chapter_target_group(&snapshot),
        ok("News-API-TG", FoundBy::Name)
    );
    assert!(ask(&snapshot, |stack| {
        groups::named(stack, groups::Tier::Tasks).is_ok()
    }));
    another_balancer(&mut snapshot, "news-api-alb", "application");
    assert_eq!(
        chapter_balancer(&snapshot),
        ok("news-api-alb", FoundBy::Name)
    );
}

#[test]
fn where_a_relation_decides_against_a_name_the_evidence_says_so() {
    let mut snapshot = good();
    let arn = another_balancer(&mut snapshot, "actual", "application");
    read(&mut snapshot.target_groups)[0].balancers = vec![arn];
    assert_decided(&snapshot, "alb.active", "news-api-alb", "actual");
    let both = finding(&snapshot, "alb.active");
    assert!(
        both.evidence
            .iter()
            .any(|one| one.observed.contains("news-api-alb exists too")),
        "{both:#?}"
    );
    let mut renamed = good();
    read(&mut renamed.target_groups)[0].name = "mine".to_owned();
    assert_decided(&renamed, "tg.ip-targets", "news-api-tg", "mine");
    let mut worn = good();
    for group in read(&mut worn.network.groups) {
        if group.name == "news-api-rds-sg" {
            group.name = "rds-ec2-1".to_owned();
        }
    }
    assert_decided(&worn, "sg.tiers-exist", "news-api-rds-sg", "rds-ec2-1");
    let mut role = good();
    role.chapter.execution_role = "anotherRole".to_owned();
    assert_decided(
        &role,
        "role.execution",
        "anotherRole",
        "ecsTaskExecutionRole",
    );
    let mut family = good();
    family.chapter.service.family = "other-family".to_owned();
    let found = finding(&family, "taskdef.registered");
    assert!(
        found.evidence.iter().any(|one| one
            .observed
            .contains("the service runs it, and that decides")),
        "{found:#?}"
    );
    let mut repository = good();
    let own = repository.chapter.repository.clone();
    let facts = repository.repositories[&own].clone();
    repository.chapter.repository = "other".to_owned();
    repository.repositories.insert("other".to_owned(), facts);
    let found = finding(&repository, "ecr.repository");
    assert!(
        found
            .evidence
            .iter()
            .any(|one| one.found_by == FoundBy::Name
                && one
                    .observed
                    .starts_with(&format!("{own}: the service pulls"))),
        "{found:#?}"
    );
    for check in ["alb.active", "tg.ip-targets", "sg.tiers-exist"] {
        let found = finding(&good(), check);
        let shown = format!("{:?}", found.evidence);
        assert!(!shown.contains("decides"), "{found:#?}");
    }
}

#[test]
fn of_two_databases_or_caches_the_chosen_one_counts_and_a_name_outweighs_it() {
    let mut snapshot = good();
    snapshot.service = Fact::Absent;
    let databases = read(&mut snapshot.databases);
    databases[0].id = "one".to_owned();
    let mut other = databases[0].clone();
    other.id = "two".to_owned();
    databases.push(other);
    let chosen = |snapshot: &Snapshot| {
        ask(snapshot, |stack| {
            database::find(stack).map(|(found, by)| (found.id().to_owned(), by))
        })
    };
    assert_eq!(
        chosen(&snapshot),
        several(database::DATABASE, &["one", "two"])
    );
    choose(
        &mut snapshot,
        "database.instance",
        Chosen::This("two".into()),
    );
    assert_eq!(chosen(&snapshot), ok("two", FoundBy::Choice));
    read(&mut snapshot.databases)[0].id = "news-api-db".to_owned();
    assert_eq!(chosen(&snapshot), ok("news-api-db", FoundBy::Name));
    let nodes = read(&mut snapshot.cache_nodes);
    nodes[0].id = "left".to_owned();
    let mut other = nodes[0].clone();
    other.id = "right".to_owned();
    nodes.push(other);
    choose(&mut snapshot, "cache.id", Chosen::This("left".into()));
    let found = ask(&snapshot, |stack| {
        cache::find(stack).map(|(found, by)| (found.id().to_owned(), by))
    });
    assert_eq!(found, ok("left", FoundBy::Choice));
}

#[test]
fn every_line_that_is_said_to_go_into_landfall_toml_works_there() {
    let kinds = [
        vpc::VPC,
        database::DATABASE,
        cache::CACHE,
        balancer::BALANCER,
        target_group::TARGET_GROUP,
        service::SERVICE,
        service::CLUSTER,
        definition::DEFINITION,
        crate::checks::discovery::repository::REPOSITORY,
        crate::checks::discovery::role::ROLE,
    ];
    let tiers = groups::Tier::ALL.map(groups::kind);
    for kind in kinds.into_iter().chain(tiers) {
        let (table, key) = kind.place();
        let table = table.map_or_else(String::new, |table| format!("[{table}]\n"));
        let source = SourceText {
            name: "landfall.toml".to_owned(),
            text: format!("{table}{key} = \"something-else\"\n"),
        };
        let settings = overlay(&test_chapter(), &source)
            .unwrap_or_else(|problems| panic!("{}: {problems:?}", kind.key));
        assert!(settings.stated.contains(kind.key), "{}", kind.key);
        let before = serde_json::to_value(test_chapter()).unwrap();
        let after = serde_json::to_value(settings.chapter).unwrap();
        let pointer = format!("/{}", kind.key.replace('.', "/"));
        assert_ne!(before.pointer(&pointer), after.pointer(&pointer));
        assert_eq!(
            after.pointer(&pointer).and_then(|value| value.as_str()),
            Some("something-else"),
            "{}",
            kind.key
        );
    }
}

#[test]
fn the_database_that_the_service_connects_to_outweighs_the_name() {
    let mut snapshot = good();
    let databases = read(&mut snapshot.databases);
    let mut other = databases[0].clone();
    other.id = "used".to_owned();
    other.endpoint.as_mut().unwrap().host = "used.abc.us-east-1.rds.amazonaws.com".to_owned();
    databases.push(other);
    let nodes = read(&mut snapshot.cache_nodes);
    let mut other = nodes[0].clone();
    other.id = "used-cache".to_owned();
    other.endpoint.as_mut().unwrap().host = "used.abc.use1.cache.amazonaws.com".to_owned();
    nodes.push(other);
    let found = |snapshot: &Snapshot| {
        ask(snapshot, |stack| {
            let database = database::find(stack).map(|(one, by)| (one.id().to_owned(), by));
            let cache = cache::find(stack).map(|(one, by)| (one.id().to_owned(), by));
            (database, cache)
        })
    };
    assert_eq!(
        found(&snapshot),
        (
            ok("news-api-db", FoundBy::Name),
            ok("news-api-redis", FoundBy::Name)
        )
    );
    let runs = snapshot.service.present().unwrap().definition.clone();
    let definition = read(snapshot.definitions.get_mut(&runs).unwrap());
    definition.connects_to = vec![
        "USED.abc.us-east-1.rds.amazonaws.com".to_owned(),
        "used.abc.use1.cache.amazonaws.com".to_owned(),
    ];
    assert_eq!(
        found(&snapshot),
        (
            ok("used", FoundBy::Relation),
            ok("used-cache", FoundBy::Relation)
        )
    );
    assert_decided(&snapshot, "rds.postgres", "news-api-db", "used");
    assert_decided(&snapshot, "redis.available", "news-api-redis", "used-cache");
    // One that names both says nothing.
    let first = snapshot.databases.present().unwrap()[0].endpoint.clone();
    let definition = read(snapshot.definitions.get_mut(&runs).unwrap());
    definition.connects_to.push(first.unwrap().host);
    assert_eq!(found(&snapshot).0, ok("news-api-db", FoundBy::Name));
    snapshot.service = denied("ecs:DescribeServices");
    assert_eq!(found(&snapshot).0, ok("news-api-db", FoundBy::Name));
}

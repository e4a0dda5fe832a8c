//! One link of the chain, as the sentences say it: the tasks and the database.

use crate::account::{
    AccountId, Fact, GroupId, GroupRule, Peer, Protocol, SecurityGroup, Snapshot, VpcId,
};
use crate::checks::Verdict::*;
use crate::checks::testing::*;

const SOURCE: &str = "rds.sg-source";

fn group<'a>(snapshot: &'a mut Snapshot, name: &str) -> &'a mut SecurityGroup {
    let groups = read(&mut snapshot.network.groups);
    groups.iter_mut().find(|group| group.name == name).unwrap()
}

fn tcp(port: u16, peer: Peer) -> GroupRule {
    GroupRule {
        protocol: Protocol::Tcp,
        ports: Some((port, port)),
        peer,
    }
}

fn range(text: &str) -> Peer {
    Peer::Range(text.parse().unwrap())
}

fn of(id: &GroupId) -> Peer {
    Peer::Group {
        id: id.clone(),
        account: None,
        peered_vpc: None,
        peering: None,
    }
}

/// These rules on the database's group, instead of the right one.
fn admits(snapshot: &mut Snapshot, peers: Vec<Peer>) {
    group(snapshot, "news-api-rds-sg").inbound =
        peers.into_iter().map(|peer| tcp(5432, peer)).collect();
}

/// ... beside the right one.
fn also_admits(snapshot: &mut Snapshot, peer: Peer) {
    group(snapshot, "news-api-rds-sg")
        .inbound
        .push(tcp(5432, peer));
}

/// Everything up to the database, no service yet.
fn before_service() -> Snapshot {
    after(&["iam-user.identity", "rds.network", "rds.instance"])
}

#[test]
fn the_tasks_and_nobody_else_pass() {
    let found = assert_is(&good(), SOURCE, Passed, "");
    assert!(found.summary.contains("news-api-ecs-sg"));
    assert!(found.summary.contains("nobody else"));
}

#[test]
fn a_laptop_instead_of_the_tasks_is_named_in_one_sentence() {
    let snapshot = good_but(|snapshot| admits(snapshot, vec![range("203.0.113.7/32")]));
    let found = assert_is(&snapshot, SOURCE, Failed, "database-closed-to-tasks");
    assert!(
        found
            .summary
            .contains("only admits 203.0.113.7/32 (looks like your laptop)")
    );
    let commands: Vec<&str> = found
        .fix
        .iter()
        .filter_map(|fix| fix.command.as_deref())
        .collect();
    assert!(commands[0].starts_with("aws ec2 authorize-security-group-ingress --group-id sg-"));
    assert!(commands[0].contains("--port 5432 --source-group sg-"));
    assert!(commands[1].contains("revoke-security-group-ingress"));
    assert!(commands[1].contains("CidrIp=203.0.113.7/32"));
}

#[test]
fn nobody_is_missing_before_a_service_and_failed_after() {
    let mut before = before_service();
    admits(&mut before, Vec::new());
    assert_is(&before, SOURCE, Missing, "database-closed-to-tasks");
    let after = good_but(|snapshot| admits(snapshot, Vec::new()));
    assert_is(&after, SOURCE, Failed, "database-closed-to-tasks");
}

#[test]
fn a_rule_for_another_port_or_protocol_admits_nobody() {
    let snapshot = good_but(|snapshot| {
        let tasks = group(snapshot, "news-api-ecs-sg").id.clone();
        let udp = GroupRule {
            protocol: Protocol::Udp,
            ..tcp(5432, of(&tasks))
        };
        group(snapshot, "news-api-rds-sg").inbound = vec![tcp(3306, of(&tasks)), udp];
    });
    let found = assert_is(&snapshot, SOURCE, Failed, "database-closed-to-tasks");
    assert!(found.summary.contains("admits nobody"));
}

#[test]
fn a_stranger_before_the_service_is_failed_already() {
    let mut snapshot = before_service();
    admits(&mut snapshot, vec![range("203.0.113.7/32")]);
    assert_is(&snapshot, SOURCE, Failed, "database-closed-to-tasks");
}

#[test]
fn the_tasks_and_a_range_is_a_range() {
    for text in ["0.0.0.0/0", "203.0.113.7/32", "::/0"] {
        let snapshot = good_but(|snapshot| also_admits(snapshot, range(text)));
        let found = assert_is(&snapshot, SOURCE, Failed, "source-is-cidr");
        assert!(found.summary.contains(text));
        assert_eq!(found.fix.len(), 1, "the right rule stays: {:#?}", found.fix);
    }
}

#[test]
fn a_range_that_holds_the_tasks_admits_them() {
    let snapshot = good_but(|snapshot| admits(snapshot, vec![range("172.31.0.0/16")]));
    let found = assert_is(&snapshot, SOURCE, Failed, "source-is-cidr");
    assert_eq!(found.fix.len(), 2);
    let mut before = before_service();
    admits(&mut before, vec![range("172.31.0.0/16")]);
    assert_is(&before, SOURCE, Failed, "source-is-cidr");
}

#[test]
fn a_range_that_holds_only_some_of_the_tasks_subnets_shuts_them_out() {
    let snapshot = good_but(|snapshot| admits(snapshot, vec![range("172.31.0.0/24")]));
    assert_is(&snapshot, SOURCE, Failed, "database-closed-to-tasks");
}

#[test]
fn the_tasks_and_another_group_is_another_group() {
    let snapshot = good_but(|snapshot| {
        let other = group(snapshot, "news-api-alb-sg").id.clone();
        also_admits(snapshot, of(&other));
    });
    let found = assert_is(&snapshot, SOURCE, Failed, "source-is-other-group");
    assert!(found.summary.contains("news-api-alb-sg"));
}

#[test]
fn the_group_itself_a_foreign_one_and_a_peered_one_are_other_groups() {
    let itself = good_but(|snapshot| {
        let own = group(snapshot, "news-api-rds-sg").id.clone();
        also_admits(snapshot, of(&own));
    });
    assert_is(&itself, SOURCE, Failed, "source-is-other-group");
    let foreign = good_but(|snapshot| {
        let peer = Peer::Group {
            id: GroupId::from("sg-foreign"),
            account: Some(AccountId::from("999999999999")),
            peered_vpc: None,
            peering: None,
        };
        also_admits(snapshot, peer);
    });
    let found = assert_is(&foreign, SOURCE, Failed, "source-is-other-group");
    assert!(found.summary.contains("999999999999"));
    let peered = good_but(|snapshot| {
        let peer = Peer::Group {
            id: GroupId::from("sg-peered"),
            account: None,
            peered_vpc: Some(VpcId::from("vpc-peer")),
            peering: Some("active".to_owned()),
        };
        also_admits(snapshot, peer);
    });
    let found = assert_is(&peered, SOURCE, Failed, "source-is-other-group");
    assert!(found.summary.contains("vpc-peer"));
}

#[test]
fn a_rule_for_a_group_that_is_gone_admits_nobody() {
    let snapshot = good_but(|snapshot| also_admits(snapshot, of(&GroupId::from("sg-gone"))));
    assert_is(&snapshot, SOURCE, Passed, "");
}

#[test]
fn all_traffic_from_the_tasks_is_traffic_from_the_tasks() {
    let snapshot = good_but(|snapshot| {
        for rule in &mut group(snapshot, "news-api-rds-sg").inbound {
            rule.protocol = Protocol::All;
            rule.ports = None;
        }
    });
    assert_is(&snapshot, SOURCE, Passed, "");
}

#[test]
fn every_group_on_the_database_counts() {
    let snapshot = good_but(|snapshot| {
        let mut second = group(snapshot, "news-api-rds-sg").clone();
        second.id = GroupId::from("sg-second");
        second.name = "rds-launch-wizard".to_owned();
        second.inbound = vec![tcp(5432, range("203.0.113.7/32"))];
        read(&mut snapshot.network.groups).push(second);
        read(&mut snapshot.databases)[0]
            .groups
            .push(crate::account::AttachedGroup {
                id: GroupId::from("sg-second"),
                active: true,
            });
    });
    assert_is(&snapshot, SOURCE, Failed, "source-is-cidr");
}

#[test]
fn a_group_that_is_still_being_added_does_not_count_yet() {
    let snapshot = good_but(|snapshot| {
        for attached in &mut read(&mut snapshot.databases)[0].groups {
            attached.active = false;
        }
    });
    assert_is(&snapshot, SOURCE, Pending, "");
    let silent = good_but(|snapshot| read(&mut snapshot.databases)[0].groups.clear());
    assert_is(&silent, SOURCE, Unknown, "");
}

#[test]
fn tasks_that_are_not_let_out_are_shut_out() {
    let snapshot = good_but(|snapshot| group(snapshot, "news-api-ecs-sg").outbound.clear());
    let found = assert_is(&snapshot, SOURCE, Failed, "database-closed-to-tasks");
    assert!(found.summary.contains("outbound"));
    assert!(
        found.fix[0]
            .command
            .as_deref()
            .unwrap()
            .contains("authorize-security-group-egress")
    );
    let to_the_database = good_but(|snapshot| {
        let database = group(snapshot, "news-api-rds-sg").id.clone();
        let cache = group(snapshot, "news-api-redis-sg").id.clone();
        group(snapshot, "news-api-ecs-sg").outbound =
            vec![tcp(5432, of(&database)), tcp(6379, of(&cache))];
    });
    assert_is(&to_the_database, SOURCE, Passed, "");
    let to_the_subnets = good_but(|snapshot| {
        group(snapshot, "news-api-ecs-sg").outbound = vec![tcp(5432, range("172.31.0.0/16"))];
    });
    assert_is(&to_the_subnets, SOURCE, Passed, "");
}

#[test]
fn a_prefix_list_is_read_and_an_unread_one_is_unknown() {
    let with_list = |addresses: Fact<Vec<ipnet::IpNet>>| {
        good_but(|snapshot| {
            also_admits(snapshot, Peer::PrefixList("pl-1".to_owned()));
            snapshot
                .network
                .prefix_lists
                .insert("pl-1".to_owned(), addresses);
        })
    };
    let full = with_list(Fact::Present(vec!["198.51.100.0/24".parse().unwrap()]));
    let found = assert_is(&full, SOURCE, Failed, "source-is-cidr");
    assert!(found.summary.contains("pl-1"));
    assert!(
        found.fix[0]
            .command
            .as_deref()
            .unwrap()
            .contains("PrefixListId=pl-1")
    );
    assert_is(&with_list(Fact::Present(Vec::new())), SOURCE, Passed, "");
    let unread = with_list(denied("ec2:GetManagedPrefixListEntries"));
    assert_denied(&unread, SOURCE, "ec2:GetManagedPrefixListEntries");
}

#[test]
fn the_port_is_the_one_the_database_answers_on() {
    let snapshot = good_but(|snapshot| {
        let endpoint = read(&mut snapshot.databases)[0].endpoint.as_mut();
        endpoint.unwrap().port = 5433;
    });
    let found = assert_is(&snapshot, SOURCE, Failed, "database-closed-to-tasks");
    assert!(found.summary.contains("5433"));
}

#[test]
fn before_the_tasks_have_a_group_the_link_waits_for_it() {
    let mut snapshot = before_service();
    read(&mut snapshot.network.groups).retain(|group| group.name != "news-api-ecs-sg");
    let waits = assert_is(&snapshot, SOURCE, Blocked, "");
    assert_eq!(waits.blocked_by.unwrap().as_str(), "sg.tiers-exist");
}

#[test]
fn the_service_decides_which_group_is_the_tasks() {
    let snapshot = good_but(|snapshot| {
        let mut other = group(snapshot, "news-api-ecs-sg").clone();
        other.id = GroupId::from("sg-actual");
        other.name = "actual".to_owned();
        read(&mut snapshot.network.groups).push(other);
        read(&mut snapshot.service).groups = vec![GroupId::from("sg-actual")];
    });
    let found = assert_is(&snapshot, SOURCE, Failed, "database-closed-to-tasks");
    assert!(found.summary.contains("it should admit sg-actual"));
}

#[test]
fn denied_reads_are_unknown() {
    let groups = good_but(|snapshot| {
        snapshot.network.groups = denied("ec2:DescribeSecurityGroups");
    });
    assert_denied(&groups, SOURCE, "ec2:DescribeSecurityGroups");
    let service = good_but(|snapshot| snapshot.service = denied("ecs:DescribeServices"));
    assert_denied(&service, SOURCE, "ecs:DescribeServices");
    let subnets = good_but(|snapshot| snapshot.network.subnets = denied("ec2:DescribeSubnets"));
    assert_denied(&subnets, SOURCE, "ec2:DescribeSubnets");
}

//! The load balancer and its target group.

use super::shape::*;
use crate::account::*;
use crate::checks::Verdict::*;
use crate::checks::testing::*;

#[test]
fn the_balancers_state_decides() {
    for (state, verdict) in [
        ("active", Passed),
        ("active_impaired", Passed),
        ("provisioning", Pending),
        ("failed", Missing),
        ("something_new", Unknown),
    ] {
        let snapshot = good_but(|snapshot| balancer(snapshot).state = state.into());
        assert_is(&snapshot, "alb.active", verdict, "");
    }
    let impaired = good_but(|snapshot| balancer(snapshot).state = "active_impaired".into());
    assert!(finding(&impaired, "alb.active").advice.is_some());
}

#[test]
fn a_balancer_that_is_not_there_is_missing_and_its_properties_wait() {
    assert_is(&empty(), "alb.active", Missing, "");
    for check in ["alb.internet-facing", "alb.two-zones", "alb.sg-open"] {
        let found = assert_is(&empty(), check, Blocked, "");
        assert_eq!(found.blocked_by.unwrap().as_str(), "alb.active");
    }
}

#[test]
fn a_denied_list_of_balancers_is_never_missing() {
    let action = "elasticloadbalancing:DescribeLoadBalancers";
    let snapshot = good_but(|snapshot| snapshot.balancers = denied(action));
    for check in [
        "alb.active",
        "alb.internet-facing",
        "alb.two-zones",
        "alb.sg-open",
        "tg.same-vpc",
    ] {
        assert_denied(&snapshot, check, action);
    }
}

#[test]
fn an_internal_balancer_is_not_public() {
    let snapshot = good_but(|snapshot| balancer(snapshot).internet_facing = false);
    assert_is(&snapshot, "alb.internet-facing", Failed, "alb-not-public");
}

#[test]
fn a_balancer_in_subnets_without_an_internet_gateway_is_not_public() {
    for through in [None, Some(Through::NatGateway("nat-1".into()))] {
        let snapshot = everything_leaves_through(through.as_ref());
        let found = assert_is(&snapshot, "alb.internet-facing", Failed, "alb-not-public");
        assert_eq!(found.evidence[0].api, "ec2:DescribeRouteTables");
        let command = found.fix[0].command.as_deref().unwrap();
        assert!(
            command.starts_with("aws ec2 create-route"),
            "no subnet is left to move to: {command}"
        );
    }
}

#[test]
fn behind_a_firewall_it_cannot_be_seen_whether_the_balancer_is_public() {
    let snapshot = everything_leaves_through(Some(&Through::Other("vpce-0firewall".into())));
    let found = assert_is(&snapshot, "alb.internet-facing", Unknown, "");
    assert!(
        found.summary.contains("vpce-0firewall"),
        "{}",
        found.summary
    );
}

fn everything_leaves_through(through: Option<&Through>) -> Snapshot {
    good_but(|snapshot| {
        for table in read(&mut snapshot.network.route_tables) {
            table
                .routes
                .retain(|route| route.destination != "0.0.0.0/0");
            if let Some(through) = through {
                table.routes.push(Route {
                    destination: "0.0.0.0/0".into(),
                    through: through.clone(),
                    blackhole: false,
                });
            }
        }
    })
}

#[test]
fn one_broken_route_under_balancer_and_tasks_is_one_fault() {
    let snapshot = good_but(|snapshot| {
        for table in read(&mut snapshot.network.route_tables) {
            table
                .routes
                .retain(|route| route.destination != "0.0.0.0/0");
        }
    });
    assert_is(&snapshot, "alb.internet-facing", Failed, "alb-not-public");
    let network = assert_is(&snapshot, "ecs.network", Blocked, "");
    assert_eq!(network.blocked_by.unwrap().as_str(), "alb.internet-facing");
}

#[test]
fn unread_route_tables_leave_it_open_whether_it_is_public() {
    let action = "ec2:DescribeRouteTables";
    let snapshot = good_but(|snapshot| snapshot.network.route_tables = denied(action));
    assert_denied(&snapshot, "alb.internet-facing", action);
}

#[test]
fn one_zone_is_too_few() {
    assert_is(&good(), "alb.two-zones", Passed, "");
    let snapshot = good_but(|snapshot| balancer(snapshot).zones.truncate(1));
    assert_is(&snapshot, "alb.two-zones", Failed, "single-zone-alb");
}

fn rules(ports: &[(u16, &str)]) -> Vec<GroupRule> {
    ports
        .iter()
        .map(|(port, range)| GroupRule {
            protocol: Protocol::Tcp,
            ports: Some((*port, *port)),
            peer: Peer::Range(range.parse().unwrap()),
        })
        .collect()
}

fn with_rules(ports: &[(u16, &str)]) -> Snapshot {
    good_but(|snapshot| group(snapshot, "news-api-alb-sg").inbound = rules(ports))
}

#[test]
fn both_doors_are_open_to_everyone() {
    assert_is(
        &with_rules(&[(80, "0.0.0.0/0"), (443, "0.0.0.0/0")]),
        "alb.sg-open",
        Passed,
        "",
    );
    assert_is(
        &with_rules(&[
            (80, "0.0.0.0/0"),
            (443, "0.0.0.0/0"),
            (80, "::/0"),
            (443, "::/0"),
        ]),
        "alb.sg-open",
        Passed,
        "",
    );
    assert_is(
        &with_rules(&[(80, "0.0.0.0/1"), (80, "128.0.0.0/1"), (443, "0.0.0.0/0")]),
        "alb.sg-open",
        Passed,
        "",
    );
}

#[test]
fn a_door_that_is_shut_or_only_open_to_some_is_unreachable() {
    for rules in [
        &[(80, "0.0.0.0/0")][..],
        &[(443, "0.0.0.0/0")][..],
        &[(80, "203.0.113.7/32"), (443, "203.0.113.7/32")][..],
        &[(80, "::/0"), (443, "::/0")][..],
        &[][..],
    ] {
        let found = assert_is(&with_rules(rules), "alb.sg-open", Failed, "alb-unreachable");
        assert!(
            found.fix[0]
                .command
                .as_ref()
                .unwrap()
                .contains("--cidr 0.0.0.0/0")
        );
    }
}

#[test]
fn before_there_is_a_service_shut_doors_are_only_not_open_yet() {
    let mut snapshot = before_the_service();
    group(&mut snapshot, "news-api-alb-sg").inbound = Vec::new();
    assert_is(&snapshot, "alb.sg-open", Missing, "alb-unreachable");
}

#[test]
fn without_a_domain_443_may_stay_shut() {
    let mut snapshot = without_domain();
    group(&mut snapshot, "news-api-alb-sg").inbound = rules(&[(80, "0.0.0.0/0")]);
    assert_is(&snapshot, "alb.sg-open", Passed, "");
}

#[test]
fn a_prefix_list_that_was_not_read_leaves_the_door_open_to_doubt() {
    let snapshot = good_but(|snapshot| {
        group(snapshot, "news-api-alb-sg").inbound = vec![GroupRule {
            protocol: Protocol::Tcp,
            ports: None,
            peer: Peer::PrefixList("pl-1".into()),
        }];
        snapshot
            .network
            .prefix_lists
            .insert("pl-1".into(), denied("ec2:GetManagedPrefixListEntries"));
    });
    assert_denied(&snapshot, "alb.sg-open", "ec2:GetManagedPrefixListEntries");
}

#[test]
fn tasks_on_fargate_need_a_group_for_addresses() {
    assert_is(&good(), "tg.ip-targets", Passed, "");
    assert_is(&empty(), "tg.ip-targets", Missing, "");
    let snapshot = good_but(|snapshot| target_group(snapshot).target_type = "instance".into());
    assert_is(
        &snapshot,
        "tg.ip-targets",
        Failed,
        "target-group-instance-type",
    );
}

#[test]
fn a_property_of_a_group_that_is_not_there_waits_for_it() {
    for check in ["tg.health-path", "tg.same-vpc"] {
        let found = assert_is(&empty(), check, Blocked, "");
        assert_eq!(found.blocked_by.unwrap().as_str(), "tg.ip-targets");
    }
}

#[test]
fn the_health_check_asks_the_right_page_for_200_on_the_right_port() {
    fn with(change: impl FnOnce(&mut HealthSettings)) -> Snapshot {
        good_but(|snapshot| change(&mut target_group(snapshot).health))
    }
    assert_is(
        &with(|health| health.matcher = Some("200-299".into())),
        "tg.health-path",
        Passed,
        "",
    );
    assert_is(
        &with(|health| health.port = "8000".into()),
        "tg.health-path",
        Passed,
        "",
    );
    for wrong in [
        with(|health| health.path = Some("/".into())),
        with(|health| health.path = Some("/docs/".into())),
        with(|health| health.path = None),
        with(|health| health.matcher = Some("301".into())),
        with(|health| health.port = "80".into()),
    ] {
        assert_is(&wrong, "tg.health-path", Failed, "health-path-wrong");
    }
}

#[test]
fn another_health_path_is_right_when_the_configuration_says_so() {
    let snapshot = good_but(|snapshot| {
        snapshot.chapter.health_path = "/healthz".into();
        target_group(snapshot).health.path = Some("/healthz".into());
    });
    assert_is(&snapshot, "tg.health-path", Passed, "");
}

#[test]
fn group_and_balancer_share_a_vpc() {
    assert_is(&good(), "tg.same-vpc", Passed, "");
    let snapshot = good_but(|snapshot| target_group(snapshot).vpc = Some("vpc-other".into()));
    assert_is(&snapshot, "tg.same-vpc", Failed, "wrong-vpc");
}

#[test]
fn a_denied_list_of_target_groups_is_unknown() {
    let action = "elasticloadbalancing:DescribeTargetGroups";
    let snapshot = good_but(|snapshot| snapshot.target_groups = denied(action));
    for check in ["tg.ip-targets", "tg.health-path", "tg.same-vpc"] {
        assert_denied(&snapshot, check, action);
    }
}

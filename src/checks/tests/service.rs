//! The service's own settings, and where its tasks live.

use super::shape::*;
use crate::account::*;
use crate::checks::Verdict::*;
use crate::checks::testing::*;

const PROPERTIES: [&str; 6] = [
    "ecs.runs-registered-revision",
    "ecs.desired-count",
    "ecs.load-balanced",
    "ecs.grace-period",
    "ecs.network",
    "ecs.sg-source",
];

#[test]
fn a_service_that_is_not_there_is_missing_and_its_properties_wait() {
    for snapshot in [empty(), before_the_service()] {
        assert_is(&snapshot, "ecs.service", Missing, "");
        for check in PROPERTIES {
            let found = assert_is(&snapshot, check, Blocked, "");
            assert_eq!(found.blocked_by.unwrap().as_str(), "ecs.service", "{check}");
        }
    }
}

#[test]
fn a_service_that_aws_would_refuse_waits_for_what_is_wrong() {
    let mut snapshot = before_the_service();
    target_group(&mut snapshot).target_type = "instance".into();
    let found = assert_is(&snapshot, "ecs.service", Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "tg.ip-targets");
}

#[test]
fn the_status_and_the_launch_type_decide() {
    let status = |status: &str| good_but(|snapshot| service(snapshot).status = status.into());
    assert_is(&status("ACTIVE"), "ecs.service", Passed, "");
    assert_is(&status("INACTIVE"), "ecs.service", Missing, "");
    assert_is(&status("DRAINING"), "ecs.service", Missing, "");
    assert_is(&status("NEW"), "ecs.service", Unknown, "");
    let launched = |kind: Option<&str>, providers: &[&str]| {
        good_but(|snapshot| {
            service(snapshot).launch_type = kind.map(str::to_owned);
            service(snapshot).capacity_providers =
                providers.iter().map(|&one| one.to_owned()).collect();
        })
    };
    assert_is(
        &launched(None, &["FARGATE", "FARGATE_SPOT"]),
        "ecs.service",
        Passed,
        "",
    );
    assert_is(
        &launched(Some("EC2"), &[]),
        "ecs.service",
        Failed,
        "not-on-fargate",
    );
    assert_is(
        &launched(None, &["my-asg"]),
        "ecs.service",
        Failed,
        "not-on-fargate",
    );
    assert_is(&launched(None, &[]), "ecs.service", Unknown, "");
}

#[test]
fn a_denied_service_is_unknown() {
    let action = "ecs:DescribeServices";
    let snapshot = good_but(|snapshot| snapshot.service = denied(action));
    assert_denied(&snapshot, "ecs.service", action);
    for check in PROPERTIES {
        assert_denied(&snapshot, check, action);
    }
}

const REVISION: &str = "ecs.runs-registered-revision";

#[test]
fn a_revision_that_is_no_longer_registered_is_old() {
    assert_is(&good(), REVISION, Passed, "");
    let snapshot = good_but(|snapshot| {
        let running = service(snapshot).definition.clone();
        read(&mut snapshot.revisions).retain(|revision| *revision != running);
        each_definition(snapshot, |definition| definition.status = "INACTIVE".into());
    });
    assert_is(&snapshot, REVISION, Failed, "old-revision-running");
}

#[test]
fn a_tag_that_was_pushed_again_is_only_remarked_on() {
    assert_eq!(finding(&good(), REVISION).advice, None);
    let snapshot = good_but(|snapshot| {
        for image in read(
            &mut snapshot
                .repositories
                .get_mut("news-aggregator-api")
                .unwrap()
                .images,
        ) {
            image.digest = "sha256:new".into();
            image.pushed_at = Some(now());
        }
    });
    let found = assert_is(&snapshot, REVISION, Passed, "");
    assert!(found.advice.unwrap().contains("pushed again"));
}

#[test]
fn two_tasks_or_more() {
    for (desired, verdict, cause) in [
        (3, Passed, ""),
        (2, Passed, ""),
        (1, Failed, "desired-count-low"),
        (0, Failed, "desired-count-low"),
    ] {
        let snapshot = good_but(|snapshot| service(snapshot).desired = desired);
        assert_is(&snapshot, "ecs.desired-count", verdict, cause);
    }
    let snapshot = good_but(|snapshot| service(snapshot).desired = 1);
    let found = finding(&snapshot, "ecs.desired-count");
    assert!(found.summary.contains("1 task;"), "{}", found.summary);
}

#[test]
fn a_stack_paused_overnight_has_one_cause() {
    let snapshot = good_but(|snapshot| {
        read(&mut snapshot.databases)[0].status = "stopped".into();
        service(snapshot).desired = 0;
        service(snapshot).running = 0;
        targets(snapshot).clear();
    });
    assert_is(&snapshot, "rds.available", Failed, "stack-paused");
    for check in [
        "ecs.desired-count",
        "ecs.steady",
        "tg.targets-healthy",
        "endpoint.responds",
    ] {
        assert_is(&snapshot, check, Blocked, "");
    }
}

const BALANCED: &str = "ecs.load-balanced";

#[test]
fn a_service_without_target_group_is_not_balanced() {
    let snapshot = good_but(|snapshot| {
        service(snapshot).target_groups.clear();
        targets(snapshot).clear();
    });
    assert_is(&snapshot, BALANCED, Failed, "service-not-load-balanced");
    for check in ["ecs.grace-period", "tg.targets-healthy"] {
        let found = assert_is(&snapshot, check, Blocked, "");
        assert_eq!(found.blocked_by.unwrap().as_str(), BALANCED, "{check}");
    }
}

#[test]
fn a_target_group_that_no_listener_forwards_to_is_one_fault() {
    let snapshot = good_but(|snapshot| {
        target_group(snapshot).balancers.clear();
        listener(snapshot, 443).default_actions = vec![Action::FixedResponse {
            status: "404".into(),
        }];
    });
    assert_is(&snapshot, "listener.https", Failed, "target-not-in-use");
    let found = assert_is(&snapshot, BALANCED, Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "listener.https");
}

#[test]
fn a_target_group_that_is_gone_is_not_in_use() {
    let snapshot = good_but(|snapshot| {
        service(snapshot).target_groups[0].target_group =
            "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/gone/1".into();
    });
    assert_is(&snapshot, BALANCED, Failed, "target-not-in-use");
}

#[test]
fn container_and_port_have_to_be_in_the_definition() {
    let snapshot =
        good_but(|snapshot| service(snapshot).target_groups[0].container = "other".into());
    assert_is(&snapshot, BALANCED, Failed, "service-not-load-balanced");
}

#[test]
fn new_tasks_need_some_time() {
    assert_is(&good(), "ecs.grace-period", Passed, "");
    let none = good_but(|snapshot| service(snapshot).grace_seconds = 0);
    assert_is(&none, "ecs.grace-period", Failed, "grace-period-too-short");
    let short = good_but(|snapshot| service(snapshot).grace_seconds = 1);
    let found = assert_is(&short, "ecs.grace-period", Passed, "");
    assert!(found.advice.is_some());
}

const NETWORK: &str = "ecs.network";

#[test]
fn tasks_live_in_the_balancers_vpc_and_zones() {
    assert_is(&good(), NETWORK, Passed, "");
    let other_vpc = good_but(|snapshot| balancer(snapshot).vpc = "vpc-other".into());
    assert_is(&other_vpc, NETWORK, Failed, "wrong-vpc");
    let other_zone = good_but(|snapshot| {
        for zone in &mut balancer(snapshot).zones {
            zone.zone = format!("{}x", zone.zone).into();
        }
    });
    assert_is(&other_zone, NETWORK, Failed, "target-not-in-use");
    let one_zone = good_but(|snapshot| balancer(snapshot).zones.truncate(1));
    let found = assert_is(&one_zone, NETWORK, Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "alb.two-zones");
}

#[test]
fn a_gateway_is_useless_without_a_public_address() {
    let snapshot = good_but(|snapshot| service(snapshot).public_address = false);
    let found = assert_is(&snapshot, NETWORK, Failed, "no-route-to-registry");
    assert!(
        found.fix[0]
            .command
            .as_ref()
            .unwrap()
            .contains("assignPublicIp=ENABLED")
    );
}

/// Tasks in subnets of their own behind one route table, without public addresses.
fn private(default: Option<(Through, bool)>) -> Snapshot {
    good_but(|snapshot| {
        let zones = balancer(snapshot).zones.clone();
        let vpc = balancer(snapshot).vpc.clone();
        let mut ids = Vec::new();
        for (number, zone) in zones.iter().enumerate() {
            let id = SubnetId(format!("subnet-private{number}"));
            read(&mut snapshot.network.subnets).push(Subnet {
                id: id.clone(),
                vpc: vpc.clone(),
                zone: zone.zone.clone(),
                ranges: vec![format!("172.31.{}.0/24", 200 + number).parse().unwrap()],
                default_for_zone: false,
            });
            ids.push(id);
        }
        read(&mut snapshot.network.route_tables).push(RouteTable {
            id: "rtb-private".into(),
            vpc,
            main: false,
            subnets: ids.clone(),
            routes: default
                .into_iter()
                .map(|(through, blackhole)| Route {
                    destination: "0.0.0.0/0".into(),
                    through,
                    blackhole,
                })
                .collect(),
        });
        service(snapshot).subnets = ids;
        service(snapshot).public_address = false;
    })
}

fn nat(state: &str, subnet: &SubnetId, vpc: &VpcId) -> NatGateway {
    NatGateway {
        id: "nat-1".into(),
        vpc: vpc.clone(),
        subnet: subnet.clone(),
        state: state.into(),
        kind: NatKind::Public,
    }
}

fn behind_nat(state: &str) -> Snapshot {
    let mut snapshot = private(Some((Through::NatGateway("nat-1".into()), false)));
    let zone = balancer(&mut snapshot).zones[0].clone();
    let vpc = balancer(&mut snapshot).vpc.clone();
    snapshot.network.nat_gateways = Fact::Present(vec![nat(state, &zone.subnet, &vpc)]);
    snapshot
}

#[test]
fn a_nat_gateway_that_works_is_a_way_out() {
    assert_is(&behind_nat("available"), NETWORK, Passed, "");
    assert_is(&behind_nat("pending"), NETWORK, Pending, "");
    assert_is(
        &behind_nat("failed"),
        NETWORK,
        Failed,
        "no-route-to-registry",
    );
    let mut nested = behind_nat("available");
    let inside = service(&mut nested).subnets[0].clone();
    read(&mut nested.network.nat_gateways)[0].subnet = inside;
    assert_is(&nested, NETWORK, Failed, "no-route-to-registry");
    let mut unread = behind_nat("available");
    unread.network.nat_gateways = denied("ec2:DescribeNatGateways");
    assert_denied(&unread, NETWORK, "ec2:DescribeNatGateways");
}

#[test]
fn a_route_to_nothing_is_no_way_out() {
    let blackhole = private(Some((Through::NatGateway("nat-1".into()), true)));
    assert_is(&blackhole, NETWORK, Failed, "no-route-to-registry");
    let found = assert_is(&private(None), NETWORK, Failed, "no-route-to-registry");
    assert!(found.summary.contains("ecr.api"), "{}", found.summary);
    let elsewhere = private(Some((Through::Other("tgw-1".into()), false)));
    assert_is(&elsewhere, NETWORK, Unknown, "");
}

fn with_endpoints(snapshot: &mut Snapshot, services: &[&str]) {
    let vpc = balancer(snapshot).vpc.clone();
    let tasks = service(snapshot).groups[0].clone();
    let mut door = group(snapshot, "news-api-ecs-sg").clone();
    door.id = "sg-endpoints".into();
    door.inbound = vec![GroupRule {
        protocol: Protocol::Tcp,
        ports: Some((443, 443)),
        peer: Peer::Group {
            id: tasks,
            account: None,
            peered_vpc: None,
            peering: None,
        },
    }];
    let id = door.id.clone();
    read(&mut snapshot.network.groups).push(door);
    let endpoints = services
        .iter()
        .map(|service| VpcEndpoint {
            id: format!("vpce-{service}"),
            vpc: vpc.clone(),
            service: format!("com.amazonaws.us-east-1.{service}"),
            kind: if *service == "s3" {
                EndpointKind::Gateway
            } else {
                EndpointKind::Interface
            },
            available: true,
            state: None,
            private_dns: true,
            subnets: Vec::new(),
            groups: vec![id.clone()],
            route_tables: vec!["rtb-private".into()],
        })
        .collect();
    snapshot.network.endpoints = Fact::Present(endpoints);
}

#[test]
fn every_endpoint_together_is_a_way_out() {
    let all = ["ecr.api", "ecr.dkr", "s3", "logs", "ssm"];
    let with = |services: &[&str]| {
        let mut snapshot = private(None);
        with_endpoints(&mut snapshot, services);
        snapshot
    };
    assert_is(&with(&all), NETWORK, Passed, "");
    for lacking in all {
        let some: Vec<&str> = all.into_iter().filter(|one| *one != lacking).collect();
        let found = assert_is(&with(&some), NETWORK, Failed, "no-route-to-registry");
        assert!(found.summary.contains(lacking), "{}", found.summary);
    }
    for change in [
        |endpoint: &mut VpcEndpoint| endpoint.private_dns = endpoint.kind == EndpointKind::Gateway,
        |endpoint: &mut VpcEndpoint| endpoint.available = false,
        |endpoint: &mut VpcEndpoint| endpoint.route_tables.clear(),
        |endpoint: &mut VpcEndpoint| endpoint.vpc = "vpc-other".into(),
    ] {
        let mut snapshot = with(&all);
        read(&mut snapshot.network.endpoints)
            .iter_mut()
            .for_each(change);
        assert_is(&snapshot, NETWORK, Failed, "no-route-to-registry");
    }
    let mut shut = with(&all);
    group(&mut shut, "news-api-ecs-sg");
    read(&mut shut.network.groups)
        .last_mut()
        .unwrap()
        .inbound
        .clear();
    assert_is(&shut, NETWORK, Failed, "no-route-to-registry");
    let mut unread = private(None);
    unread.network.endpoints = denied("ec2:DescribeVpcEndpoints");
    assert_denied(&unread, NETWORK, "ec2:DescribeVpcEndpoints");
}

#[test]
fn subnets_that_differ_fail_every_other_launch() {
    let mut snapshot = private(None);
    let public = balancer(&mut snapshot).zones[0].subnet.clone();
    service(&mut snapshot).public_address = true;
    service(&mut snapshot).subnets[0] = public;
    let found = assert_is(&snapshot, NETWORK, Failed, "no-route-to-registry");
    assert!(
        found.summary.contains("only some launches fail"),
        "{}",
        found.summary
    );
}

#[test]
fn a_group_that_lets_nothing_out_is_no_way_out() {
    let closed = good_but(|snapshot| group(snapshot, "news-api-ecs-sg").outbound.clear());
    assert_is(&closed, NETWORK, Failed, "no-route-to-registry");
    let narrow = good_but(|snapshot| {
        group(snapshot, "news-api-ecs-sg").outbound = vec![GroupRule {
            protocol: Protocol::Tcp,
            ports: Some((443, 443)),
            peer: Peer::Range("10.0.0.0/8".parse().unwrap()),
        }];
    });
    assert_is(&narrow, NETWORK, Unknown, "");
}

#[test]
fn tasks_admit_the_balancer_and_nobody_else() {
    assert_is(&good(), "ecs.sg-source", Passed, "");
    let admits = |peer: Option<Peer>| {
        good_but(|snapshot| {
            let rules = &mut group(snapshot, "news-api-ecs-sg").inbound;
            match peer {
                None => rules.clear(),
                Some(peer) => rules.push(GroupRule {
                    protocol: Protocol::Tcp,
                    ports: Some((8000, 8000)),
                    peer,
                }),
            }
        })
    };
    assert_is(
        &admits(None),
        "ecs.sg-source",
        Failed,
        "task-port-closed-to-alb",
    );
    let anyone = admits(Some(Peer::Range("0.0.0.0/0".parse().unwrap())));
    assert_is(&anyone, "ecs.sg-source", Failed, "source-is-cidr");
    let database = group(&mut good(), "news-api-rds-sg").id.clone();
    let other = admits(Some(Peer::Group {
        id: database,
        account: None,
        peered_vpc: None,
        peering: None,
    }));
    assert_is(&other, "ecs.sg-source", Failed, "source-is-other-group");
    let action = "ec2:DescribeSecurityGroups";
    let unread = good_but(|snapshot| snapshot.network.groups = denied(action));
    assert_denied(&unread, "ecs.sg-source", action);
}

#[test]
fn an_earlier_revision_to_go_back_to_is_advice() {
    let found = assert_is(&good(), "ecs.rollback-ready", Passed, "");
    assert_eq!(found.advice, None);
    let snapshot = good_but(|snapshot| {
        let running = service(snapshot).definition.clone();
        snapshot.revisions = Fact::Present(vec![running]);
    });
    let found = assert_is(&snapshot, "ecs.rollback-ready", Passed, "");
    assert!(found.advice.is_some());
    let action = "ecs:ListTaskDefinitions";
    let unread = good_but(|snapshot| snapshot.revisions = denied(action));
    assert_denied(&unread, "ecs.rollback-ready", action);
}

use super::*;
use crate::account::{AclAction, AclDirection, NetworkAcl, NetworkInterface};
use crate::account::{EndpointKind, Peer, Protocol, Route, Through};
use crate::account::{NatGateway, NatKind, RouteTable, SecurityGroup, Subnet, Vpc, VpcEndpoint};
use crate::aws::answers::{ec2, ec2_edge, ec2_group, ec2_route};
use ipnet::IpNet;

fn net(text: &str) -> IpNet {
    text.parse().unwrap()
}

#[test]
fn a_vpc_has_every_range_it_holds_once_and_none_it_gave_up() {
    let vpcs: Vec<Vpc> = entries::<ec2::DescribeVpcs, _>();
    let [vpc] = vpcs.as_slice() else {
        panic!("{vpcs:?}")
    };
    assert_eq!(
        vpc.ranges,
        [net("172.31.0.0/16"), net("2001:db8:1234:1a00::/56")]
    );
    assert!(vpc.is_default);
}

#[test]
fn subnets_have_zones_and_go_on_on_the_next_page() {
    let subnets: Vec<Subnet> = entries::<ec2::DescribeSubnets, _>();
    assert_eq!(subnets.len(), 2);
    assert_eq!(subnets[1].zone.as_str(), "us-east-1b");
    assert!(subnets[0].default_for_zone && !subnets[1].default_for_zone);
    assert_eq!(
        next::<ec2::DescribeSubnets>().as_deref(),
        Some("eyJ2IjoiMiJ9")
    );
    assert_eq!(next::<ec2::DescribeVpcs>(), None);
}

#[test]
fn routes_lead_through_what_their_ids_say() {
    let tables: Vec<RouteTable> = entries::<ec2_route::DescribeRouteTables, _>();
    let through = |table: usize, route: usize| tables[table].routes[route].through.clone();
    assert!(tables[0].main && tables[0].subnets.is_empty());
    assert_eq!(through(0, 0), Through::Local);
    assert_eq!(through(0, 1), Through::InternetGateway("igw-0d1".into()));
    assert_eq!(through(0, 2), Through::VpcEndpoint("vpce-0s3".into()));
    assert_eq!(tables[0].routes[2].destination, "pl-63a5400a");
    let gone = Route {
        destination: "0.0.0.0/0".into(),
        through: Through::NatGateway("nat-0gone".into()),
        blackhole: true,
    };
    assert_eq!(tables[1].routes[0], gone);
    assert_eq!(through(1, 1), Through::Other("eigw-015".into()));
    assert_eq!(through(1, 2), Through::Other("pcx-1".into()));
}

#[test]
fn a_subnet_that_is_leaving_a_table_is_not_its_own() {
    let tables: Vec<RouteTable> = entries::<ec2_route::DescribeRouteTables, _>();
    assert!(!tables[1].main);
    let subnets: Vec<&str> = tables[1]
        .subnets
        .iter()
        .map(|subnet| subnet.as_str())
        .collect();
    assert_eq!(subnets, ["subnet-0bbb"]);
}

#[test]
fn a_permission_with_several_sources_is_one_rule_for_each() {
    let groups: Vec<SecurityGroup> = entries::<ec2_group::DescribeSecurityGroups, _>();
    let group = &groups[0];
    assert_eq!(group.inbound.len(), 6);
    for rule in &group.inbound[..5] {
        assert_eq!(
            (&rule.protocol, rule.ports),
            (&Protocol::Tcp, Some((5432, 5432)))
        );
    }
    let peers: Vec<&Peer> = group.inbound.iter().map(|rule| &rule.peer).collect();
    assert_eq!(peers[0], &Peer::Range(net("203.0.113.7/32")));
    assert_eq!(peers[1], &Peer::Range(net("2001:db8::/32")));
    assert_eq!(
        peers[2],
        &Peer::Group {
            id: "sg-0tasks".into(),
            account: Some("123456789012".into()),
            peered_vpc: None,
            peering: None
        }
    );
    assert_eq!(
        peers[3],
        &Peer::Group {
            id: "sg-0peer".into(),
            account: Some("999999999999".into()),
            peered_vpc: Some("vpc-0other".into()),
            peering: Some("active".into())
        }
    );
    assert_eq!(peers[4], &Peer::PrefixList("pl-1".into()));
    assert_eq!(
        (&group.inbound[5].protocol, group.inbound[5].ports),
        (&Protocol::Icmp, None)
    );
}

#[test]
fn of_a_groups_tags_the_nonce_is_kept_and_nothing_else() {
    let nonce = |tags: &str| {
        let answer = answer_with::<ec2_group::DescribeSecurityGroups>(
            "<tagSet/>\n      </item>\n      <item>\n         <ownerId>123456789012</ownerId>\n         <groupId>sg-0closed",
            &format!(
                "<tagSet>{tags}</tagSet></item><item><ownerId>123456789012</ownerId><groupId>sg-0closed"
            ),
        )
        .unwrap();
        let groups: Vec<SecurityGroup> = answer
            .split()
            .items
            .into_iter()
            .map(SecurityGroup::from)
            .collect();
        assert_eq!(groups[1].nonce, None);
        assert!(!format!("{groups:?}").contains("ann@example.com"));
        groups[0].nonce.clone()
    };
    let owner = "<item><key>owner</key><value>ann@example.com</value></item>";
    let tag = |value: &str| {
        format!("{owner}<item><key>landfall-nonce</key><value>{value}</value></item>")
    };
    assert_eq!(nonce(&tag("maple-7f3a")).as_deref(), Some("maple-7f3a"));
    assert_eq!(nonce(&tag("my password")), None);
    assert_eq!(nonce(&tag("")), None);
    assert_eq!(nonce(owner), None);
}

#[test]
fn all_traffic_has_no_ports_and_a_group_without_rules_has_none() {
    let groups: Vec<SecurityGroup> = entries::<ec2_group::DescribeSecurityGroups, _>();
    let [rule] = groups[0].outbound.as_slice() else {
        panic!("{groups:?}")
    };
    assert_eq!((&rule.protocol, rule.ports), (&Protocol::All, None));
    assert_eq!(groups[1].name, "closed & quiet");
    assert!(groups[1].inbound.is_empty() && groups[1].outbound.is_empty());
}

#[test]
fn a_source_that_cannot_be_read_makes_the_answer_unreadable_not_shorter() {
    let broken = answer_with::<ec2_group::DescribeSecurityGroups>("203.0.113.7/32", "somewhere");
    assert!(broken.is_err(), "{broken:?}");
}

#[test]
fn endpoints_are_available_in_either_spelling() {
    let endpoints: Vec<VpcEndpoint> = entries::<ec2_route::DescribeVpcEndpoints, _>();
    assert_eq!(endpoints[0].kind, EndpointKind::Gateway);
    assert_eq!(endpoints[0].route_tables, ["rtb-13ad487a"]);
    assert_eq!(endpoints[1].kind, EndpointKind::Interface);
    assert!(endpoints.iter().all(|endpoint| endpoint.available));
    assert!(endpoints.iter().all(|endpoint| endpoint.state.is_some()));
    assert!(endpoints[1].private_dns && !endpoints[0].private_dns);
    assert_eq!(
        (endpoints[1].subnets.len(), endpoints[1].groups.len()),
        (2, 1)
    );
}

#[test]
fn a_nat_gateway_leads_to_the_internet_unless_it_is_private() {
    let kind = |text: &str, instead: &str| {
        let answer = answer_with::<ec2_route::DescribeNatGateways>(text, instead).unwrap();
        answer
            .split()
            .items
            .into_iter()
            .map(NatGateway::from)
            .map(|gateway| (gateway.kind, gateway.subnet.0))
            .next()
    };
    let subnet = "<subnetId>subnet-0aaa</subnetId>";
    let here = || "subnet-0aaa".to_owned();
    assert_eq!(kind(subnet, subnet), Some((NatKind::Public, here())));
    let private = kind(">public</connectivityType>", ">private</connectivityType>");
    assert_eq!(private, Some((NatKind::Private, here())));
    assert_eq!(kind(subnet, ""), Some((NatKind::Regional, String::new())));
}

#[test]
fn gateways_prefix_lists_regions_and_addresses_are_read() {
    let gateways: Vec<NatGateway> = entries::<ec2_route::DescribeNatGateways, _>();
    assert_eq!(
        (gateways.len(), gateways[0].state.as_str()),
        (1, "available")
    );
    let lists = answer::<ec2::GetManagedPrefixListEntries>().split().items;
    let ranges: Vec<IpNet> = lists.into_iter().map(|entry| entry.cidr).collect();
    assert_eq!(ranges, [net("203.0.113.0/24"), net("198.51.100.0/24")]);
    let regions = answer::<ec2::DescribeRegions>().regions;
    assert_eq!(regions.0.len(), 2);
    let addresses = answer::<ec2::DescribeAddresses>().addresses;
    assert!(!addresses.0[0].is_unused() && addresses.0[1].is_unused());
}

#[test]
fn an_acl_has_its_entries_in_order_with_numbers_for_protocols() {
    let acls: Vec<NetworkAcl> = entries::<ec2_edge::DescribeNetworkAcls, _>();
    let [first, own] = acls.as_slice() else {
        panic!("{acls:?}")
    };
    assert!(first.is_default && first.subnets.is_empty() && !own.is_default);
    let numbers: Vec<u16> = first.entries.iter().map(|one| one.number).collect();
    assert_eq!(numbers, [100, 100, 32767, 32768]);
    assert_eq!(first.entries[2].action, AclAction::Deny);
    assert_eq!(first.entries[3].range, net("::/0"));
    assert_eq!(own.subnets.len(), 2);
    let seen: Vec<_> = own
        .entries
        .iter()
        .map(|one| (one.direction, one.protocol.clone(), one.ports))
        .collect();
    assert_eq!(
        seen,
        [
            (AclDirection::Inbound, Protocol::Tcp, Some((8000, 8010))),
            (AclDirection::Inbound, Protocol::Icmp, None),
            (AclDirection::Outbound, Protocol::Udp, Some((0, 65535))),
        ]
    );
    assert_eq!(own.entries[0].range, net("172.31.0.0/16"));
}

#[test]
fn an_acl_that_does_not_say_its_entries_is_not_taken_for_a_closed_one() {
    for field in ["entrySet", "egress", "ruleAction", "ruleNumber"] {
        let renamed = answer_with::<ec2_edge::DescribeNetworkAcls>(field, "somethingElse");
        assert!(renamed.is_err(), "{field}");
    }
    let neither = answer_with::<ec2_edge::DescribeNetworkAcls>(">allow<", ">perhaps<");
    assert!(neither.is_err());
}

#[test]
fn a_vpcs_settings_are_said_one_by_one() {
    let both = answer::<ec2_edge::DescribeVpcAttribute>();
    assert_eq!(both.dns_support(), Some(true));
    assert_eq!(both.dns_hostnames(), Some(false));
    let one = answer_with::<ec2_edge::DescribeVpcAttribute>("enableDnsHostnames", "enableOther");
    assert_eq!(one.unwrap().dns_hostnames(), None);
}

#[test]
fn an_interface_has_all_its_private_addresses_and_says_whether_it_has_a_public_one() {
    let all: Vec<NetworkInterface> = entries::<ec2_edge::DescribeNetworkInterfaces, _>();
    assert_eq!(all[0].addresses, ["172.31.0.10", "172.31.0.11"]);
    assert!(all[0].public_address && !all[1].public_address);
    assert_eq!(all[0].groups[0].as_str(), "sg-0alb");
    assert!(all[0].description.starts_with("ELB app/"));
    assert_eq!(
        (all[1].status.as_str(), all[1].description.as_str()),
        ("available", "")
    );
    let text = format!("{all:?}");
    assert!(
        !text.contains("203.0.113.10"),
        "the address itself is not kept"
    );
}

use super::*;
use crate::account::Fact;

fn server() -> Server {
    Server::start()
        .plays("DescribeVpcs", "ec2/DescribeVpcs.xml")
        .on(
            "DescribeSubnets",
            [
                reply("ec2/DescribeSubnets.xml"),
                changed(
                    "ec2/DescribeSubnets.xml",
                    "<nextToken>eyJ2IjoiMiJ9</nextToken>",
                    "<nextToken/>",
                ),
            ],
        )
        .plays("DescribeRouteTables", "ec2/DescribeRouteTables.xml")
        .plays("DescribeSecurityGroups", "ec2/DescribeSecurityGroups.xml")
        .plays(
            "GetManagedPrefixListEntries",
            "ec2/GetManagedPrefixListEntries.xml",
        )
        .plays("DescribeVpcEndpoints", "ec2/DescribeVpcEndpoints.xml")
        .plays("DescribeNatGateways", "ec2/DescribeNatGateways.xml")
}

#[tokio::test]
async fn the_network_is_read_and_the_prefix_lists_its_rules_name() {
    let server = server();
    let network = look(&server, &[Area::Network]).await.network;
    assert_eq!(network.vpcs.present().map(Vec::len), Some(1));
    assert_eq!(
        network.subnets.present().map(Vec::len),
        Some(4),
        "two pages"
    );
    assert_eq!(network.route_tables.present().map(Vec::len), Some(2));
    assert_eq!(network.groups.present().map(Vec::len), Some(2));
    assert_eq!(
        network.prefix_lists["pl-1"].present().map(Vec::len),
        Some(2)
    );
    assert_eq!(network.endpoints, Fact::not_asked());
    assert_eq!(server.times("DescribeVpcEndpoints"), 0);
}

#[tokio::test]
async fn routes_are_read_without_the_rest() {
    let server = server();
    let network = look(&server, &[Area::Routes]).await.network;
    assert_eq!(network.endpoints.present().map(Vec::len), Some(2));
    assert_eq!(network.nat_gateways.present().map(Vec::len), Some(1));
    assert_eq!(network.vpcs, Fact::not_asked());
}

#[tokio::test]
async fn a_prefix_list_that_is_gone_is_absent_and_a_denied_one_unknown() {
    let refused = |code: &str| {
        Reply::xml(
            400,
            format!(
                "<Response><Errors><Error><Code>{code}</Code><Message>no</Message></Error></Errors><RequestID>1</RequestID></Response>"
            ),
        )
    };
    let gone = server().on(
        "GetManagedPrefixListEntries",
        [refused("InvalidPrefixListID.NotFound")],
    );
    let network = look(&gone, &[Area::Network]).await.network;
    assert_eq!(network.prefix_lists["pl-1"], Fact::Absent);
    let closed = server().on(
        "GetManagedPrefixListEntries",
        [refused("UnauthorizedOperation")],
    );
    let network = look(&closed, &[Area::Network]).await.network;
    assert_eq!(
        network.prefix_lists["pl-1"],
        Fact::Unknown(denied("ec2:GetManagedPrefixListEntries"))
    );
    assert!(network.groups.present().is_some());
}

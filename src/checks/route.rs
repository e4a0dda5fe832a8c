//! Where a subnet's traffic to the internet goes.

use super::discovery::{Gap, list};
use super::stack::Stack;
use crate::account::{Route, RouteTable, Subnet, SubnetId, Through, Why};

/// Where `0.0.0.0/0` leads from a subnet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum WayOut<'a> {
    InternetGateway(&'a str),
    NatGateway(&'a str),
    /// The gateway or NAT behind the route was deleted.
    Blackhole,
    /// There is no default route.
    None,
    /// A transit gateway, an instance, a firewall: where that leads cannot be seen from here.
    Other(&'a str),
}

/// A subnet by its id.
pub(super) fn subnet<'a>(stack: &Stack<'a>, id: &SubnetId) -> Result<&'a Subnet, Gap> {
    list(&stack.snapshot.network.subnets, "the subnets")?
        .iter()
        .find(|subnet| subnet.id == *id)
        .ok_or_else(|| {
            unlisted(
                format!("{id} is not among the region's subnets"),
                "a subnet in use",
            )
        })
}

/// The table that routes for a subnet: the one associated with it, else its VPC's main table.
pub(super) fn table<'a>(stack: &Stack<'a>, subnet: &Subnet) -> Result<&'a RouteTable, Gap> {
    let tables = list(&stack.snapshot.network.route_tables, "the route tables")?;
    tables
        .iter()
        .find(|table| table.subnets.contains(&subnet.id))
        .or_else(|| {
            tables
                .iter()
                .find(|table| table.main && table.vpc == subnet.vpc)
        })
        .ok_or_else(|| {
            unlisted(
                format!("{} has no main route table", subnet.vpc),
                "the route table of a subnet",
            )
        })
}

/// The way out of a route table.
pub(super) fn way_out(table: &RouteTable) -> WayOut<'_> {
    let Some(route) = default_route(table) else {
        return part_of_the_internet(table).map_or(WayOut::None, WayOut::Other);
    };
    if route.blackhole {
        return WayOut::Blackhole;
    }
    match &route.through {
        Through::InternetGateway(id) => WayOut::InternetGateway(id),
        Through::NatGateway(id) => WayOut::NatGateway(id),
        Through::Local => WayOut::None,
        Through::VpcEndpoint(id) | Through::Other(id) => WayOut::Other(id),
    }
}

fn default_route(table: &RouteTable) -> Option<&Route> {
    let to = |destination: &str| {
        table
            .routes
            .iter()
            .find(|route| route.destination == destination)
    };
    to("0.0.0.0/0").or_else(|| {
        // Two halves are the whole.
        let (lower, upper) = (to("0.0.0.0/1")?, to("128.0.0.0/1")?);
        let same = lower.through == upper.through && lower.blackhole == upper.blackhole;
        same.then_some(lower)
    })
}

/// Without a default route, one that leads a part of the internet somewhere: what is reached by it cannot be told.
fn part_of_the_internet(table: &RouteTable) -> Option<&str> {
    table
        .routes
        .iter()
        .filter(|route| !route.blackhole && leads_outside(&route.destination))
        .find_map(|route| match &route.through {
            Through::InternetGateway(id) | Through::NatGateway(id) | Through::Other(id) => {
                Some(id.as_str())
            }
            Through::Local | Through::VpcEndpoint(_) => None,
        })
}

/// A prefix list, or an IPv4 range that is not one of the private ones.
fn leads_outside(destination: &str) -> bool {
    match destination.parse::<ipnet::IpNet>() {
        Ok(ipnet::IpNet::V4(net)) => {
            let first = net.network();
            let shared = first.octets()[0] == 100 && (64..128).contains(&first.octets()[1]);
            !first.is_private() && !first.is_link_local() && !shared
        }
        Ok(ipnet::IpNet::V6(_)) => false,
        Err(_) => destination.starts_with("pl-"),
    }
}

fn unlisted(say: String, what: &'static str) -> Gap {
    Gap::CannotTell {
        why: Why::Other { say },
        what,
    }
}

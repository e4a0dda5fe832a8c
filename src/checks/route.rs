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
        return WayOut::None;
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
    table
        .routes
        .iter()
        .find(|route| route.destination == "0.0.0.0/0")
}

fn unlisted(say: String, what: &'static str) -> Gap {
    Gap::CannotTell {
        why: Why::Other { say },
        what,
    }
}

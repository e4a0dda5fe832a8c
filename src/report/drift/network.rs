//! Ways out of the chapter's VPC.

use super::pairs::{Pair, pairs};
use super::part::Part;
use super::{Drift, Looks};
use crate::account::{NatGateway, Route, RouteTable, Through, VpcEndpoint, VpcId};

pub(super) fn tell(looks: &Looks<'_>) -> Vec<Drift> {
    let ours = |vpc: &VpcId| [&looks.was.vpc, &looks.is.vpc].contains(&&Some(vpc.clone()));
    let (before, now) = (&looks.before.network, &looks.now.network);
    let mut told = Vec::new();
    for pair in pairs(&before.route_tables, &now.route_tables, |one| &one.id) {
        match pair {
            Pair::Both(was, is) if ours(&is.vpc) => told.extend(way_out(was, is)),
            _ => {}
        }
    }
    for pair in pairs(&before.nat_gateways, &now.nat_gateways, |one| &one.id) {
        let gone = match pair {
            Pair::Gone(one) if stands(one) => Some(one),
            Pair::Both(was, is) if stands(was) && !stands(is) => Some(is),
            _ => None,
        };
        if let Some(one) = gone.filter(|one| ours(&one.vpc)) {
            let say = format!("the NAT gateway {} is gone", one.id);
            told.push(Drift::gone(Part::Network, &one.id, "available", say));
        }
    }
    for pair in pairs(&before.endpoints, &now.endpoints, |one| &one.id) {
        let gone = |one: &VpcEndpoint| {
            let say = format!("the VPC endpoint for {} ({}) is gone", one.service, one.id);
            Drift::gone(Part::Network, &one.id, &one.service, say)
        };
        match pair {
            Pair::Gone(one) if ours(&one.vpc) => told.push(gone(one)),
            Pair::Both(was, is) if ours(&is.vpc) && was.available && !is.available => {
                told.push(gone(is));
            }
            _ => {}
        }
    }
    told
}

/// Whether it is there and costs money.
pub(super) fn stands(gateway: &NatGateway) -> bool {
    matches!(gateway.state.as_str(), "available" | "pending")
}

fn way_out(was: &RouteTable, is: &RouteTable) -> Option<Drift> {
    fn default(table: &RouteTable) -> Option<&Route> {
        let mut routes = table.routes.iter();
        routes.find(|route| route.destination == "0.0.0.0/0")
    }
    let words = |route: Option<&Route>| match route {
        None => "nowhere".to_owned(),
        Some(route) => {
            let through = match &route.through {
                Through::Local => "the VPC itself".to_owned(),
                Through::InternetGateway(id) => format!("the internet gateway {id}"),
                Through::NatGateway(id) => format!("the NAT gateway {id}"),
                Through::VpcEndpoint(id) | Through::Other(id) => id.clone(),
            };
            if route.blackhole {
                format!("{through}, which does not exist any more")
            } else {
                through
            }
        }
    };
    let (before, now) = (words(default(was)), words(default(is)));
    (before != now).then(|| {
        let what = format!("the default route of {} leads to", is.id);
        Drift::changed(Part::Network, &is.id, &what, (before, now))
    })
}

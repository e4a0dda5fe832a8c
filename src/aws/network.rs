//! VPCs, subnets, route tables, security groups: the whole region's, which is cheaper than asking by id.

use super::answers::ec2::{DescribeSubnets, DescribeVpcs, GetManagedPrefixListEntries};
use super::answers::ec2_group::DescribeSecurityGroups;
use super::answers::ec2_route::DescribeRouteTables;
use super::error::FactFrom;
use super::input::Input;
use super::list::list;
use super::read::Reader;
use crate::account::{Fact, GroupNames, Peer, RouteTable, SecurityGroup, Subnet, Vpc};
use futures_util::future::join_all;
use ipnet::IpNet;
use std::collections::BTreeMap;

/// EC2 gives at most this many on a page; of route tables and prefix lists a hundred.
const PAGE: u32 = 1000;
const SMALL_PAGE: u32 = 100;
/// Prefix lists that are opened: a course account has none or one.
const MOST_LISTS: usize = 20;

fn page(size: u32) -> Input {
    Input::none().with("MaxResults", size)
}

pub(super) async fn vpcs(reader: &Reader) -> Fact<Vec<Vpc>> {
    list::<DescribeVpcs, _>(reader, page(PAGE)).await
}

pub(super) async fn subnets(reader: &Reader) -> Fact<Vec<Subnet>> {
    list::<DescribeSubnets, _>(reader, page(PAGE)).await
}

pub(super) async fn route_tables(reader: &Reader) -> Fact<Vec<RouteTable>> {
    list::<DescribeRouteTables, _>(reader, page(SMALL_PAGE)).await
}

pub(super) async fn groups(reader: &Reader) -> Fact<Vec<SecurityGroup>> {
    list::<DescribeSecurityGroups, _>(reader, page(PAGE)).await
}

/// Prefix lists that the groups' rules name, inbound and outbound; those of the chapter's own groups are opened first.
pub(super) async fn prefix_lists(
    reader: &Reader,
    names: &GroupNames,
    groups: &Fact<Vec<SecurityGroup>>,
) -> BTreeMap<String, Fact<Vec<IpNet>>> {
    let ours = [&names.alb, &names.tasks, &names.database, &names.cache];
    let (mine, others): (Vec<&SecurityGroup>, Vec<&SecurityGroup>) = groups
        .present()
        .into_iter()
        .flatten()
        .partition(|group| ours.contains(&&group.name));
    let mut named: Vec<&String> = Vec::new();
    for id in mine.into_iter().chain(others).flat_map(lists_of) {
        if !named.contains(&id) {
            named.push(id);
        }
    }
    let opened = named.into_iter().enumerate().map(|(at, id)| async move {
        let ranges = if at < MOST_LISTS {
            entries(reader, id).await
        } else {
            Fact::not_asked()
        };
        (id.clone(), ranges)
    });
    join_all(opened).await.into_iter().collect()
}

fn lists_of(group: &SecurityGroup) -> impl Iterator<Item = &String> {
    let rules = group.inbound.iter().chain(&group.outbound);
    rules.filter_map(|rule| match &rule.peer {
        Peer::PrefixList(id) => Some(id),
        _ => None,
    })
}

async fn entries(reader: &Reader, id: &str) -> Fact<Vec<IpNet>> {
    let input = page(SMALL_PAGE).with("PrefixListId", id);
    reader
        .pages::<GetManagedPrefixListEntries>(input)
        .await
        .fact(&[
            "InvalidPrefixListID.NotFound",
            "InvalidPrefixListId.NotFound",
        ])
        .map(|entries| entries.into_iter().map(|entry| entry.cidr).collect())
}

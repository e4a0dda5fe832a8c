//! EC2: VPCs, subnets, prefix lists; regions and addresses for the leftovers.

use super::{answer, pages};
use crate::account::{Subnet, Vpc};
use crate::aws::wire::List;
use ipnet::IpNet;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeVpcs {
    #[serde(rename = "vpcSet")]
    vpcs: List<VpcItem>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

pages!(DescribeVpcs: DESCRIBE_VPCS, vpcs of VpcItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::aws) struct VpcItem {
    vpc_id: String,
    cidr_block: Option<IpNet>,
    #[serde(default)]
    cidr_block_association_set: List<Range4>,
    #[serde(default)]
    ipv6_cidr_block_association_set: List<Range6>,
    #[serde(default)]
    is_default: bool,
}

/// A range of a VPC; one that is being taken away is no longer its own.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Range4 {
    cidr_block: IpNet,
    cidr_block_state: Option<RangeState>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Range6 {
    ipv6_cidr_block: Option<IpNet>,
    ipv6_cidr_block_state: Option<RangeState>,
}

#[derive(Debug, Deserialize)]
struct RangeState {
    state: String,
}

fn holds(state: Option<&RangeState>) -> bool {
    state.is_none_or(|state| state.state == "associated")
}

/// The ranges, each once, the first one first.
fn ranges(first: Option<IpNet>, four: List<Range4>, six: List<Range6>) -> Vec<IpNet> {
    let mut all: Vec<IpNet> = first.into_iter().collect();
    let four = four
        .into_iter()
        .filter(|range| holds(range.cidr_block_state.as_ref()));
    let six = six
        .into_iter()
        .filter(|range| holds(range.ipv6_cidr_block_state.as_ref()));
    for range in four
        .map(|range| range.cidr_block)
        .chain(six.filter_map(|range| range.ipv6_cidr_block))
    {
        if !all.contains(&range) {
            all.push(range);
        }
    }
    all
}

impl From<VpcItem> for Vpc {
    fn from(item: VpcItem) -> Self {
        Vpc {
            id: item.vpc_id.into(),
            ranges: ranges(
                item.cidr_block,
                item.cidr_block_association_set,
                item.ipv6_cidr_block_association_set,
            ),
            is_default: item.is_default,
        }
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeSubnets {
    #[serde(rename = "subnetSet")]
    subnets: List<SubnetItem>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

pages!(DescribeSubnets: DESCRIBE_SUBNETS, subnets of SubnetItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::aws) struct SubnetItem {
    subnet_id: String,
    vpc_id: String,
    availability_zone: String,
    cidr_block: Option<IpNet>,
    #[serde(default)]
    ipv6_cidr_block_association_set: List<Range6>,
    #[serde(default)]
    default_for_az: bool,
}

impl From<SubnetItem> for Subnet {
    fn from(item: SubnetItem) -> Self {
        Subnet {
            id: item.subnet_id.into(),
            vpc: item.vpc_id.into(),
            zone: item.availability_zone.into(),
            ranges: ranges(
                item.cidr_block,
                List::default(),
                item.ipv6_cidr_block_association_set,
            ),
            default_for_zone: item.default_for_az,
        }
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct GetManagedPrefixListEntries {
    #[serde(rename = "entrySet")]
    entries: List<PrefixListEntry>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

pages!(GetManagedPrefixListEntries: GET_MANAGED_PREFIX_LIST_ENTRIES, entries of PrefixListEntry);

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct PrefixListEntry {
    pub cidr: IpNet,
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeRegions {
    #[serde(rename = "regionInfo")]
    pub regions: List<RegionItem>,
}

answer!(DescribeRegions: DESCRIBE_REGIONS);

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct RegionItem {
    #[serde(rename = "regionName")]
    pub name: String,
    #[serde(rename = "optInStatus")]
    pub opt_in: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeAddresses {
    #[serde(rename = "addressesSet")]
    pub addresses: List<AddressItem>,
}

answer!(DescribeAddresses: DESCRIBE_ADDRESSES);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::aws) struct AddressItem {
    pub public_ip: Option<String>,
    pub allocation_id: Option<String>,
    association_id: Option<String>,
    network_interface_id: Option<String>,
    instance_id: Option<String>,
}

impl AddressItem {
    /// Some answers leave the fields out, some send them empty.
    pub fn is_unused(&self) -> bool {
        [
            &self.association_id,
            &self.network_interface_id,
            &self.instance_id,
        ]
        .into_iter()
        .all(|user| user.as_ref().is_none_or(String::is_empty))
    }
}

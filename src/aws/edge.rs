//! What decides about packets and names besides routes and security groups: network ACLs, the VPC's DNS settings, and
//! which network interfaces there are. Asked only when something may not be reached.

use super::answers::ec2_edge::{
    DescribeNetworkAcls, DescribeNetworkInterfaces, DescribeVpcAttribute,
};
use super::calls;
use super::error::{FactFrom, ReadError};
use super::input::Input;
use super::list::list;
use super::read::Reader;
use crate::account::{Fact, NetworkAcl, NetworkInterface, VpcDns, VpcId};
use futures_util::future::join_all;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const PAGE: u32 = 1000;

/// The whole region's.
pub(super) async fn acls(reader: &Reader) -> Fact<Vec<NetworkAcl>> {
    list::<DescribeNetworkAcls, _>(reader, Input::none().with("MaxResults", PAGE)).await
}

/// Those of these VPCs. An account may have many elsewhere.
pub(super) async fn interfaces(
    reader: &Reader,
    vpcs: &BTreeSet<VpcId>,
) -> Fact<Vec<NetworkInterface>> {
    let ids: Vec<&str> = vpcs.iter().map(VpcId::as_str).collect();
    if ids.is_empty() {
        return Fact::not_asked();
    }
    let input = Input::none()
        .with("Filter", json!([{"Name": "vpc-id", "Value": ids}]))
        .with("MaxResults", PAGE);
    list::<DescribeNetworkInterfaces, _>(reader, input).await
}

/// Both settings of each VPC.
pub(super) async fn dns(reader: &Reader, vpcs: &BTreeSet<VpcId>) -> BTreeMap<VpcId, Fact<VpcDns>> {
    let read = vpcs.iter().map(|vpc| async move {
        let settings = dns_of(reader, vpc).await.fact(&["InvalidVpcID.NotFound"]);
        (vpc.clone(), settings)
    });
    join_all(read).await.into_iter().collect()
}

async fn dns_of(reader: &Reader, vpc: &VpcId) -> Result<VpcDns, ReadError> {
    let (support, hostnames) = tokio::join!(
        attribute(reader, vpc, "enableDnsSupport"),
        attribute(reader, vpc, "enableDnsHostnames"),
    );
    Ok(VpcDns {
        resolves: said(support?.dns_support())?,
        gives_names: said(hostnames?.dns_hostnames())?,
    })
}

/// AWS tells one at a time.
async fn attribute(
    reader: &Reader,
    vpc: &VpcId,
    name: &str,
) -> Result<DescribeVpcAttribute, ReadError> {
    let input = Input::none()
        .with("VpcId", vpc.as_str())
        .with("Attribute", name);
    reader.ask(input).await
}

fn said(value: Option<bool>) -> Result<bool, ReadError> {
    value.ok_or_else(|| {
        ReadError::other(
            &calls::DESCRIBE_VPC_ATTRIBUTE,
            "EC2's answer to DescribeVpcAttribute lacks the setting that was asked for",
        )
    })
}

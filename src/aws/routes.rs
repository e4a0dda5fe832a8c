//! VPC endpoints and NAT gateways: how tasks without a public address reach ECR, logs and Parameter Store.

use super::answers::ec2_route::{DescribeNatGateways, DescribeVpcEndpoints};
use super::input::Input;
use super::list::list;
use super::read::Reader;
use crate::account::{Fact, NatGateway, VpcEndpoint};

pub(super) async fn endpoints(reader: &Reader) -> Fact<Vec<VpcEndpoint>> {
    let input = Input::none().with("MaxResults", 1000);
    list::<DescribeVpcEndpoints, _>(reader, input).await
}

pub(super) async fn nat_gateways(reader: &Reader) -> Fact<Vec<NatGateway>> {
    let input = Input::none().with("MaxResults", 1000);
    list::<DescribeNatGateways, _>(reader, input).await
}

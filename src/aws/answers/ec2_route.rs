//! EC2: route tables, VPC endpoints, NAT gateways.

use super::{all, filled, pages};
use crate::account::{EndpointKind, NatGateway, NatKind, Route, RouteTable, Through, VpcEndpoint};
use crate::aws::wire::{At, List};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeRouteTables {
    #[serde(rename = "routeTableSet")]
    tables: List<TableItem>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

pages!(DescribeRouteTables: DESCRIBE_ROUTE_TABLES, tables of TableItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::aws) struct TableItem {
    route_table_id: String,
    vpc_id: String,
    #[serde(default)]
    route_set: List<RouteItem>,
    #[serde(default)]
    association_set: List<Association>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RouteItem {
    destination_cidr_block: Option<String>,
    destination_ipv6_cidr_block: Option<String>,
    destination_prefix_list_id: Option<String>,
    gateway_id: Option<String>,
    nat_gateway_id: Option<String>,
    transit_gateway_id: Option<String>,
    vpc_peering_connection_id: Option<String>,
    egress_only_internet_gateway_id: Option<String>,
    local_gateway_id: Option<String>,
    carrier_gateway_id: Option<String>,
    core_network_arn: Option<String>,
    network_interface_id: Option<String>,
    instance_id: Option<String>,
    state: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Association {
    #[serde(default)]
    main: bool,
    subnet_id: Option<String>,
    association_state: Option<AssociationState>,
}

#[derive(Debug, Deserialize)]
struct AssociationState {
    state: Option<String>,
}

impl From<TableItem> for RouteTable {
    fn from(item: TableItem) -> Self {
        let held: Vec<Association> = item.association_set.into_iter().filter(holds).collect();
        RouteTable {
            id: item.route_table_id,
            vpc: item.vpc_id.into(),
            main: held.iter().any(|association| association.main),
            subnets: all(held.into_iter().filter_map(|one| filled(one.subnet_id))),
            routes: item.route_set.into_iter().map(Route::from).collect(),
        }
    }
}

fn holds(association: &Association) -> bool {
    let state = association.association_state.as_ref();
    let state = state.and_then(|state| state.state.as_deref());
    matches!(state, None | Some("associated" | "associating"))
}

impl From<RouteItem> for Route {
    fn from(item: RouteItem) -> Self {
        let destination = [
            &item.destination_cidr_block,
            &item.destination_ipv6_cidr_block,
            &item.destination_prefix_list_id,
        ]
        .into_iter()
        .flatten()
        .find(|text| !text.is_empty())
        .cloned()
        .unwrap_or_default();
        Route {
            destination,
            blackhole: item.state.as_deref() == Some("blackhole"),
            through: through(item),
        }
    }
}

fn through(item: RouteItem) -> Through {
    if let Some(id) = filled(item.nat_gateway_id) {
        return Through::NatGateway(id);
    }
    if let Some(id) = filled(item.gateway_id) {
        return match id.split('-').next() {
            Some("local") => Through::Local,
            Some("igw") => Through::InternetGateway(id),
            Some("vpce") => Through::VpcEndpoint(id),
            _ => Through::Other(id),
        };
    }
    let other = [
        item.transit_gateway_id,
        item.vpc_peering_connection_id,
        item.egress_only_internet_gateway_id,
        item.local_gateway_id,
        item.carrier_gateway_id,
        item.core_network_arn,
        item.network_interface_id,
        item.instance_id,
    ];
    Through::Other(other.into_iter().find_map(filled).unwrap_or_default())
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeVpcEndpoints {
    #[serde(rename = "vpcEndpointSet")]
    endpoints: List<EndpointItem>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

pages!(DescribeVpcEndpoints: DESCRIBE_VPC_ENDPOINTS, endpoints of EndpointItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::aws) struct EndpointItem {
    vpc_endpoint_id: String,
    vpc_endpoint_type: Option<String>,
    vpc_id: Option<String>,
    service_name: Option<String>,
    state: Option<String>,
    #[serde(default)]
    private_dns_enabled: bool,
    #[serde(default)]
    subnet_id_set: List<String>,
    #[serde(default)]
    group_set: List<EndpointGroup>,
    #[serde(default)]
    route_table_id_set: List<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct EndpointGroup {
    group_id: String,
}

impl From<EndpointItem> for VpcEndpoint {
    fn from(item: EndpointItem) -> Self {
        VpcEndpoint {
            id: item.vpc_endpoint_id,
            vpc: item.vpc_id.unwrap_or_default().into(),
            service: item.service_name.unwrap_or_default(),
            kind: match item.vpc_endpoint_type.as_deref() {
                Some("Interface") => EndpointKind::Interface,
                // The type is left out by old answers, and was always Gateway then.
                Some("Gateway") | None => EndpointKind::Gateway,
                Some(_) => EndpointKind::Other,
            },
            state: item.state.clone(),
            // Sent both as `available` and as `Available`.
            available: item
                .state
                .is_some_and(|state| state.eq_ignore_ascii_case("available")),
            private_dns: item.private_dns_enabled,
            subnets: all(item.subnet_id_set),
            groups: all(item.group_set.into_iter().map(|group| group.group_id)),
            route_tables: item.route_table_id_set.0,
        }
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeNatGateways {
    #[serde(rename = "natGatewaySet")]
    gateways: List<NatItem>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

pages!(DescribeNatGateways: DESCRIBE_NAT_GATEWAYS, gateways of NatItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::aws) struct NatItem {
    pub nat_gateway_id: String,
    vpc_id: Option<String>,
    /// A regional NAT gateway has none.
    subnet_id: Option<String>,
    pub state: String,
    connectivity_type: Option<String>,
    pub create_time: Option<At>,
    #[serde(default)]
    nat_gateway_address_set: List<NatAddress>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct NatAddress {
    allocation_id: Option<String>,
}

impl NatItem {
    /// Of its elastic addresses, which outlive it.
    pub fn allocations(&self) -> Vec<String> {
        self.nat_gateway_address_set
            .0
            .iter()
            .filter_map(|address| filled(address.allocation_id.clone()))
            .collect()
    }
}

impl From<NatItem> for NatGateway {
    fn from(item: NatItem) -> Self {
        let subnet = filled(item.subnet_id);
        NatGateway {
            id: item.nat_gateway_id,
            vpc: item.vpc_id.unwrap_or_default().into(),
            kind: match (item.connectivity_type.as_deref(), &subnet) {
                (Some("private"), _) => NatKind::Private,
                (_, None) => NatKind::Regional,
                (_, Some(_)) => NatKind::Public,
            },
            subnet: subnet.unwrap_or_default().into(),
            state: item.state,
        }
    }
}

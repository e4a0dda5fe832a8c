"""Who reaches whom in a VPC, packet by packet: security groups let in what any of their rules covers and let out
likewise, and a way to the internet takes a route and, through an internet gateway, a public address. As the VPC user
guide says under "Security group rules" and "Internet gateways"."""

from ipaddress import ip_address, ip_network

from moto.ec2.models import ec2_backends

from state import ACCOUNT

INTERNET = "203.0.113.99"


def interface_of(address, region):
    """The network interface that has this private address."""
    interfaces = ec2_backends[ACCOUNT][region].enis.values()
    return next((one for one in interfaces if one.private_ip_address == address), None)


def groups(ids, region):
    found = [ec2_backends[ACCOUNT][region].get_security_group_from_id(one) for one in ids]
    return [one for one in found if one]


def covers(rule, port):
    if rule.ip_protocol == "-1":
        return True
    return rule.ip_protocol == "tcp" and rule.from_port <= port <= rule.to_port


def names(rule, ids, address, region):
    """Whether a rule is about this peer: by one of its groups, or by its address."""
    if rule.source_group.get("GroupId") in ids:
        return True
    ranges = [rule.ip_range.get("CidrIp")]
    if rule.prefix_list_id:
        listed = ec2_backends[ACCOUNT][region].managed_prefix_lists[rule.prefix_list_id]
        ranges += [entry["Cidr"] for entry in listed.entries.get(listed.version, [])]
    return any(one and ip_address(address) in ip_network(one) for one in ranges)


def admits(ids, port, peer_ids, peer_address, region):
    rules = [rule for group in groups(ids, region) for rule in group.ingress_rules]
    return any(covers(rule, port) and names(rule, peer_ids, peer_address, region) for rule in rules)


def lets_out(ids, port, peer_ids, peer_address, region):
    rules = [rule for group in groups(ids, region) for rule in group.egress_rules]
    return any(covers(rule, port) and names(rule, peer_ids, peer_address, region) for rule in rules)


def has_internet(subnet, public_address, region):
    """Whether the default route of a subnet leads out, for one with or without a public address."""
    ec2 = ec2_backends[ACCOUNT][region]
    tables = ec2.describe_route_tables(filters={"association.subnet-id": subnet})
    vpc = ec2.get_subnet(subnet).vpc_id
    tables = tables or ec2.describe_route_tables(filters={"vpc-id": vpc, "association.main": "true"})
    for route in tables[0].routes:
        if route.destination_cidr_block == "0.0.0.0/0":
            return bool(route.nat_gateway) or (public_address and bool(route.gateway))
    return False

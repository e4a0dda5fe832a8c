"""Who reaches whom in a VPC, packet by packet: security groups let in what any of their rules covers and let out
likewise, a network ACL decides by the first of its rules that fits and knows no answers, and a way to the internet takes
a route and, through an internet gateway, a public address. As the VPC user guide says under "Security group rules",
"Network ACL basics" and "Internet gateways"."""

from ipaddress import ip_address, ip_network

from moto.ec2.models import ec2_backends

from state import account

INTERNET = "203.0.113.99"
# Where answers come back to: one of the ports from which Linux asks.
ANSWER = 40000


def interface_of(address, region):
    """The network interface that has this private address."""
    interfaces = ec2_backends[account()][region].enis.values()
    return next((one for one in interfaces if one.private_ip_address == address), None)


def groups(ids, region):
    found = [ec2_backends[account()][region].get_security_group_from_id(one) for one in ids]
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
        listed = ec2_backends[account()][region].managed_prefix_lists[rule.prefix_list_id]
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
    ec2 = ec2_backends[account()][region]
    tables = ec2.describe_route_tables(filters={"association.subnet-id": subnet})
    vpc = ec2.get_subnet(subnet).vpc_id
    tables = tables or ec2.describe_route_tables(filters={"vpc-id": vpc, "association.main": "true"})
    for route in tables[0].routes:
        if route.destination_cidr_block == "0.0.0.0/0":
            if nat := route.nat_gateway:
                return nat.state == "available"
            return public_address and bool(route.gateway)
    return False


def fits(entry, port, peer):
    if entry.protocol not in ("-1", "6") or not entry.cidr_block or ip_address(peer) not in ip_network(entry.cidr_block):
        return False
    return entry.protocol == "-1" or int(entry.port_range_from) <= port <= int(entry.port_range_to)


def list_allows(subnet, egress, port, peer, region):
    """What the network ACL of a subnet says of one packet."""
    for one in ec2_backends[account()][region].network_acls.values():
        if any(association.subnet_id == subnet for association in one.associations):
            rules = [entry for entry in one.entries if _is(entry.egress) == egress and fits(entry, port, peer)]
            first = min(rules, key=lambda entry: int(entry.rule_number), default=None)
            return first is not None and first.rule_action == "allow"
    return True


def _is(flag):
    return str(flag).lower() == "true"


def lists_let_out(subnet, port, peer, region):
    """A request from the subnet and its answer."""
    return list_allows(subnet, True, port, peer, region) and list_allows(subnet, False, ANSWER, peer, region)


def lists_let_in(subnet, port, peer, region):
    """A request to the subnet and its answer."""
    return list_allows(subnet, False, port, peer, region) and list_allows(subnet, True, ANSWER, peer, region)


def resolves_names(subnet, region):
    ec2 = ec2_backends[account()][region]
    return _is(ec2.get_vpc(ec2.get_subnet(subnet).vpc_id).enable_dns_support)

"""EC2: the default VPC has an internet gateway and a route to it; a route to a NAT gateway that was deleted leads nowhere;
regions are those of one partition."""

from moto.ec2.models import EC2Backend
from moto.ec2.models.route_tables import Route
from moto.utilities.utils import get_partition

create_default_vpc = EC2Backend.create_default_vpc
describe_regions = EC2Backend.describe_regions


def create_default_vpc_with_a_way_out(self):
    vpc = create_default_vpc(self)
    gateway = self.create_internet_gateway()
    self.attach_internet_gateway(gateway.id, vpc.id)
    [table] = self.describe_route_tables(filters={"vpc-id": vpc.id, "association.main": "true"})
    self.create_route(table.id, "0.0.0.0/0", gateway_id=gateway.id)
    return vpc


def describe_regions_of_the_partition(self, region_names=None):
    own = get_partition(self.region_name)
    return [one for one in describe_regions(self, region_names) if get_partition(one.name) == own]


def state_of_route(route):
    deleted = route.nat_gateway and route.nat_gateway.state == "deleted"
    return "blackhole" if deleted else "active"


def apply():
    Route.state = property(state_of_route)
    EC2Backend.describe_regions = describe_regions_of_the_partition
    EC2Backend.create_default_vpc = create_default_vpc_with_a_way_out

"""EC2: the default VPC has an internet gateway and a route to it."""

from moto.ec2.models import EC2Backend

create_default_vpc = EC2Backend.create_default_vpc


def create_default_vpc_with_a_way_out(self):
    vpc = create_default_vpc(self)
    gateway = self.create_internet_gateway()
    self.attach_internet_gateway(gateway.id, vpc.id)
    [table] = self.describe_route_tables(filters={"vpc-id": vpc.id, "association.main": "true"})
    self.create_route(table.id, "0.0.0.0/0", gateway_id=gateway.id)
    return vpc


def apply():
    EC2Backend.create_default_vpc = create_default_vpc_with_a_way_out

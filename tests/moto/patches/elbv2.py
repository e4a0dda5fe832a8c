"""ELB: a target says in which zone it is."""

from moto.elbv2.models import FakeHealthStatus, FakeTargetGroup

health_for = FakeTargetGroup.health_for


def health_with_zone(self, target, ec2_backend):
    health = health_for(self, target, ec2_backend)
    health.zone = target.get("AvailabilityZone")
    return health


def register(self, targets):
    """Keeps the zone, which moto drops; the addresses are those of tasks, never of instances."""
    for target in targets:
        self.targets[target["Id"]] = {"Port": self.port, **target}
        self.deregistered_targets.pop(target["Id"], None)


def apply():
    FakeTargetGroup.health_for = health_with_zone
    FakeTargetGroup.register = register
    FakeHealthStatus.target = property(
        lambda self: {
            "Id": self.instance_id,
            "Port": self.port,
            "AvailabilityZone": getattr(self, "zone", None),
        }
    )

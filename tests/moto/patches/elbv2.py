"""ELB: what the balancer's health checks find, and whether a visitor gets in. States, reasons and descriptions are
those of the API reference, `TargetHealth`; an address whose zone the balancer does not span, or a target group that no
listener forwards to, is not used at all ("Target group health checks" in the user guide)."""

from moto.elbv2.models import FakeHealthStatus, FakeTargetGroup, elbv2_backends

from state import account, state

from . import app, reach

# What the learners' app does: it listens here, and serves this path.
APP_PORT, APP_PATH = 8000, "/docs"

health_for = FakeTargetGroup.health_for


def register(self, targets):
    """Keeps the zone, which moto drops; the addresses are those of tasks, never of instances."""
    for target in targets:
        self.targets[target["Id"]] = {"Port": self.port, **target}
        self.deregistered_targets.pop(target["Id"], None)


def balancers_of(group):
    """The balancers of which a listener or a rule forwards to this target group."""
    for backend in elbv2_backends[account()].values():
        for balancer in backend.load_balancers.values():
            rules = [rule for listener in balancer.listeners.values() for rule in listener.rules.values()]
            actions = [action.data for rule in rules for action in rule.actions]
            actions += [action.data for listener in balancer.listeners.values() for action in listener.default_actions]
            if any(group.arn in str(action) for action in actions):
                yield balancer


def finding(group, target):
    """State, reason and description; only the state where all is well."""
    balancer = next(balancers_of(group), None)
    if not balancer:
        return "unused", "Target.NotInUse", "Target group is not configured to receive traffic from the load balancer"
    if target["AvailabilityZone"] not in [subnet.availability_zone for subnet in balancer.subnets]:
        return "unused", "Target.NotInUse", "Target is in an Availability Zone that is not enabled for the load balancer"
    port = int(target["Port"] if group.health_check_port == "traffic-port" else group.health_check_port)
    if not reaches(balancer, target["Id"], port):
        return "unhealthy", "Target.Timeout", "Request timed out"
    if port != APP_PORT:
        return "unhealthy", "Target.FailedHealthChecks", "Health checks failed"
    if unwell := app.health():
        return unwell
    answered = str(state.app.get("answers", 200 if group.health_check_path == APP_PATH else 404))
    if answered not in wanted(group):
        return "unhealthy", "Target.ResponseCodeMismatch", f"Health checks failed with these codes: [{answered}]"
    return "healthy", None, None


def reaches(balancer, address, port):
    """Whether the balancer's requests arrive: its groups let them out, the target's let them in."""
    region = balancer.arn.split(":")[3]
    interface = reach.interface_of(address, region)
    theirs = [group.id for group in interface.group_set] if interface else []
    own = balancer.subnets[0].cidr_block.partition("/")[0]
    return (
        reach.lets_out(balancer.security_groups, port, theirs, address, region)
        and reach.admits(theirs, port, balancer.security_groups, own, region)
        and reach.lists_let_in(interface.subnet.id, port, own, region)
    )


def wanted(group):
    """Every code that the matcher takes: "200", "200,302" or "200-299"."""
    for part in (group.matcher or {"HttpCode": "200"})["HttpCode"].split(","):
        first, _, last = part.partition("-")
        yield from (str(code) for code in range(int(first), int(last or first) + 1))


def health_as_checked(self, target, ec2_backend):
    health = health_for(self, target, ec2_backend)
    health.zone = self.targets.get(target["Id"], target).get("AvailabilityZone")
    if health.status == "healthy":
        health.status, health.reason, health.description = finding(self, self.targets[target["Id"]])
    return health


def is_served():
    """Whether a visitor reaches a task: an internet-facing balancer forwards to one that is well."""
    for backend in elbv2_backends[account()].values():
        for group in backend.target_groups.values():
            for target in group.targets.values():
                if finding(group, target)[0] == "healthy":
                    return True
    return False


def lets_visitors_in():
    """Whether anyone on the internet reaches a balancer, by HTTPS where it offers that, as a learner with a domain does."""
    return any(
        is_open(balancer, region)
        for region, backend in elbv2_backends[account()].items()
        for balancer in backend.load_balancers.values()
    )


def is_open(balancer, region):
    ports = [int(listener.port) for listener in balancer.listeners.values()]
    if balancer.scheme != "internet-facing" or not ports:
        return False
    return reach.admits(balancer.security_groups, max(ports), [], reach.INTERNET, region) and all(
        reach.has_internet(subnet.id, True, region) for subnet in balancer.subnets
    )


def apply():
    FakeTargetGroup.health_for = health_as_checked
    FakeTargetGroup.register = register
    FakeHealthStatus.target = property(
        lambda self: {
            "Id": self.instance_id,
            "Port": self.port,
            "AvailabilityZone": getattr(self, "zone", None),
        }
    )

"""Why a Fargate task does not start, in AWS's own words. The order is that of a task's way up, and the texts those of
the ECS developer guide, "Stopped tasks error messages" and "CannotPullContainer task errors": first the role, then the
network, the secrets and the registry, the log, the image."""

import json

from moto.ecr.models import ecr_backends
from moto.iam.models import iam_backends
from moto.logs.models import logs_backends
from moto.moto_api._internal import mock_random
from moto.ssm.models import ssm_backends

from state import account, state

from . import reach
from .policy import decide, documents_of_role, parsed

INIT = "ResourceInitializationError: unable to pull secrets or registry auth: "
RETRIEVE = INIT + "execution resource retrieval failed: unable to retrieve "
LOGGER = "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: "
PULL = "CannotPullContainerError: pull image manifest has been retried 7 time(s): "
ARCHITECTURES = {"X86_64": "amd64", "ARM64": "arm64"}


def role_is_refused(definition):
    """Whether ECS may not take on the execution role."""
    role = iam_backends[account()]["aws"].roles
    found = next((one for one in role.values() if one.arn == definition.execution_role_arn), None)
    statements = parsed(found.assume_role_policy_document)["Statement"] if found else []
    return not any(
        statement["Effect"] == "Allow" and "ecs-tasks.amazonaws.com" in json.dumps(statement["Principal"])
        for statement in statements
    )


def reason(definition, network, region):
    """What the stopped task says; nothing, if it starts."""
    role = definition.execution_role_arn.split("/")[-1]
    documents = documents_of_role(iam_backends[account()]["aws"], role)
    who = f"arn:aws:sts::{account()}:assumed-role/{role}/{mock_random.get_random_hex(32)}"
    for why in (
        no_way_out(network, region),
        secrets(definition, documents, who, region),
        registry(documents, who),
        log_group(definition, documents, who, region),
        image(definition, region),
    ):
        if why:
            return why
    return None


def no_way_out(network, region):
    public = network.get("assignPublicIp") == "ENABLED"
    subnets = network["subnets"]
    failed = (
        f"{INIT}The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and "
        "Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, exceeded "
        "maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post "
        f'"https://api.ecr.{region}.amazonaws.com/": dial tcp'
    )
    if not all(reach.resolves_names(subnet, region) for subnet in subnets):
        return f"{failed}: lookup api.ecr.{region}.amazonaws.com on 172.31.0.2:53: read udp: i/o timeout"
    open_way = all(
        reach.has_internet(subnet, public, region) and reach.lists_let_out(subnet, 443, reach.INTERNET, region)
        for subnet in subnets
    )
    if open_way and reach.lets_out(network["securityGroups"], 443, [], reach.INTERNET, region):
        return None
    return f"{failed} {reach.INTERNET}:443: i/o timeout"


def refusal(who, action, resource):
    return (
        f"AccessDeniedException: User: {who} is not authorized to perform: {action} on resource: {resource} "
        f"because no identity-based policy allows the {action} action"
    )


def secrets(definition, documents, who, region):
    wanted = [one["valueFrom"] for container in definition.container_definitions for one in container.get("secrets", [])]
    retried = f"{RETRIEVE}secrets from ssm: service call has been retried 1 time(s): "
    for arn in wanted:
        if decide(documents, "ssm:GetParameters", arn) != "allowed":
            return retried + refusal(who, "ssm:GetParameters", arn)
    names = [arn.partition(":parameter")[2] or arn for arn in wanted]
    missing = [name for name in names if not ssm_backends[account()][region]._parameters.get(name)]
    return f"{retried}invalid ssm parameters: {', '.join(missing)}" if missing else None


def registry(documents, who):
    if decide(documents, "ecr:GetAuthorizationToken", "*") == "allowed":
        return None
    return (
        f"{RETRIEVE}ecr registry auth: service call has been retried 1 time(s): "
        + refusal(who, "ecr:GetAuthorizationToken", "*")
    )


def log_group(definition, documents, who, region):
    for container in definition.container_definitions:
        name = container.get("logConfiguration", {}).get("options", {}).get("awslogs-group")
        if name is None:
            continue
        if name not in logs_backends[account()][region].groups:
            return (
                f"{LOGGER}failed to create Cloudwatch log stream: ResourceNotFoundException: "
                "The specified log group does not exist. : exit status 1"
            )
        if decide(documents, "logs:CreateLogStream", "*") != "allowed":
            return f"{LOGGER}failed to create Cloudwatch log stream: " + refusal(who, "logs:CreateLogStream", name)
    return None


def image(definition, region):
    platform = ARCHITECTURES[(definition.runtime_platform or {}).get("cpuArchitecture", "X86_64")]
    for container in definition.container_definitions:
        host, _, path = container["image"].partition("/")
        if ".ecr." not in host or "public.ecr" in host:
            continue
        name, _, tag = path.partition(":")
        repository = ecr_backends[account()][host.split(".")[3]].repositories.get(name)
        images = repository.images if repository else []
        found = next((one for one in images if (tag or "latest") in one.image_tags), None)
        if repository is None:
            return (
                f'{PULL}failed to resolve ref "{container["image"]}": name unknown: The repository with name '
                f"'{name}' does not exist in the registry with id '{account()}'"
            )
        if found is None:
            return f"{PULL}failed to resolve ref {container['image']}: {container['image']}: not found"
        manifest = json.loads(found.image_manifest)
        if state.app.get("too_large"):
            return (
                "CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract layer sha256:5f70bf18a086: "
                "write /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/61/fs/usr/lib/libtorch_cuda.so: "
                "no space left on device"
            )
        config = state.blobs.get(manifest.get("config", {}).get("digest"))
        if config and json.loads(config)["architecture"] != platform:
            return f"{PULL}image Manifest does not contain descriptor matching platform 'linux/{platform}'"
    return None

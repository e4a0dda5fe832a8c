"""ECS: services start tasks, tasks have addresses and are registered with the balancer, and deployments are kept. Tasks
that cannot start stop and say why; a circuit breaker, where the service has one, then goes back to the revision before."""

from datetime import datetime, timedelta, timezone

from moto.core.responses import ActionResult
from moto.ecr.models import ecr_backends
from moto.ecs import models
from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import ecs_backends
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.elbv2.models import elbv2_backends
from moto.ec2.models import ec2_backends
from moto.moto_api import state_manager
from moto.moto_api._internal import mock_random

from state import account, state

from . import app, elbv2, logs, start

# How long a rollout that does not succeed has gone on when it is looked at: longer than any that does.
TRIED_FOR = timedelta(minutes=15)

create_service = EC2ContainerServiceResponse.create_service
update_service = EC2ContainerServiceResponse.update_service
delete_service = EC2ContainerServiceResponse.delete_service


def now():
    return datetime.now(timezone.utc).replace(tzinfo=None)


def services():
    return [
        (backend, service)
        for backend in ecs_backends[account()].values()
        for service in backend.services.values()
        if service.status == "ACTIVE"
    ]


def tasks_of(backend, service):
    tasks = backend.tasks.get(service.cluster_name, {}).values()
    return [task for task in tasks if task.group == f"service:{service.name}" and task.last_status != "STOPPED"]


def digest_of(image, region):
    """What ECS resolved a tag to."""
    name, _, tag = image.partition("/")[2].partition(":")
    repository = ecr_backends[account()][region].repositories.get(name)
    images = repository.images if repository else []
    return next((one.get_image_digest() for one in images if tag in one.image_tags), None)


def start_tasks(backend, service):
    cluster = backend._get_cluster(service.cluster_name)
    definition = backend.describe_task_definition(service.task_definition)
    network = service.network_configuration["awsvpcConfiguration"]
    subnets = network["subnets"]
    for number in range(service.desired_count):
        subnet = subnets[number % len(subnets)]
        # Not through `run_task`: it wants a memory size for every container, which Fargate does not.
        task = models.Task(
            cluster=cluster,
            task_definition=definition,
            container_instance_arn=None,
            resource_requirements=None,
            backend=backend,
            group=f"service:{service.name}",
            launch_type="FARGATE",
            networking_configuration={"awsvpcConfiguration": {**network, "subnets": [subnet]}},
        )
        ec2 = ec2_backends[account()][service.region_name]
        task.availability_zone = ec2.get_subnet(subnet).availability_zone
        task.last_status = "PENDING"
        task.created_at = now()
        task.health_status = "UNKNOWN"
        for container in task.containers:
            container.exitCode = None
        backend.tasks.setdefault(cluster.name, {})[task.task_arn] = task


def settle(backend, service):
    """The service's tasks are up, and the balancer finds them well."""
    for task in tasks_of(backend, service):
        if task.last_status != "PENDING":
            continue
        task.last_status = "RUNNING"
        task.pull_started_at = task.pull_stopped_at = task.started_at = now()
        for container in task.containers:
            container.task_arn = task.task_arn
            container.last_status = "RUNNING"
            container.health_status = "UNKNOWN"
            container.image_digest = digest_of(container.image, service.region_name)
        for target in service.load_balancers:
            elbv2_backends[account()][service.region_name].register_targets(
                target["targetGroupArn"],
                [
                    {
                        "Id": address_of(task),
                        "Port": target["containerPort"],
                        "AvailabilityZone": task.availability_zone,
                    }
                ],
            )
    running = len(tasks_of(backend, service))
    service.running_count, service.pending_count = running, 0
    deployment = service.deployments[0]
    if deployment["rolloutState"] != "COMPLETED":
        deployment |= {
            "runningCount": running,
            "pendingCount": 0,
            "rolloutState": "COMPLETED",
            "rolloutStateReason": f"ECS deployment {deployment['id']} completed.",
            "updatedAt": now(),
        }
        service.history[0] |= {"status": "SUCCESSFUL", "finishedAt": now()}
        say(service, "has reached a steady state.")


def settle_everything():
    for backend, service in services():
        bring_up(backend, service)


def bring_up(backend, service):
    """Whether the tasks that are on their way come up."""
    waiting = [task for task in tasks_of(backend, service) if task.last_status == "PENDING"]
    definition = backend.describe_task_definition(service.task_definition)
    network = service.network_configuration["awsvpcConfiguration"]
    if waiting and start.role_is_refused(definition):
        stop_tasks(backend, service, waiting)
        say(
            service,
            f"failed to launch a task with (error ECS was unable to assume the role '{definition.execution_role_arn}' that "
            "was provided for this task. Please verify that the role being passed has the proper trust relationship and "
            "permissions and that your IAM user has permissions to pass this role.).",
        )
    elif waiting and not state.linked_role:
        stop_tasks(backend, service, waiting)
        say(
            service,
            "failed to launch a task with (error Unable to assume the service linked role. Please verify that the ECS service "
            "linked role exists.).",
        )
    elif waiting and not state.quota_left:
        stop_tasks(backend, service, waiting)
        say(
            service,
            "was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently.",
        )
    elif waiting and (reason := start.reason(definition, network, service.region_name)):
        for task in waiting:
            task.last_status = task.desired_status = "STOPPED"
            task.stop_code, task.stopped_reason = "TaskFailedToStart", reason
            task.stopped_at = now()
    elif waiting and app.checks_itself_in_vain(definition):
        for task in waiting:
            reason = "Task failed container health checks"
            crash(task, definition, service.region_name, (), 137, "ServiceSchedulerInitiated", reason, health="UNHEALTHY")
    elif waiting and state.crash is not None:
        for task in waiting:
            crash(task, definition, service.region_name, **state.crash)
    else:
        settle(backend, service)
        return True
    give_up(service, len(tasks_of(backend, service)), len(waiting))
    return False


def crash(
    task,
    definition,
    region,
    lines=(),
    exit_code=1,
    stop_code="EssentialContainerExited",
    reason="Essential container in task exited",
    said=None,
    health="UNKNOWN",
):
    """The app runs, writes something and ends."""
    task.pull_started_at = task.pull_stopped_at = task.started_at = task.stopped_at = now()
    task.last_status = task.desired_status = "STOPPED"
    task.stop_code, task.stopped_reason, task.health_status = stop_code, reason, health
    for container in task.containers:
        container.task_arn, container.last_status, container.exitCode = task.task_arn, "STOPPED", exit_code
        container.image_digest = digest_of(container.image, region)
        container.reason, container.health_status = said, health
    logs.write(task, definition, region, lines)


def replace_unwell():
    """Tasks that the balancer finds unhealthy are replaced again and again: some have ended, others run and are checked."""
    if not app.is_unwell():
        return
    for backend, service in services():
        group = elbv2_backends[account()][service.region_name].target_groups[service.load_balancers[0]["targetGroupArn"]]
        definition = backend.describe_task_definition(service.task_definition)
        start_tasks(backend, service)
        for task in tasks_of(backend, service):
            if task.last_status == "PENDING":
                reason = f"Task failed ELB health checks in (target-group {group.arn})"
                crash(task, definition, service.region_name, (), 0, "ServiceSchedulerInitiated", reason)
        for target in group.targets.values():
            found = elbv2.finding(group, target)[2]
            say(service, f"(port {target['Port']}) is unhealthy in (target-group {group.arn}) due to (reason {found}).")


def give_up(service, running, failed):
    """The rollout does not succeed; what ran before runs on."""
    tried = {"pendingCount": 0, "failedTasks": failed, "rolloutState": "IN_PROGRESS", "createdAt": now() - TRIED_FOR}
    service.deployments[0] |= tried
    service.running_count, service.pending_count = running, 0
    say(service, "is unable to consistently start tasks successfully. For more information, see the Troubleshooting section.")
    before = service.history[1]["targetServiceRevisionArn"] if len(service.history) > 1 else None
    breaker = (service.deployment_configuration or {}).get("deploymentCircuitBreaker") or {}
    if not breaker.get("enable") or not breaker.get("rollback") or not before:
        if before:
            ended = {"status": "ACTIVE", "taskDefinition": service.revisions[before].arn, "runningCount": running}
            service.deployments.append({**service.deployments[0], **ended, "failedTasks": 0, "rolloutState": "COMPLETED"})
        return
    service.task_definition = service.revisions[before].arn
    service.network_configuration, service.load_balancers = service.settings[before]
    service.history[0] |= {
        "status": "ROLLBACK_SUCCESSFUL",
        "finishedAt": now(),
        "rollback": {"serviceRevisionArn": before, "startedAt": now(), "reason": "Service deployment rolled back because the circuit breaker threshold was exceeded."},
    }
    service.deployments[0] |= {
        "taskDefinition": service.task_definition,
        "runningCount": running,
        "failedTasks": 0,
        "rolloutState": "COMPLETED",
        "rolloutStateReason": "ECS deployment circuit breaker: rolling back.",
    }


def address_of(task):
    details = task.attachments[0]["details"]
    return next(one["value"] for one in details if one["name"] == "privateIPv4Address")


def stop_tasks(backend, service, tasks, balancers=None):
    """Tasks end and leave the target groups that they were in: those of their deployment."""
    elb = elbv2_backends[account()][service.region_name]
    for task in tasks:
        del backend.tasks[service.cluster_name][task.task_arn]
        for target in service.load_balancers if balancers is None else balancers:
            group = elb.target_groups.get(target["targetGroupArn"])
            if group and address_of(task) in group.targets:
                group.deregister([{"Id": address_of(task)}])


def say(service, message):
    event = {
        "id": str(mock_random.uuid4()),
        "createdAt": now(),
        "message": f"(service {service.name}) {message}",
    }
    service.events.insert(0, event)


def roll_out(backend, service):
    """A deployment begins: new tasks, an entry in the history."""
    definition = backend.describe_task_definition(service.task_definition)
    service.task_definition = definition.arn
    number = f"{mock_random.randint(0, 10**19):020d}"
    path = f"{service.cluster_name}/{service.name}/{number}"
    prefix = f"arn:aws:ecs:{service.region_name}:{account()}"
    service.revisions[f"{prefix}:service-revision/{path}"] = definition
    service.settings[f"{prefix}:service-revision/{path}"] = (service.network_configuration, service.load_balancers)
    service.history.insert(
        0,
        {
            "serviceDeploymentArn": f"{prefix}:service-deployment/{path}",
            "serviceArn": service.arn,
            "clusterArn": service.cluster_arn,
            "createdAt": now(),
            "startedAt": now(),
            "status": "IN_PROGRESS",
            "targetServiceRevisionArn": f"{prefix}:service-revision/{path}",
        },
    )
    del service.deployments[1:]
    deployment = service.deployments[0]
    deployment |= {
        "id": f"ecs-svc/{number}",
        "taskDefinition": definition.arn,
        "desiredCount": service.desired_count,
        "runningCount": 0,
        "pendingCount": service.desired_count,
        "rolloutState": "IN_PROGRESS",
        "createdAt": now(),
        "updatedAt": now(),
    }
    service.running_count, service.pending_count = 0, service.desired_count
    start_tasks(backend, service)
    say(service, f"has started {service.desired_count} tasks.")
    return state.settled and bring_up(backend, service)


def create_service_with_tasks(self):
    groups = elbv2_backends[account()][self.region].target_groups
    for target in self._get_param("loadBalancers", []):
        arn = target["targetGroupArn"]
        if arn not in groups or not groups[arn].load_balancer_arns:
            raise InvalidParameterException(
                f"The target group with targetGroupArn {arn} does not have an associated load balancer."
            )
    answer = create_service(self)
    service = answer.result["service"]
    service.health_check_grace_period_seconds = self._get_int_param("healthCheckGracePeriodSeconds")
    service.deployment_configuration = self._get_param("deploymentConfiguration")
    service.created_at = now()
    service.history, service.revisions, service.settings = [], {}, {}
    roll_out(self.ecs_backend, service)
    return answer


def rolled_out(service):
    """What a change of which makes AWS replace the tasks (API reference, `UpdateService`)."""
    return repr((service.task_definition, service.network_configuration, service.load_balancers))


def update_service_with_tasks(self):
    backend = self.ecs_backend
    before = backend._get_service(self._get_param("cluster", "default"), self._get_param("service"))
    serving, old, balancers = rolled_out(before), tasks_of(backend, before), before.load_balancers
    answer = update_service(self)
    service = answer.result["service"]
    service.task_definition = backend.describe_task_definition(service.task_definition).arn
    if rolled_out(service) != serving or self._get_param("forceNewDeployment"):
        if roll_out(backend, service):
            stop_tasks(backend, service, old, balancers)
            service.running_count = service.deployments[0]["runningCount"] = len(tasks_of(backend, service))
    elif service.desired_count != len(old):
        stop_tasks(backend, service, old)
        start_tasks(backend, service)
        bring_up(backend, service)
    return answer


def delete_service_with_tasks(self):
    answer = delete_service(self)
    service = answer.result["service"]
    stop_tasks(self.ecs_backend, service, tasks_of(self.ecs_backend, service))
    service.desired_count = service.running_count = 0
    return answer


def find(self):
    name = self._get_param("service").split("/")[-1]
    return self.ecs_backend._get_service(self._get_param("cluster", "default"), name)


def list_service_deployments(self):
    return ActionResult({"serviceDeployments": find(self).history})


def describe_service_revisions(self):
    arns = self._get_param("serviceRevisionArns")
    found, missing = [], []
    for arn in arns:
        for _, service in services():
            if definition := getattr(service, "revisions", {}).get(arn):
                found.append(revision(arn, service, definition))
                break
        else:
            missing.append({"arn": arn, "reason": "MISSING"})
    return ActionResult({"serviceRevisions": found, "failures": missing})


def revision(arn, service, definition):
    images = [
        {
            "containerName": container["name"],
            "image": container["image"],
            "imageDigest": digest_of(container["image"], service.region_name),
        }
        for container in definition.container_definitions
    ]
    return {
        "serviceRevisionArn": arn,
        "serviceArn": service.arn,
        "clusterArn": service.cluster_arn,
        "taskDefinition": definition.arn,
        "launchType": "FARGATE",
        "containerImages": images,
    }


def apply():
    # No address: then moto takes one of the subnet's.
    models.random_private_ip = lambda: None
    # Tasks stay what they are; moto would stop them after one look.
    state_manager.set_transition("ecs::task", {"progression": "manual", "times": 10**9})
    EC2ContainerServiceResponse.create_service = create_service_with_tasks
    EC2ContainerServiceResponse.update_service = update_service_with_tasks
    EC2ContainerServiceResponse.delete_service = delete_service_with_tasks
    EC2ContainerServiceResponse.list_service_deployments = list_service_deployments
    EC2ContainerServiceResponse.describe_service_revisions = describe_service_revisions

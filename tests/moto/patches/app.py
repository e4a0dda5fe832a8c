"""What the learners' app does once its container runs, where the test says by the switch `app` that it is not well; what
ECS says of it is in the words of the ECS developer guide, "Stopped tasks error messages". The switch holds any of:

    ends        the exit code with which it ends by itself, soon after its start
    reason      what ECS says of the container then
    says        the lines that it writes before
    too_large   the image does not fit on the task's disk
    answers     the status with which it answers the health check
    hangs       it takes connections and does not answer
    refuses     nobody listens on its port
"""

from moto.logs.models import logs_backends

from state import ACCOUNT, state


def ends(definition):
    """How its task ends by itself: stop code, reason, the container's exit code, reason and health; nothing, if it stays."""
    if "ends" in state.app:
        return "EssentialContainerExited", "Essential container in task exited", state.app["ends"], state.app.get("reason"), "UNKNOWN"
    checks = [one["healthCheck"]["command"] for one in definition.container_definitions if "healthCheck" in one]
    # The image is a slim one: it has neither.
    if any("curl" in str(command) or "wget" in str(command) for command in checks):
        return "ServiceSchedulerInitiated", "Task failed container health checks", 137, None, "UNHEALTHY"
    return None


def end(task, how, definition, moment):
    """The task has run and is over."""
    task.stop_code, task.stopped_reason, code, reason, health = how
    task.last_status = task.desired_status = "STOPPED"
    task.pull_started_at = task.pull_stopped_at = task.started_at = task.stopped_at = moment
    task.health_status = health
    for container in task.containers:
        container.last_status, container.health_status = "STOPPED", health
        container.exitCode, container.reason = code, reason
    for container in definition.container_definitions:
        write(task, container, moment)


def write(task, container, moment):
    """Its last words, where the definition says that they go."""
    options = container.get("logConfiguration", {}).get("options", {})
    backend = logs_backends[ACCOUNT][task.region_name]
    if options.get("awslogs-group") not in backend.groups:
        return
    stream = f"{options['awslogs-stream-prefix']}/{container['name']}/{task.task_arn.split('/')[-1]}"
    backend.create_log_stream(options["awslogs-group"], stream)
    milliseconds = int(moment.timestamp() * 1000)
    events = [{"timestamp": milliseconds, "message": line} for line in state.app.get("says", [])]
    if events:
        backend.put_log_events(options["awslogs-group"], stream, events)


def health():
    """What the balancer's health check finds: state, reason and description; nothing, if that is for the path to say."""
    if state.app.get("hangs"):
        return "unhealthy", "Target.Timeout", "Request timed out"
    if state.app.get("refuses"):
        return "unhealthy", "Target.FailedHealthChecks", "Health checks failed"
    return None


def is_unwell():
    return any(state.app.get(key) for key in ("hangs", "refuses", "answers"))

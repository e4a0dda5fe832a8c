"""CloudWatch Logs: what tasks write, where the `awslogs` driver puts it (ECS developer guide, "Send Amazon ECS logs to
CloudWatch"): a stream `prefix/container/task` in the group of the definition."""

from datetime import datetime, timezone

from moto.logs.models import logs_backends

from state import account


def write(task, definition, region, lines):
    """Each container of the task writes these lines, one event each."""
    backend = logs_backends[account()][region]
    for container in definition.container_definitions:
        options = container.get("logConfiguration", {}).get("options", {})
        group, prefix = options.get("awslogs-group"), options.get("awslogs-stream-prefix")
        if group not in backend.groups or prefix is None:
            continue
        stream = f"{prefix}/{container['name']}/{task.task_arn.split('/')[-1]}"
        backend.create_log_stream(group, stream)
        at = int(datetime.now(timezone.utc).timestamp() * 1000)
        if lines:
            backend.put_log_events(group, stream, [{"timestamp": at, "message": line} for line in lines])

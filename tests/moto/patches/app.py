"""What is wrong with the learners' app while it runs, where the test says so by the switch `app`, which holds any of:

    answers     the status with which it answers the health check
    hangs       it takes connections and does not answer
    refuses     nobody listens on its port
    too_large   its image does not fit on the task's disk
"""

from state import state


def health():
    """What the balancer's health check finds: state, reason and description; nothing, if that is for the path to say."""
    if state.app.get("hangs"):
        return "unhealthy", "Target.Timeout", "Request timed out"
    if state.app.get("refuses"):
        return "unhealthy", "Target.FailedHealthChecks", "Health checks failed"
    return None


def is_unwell():
    return any(state.app.get(key) for key in ("hangs", "refuses", "answers"))


def checks_itself_in_vain(definition):
    """Whether a container's own health check runs what its image, a slim one, does not have."""
    checks = [one["healthCheck"]["command"] for one in definition.container_definitions if "healthCheck" in one]
    return any("curl" in str(command) or "wget" in str(command) for command in checks)

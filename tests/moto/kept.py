"""The whole account as it was at one moment, to go back to: each fault of the end-to-end test begins from the same
finished account, whatever the one before it broke."""

import copyreg
from copy import deepcopy
from threading import RLock

from moto.core.base_backend import BackendDict
from moto.ssm.models import ParameterDict

from state import state

# What the test set by a switch, and what is no part of the account.
NOT_THE_ACCOUNT = ("calls", "signed", "control", "refusals")

# Two kinds that `deepcopy` cannot take apart by itself: a lock, which is held by nobody between two requests, and a
# dictionary whose constructor wants arguments.
copyreg.pickle(type(RLock()), lambda _: (RLock, ()))
copyreg.pickle(
    ParameterDict,
    lambda one: (
        ParameterDict,
        (one.account_id, one.region_name),
        vars(one),
        None,
        iter(dict.items(one)),
    ),
)


def backends():
    """Every service's backend of every account and region that was ever asked for."""
    return [
        backend
        for service in BackendDict._instances
        for _, _, backend in list(service.iter_backends())
    ]


def contents(of):
    """Copies of what the backends hold. They refer to each other: those references stay what they are, so that the
    backends themselves, which moto and the patches look up once, never change."""
    return deepcopy([backend.__dict__ for backend in of], {id(one): one for one in of})


class Moment:
    """The account and the switches, taken when it is made."""

    def __init__(self):
        self.backends = backends()
        self.contents = contents(self.backends)
        self.switches = {
            name: deepcopy(value) for name, value in vars(state).items() if name not in NOT_THE_ACCOUNT
        }

    def restore(self):
        """A backend that came later (another region was looked at) is emptied by moto's own reset."""
        for backend in backends():
            if not any(backend is one for one in self.backends):
                backend.reset()
        fresh = deepcopy(self.contents, {id(one): one for one in self.backends})
        for backend, content in zip(self.backends, fresh):
            backend.__dict__ = content
        for name, value in deepcopy(self.switches).items():
            setattr(state, name, value)

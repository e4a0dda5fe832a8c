"""What the test may switch, and what the patches ask."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

# The account of a test that has only one.
ACCOUNT = "123456789012"

# Root's own keys. A real account should have none; here they stand for the CloudShell in which root does its part.
ROOT_KEY = "AKIAROOT"
ROOT_SECRET = "the-root-account-is-locked-later-in-this-test"

acting = ContextVar("acting", default=ACCOUNT)


def account():
    """The account in which the call at hand acts, or the switch."""
    return acting.get()


@contextmanager
def acting_in(number):
    before = acting.set(number)
    try:
        yield
    finally:
        acting.reset(before)


def root_of(key):
    """The account that a root key belongs to: each has one that ends in its number."""
    number = key.removeprefix(ROOT_KEY)
    return number if key.startswith(ROOT_KEY) and len(number) == 12 and number.isdigit() else None


@dataclass
class Root:
    """A root login, as `iam:GetAccountSummary` reports it."""

    root_mfa: bool = False
    root_password: bool = True
    root_keys: bool = False


@dataclass
class State:
    # The root logins by account.
    roots: dict = field(default_factory=dict)
    # Whether tasks come up at once, or stay on their way until this is switched on.
    settled: bool = True
    # Whether ECS has its own role here, and whether another Fargate task fits into the account's quota.
    linked_role: bool = True
    quota_left: bool = True
    # What is wrong with the learners' app while it runs: see `patches/app.py`.
    app: dict = field(default_factory=dict)
    # What becomes of tasks that could start: `None`, they run; else their app ends, as {"lines": [...], "exit_code": 1,
    # "stop_code": "EssentialContainerExited", "reason": "Essential container in task exited", "said": what ECS says of
    # the container} says. `lines` is what it writes into its log before, one event each; the others may be left out.
    crash: dict | None = None
    # CNAME records: name -> name. Certificates are issued when the record that proves them is here.
    records: dict = field(default_factory=dict)
    # Image configs by digest: what `docker push` would have stored.
    blobs: dict = field(default_factory=dict)
    # Calls that are refused: "rds:DescribeDBInstances" (or "*") -> "denied", "expired", "throttled" or "broken".
    refusals: dict = field(default_factory=dict)
    # Every call that arrived, in order.
    calls: list = field(default_factory=list)
    # Every call that was signed by somebody who is known, in order: {"call", "account", "caller"}; of
    # sts:AssumeRole also the "role" that was asked for, the session's "policy" and its "seconds".
    signed: list = field(default_factory=list)
    # Where the small HTTP server listens.
    control: str = ""

    def cname(self, name):
        return self.records.get(canonical(name))

    def root(self):
        """The root login of the account at hand."""
        return self.roots.setdefault(account(), Root())


def canonical(name):
    return name.rstrip(".").lower()


state = State()

"""What the test may switch, and what the patches ask."""

from dataclasses import dataclass, field

ACCOUNT = "123456789012"

# Root's own keys. A real account should have none; here they stand for the CloudShell in which root does its part.
ROOT_KEY = "AKIALANDFALLROOTKEY0"
ROOT_SECRET = "the-root-account-is-locked-later-in-this-test"


@dataclass
class State:
    # The root login, as `iam:GetAccountSummary` reports it.
    root_mfa: bool = False
    root_password: bool = True
    root_keys: bool = False
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
    # Where the small HTTP server listens.
    control: str = ""

    def cname(self, name):
        return self.records.get(canonical(name))


def canonical(name):
    return name.rstrip(".").lower()


state = State()

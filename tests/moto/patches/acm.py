"""ACM: a certificate is issued when the record that proves it stands in DNS, not when a minute has passed."""

from moto.acm.models import CertBundle

from state import canonical, state


def check(self):
    if self.type != "AMAZON_ISSUED" or self.status != "PENDING_VALIDATION":
        return
    options = self.describe()["Certificate"]["DomainValidationOptions"]
    wanted = [option["ResourceRecord"] for option in options]
    if all(state.cname(record["Name"]) == canonical(record["Value"]) for record in wanted):
        self.status = "ISSUED"


def apply():
    CertBundle.check = check

"""STS: root is root; a role is assumed by whom its trust policy names, under its conditions, for as long as it allows, and
only if it exists. Source: STS API reference, `AssumeRole`; IAM user guide, "Access to AWS accounts owned by third parties"
(2026-11)."""

import json

from moto.core.exceptions import ServiceException
from moto.iam.models import iam_backends
from moto.sts.models import STSBackend
from moto.sts.responses import TokenResponse

from state import root_of

from .permissions import refuse
from .policy import as_list, parsed

# In characters. AWS also limits the packed form, of which it only tells a percentage.
LONGEST_SESSION_POLICY = 2_048
SHORTEST_SESSION, LONGEST_SESSION = 900, 43_200

get_caller_identity = STSBackend.get_caller_identity
assume_role = TokenResponse.assume_role


class ValidationError(ServiceException):
    code = "ValidationError"


class MalformedPolicyDocument(ServiceException):
    code = "MalformedPolicyDocument"


def get_caller_identity_of_root(self, access_key_id, region):
    if root_of(access_key_id):
        return self.account_id, f"arn:aws:iam::{self.account_id}:root", self.account_id
    return get_caller_identity(self, access_key_id, region)


def role_of(arn):
    """The role, if there is one with just this ARN."""
    number = arn.split(":")[4] if arn.count(":") == 5 else ""
    roles = iam_backends[number]["aws"].roles.values() if len(number) == 12 else []
    return next((role for role in roles if role.arn == arn), None)


def names(principal, caller):
    """Whether a trust policy's principal is the caller: itself, the role behind its session, or its whole account."""
    wanted = as_list(principal.get("AWS", [])) if isinstance(principal, dict) else as_list(principal)
    number, resource = caller.split(":")[4:6]
    theirs = ["*", caller, number, f"arn:aws:iam::{number}:root"]
    if resource.startswith("assumed-role/"):
        theirs.append(f"arn:aws:iam::{number}:role/{resource.split('/')[1]}")
    return any(one in theirs for one in wanted)


def holds(condition, context):
    """Only `StringEquals` and `StringLike` without wildcards: another operator holds for nobody, rather than everybody."""
    return all(
        operator in ("StringEquals", "StringLike") and context.get(key) in as_list(value)
        for operator, keys in condition.items()
        for key, value in keys.items()
    )


def trusts(role, caller, context):
    return any(
        statement["Effect"] == "Allow"
        and "sts:AssumeRole" in as_list(statement["Action"])
        and names(statement["Principal"], caller)
        and holds(statement.get("Condition", {}), context)
        for statement in as_list(parsed(role.assume_role_policy_document)["Statement"])
    )


def assume_role_that_trusts(self):
    arn, caller = self._get_param("RoleArn"), self.caller.arn
    role = role_of(arn)
    context = {
        "sts:ExternalId": self._get_param("ExternalId"),
        "sts:RoleSessionName": self._get_param("RoleSessionName"),
    }
    if role is None or not trusts(role, caller, context):
        # One answer for both: nobody learns from it which roles an account has.
        said = f"User: {caller} is not authorized to perform: sts:AssumeRole on resource: {arn}"
        refuse(self, "sts", "denied", said)
    lasts = self._get_int_param("DurationSeconds", 3600)
    if not SHORTEST_SESSION <= lasts <= LONGEST_SESSION:
        bound = "greater" if lasts < SHORTEST_SESSION else "less"
        raise ValidationError(
            f"1 validation error detected: Value '{lasts}' at 'durationSeconds' failed to satisfy constraint: "
            f"Member must have value {bound} than or equal to {SHORTEST_SESSION if bound == 'greater' else LONGEST_SESSION}"
        )
    if lasts > int(role.max_session_duration or 3600):
        raise ValidationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
    check_session_policy(self._get_param("Policy"))
    return assume_role(self)


def check_session_policy(policy):
    if policy is None:
        return
    if len(policy) > LONGEST_SESSION_POLICY:
        raise ValidationError(
            "1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less "
            f"than or equal to {LONGEST_SESSION_POLICY}"
        )
    try:
        statements = as_list(json.loads(policy)["Statement"])
    except (ValueError, KeyError, TypeError):
        statements = []
    if not statements or not all(one.get("Effect") in ("Allow", "Deny") for one in statements):
        raise MalformedPolicyDocument("Syntax errors in policy.")


def apply():
    STSBackend.get_caller_identity = get_caller_identity_of_root
    TokenResponse.assume_role = assume_role_that_trusts

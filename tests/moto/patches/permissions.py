"""Every request is signed by somebody whom an account knows, acts in that account, and is allowed by that somebody's
policies; a session of a role also by the policy that it was limited to. The test may also have calls refused, in the
words that each protocol uses."""

import json
from dataclasses import dataclass, field

from moto.core.responses import BaseResponse
from moto.iam.access_control import IAMRequest
from moto.iam.models import get_account_id_from, iam_backends
from moto.sts.models import sts_backends
from werkzeug.exceptions import HTTPException

from state import account, acting, root_of, state

from .policy import decide, documents_of_role, documents_of_user, parsed

# Where an operation is allowed under another name.
ACTIONS = {
    "budgets:CreateBudget": "budgets:ModifyBudget",
    "budgets:DescribeBudgets": "budgets:ViewBudget",
    "budgets:DescribeNotificationsForBudget": "budgets:ViewBudget",
    "budgets:DescribeSubscribersForNotification": "budgets:ViewBudget",
}
# code in awsQuery, in awsJson, in ec2Query; HTTP status; message
REFUSALS = {
    "denied": ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", 403),
    "expired": ("ExpiredToken", "ExpiredTokenException", "RequestExpired", 403),
    "throttled": ("Throttling", "ThrottlingException", "RequestLimitExceeded", 400),
    "unknown-key": ("InvalidClientTokenId", "UnrecognizedClientException", "AuthFailure", 403),
    "wrong-signature": ("SignatureDoesNotMatch", "InvalidSignatureException", "AuthFailure", 403),
}


class Refused(HTTPException):
    def __init__(self, status, body):
        super().__init__(body)
        self.code = status


def refuse(request, service, kind, message):
    if kind == "broken":
        raise Refused(500, "<html><body>Internal Server Error</body></html>")
    query, in_json, ec2, status = REFUSALS[kind]
    if service == "ec2":
        body = f"<Response><Errors><Error><Code>{ec2}</Code><Message>{message}</Message></Error></Errors></Response>"
    elif request.headers.get("X-Amz-Target"):
        body, status = json.dumps({"__type": in_json, "message": message}), 400
    else:
        body = f"<ErrorResponse><Error><Type>Sender</Type><Code>{query}</Code><Message>{message}</Message></Error></ErrorResponse>"
    raise Refused(status, body)


def check_signature(request, service):
    try:
        IAMRequest(
            account_id=account(),
            method=request.method,
            path=request.raw_path,
            data=request.data,
            body=request.raw_body,
            headers=request.headers,
            action=request._get_action(),
        ).check_signature()
    except HTTPException:
        message = "The request signature we calculated does not match the signature you provided."
        refuse(request, service, "wrong-signature", message)


@dataclass
class Caller:
    """Who has signed a request, and what decides whether it is allowed."""

    arn: str
    documents: list
    context: dict = field(default_factory=dict)
    # The policy that the session was limited to when the role was assumed; it allows nothing that the role does not.
    session: list | None = None


def who(key):
    """The caller in the account at hand, unless nobody there has this key."""
    iam = iam_backends[account()]["aws"]
    if user := iam.get_user_from_access_key_id(key):
        return Caller(user.arn, documents_of_user(iam, user.name), {"aws:username": user.name})
    if role := sts_backends[account()]["aws"].get_assumed_role_from_access_key(key):
        session = [parsed(role.policy)] if role.policy else None
        return Caller(role.arn, documents_of_role(iam, role.role_arn.split("/")[-1]), session=session)
    return None


def resource_of(request, action, caller):
    """What an IAM action is about; the other services are asked for all their resources, but for log lines."""
    if action == "logs:GetLogEvents":
        group, stream = request._get_param("logGroupName"), request._get_param("logStreamName")
        return f"arn:aws:logs:{request.region}:{account()}:log-group:{group}:log-stream:{stream}"
    if action == "sts:AssumeRole":
        return request._get_param("RoleArn")
    if not action.startswith("iam:"):
        return "*"
    for parameter, kind in (
        ("SerialNumber", None),
        ("VirtualMFADeviceName", "mfa"),
        ("RoleName", "role"),
        ("UserName", "user"),
    ):
        name = request._get_param(parameter)
        # The device is what is enabled, the user is whose right it takes.
        if not name or (kind is None and action == "iam:EnableMFADevice"):
            continue
        return name if kind is None else f"arn:aws:iam::{account()}:{kind}/{name}"
    return caller


def authorize(self, _resource="*"):
    scope = self.headers.get("Authorization", "").partition("Credential=")[2].partition(",")[0]
    key, _, _, service, *_ = scope.split("/") + [""] * 5
    operation = self._get_action()
    state.calls.append(f"{service}:{operation}")
    for name in (f"{service}:{operation}", f"{service}:*", "*"):
        if kind := state.refusals.get(name):
            refuse(self, service, kind, refusal_message(kind, f"{service}:{operation}"))
    # For everything that the patches do until the answer is there: each request has a thread of its own.
    acting.set(self.current_account)
    caller = Caller(f"arn:aws:iam::{root_of(key)}:root", []) if root_of(key) else who(key)
    if caller:
        signed = {"call": f"{service}:{operation}", "account": account(), "caller": caller.arn}
        if signed["call"] == "sts:AssumeRole":
            asked = {"role": "RoleArn", "policy": "Policy", "seconds": "DurationSeconds"}
            signed |= {key: self._get_param(parameter) for key, parameter in asked.items()}
        state.signed.append(signed)
    self.caller = caller
    if root_of(key):
        return
    if caller is None:
        refuse(self, service, "unknown-key", "The security token included in the request is invalid.")
    check_signature(self, service)
    action = ACTIONS.get(f"{service}:{operation}", f"{service}:{operation}")
    if action == "sts:GetCallerIdentity":
        return
    require(self, service, caller, action, resource_of(self, action, caller.arn), caller.context)
    if action == "ecs:RegisterTaskDefinition" and (role := self._get_param("executionRoleArn")):
        context = {**caller.context, "iam:PassedToService": "ecs-tasks.amazonaws.com"}
        require(self, service, caller, "iam:PassRole", role, context)


def require(request, service, caller, action, resource, context):
    if caller.session is not None and decide(caller.session, action, resource, context) != "allowed":
        refuse(request, service, "denied", denial(caller.arn, action, resource, "session"))
    if decide(caller.documents, action, resource, context) != "allowed":
        refuse(request, service, "denied", denial(caller.arn, action, resource))


def denial(caller, action, resource, kind="identity-based"):
    return (
        f"User: {caller} is not authorized to perform: {action} on resource: {resource} "
        f"because no {kind} policy allows the {action} action"
    )


def refusal_message(kind, action):
    return {
        "denied": denial(f"arn:aws:iam::{account()}:user/news-admin", ACTIONS.get(action, action), "*"),
        "expired": "The security token included in the request is expired",
        "throttled": "Rate exceeded",
    }.get(kind, "")


def account_of(self):
    """Keys belong to an account, root's too."""
    key = self.get_access_key()
    return root_of(key) or get_account_id_from(key)


def apply():
    BaseResponse.get_current_account = account_of
    BaseResponse._authenticate_and_authorize_normal_action = authorize

"""Every request is signed by somebody this account knows and allowed by that somebody's policies. The test may also
have calls refused, in the words that each protocol uses."""

import json

from moto.core.responses import BaseResponse
from moto.iam.access_control import IAMRequest
from moto.iam.models import iam_backends
from moto.sts.models import sts_backends
from werkzeug.exceptions import HTTPException

from state import ACCOUNT, ROOT_KEY, state

from .policy import decide, documents_of_role, documents_of_user

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
            account_id=ACCOUNT,
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


def who(key):
    """The caller's ARN, policies and conditions."""
    iam = iam_backends[ACCOUNT]["aws"]
    if user := iam.get_user_from_access_key_id(key):
        return user.arn, documents_of_user(iam, user.name), {"aws:username": user.name}
    if role := sts_backends[ACCOUNT]["aws"].get_assumed_role_from_access_key(key):
        return role.arn, documents_of_role(iam, role.role_arn.split("/")[-1]), {}
    return None, [], {}


def resource_of(request, action, caller):
    """What an IAM action is about; the other services are asked for all their resources, but for log lines."""
    if action == "logs:GetLogEvents":
        group, stream = request._get_param("logGroupName"), request._get_param("logStreamName")
        return f"arn:aws:logs:{request.region}:{ACCOUNT}:log-group:{group}:log-stream:{stream}"
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
        return name if kind is None else f"arn:aws:iam::{ACCOUNT}:{kind}/{name}"
    return caller


def authorize(self, _resource="*"):
    scope = self.headers.get("Authorization", "").partition("Credential=")[2].partition(",")[0]
    key, _, _, service, *_ = scope.split("/") + [""] * 5
    operation = self._get_action()
    state.calls.append(f"{service}:{operation}")
    for name in (f"{service}:{operation}", f"{service}:*", "*"):
        if kind := state.refusals.get(name):
            refuse(self, service, kind, refusal_message(kind, f"{service}:{operation}"))
    if key == ROOT_KEY:
        return
    caller, documents, context = who(key)
    if caller is None:
        refuse(self, service, "unknown-key", "The security token included in the request is invalid.")
    check_signature(self, service)
    action = ACTIONS.get(f"{service}:{operation}", f"{service}:{operation}")
    if action == "sts:GetCallerIdentity":
        return
    require(self, service, documents, caller, action, resource_of(self, action, caller), context)
    if action == "ecs:RegisterTaskDefinition" and (role := self._get_param("executionRoleArn")):
        context = {**context, "iam:PassedToService": "ecs-tasks.amazonaws.com"}
        require(self, service, documents, caller, "iam:PassRole", role, context)


def require(request, service, documents, caller, action, resource, context):
    if decide(documents, action, resource, context) != "allowed":
        refuse(request, service, "denied", denial(caller, action, resource))


def denial(caller, action, resource):
    return (
        f"User: {caller} is not authorized to perform: {action} on resource: {resource} "
        f"because no identity-based policy allows the {action} action"
    )


def refusal_message(kind, action):
    return {
        "denied": denial(f"arn:aws:iam::{ACCOUNT}:user/news-admin", ACTIONS.get(action, action), "*"),
        "expired": "The security token included in the request is expired",
        "throttled": "Rate exceeded",
    }.get(kind, "")


def apply():
    BaseResponse._authenticate_and_authorize_normal_action = authorize

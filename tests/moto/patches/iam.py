"""IAM: the root login in the account's summary, the name of ECS's own role, and the policy simulator."""

from moto.core.responses import ActionResult
from moto.iam import models
from moto.iam.models import AccountSummary
from moto.iam.responses import IamResponse

from state import state

from .policy import decide, documents_of_role

summary_map = AccountSummary.summary_map


def summary_of_today(self):
    root = state.root()
    return {
        **summary_map.fget(self),
        "AccountMFAEnabled": int(root.root_mfa),
        "AccountPasswordPresent": int(root.root_password),
        "AccountAccessKeysPresent": int(root.root_keys),
    }


def simulate_principal_policy(self):
    role = self._get_param("PolicySourceArn").split("/")[-1]
    documents = documents_of_role(self.backend, role)
    results = [
        {
            "EvalActionName": action,
            "EvalResourceName": resource,
            "EvalDecision": decide(documents, action, resource),
        }
        for action in self._get_param("ActionNames", [])
        for resource in self._get_param("ResourceArns", []) or ["*"]
    ]
    return ActionResult({"EvaluationResults": results, "IsTruncated": False})


def apply():
    AccountSummary.summary_map = property(summary_of_today)
    models.SERVICE_NAME_CONVERSION["ecs"] = "ECS"
    IamResponse.simulate_principal_policy = simulate_principal_policy

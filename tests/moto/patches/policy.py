"""What a set of identity-based policies decides. Actions, resources, wildcards, `${aws:username}` and StringEquals:
what the lessons' policies and AWS's managed ones use here."""

import json
import re
from urllib.parse import unquote


def as_list(value):
    return value if isinstance(value, list) else [value]


def matches(pattern, text, ignore_case=False):
    parts = [{"*": ".*", "?": "."}.get(part, re.escape(part)) for part in re.split(r"([*?])", pattern)]
    return re.fullmatch("".join(parts), text, re.IGNORECASE if ignore_case else 0) is not None


def concerns(statement, action, resource, context):
    for key, wanted in (("Action", True), ("NotAction", False)):
        patterns = as_list(statement.get(key, []))
        if patterns and any(matches(one, action, True) for one in patterns) is not wanted:
            return False
    name = context.get("aws:username", "")
    patterns = [one.replace("${aws:username}", name) for one in as_list(statement["Resource"])]
    if not any(matches(one, resource) for one in patterns):
        return False
    for operator, keys in statement.get("Condition", {}).items():
        for key, values in keys.items():
            if operator != "StringEquals" or context.get(key) not in as_list(values):
                return False
    return True


def decide(documents, action, resource, context=None):
    decision = "implicitDeny"
    for document in documents:
        for statement in as_list(document["Statement"]):
            if concerns(statement, action, resource, context or {}):
                if statement["Effect"] == "Deny":
                    return "explicitDeny"
                decision = "allowed"
    return decision


def parsed(document):
    return document if isinstance(document, dict) else json.loads(unquote(document))


def default_document(policy):
    return parsed(next(one for one in policy.versions if one.version_id == policy.default_version_id).document)


def documents_of_role(backend, name):
    role = backend.get_role(name)
    inline = [parsed(document) for document in role.policies.values()]
    return inline + [default_document(policy) for policy in role.managed_policies.values()]


def documents_of_user(backend, name):
    user = backend.get_user(name)
    inline = [parsed(document) for document in user.policies.values()]
    return inline + [default_document(policy) for policy in user.managed_policies.values()]

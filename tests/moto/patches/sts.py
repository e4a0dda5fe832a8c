"""STS: root is root."""

from moto.sts.models import STSBackend

from state import ROOT_KEY

get_caller_identity = STSBackend.get_caller_identity


def get_caller_identity_of_root(self, access_key_id, region):
    if access_key_id == ROOT_KEY:
        return self.account_id, f"arn:aws:iam::{self.account_id}:root", self.account_id
    return get_caller_identity(self, access_key_id, region)


def apply():
    STSBackend.get_caller_identity = get_caller_identity_of_root

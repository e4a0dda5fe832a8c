"""Budgets: who is written to."""

import json

from moto.budgets.responses import BudgetsResponse


def describe_subscribers_for_notification(self):
    account, name = self._get_param("AccountId"), self._get_param("BudgetName")
    wanted = self._get_param("Notification")
    found = [
        subscriber
        for notification in self.backend.budgets[account][name].notifications
        # AWS adds NotificationState; it is no part of the notification's identity.
        if all(notification.details.get(key) == wanted.get(key) for key in notification.details)
        for subscriber in notification.subscribers
    ]
    return json.dumps({"Subscribers": found})


def apply():
    BudgetsResponse.describe_subscribers_for_notification = describe_subscribers_for_notification

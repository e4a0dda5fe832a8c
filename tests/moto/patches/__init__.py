"""What AWS does and moto does not, for the calls that the lessons and Landfall make. Each patch adds to moto's own
classes, so that requests are parsed and answers written by moto from the service's model."""

from . import acm, budgets, ec2, ecr, ecs, elasticache, elbv2, iam, permissions, sts


def apply():
    for patch in (acm, budgets, ec2, ecr, ecs, elasticache, elbv2, iam, permissions, sts):
        patch.apply()

//! Faults of the execution role.

use super::super::cause::Cause;
use super::super::cluster::{PULL_POLICY, trusted_by};
use super::super::scene::Scene;
use super::trouble::{Stop, nothing_is_tried, nothing_runs};
use crate::account::*;

const ROLE: &[&str; 1] = &["ecs-service.role"];

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "role-missing",
        ROLE,
        "Deletes the execution role.",
        |snapshot, scene| {
            for role in snapshot.roles.values_mut() {
                *role = Fact::Absent;
            }
            cannot_assume(snapshot, scene);
        },
    )
    .restarting(),
    Cause::new(
        "role-not-assumable",
        ROLE,
        "Lets the execution role be assumed by EC2 instead of by ECS tasks.",
        |snapshot, scene| {
            each_role(snapshot, |role| {
                role.trust = trusted_by("ec2.amazonaws.com");
            });
            cannot_assume(snapshot, scene);
        },
    )
    .restarting(),
    Cause::new(
        "execution-role-cannot-pull",
        ROLE,
        "Detaches the managed policy for pulling images from the execution role.",
        |snapshot, scene| {
            without_policy(snapshot, scene, |policy| policy.name == PULL_POLICY);
            let what = "unable to retrieve ecr registry auth";
            refused(snapshot, scene, what, "ecr:GetAuthorizationToken", "*");
        },
    )
    .restarting(),
    Cause::new(
        "execution-role-cannot-read-secrets",
        ROLE,
        "Takes the execution role's inline policy for the parameters away.",
        |snapshot, scene| {
            without_policy(snapshot, scene, |policy| policy.arn.is_none());
            let parameter = scene.ids.parameter(&scene.chapter.parameters.database_url);
            let what = "unable to retrieve secrets from ssm";
            refused(
                snapshot,
                scene,
                what,
                "ssm:GetParameters",
                parameter.as_str(),
            );
        },
    )
    .restarting(),
    Cause::new(
        "service-linked-role-missing",
        &["ecs-service.service"],
        "Deletes the role that ECS itself works with in a new account.",
        |snapshot, scene| {
            nothing_is_tried(
                snapshot,
                scene,
                "failed to launch a task with (error Unable to assume the service linked role. Please verify that the \
                 ECS service linked role exists.).",
            );
        },
    )
    .repaired_by(&["ecs-service.cluster", "ecs-service.service", "ecs-service.live"])
    .restarting(),
];

fn each_role(snapshot: &mut Snapshot, change: impl Fn(&mut Role)) {
    for role in snapshot.roles.values_mut() {
        if let Fact::Present(role) = role {
            change(role);
        }
    }
}

fn cannot_assume(snapshot: &mut Snapshot, scene: &Scene<'_>) {
    let why = format!(
        "failed to launch a task with (error ECS was unable to assume the role '{}' that was provided for this task. \
         Please verify that the role being passed has the proper trust relationship and permissions and that your IAM \
         user has permissions to pass this role.).",
        scene.ids.execution_role()
    );
    nothing_is_tried(snapshot, scene, &why);
}

/// Removes policies, and answers what was asked of the simulator: whatever the documents no longer allow is refused.
fn without_policy(
    snapshot: &mut Snapshot,
    scene: &Scene<'_>,
    goes: impl Fn(&AttachedPolicy) -> bool,
) {
    let questions = questions(snapshot, scene);
    each_role(snapshot, |role| {
        if let Fact::Present(policies) = &mut role.policies {
            policies.retain(|policy| !goes(policy));
        }
        role.simulated = questions
            .iter()
            .filter(|question| !question.is_answered_by_documents(role))
            .map(|question| Simulated {
                action: question.action.to_owned(),
                resource: question.resource.clone(),
                decision: Fact::Present(Decision::NotAllowed),
                unknown_keys: Vec::new(),
            })
            .collect();
    });
}

fn questions(snapshot: &Snapshot, scene: &Scene<'_>) -> Vec<RoleQuestion> {
    let (ids, chapter) = (scene.ids, scene.chapter);
    let place = Place {
        partition: "aws".to_owned(),
        account: ids.account(),
        region: chapter.region.clone(),
    };
    let values = [
        &chapter.parameters.database_url,
        &chapter.parameters.redis_url,
    ]
    .map(|name| ids.parameter(name).0);
    let parameters: &[Parameter] = snapshot.parameters.present().map_or(&[], Vec::as_slice);
    let mut questions = pull_questions(&place, None, chapter);
    let definitions = snapshot.definitions.values().filter_map(Fact::present);
    for container in definitions.flat_map(|definition| &definition.containers) {
        questions.extend(pull_questions(&place, Some(container), chapter));
    }
    questions.extend(secret_questions(
        &place,
        values.iter().map(String::as_str),
        parameters,
    ));
    questions
}

/// The stop reason of a refused call: a status code and "AccessDenied", within seconds.
fn refused(snapshot: &mut Snapshot, scene: &Scene<'_>, what: &str, action: &str, on: &str) {
    let role = &scene.chapter.execution_role;
    let account = scene.ids.account();
    let stop = Stop::before_start(format!(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: \
         {what}: service call has been retried 1 time(s): AccessDeniedException: User: \
         arn:aws:sts::{account}:assumed-role/{role}/3c1f9a0b7e5d4826b8a1 is not authorized to perform: {action} on \
         resource: {on} because no identity-based policy allows the {action} action status code: 400"
    ));
    nothing_runs(snapshot, scene, &stop);
}

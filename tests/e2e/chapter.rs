//! The chapter's steps, done as the lessons say: their own commands, and by hand what is to be done by hand.

use super::image::{self, Shape};
use super::learner::{Identity, Learner};
use serde_json::{Value, json};

/// The steps in the order of the lessons, but for the teardown.
pub const STEPS: [&str; 23] = [
    "root-account.mfa",
    "root-account.no-keys",
    "root-account.budget",
    "iam-user.identity",
    "iam-user.mfa",
    "iam-user.bounded",
    "ecr-push.repository",
    "ecr-push.image",
    "rds.network",
    "rds.instance",
    "rds.inbound",
    "rds.parameter",
    "elasticache.cache",
    "elasticache.inbound",
    "elasticache.parameter",
    "alb.balancer",
    "alb.target-group",
    "alb.certificate",
    "alb.listeners",
    "alb.name",
    "ecs-service.cluster",
    "ecs-service.role",
    "ecs-service.task-definition",
];

/// The steps that begin with a service.
pub const AFTERWARDS: [&str; 3] = [
    "ecs-service.service",
    "ecs-service.live",
    "ecs-service.release",
];

/// Runs a step's own commands, and does by hand what the lesson says to do by hand.
pub fn perform(learner: &mut Learner<'_>, step: &str, shape: Shape) {
    match step {
        "root-account.mfa" => learner
            .emulator
            .switch(&json!({"account": learner.account, "root_mfa": true})),
        "root-account.budget" => {
            run_as_root(learner, step);
            let answer = learner.landfall(&["attest", "budget.email-read"]);
            assert_eq!(answer.code, 0, "{}", answer.stderr);
        }
        "iam-user.identity" => {
            run_as_root(learner, step);
            learner.identity = Identity::User;
        }
        "ecr-push.image" => {
            image::push(learner, shape);
            run(learner, step);
        }
        "alb.certificate" => {
            run(learner, step);
            prove_the_certificate(learner);
        }
        "alb.name" => point_the_name(learner),
        "ecs-service.task-definition" => {
            run(learner, step);
            learner.commit("The task definition");
        }
        _ => run(learner, step),
    }
}

/// Runs the step's commands with this account's values, as the lesson shows them.
pub fn run(learner: &Learner<'_>, step: &str) {
    learner.must(&script(learner, step));
}

fn run_as_root(learner: &mut Learner<'_>, step: &str) {
    let script = script(learner, step);
    learner.acting_as(Identity::Root, |root| root.must(&script));
}

fn script(learner: &Learner<'_>, step: &str) -> String {
    let answer = learner.landfall(&["author", "commands", step, "--format", "sh"]);
    assert_eq!(answer.code, 0, "{step}: {}", answer.stderr);
    answer.stdout
}

/// Puts the record that ACM asks for into DNS.
pub fn prove_the_certificate(learner: &Learner<'_>) {
    let record = learner.must(
        "for ARN in $(aws acm list-certificates --query 'CertificateSummaryList[].CertificateArn' --output text); do \
         aws acm describe-certificate --certificate-arn \"$ARN\" --output text --query \
         'Certificate.DomainValidationOptions[0].ResourceRecord.[Name,Value]'; done",
    );
    let records: Value = record
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
    learner.emulator.switch(&json!({ "records": records }));
}

/// Points the host at the balancer, beside the record that proves the certificate.
fn point_the_name(learner: &Learner<'_>) {
    let balancer = learner
        .must("aws elbv2 describe-load-balancers --query 'LoadBalancers[0].DNSName' --output text");
    learner
        .emulator
        .switch(&json!({ "records": { "api.example.com": balancer } }));
}

//! The chapter from an empty account to a running API and back to an empty account.

use super::emulator::Emulator;
use super::expected::{Expected, Verdicts, assert_same, verdicts};
use super::image::{self, Shape};
use super::learner::{Domain, Identity, Learner};
use super::{looks, recording, refusals};
use serde_json::{Value, json};

/// The steps in the order of the lessons, but for the teardown.
const STEPS: [&str; 23] = [
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
const AFTERWARDS: [&str; 3] = [
    "ecs-service.service",
    "ecs-service.live",
    "ecs-service.release",
];

#[test]
#[ignore = "needs Python, and the network once"]
fn every_step_turns_green_as_its_commands_are_run() {
    walk(Domain::Has, Shape::Manifest);
}

#[test]
#[ignore = "needs Python, and the network once"]
fn every_step_turns_green_without_a_domain_too() {
    walk(Domain::None, Shape::Index);
}

fn walk(domain: Domain, shape: Shape) {
    let emulator = Emulator::start();
    let mut learner = Learner::new(&emulator, domain);
    let mut walker = Walker::begin(&mut learner, domain);
    for step in STEPS {
        walker.take(step, shape);
    }
    walker.bring_the_service_up();
    walker.take("ecs-service.release", shape);
    walker.everything_is_done();
    if domain == Domain::Has {
        walker.look_from_every_side();
    }
    walker.take_it_all_down();
}

/// The same way without a look after each step: the finished account, for what begins there.
pub fn to_the_end(learner: &mut Learner<'_>, domain: Domain, shape: Shape) {
    let mut walker = Walker {
        learner,
        expected: Expected::of(domain),
        now: Verdicts::new(),
    };
    walker.learner.identity = walker.learner.guest();
    for step in STEPS.into_iter().chain(AFTERWARDS) {
        walker.perform(step, shape);
    }
    walker.everything_is_done();
}

struct Walker<'a, 'b> {
    learner: &'b mut Learner<'a>,
    expected: Expected,
    now: Verdicts,
}

impl<'a, 'b> Walker<'a, 'b> {
    /// Looks at the empty account with a guest's eyes.
    fn begin(learner: &'b mut Learner<'a>, domain: Domain) -> Self {
        learner.identity = learner.guest();
        let mut walker = Walker {
            learner,
            expected: Expected::of(domain),
            now: Verdicts::new(),
        };
        let all = walker.verify();
        assert_eq!(all["totals"]["failed"], 0, "nothing is anybody's fault yet");
        walker.now = walker.expected.after("start", Verdicts::new());
        assert_same("start", &walker.now, &all);
        walker
    }

    /// Takes a step, and looks.
    fn take(&mut self, step: &str, shape: Shape) {
        self.perform(step, shape);
        self.check(step);
    }

    /// Runs a step's own commands, and does by hand what the lesson says to do by hand.
    fn perform(&mut self, step: &str, shape: Shape) {
        match step {
            "root-account.mfa" => self.learner.emulator.switch(&json!({"root_mfa": true})),
            "root-account.budget" => {
                self.run_as(Identity::Root, step);
                let answer = self.learner.landfall(&["attest", "budget.email-read"]);
                assert_eq!(answer.code, 0, "{}", answer.stderr);
            }
            "iam-user.identity" => {
                self.run_as(Identity::Root, step);
                self.learner.identity = Identity::User;
            }
            "ecr-push.image" => {
                image::push(self.learner, shape);
                self.run(step);
            }
            "alb.certificate" => {
                self.run(step);
                if !self.now.is_empty() {
                    self.check("alb.certificate, before the record is made");
                }
                self.prove_the_certificate();
            }
            "alb.name" => self.point_the_name(),
            "ecs-service.task-definition" => {
                self.run(step);
                self.learner.commit("The task definition");
            }
            _ => self.run(step),
        }
    }

    fn run(&self, step: &str) {
        self.learner.must(&self.script(step));
    }

    fn run_as(&mut self, identity: Identity, step: &str) {
        let script = self.script(step);
        self.learner
            .acting_as(identity, |learner| learner.must(&script));
    }

    /// The step's commands with this account's values, as the lesson shows them.
    fn script(&self, step: &str) -> String {
        let answer = self
            .learner
            .landfall(&["author", "commands", step, "--format", "sh"]);
        assert_eq!(answer.code, 0, "{step}: {}", answer.stderr);
        answer.stdout
    }

    fn verify(&self) -> Value {
        self.learner
            .landfall(&["verify", "--format", "json"])
            .json()
    }

    fn check(&mut self, moment: &str) {
        let all = self.verify();
        let before = std::mem::take(&mut self.now);
        self.now = self.expected.after(moment, before);
        assert_same(moment, &self.now, &all);
    }

    /// Puts the record that ACM asks for into DNS.
    fn prove_the_certificate(&self) {
        let record = self.learner.must(
            "for ARN in $(aws acm list-certificates --query 'CertificateSummaryList[].CertificateArn' --output text); do \
             aws acm describe-certificate --certificate-arn \"$ARN\" --output text --query \
             'Certificate.DomainValidationOptions[0].ResourceRecord.[Name,Value]'; done",
        );
        let records: Value = record
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(name, value)| (name.to_owned(), json!(value)))
            .collect();
        self.learner.emulator.switch(&json!({ "records": records }));
    }

    /// Points the host at the balancer, beside the record that proves the certificate.
    fn point_the_name(&self) {
        let balancer = self.learner.must(
            "aws elbv2 describe-load-balancers --query 'LoadBalancers[0].DNSName' --output text",
        );
        self.learner
            .emulator
            .switch(&json!({ "records": { "api.example.com": balancer } }));
    }

    /// The service, first on its way up and then up.
    fn bring_the_service_up(&mut self) {
        self.learner.emulator.switch(&json!({"settled": false}));
        self.run("ecs-service.service");
        self.check("ecs-service.service");
        self.learner.emulator.switch(&json!({"settled": true}));
        self.run("ecs-service.live");
        self.check("ecs-service.live");
    }

    /// Everything is passed, attested or does not apply; only the teardown has not been asked for.
    fn everything_is_done(&self) {
        let answer = self.learner.landfall(&["verify", "--format", "json"]);
        for (check, verdict) in verdicts(&answer.json()) {
            let done = ["passed", "attested", "skipped"].contains(&verdict.as_str());
            assert!(done, "{check} is {verdict}");
        }
        assert_eq!(answer.code, 0, "{}", answer.stderr);
    }

    /// The finished account, in other circumstances.
    fn look_from_every_side(&mut self) {
        recording::record_if_wanted(self.learner);
        looks::only_declared_calls_leave_the_process(self.learner);
        looks::a_look_is_quick_and_small(self.learner);
        looks::the_report_shows_the_seven_patterns(self.learner);
        looks::the_doctor_finds_nothing_in_the_way(self.learner);
        looks::the_printed_policy_is_enough(self.learner);
        looks::nothing_secret_is_kept(self.learner);
        looks::another_region_is_named(self.learner);
        looks::root_is_told_to_sign_out(self.learner);
        looks::nobody_is_told_nothing_about_the_account(self.learner);
        refusals::what_cannot_be_read_is_unknown(self.learner);
    }

    /// The teardown's own commands, and then nothing is left that costs money.
    fn take_it_all_down(&self) {
        let step = "teardown.leftovers";
        let before = self.learner.landfall(&["verify", step, "--format", "json"]);
        assert_eq!(before.code, 1, "what runs costs money: {}", before.stdout);
        self.run(step);
        let after = self.learner.landfall(&["verify", step, "--format", "json"]);
        assert_eq!(
            verdicts(&after.json())["leftovers.none"],
            "passed",
            "{}",
            after.stdout
        );
        assert_eq!(after.code, 0);
    }
}

//! The chapter from an empty account to a running API and back to an empty account.

use super::chapter::{self, AFTERWARDS, STEPS};
use super::emulator::Emulator;
use super::expected::{Expected, Verdicts, assert_same, verdicts};
use super::image::Shape;
use super::learner::{Domain, Learner};
use super::{looks, recording, refusals};
use serde_json::{Value, json};

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

    /// Runs a step's own commands; between those for the certificate and the record that proves it, there is something to see.
    fn perform(&mut self, step: &str, shape: Shape) {
        if step == "alb.certificate" && !self.now.is_empty() {
            self.run(step);
            self.check("alb.certificate, before the record is made");
            chapter::prove_the_certificate(self.learner);
        } else {
            chapter::perform(self.learner, step, shape);
        }
    }

    fn run(&self, step: &str) {
        chapter::run(self.learner, step);
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

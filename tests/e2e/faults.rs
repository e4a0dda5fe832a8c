//! `faults.toml`: one fault at a time in a finished account, made with AWS's own calls, and what Landfall makes of it.

use super::emulator::{Emulator, repository};
use super::expected::{Verdicts, verdicts};
use super::image::Shape;
use super::learner::{Domain, Identity, Learner};
use super::{looks::finding, walk};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Instant;
use std::{env, fs};

/// One entry of `faults.toml`; what each field means is said there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    fault: String,
    #[serde(default)]
    switch: BTreeMap<String, Value>,
    dns: Option<BTreeMap<String, String>>,
    #[serde(default)]
    edit: Vec<(String, String)>,
    #[serde(default)]
    make: String,
    #[serde(default)]
    by: By,
    #[serde(default)]
    seen_by: By,
    check: String,
    #[serde(default = "failed")]
    verdict: String,
    cause: Option<String>,
    #[serde(default)]
    says: Vec<String>,
    #[serde(default)]
    becomes: BTreeMap<String, String>,
    repair: Option<String>,
    then: Option<String>,
}

#[derive(Deserialize, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum By {
    #[default]
    User,
    Root,
}

fn failed() -> String {
    "failed".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Faults {
    /// What the lines may use of the account: names, and the commands that print them.
    values: Vec<(String, String)>,
    fault: Vec<Fault>,
}

#[test]
#[ignore = "needs Python, and the network once"]
fn every_fault_is_found_as_what_it_is_and_nothing_else_is_blamed() {
    let all: Faults =
        toml::from_str(&fs::read_to_string(repository().join("tests/e2e/faults.toml")).unwrap())
            .unwrap();
    let emulator = Emulator::start();
    let mut learner = Learner::new(&emulator, Domain::Has);
    walk::to_the_end(&mut learner, Domain::Has, Shape::Manifest);
    let mut stack = GoodStack::keep(learner, &all.values);
    let begun = Instant::now();
    let mut wrong = Vec::new();
    let (mut tried, mut printed) = (0, 0);
    // While working on some of them: LANDFALL_FAULT='a part of its sentence|a part of another'.
    let parts = env::var("LANDFALL_FAULT").unwrap_or_default();
    let meant = |one: &&Fault| parts.split('|').any(|part| one.fault.contains(part));
    for fault in all.fault.iter().filter(meant) {
        stack.restore();
        println!("{}", fault.fault);
        tried += 1;
        let complaints = stack.try_out(fault, !parts.is_empty());
        printed += usize::from(
            fault
                .repair
                .as_ref()
                .is_some_and(|how| how.ends_with("printed")),
        );
        if !complaints.is_empty() {
            wrong.push(format!(
                "{}\n    {}",
                fault.fault,
                complaints.join("\n    ")
            ));
        }
    }
    println!(
        "{tried} faults in {:.0?}; {printed} of them repaired by what is printed",
        begun.elapsed()
    );
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(all.fault.len() >= 25, "{} faults", all.fault.len());
}

/// A finished account that can be gone back to.
struct GoodStack<'a> {
    learner: Learner<'a>,
    good: Verdicts,
    /// What every line of the faults begins with: the account's ids, and the functions of `faults.sh`.
    prelude: String,
}

impl<'a> GoodStack<'a> {
    fn keep(learner: Learner<'a>, values: &[(String, String)]) -> Self {
        learner.must("git tag good; cp -R ~/landfall ~/landfall.good");
        learner.emulator.keep();
        let lines: String = values
            .iter()
            .map(|(name, command)| format!("{name}=$({command})\n"))
            .collect();
        let tell: String = values
            .iter()
            .map(|(name, _)| format!("printf '%s=%q\\n' {name} \"${name}\"\n"))
            .collect();
        let ids = learner.must(&format!("{lines}{tell}"));
        let certificates = repository().join("tests/certificates");
        let prelude = format!(
            "{ids}\nCERTIFICATES='{}'\nCONTROL='{}'\n{}\n",
            certificates.display(),
            learner.emulator.control,
            include_str!("faults.sh")
        );
        let mut stack = GoodStack {
            learner,
            good: Verdicts::new(),
            prelude,
        };
        stack.good = verdicts(&stack.look(By::User));
        stack
    }

    /// The account, the app's folder and Landfall's own memory as they were.
    fn restore(&self) {
        self.learner.emulator.restore();
        self.learner.must(
            "git reset --quiet --hard good; git clean --quiet --force -d\n\
             rm -rf ~/landfall; cp -R ~/landfall.good ~/landfall",
        );
    }

    fn look(&mut self, by: By) -> Value {
        self.acting(by, |learner| {
            learner.landfall(&["verify", "--format", "json"]).json()
        })
    }

    fn acting<T>(&mut self, by: By, act: impl FnOnce(&Learner<'a>) -> T) -> T {
        match by {
            By::User => act(&self.learner),
            By::Root => self.learner.acting_as(Identity::Root, act),
        }
    }

    /// What is wrong with what Landfall says of this fault; nothing, if all is well. `aloud`: the learner's screen as well.
    fn try_out(&mut self, fault: &Fault, aloud: bool) -> Vec<String> {
        self.make(fault);
        if aloud {
            let screen = self.acting(fault.seen_by, |learner| learner.landfall(&["verify"]));
            println!("{}", screen.stdout);
        }
        let all = self.look(fault.seen_by);
        let mut complaints = self.judge(fault, &all);
        if complaints.is_empty() {
            match fault.repair.as_deref() {
                None => self.restore(),
                Some("printed") => match commands(finding(&all, &fault.check)).next() {
                    None => complaints.push("no command is printed".to_owned()),
                    Some(command) => complaints.extend(self.run(fault.by, command)),
                },
                Some("all printed") => {
                    let found = finding(&all, &fault.check);
                    let script: Vec<&str> = commands(found).collect();
                    complaints.extend(self.run(fault.by, &script.join("\n")));
                }
                Some(lines) => {
                    let script = format!("{}{lines}", self.prelude);
                    complaints.extend(self.run(fault.by, &script));
                }
            }
        }
        if complaints.is_empty()
            && let Some(lines) = &fault.then
        {
            let script = format!("{}{lines}", self.prelude);
            complaints.extend(self.run(fault.by, &script));
        }
        if complaints.is_empty() {
            let after = self.look(By::User);
            complaints.extend(verdicts(&after).iter().filter_map(|(check, verdict)| {
                let before = &self.good[check];
                (before != verdict).then(|| {
                    let summary = &finding(&after, check)["summary"];
                    format!("after the repair {check} is {verdict}: {summary}")
                })
            }));
        }
        complaints
    }

    fn make(&mut self, fault: &Fault) {
        if !fault.switch.is_empty() {
            self.learner.emulator.switch(&json!(fault.switch));
        }
        for (old, new) in &fault.edit {
            let file = self.learner.path("app/task-definition.json");
            let text = fs::read_to_string(&file).unwrap();
            assert!(text.contains(old), "{}: no {old} in {text}", fault.fault);
            fs::write(file, text.replace(old, new)).unwrap();
        }
        let script = format!("{}{}", self.prelude, fault.make);
        self.acting(fault.by, |learner| learner.must(&script));
        if let Some(records) = &fault.dns {
            let records: BTreeMap<&String, String> = records
                .iter()
                .map(|(name, command)| (name, self.learner.must(command)))
                .collect();
            self.learner.emulator.switch(&json!({ "records": records }));
        }
    }

    /// Runs lines that should repair; gives what went wrong.
    fn run(&mut self, by: By, script: &str) -> Option<String> {
        let output = self.acting(by, |learner| learner.shell(script));
        let stderr = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        (!output.status.success()).then(|| format!("the repair fails: {script}: {stderr}"))
    }

    fn judge(&self, fault: &Fault, all: &Value) -> Vec<String> {
        let mut complaints = Vec::new();
        let found = finding(all, &fault.check);
        if found["verdict"] != fault.verdict.as_str() || found["cause"] != json!(fault.cause) {
            complaints.push(format!(
                "{} should be {} for {:?}, and is: {found}",
                fault.check, fault.verdict, fault.cause
            ));
        }
        let root = if fault.verdict == "failed" {
            json!(fault.cause)
        } else {
            Value::Null
        };
        let blamed = all.pointer("/root_cause/cause").unwrap_or(&Value::Null);
        if *blamed != root {
            complaints.push(format!("the root cause should be {root}, and is {blamed}"));
        }
        complaints.extend(
            commands(found)
                .filter(|one| is_expanded(one))
                .map(|one| format!("a shell would expand a pattern in: {one}")),
        );
        for words in &fault.says {
            if !told(found).contains(words) {
                complaints.push(format!("{} says nothing of {words}: {found}", fault.check));
            }
        }
        for (check, verdict) in verdicts(all) {
            let expected = match fault.becomes.get(&check) {
                Some(other) => *other == verdict,
                None => verdict == "blocked" || verdict == self.good[&check],
            };
            if check != fault.check && !expected {
                let finding = finding(all, &check);
                complaints.push(format!(
                    "{check} turned {verdict}, {}: {}",
                    finding["cause"], finding["summary"]
                ));
            }
        }
        complaints
    }
}

/// Everything that a finding says to a reader.
fn told(finding: &Value) -> String {
    ["summary", "evidence", "fix", "advice"]
        .map(|part| finding[part].to_string())
        .join("\n")
}

/// Every command that a finding prints.
fn commands(finding: &Value) -> impl Iterator<Item = &str> {
    finding["fix"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|fix| fix["command"].as_str())
}

/// Whether a pattern stands outside quotes: zsh, the shell of a Mac, refuses a command with one that matches no file.
fn is_expanded(command: &str) -> bool {
    command
        .split('\'')
        .step_by(2)
        .any(|bare| bare.contains(['[', '*', '?', '{']))
}

//! An instructor and five students, each with an account, and how far each of them has come.

use super::chapter::{self, AFTERWARDS, STEPS};
use super::emulator::{ACCOUNT, Emulator};
use super::image::Shape;
use super::learner::{Answer, Domain, Identity, Learner, keys_in};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::symlink;

pub const INSTRUCTOR: &str = "arn:aws:iam::123456789012:user/instructor";

/// A student's row of the roster.
pub struct Row {
    pub name: &'static str,
    pub account: &'static str,
    pub external_id: &'static str,
}

/// Has finished the chapter.
pub const DONE: Row = Row {
    name: "Ann Lee",
    account: "111122223333",
    external_id: "news-ann-7f3a9c",
};
/// Has finished it, and then opened the database to the internet.
pub const PUBLIC: Row = Row {
    name: "Bora Şahin",
    account: "222233334444",
    external_id: "news-bora-81c2d0",
};
/// Has made the role, and nothing else.
pub const EMPTY: Row = Row {
    name: "Chi \"Zed\" Okafor",
    account: "333344445555",
    external_id: "news-chi-0b9d77",
};
/// Has made the role, with another external id than the roster's.
pub const OTHER_WORD: Row = Row {
    name: "Dee, Sam",
    account: "444455556666",
    external_id: "news-dee-5e5e5e",
};
/// Has made no role.
pub const NO_ROLE: Row = Row {
    name: "Eve Moss",
    account: "555566667777",
    external_id: "news-eve-3c1f00",
};
pub const ALL: [&Row; 5] = [&DONE, &PUBLIC, &EMPTY, &OTHER_WORD, &NO_ROLE];

/// The folder that the instructor works in, with their own keys, which allow to assume roles of this name and nothing else.
pub fn instructor(emulator: &Emulator) -> Learner<'_> {
    let mut instructor = Learner::of(emulator, ACCOUNT, Domain::None, &emulator.control);
    // Nobody's endpoint: each student has a balancer of their own.
    fs::write(instructor.path("app/landfall.toml"), "has_domain = false\n").unwrap();
    instructor.identity = instructor.acting_as(Identity::Root, |root| {
        keys_in(&root.must(
            "aws iam create-user --user-name instructor >/dev/null\n\
             aws iam put-user-policy --user-name instructor --policy-name class --policy-document \
             '{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\
             \"Resource\":\"arn:aws:iam::*:role/course-verifier\"}]}'\n\
             aws iam create-access-key --user-name instructor --output text \
             --query 'AccessKey.[AccessKeyId,SecretAccessKey]'",
        ))
    });
    let rows = ALL.map(|row| {
        let name = row.name.replace('"', "\"\"");
        format!("\"{name}\",{},{},A\r\n", row.account, row.external_id)
    });
    let roster = format!("student,account,external id,section\r\n{}", rows.concat());
    fs::write(instructor.path("app/roster.csv"), roster).unwrap();
    instructor
}

/// A student with an empty account.
pub fn student<'a>(emulator: &'a Emulator, row: &Row) -> Learner<'a> {
    let endpoint = format!("{}/{}", emulator.control, row.account);
    let student = Learner::of(emulator, row.account, Domain::None, &endpoint);
    symlink(env!("CARGO_BIN_EXE_landfall"), student.path("bin/landfall")).unwrap();
    student
}

/// A student who has done every step of the chapter.
pub fn finished<'a>(emulator: &'a Emulator, row: &Row) -> Learner<'a> {
    let mut student = student(emulator, row);
    student.identity = student.guest();
    for step in STEPS.into_iter().chain(AFTERWARDS) {
        chapter::perform(&mut student, step, Shape::Manifest);
    }
    let all = student.landfall(&["verify", "--format", "json"]).json();
    assert_eq!(all["totals"]["failed"], 0, "{all:#}");
    student
}

/// How a student makes the role: `landfall policy` prints both ways.
#[derive(Debug, Clone, Copy)]
pub enum Way {
    Stack,
    Commands,
}

/// The student runs what `landfall policy --instructor` prints for them, line by line as it is printed.
pub fn make_role(student: &mut Learner<'_>, external_id: &str, way: Way) {
    let printed = student.landfall(&[
        "policy",
        "--instructor",
        INSTRUCTOR,
        "--external-id",
        external_id,
    ]);
    assert_eq!(printed.code, 0, "{}", printed.stderr);
    let (before, after) = printed
        .stdout
        .split_once("Or without CloudFormation:")
        .expect("both ways are printed");
    let part = match way {
        Way::Stack => before.split_once("To make it:").unwrap().1,
        Way::Commands => after,
    };
    let commands: String = part
        .lines()
        .filter(|line| line.starts_with("  "))
        .map(|line| format!("{}\n", &line[2..]))
        .collect();
    assert!(commands.contains("landfall policy"), "{commands}");
    student.acting_as(Identity::Root, |root| root.must(&commands));
}

/// `class verify` of the instructor's roster, as JSON on stdout.
pub fn class_verify(instructor: &Learner<'_>) -> (Answer, Value) {
    let answer = instructor.landfall(&["class", "verify", "roster.csv", "--format", "json"]);
    let report = answer.json();
    (answer, report)
}

/// A student's row of a report.
pub fn row<'a>(report: &'a Value, name: &str) -> &'a Value {
    let students = report["students"].as_array().unwrap();
    students
        .iter()
        .find(|student| student["name"] == name)
        .unwrap_or_else(|| panic!("{name} is not in {report:#}"))
}

/// Every finding of a row.
pub fn findings(row: &Value) -> Vec<&Value> {
    let steps = row["findings"].as_array().unwrap();
    steps
        .iter()
        .flat_map(|step| step["findings"].as_array().unwrap())
        .collect()
}

pub fn finding<'a>(row: &'a Value, check: &str) -> &'a Value {
    findings(row)
        .into_iter()
        .find(|one| one["id"] == check)
        .unwrap_or_else(|| panic!("{check} is not among {:#}", row["findings"]))
}

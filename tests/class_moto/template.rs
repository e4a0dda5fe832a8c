//! The template of the role, held against CloudFormation's own schemas and rules by AWS's linter.

use super::emulator::repository;
use super::python;
use serde_json::Value;
use std::fs;
use std::process::Command;
use tempfile::TempDir;

/// In characters, white space not counted: all inline policies of one role together (IAM quotas, 2026-11).
const LONGEST_OF_A_ROLE: usize = 10_240;

#[test]
#[ignore = "needs Python, and the network once"]
fn cloudformation_has_nothing_to_say_against_the_templates() {
    let lint = python::environment(
        "cfn-lint",
        &repository().join("tests/moto/cfn-lint-requirements.txt"),
    )
    .join("bin/cfn-lint");
    let folder = TempDir::new().unwrap();
    let role = "arn:aws:iam::123456789012:role/course/instructor";
    let account = "arn:aws-cn:iam::123456789012:root";
    for (number, line) in [
        &["--instructor", role, "--external-id", "news-ann-7f3a9c"][..],
        &["--instructor", account],
        &[],
    ]
    .iter()
    .enumerate()
    {
        let output = Command::new(env!("CARGO_BIN_EXE_landfall"))
            .args(["policy", "--format", "cloudformation"])
            .args(*line)
            .env_clear()
            .env("LANDFALL_HOME", folder.path().join("home"))
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{line:?}");
        let file = folder.path().join(format!("{number}.template"));
        fs::write(&file, &output.stdout).unwrap();
        let checked = Command::new(&lint).arg(&file).output().unwrap();
        let said = String::from_utf8_lossy(&checked.stdout);
        assert!(checked.status.success(), "{line:?}: {said}");
        assert_eq!(said.trim(), "", "{line:?}");
        fits_into_a_role(&serde_json::from_slice(&output.stdout).unwrap());
    }
    let broken = folder.path().join("broken.template");
    let text = fs::read_to_string(folder.path().join("1.template")).unwrap();
    fs::write(&broken, text.replace("MaxSessionDuration", "MaxSession")).unwrap();
    let checked = Command::new(&lint).arg(&broken).output().unwrap();
    assert!(!checked.status.success(), "a broken one is noticed");
}

fn fits_into_a_role(template: &Value) {
    let role = &template["Resources"]["CourseVerifier"]["Properties"];
    for policy in role["Policies"].as_array().into_iter().flatten() {
        let text = policy["PolicyDocument"].to_string();
        let length = text
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .count();
        assert!(length <= LONGEST_OF_A_ROLE, "{length} characters");
    }
}

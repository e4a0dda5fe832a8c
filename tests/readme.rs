//! The README says what the program does: its sample is what is printed, its settings are read, its commands exist.

#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use clap::CommandFactory;
use landfall::cli::Cli;
use std::process::Command;

const README: &str = include_str!("../README.md");

/// The text of the first block with this language that holds `mark`.
fn block(language: &str, mark: &str) -> &'static str {
    README
        .split(&format!("```{language}\n"))
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next())
        .find(|text| text.contains(mark))
        .unwrap_or_else(|| panic!("no {language} block with {mark} in the README"))
}

#[test]
fn the_sample_is_what_the_program_prints() {
    let home = tempfile::tempdir().unwrap();
    let sample = block("text", "$ landfall practice break");
    let mut commands: Vec<&str> = Vec::new();
    let mut expected = String::new();
    for line in sample.lines() {
        match line.strip_prefix("$ landfall ") {
            Some(command) => commands.push(command),
            None => expected.push_str(&format!("{line}\n")),
        }
    }
    let mut printed = String::new();
    for command in commands {
        let output = Command::new(env!("CARGO_BIN_EXE_landfall"))
            .args(command.split(' '))
            .current_dir(home.path())
            .env("LANDFALL_HOME", home.path().join("landfall"))
            .env_remove("LANDFALL_ACCOUNT")
            .env("COLUMNS", "100")
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        printed = String::from_utf8(output.stdout).unwrap();
    }
    assert_eq!(printed.trim_end(), expected.trim_end());
}

#[test]
fn the_settings_are_those_that_are_read() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(
        home.path().join("landfall.toml"),
        block("toml", "has_domain"),
    )
    .unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_landfall"))
        .args(["--account", "practice", "verify", "root-account"])
        .current_dir(home.path())
        .env("LANDFALL_HOME", home.path().join("landfall"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_ne!(output.status.code(), Some(5), "{said}");
    let keys = block("toml", "has_domain").matches(" = ").count();
    assert!(keys > 30, "every key is listed");
}

#[test]
fn every_command_is_in_the_table_and_no_other() {
    let mut listed: Vec<&str> = README
        .lines()
        .filter_map(|line| line.strip_prefix("| `landfall "))
        .filter_map(|line| line.split(['`', ' ']).next())
        .collect();
    listed.dedup();
    let cli = Cli::command();
    let commands: Vec<&str> = cli.get_subcommands().map(clap::Command::get_name).collect();
    assert_eq!(listed, commands);
}

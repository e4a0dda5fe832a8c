use super::*;
use crate::account::{Comparison, Tracked};
use serde_json::json;
use std::fs;
use tempfile::TempDir;

const DEFINITION: &str = r#"{"family": "news-api-task", "runtimePlatform": {"cpuArchitecture": "ARM64"},
 "containerDefinitions": [{"name": "api", "image": "<IMAGE>", "environment": [{"name": "STAGE", "value": "s3cr3t"}]}]}"#;

fn folder_with(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

async fn found_in(folder: &Path) -> Fact<FoundDefinition> {
    find_definition(&Folder::at(folder), "task-definition.json", "news-api-task").await
}

async fn facts_in(files: &[(&str, &str)]) -> DefinitionFile {
    let folder = folder_with(files);
    match found_in(folder.path()).await {
        Fact::Present(found) => found.facts,
        Fact::Absent => panic!("absent"),
        Fact::Unknown(why) => panic!("{why:?}"),
    }
}

#[tokio::test]
async fn a_file_at_the_root_is_read_and_its_values_are_not_in_the_facts() {
    let facts = facts_in(&[("task-definition.json", DEFINITION)]).await;
    assert_eq!(facts.path, "task-definition.json");
    assert_eq!(facts.readable, FileState::Parsed);
    assert_eq!(facts.architecture, Some(Architecture::Arm64));
    assert_eq!(facts.placeholders, ["containerDefinitions.api.image"]);
    assert!(!facts.wrapped);
    assert_eq!(facts.tracked, Fact::Absent);
    assert!(!serde_json::to_string(&facts).unwrap().contains("s3cr3t"));
}

#[tokio::test]
async fn the_root_is_where_landfall_toml_lies_and_its_path_is_relative_to_it() {
    let folder = folder_with(&[
        ("landfall.toml", ""),
        ("deploy/task.json", DEFINITION),
        ("src/deep/x", ""),
    ]);
    let here = Folder::at(&folder.path().join("src/deep"));
    let Fact::Present(found) = find_definition(&here, "deploy/task.json", "news-api-task").await
    else {
        panic!("not found")
    };
    assert_eq!(
        found.facts.path,
        "deploy/task.json".replace('/', std::path::MAIN_SEPARATOR_STR)
    );
}

#[tokio::test]
async fn no_file_is_absent_and_a_folder_of_that_name_is_no_file() {
    let empty = folder_with(&[("task-definition.json/other", "")]);
    assert!(matches!(found_in(empty.path()).await, Fact::Absent));
}

#[tokio::test]
async fn what_is_not_json_is_told_by_line_and_column_only() {
    let facts = facts_in(&[("task-definition.json", "{\n  \"family\": s3cr3t\n}")]).await;
    assert_eq!(
        facts.readable,
        FileState::NotJson {
            line: 2,
            column: 13,
            looks_like: JsonTrouble::Other,
        }
    );
    assert!(!serde_json::to_string(&facts).unwrap().contains("s3cr3t"));
}

#[tokio::test]
async fn what_commonly_makes_it_no_json_is_named() {
    for (text, expected) in [
        ("", JsonTrouble::Empty),
        (" \n\t", JsonTrouble::Empty),
        (
            "{\n  // the app\n  \"family\": \"x\"\n}",
            JsonTrouble::Comment,
        ),
        ("{\"family\": \"x\" # the app\n}", JsonTrouble::Comment),
        (
            "{\"family\": \"x\", /* the app */ \"cpu\": \"256\"}",
            JsonTrouble::Comment,
        ),
        ("{\"family\": \"x\",\n}", JsonTrouble::TrailingComma),
        ("[1, 2,]", JsonTrouble::TrailingComma),
        ("{\"family\": \"x\"", JsonTrouble::Other),
        ("family: x", JsonTrouble::Other),
    ] {
        let facts = facts_in(&[("task-definition.json", text)]).await;
        let FileState::NotJson { looks_like, .. } = facts.readable else {
            panic!("{text} is JSON")
        };
        assert_eq!(looks_like, expected, "{text}");
    }
}

#[tokio::test]
async fn a_file_that_powershell_wrote_is_read_and_told_from_others() {
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain(DEFINITION.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let folder = folder_with(&[]);
    let path = folder.path().join("task-definition.json");
    for (bytes, encoding) in [
        (DEFINITION.as_bytes().to_vec(), Encoding::Utf8),
        (
            format!("\u{feff}{DEFINITION}").into_bytes(),
            Encoding::Utf8WithMark,
        ),
        (utf16.clone(), Encoding::Utf16),
    ] {
        fs::write(&path, bytes).unwrap();
        let Fact::Present(found) = found_in(folder.path()).await else {
            panic!("not read")
        };
        assert_eq!(found.facts.readable, FileState::Parsed);
        assert_eq!(found.facts.encoding, encoding);
    }
    for bytes in [
        &utf16[..utf16.len() - 1],
        &[0xFF, 0xFE, 0x00, 0xD8][..],
        &[0x80][..],
    ] {
        fs::write(&path, bytes).unwrap();
        assert!(matches!(found_in(folder.path()).await, Fact::Unknown(_)));
    }
}

#[tokio::test]
async fn what_aws_would_refuse_is_noted() {
    let text = r#"{"family": "news-api-task", "revision": 3, "deleteRequestedAt": 1, "status": "ACTIVE", "containerDefinitions":
        [{"name": "api", "environment": [{"name": "A", "value": "s3cr3t"}, {"name": "B", "value": ""}], "secrets": [{"name": "A", "valueFrom": "/a"}]},
         {"name": "proxy", "secrets": [{"name": "B", "valueFrom": "/b"}]}]}"#;
    let facts = facts_in(&[("task-definition.json", text)]).await;
    assert_eq!(
        facts.added_by_aws,
        ["revision", "status", "deleteRequestedAt"]
    );
    assert_eq!(facts.twice, ["api.A"]);
    assert!(!serde_json::to_string(&facts).unwrap().contains("s3cr3t"));
}

#[tokio::test]
async fn of_several_files_of_the_family_none_is_taken_and_all_are_named() {
    let folder = folder_with(&[
        ("a/task-definition.json", DEFINITION),
        ("b/task-definition.json", DEFINITION),
        (
            "c/task-definition.json",
            &DEFINITION.replace("news-api-task", "other"),
        ),
    ]);
    init(&folder);
    let Fact::Present(found) = found_in(folder.path()).await else {
        panic!("not found")
    };
    let paths = ["a/task-definition.json", "b/task-definition.json"].map(str::to_owned);
    let FileState::Several(named) = found.facts.readable else {
        panic!("{:?}", found.facts.readable)
    };
    assert_eq!(
        named
            .iter()
            .map(|path| path.replace('\\', "/"))
            .collect::<Vec<_>>(),
        paths
    );
}

#[tokio::test]
async fn a_file_at_the_root_wins_over_others_in_the_repository() {
    let folder = folder_with(&[
        ("task-definition.json", DEFINITION),
        ("b/task-definition.json", DEFINITION),
    ]);
    init(&folder);
    let Fact::Present(found) = found_in(folder.path()).await else {
        panic!("not found")
    };
    assert_eq!(found.facts.path, "task-definition.json");
}

fn init(folder: &TempDir) {
    let git = std::process::Command::new("git")
        .args(["init", "-q"])
        .current_dir(folder.path())
        .status();
    assert!(git.unwrap().success());
}

#[tokio::test]
async fn json_of_another_kind_is_no_definition() {
    for text in [
        "[]",
        "{}",
        "{\"taskDefinition\": {}}",
        "null",
        "{\"containerDefinitions\": 1}",
    ] {
        let facts = facts_in(&[("task-definition.json", text)]).await;
        assert_eq!(facts.readable, FileState::NotADefinition, "{text}");
    }
}

#[tokio::test]
async fn a_byte_order_mark_and_the_consoles_wrapping_do_not_matter() {
    let text = format!("\u{feff}{{\"taskDefinition\": {DEFINITION}}}");
    let facts = facts_in(&[("task-definition.json", &text)]).await;
    assert_eq!(facts.readable, FileState::Parsed);
    assert!(facts.wrapped);
    assert_eq!(facts.placeholders, ["containerDefinitions.api.image"]);
}

#[tokio::test]
async fn an_enormous_file_cannot_be_told() {
    let folder = folder_with(&[("task-definition.json", &" ".repeat(300 * 1024))]);
    let Fact::Unknown(Why::Other { say }) = found_in(folder.path()).await else {
        panic!("read")
    };
    assert!(say.contains("larger than 256 KiB"), "{say}");
}

#[tokio::test]
async fn elsewhere_in_the_repository_the_one_of_the_family_is_taken() {
    let other = DEFINITION.replace("news-api-task", "other");
    let folder = folder_with(&[
        ("a/task-definition.json", &other),
        ("b/c/task-definition.json", DEFINITION),
    ]);
    init(&folder);
    let Fact::Present(mut found) = found_in(folder.path()).await else {
        panic!("not found")
    };
    assert_eq!(
        found.facts.path.replace('\\', "/"),
        "b/c/task-definition.json"
    );
    assert_eq!(found.facts.tracked, Fact::Present(Tracked::Untracked));
    let arn =
        RevisionArn::from("arn:aws:ecs:us-east-1:123456789012:task-definition/news-api-task:1");
    let mut registered: Value = serde_json::from_str(DEFINITION).unwrap();
    registered["revision"] = json!(1);
    found.compare(&arn, &registered);
    assert_eq!(found.facts.compared[&arn], Comparison::Equal);
    assert_eq!(
        found.same("api", Listed::Environment, "STAGE", "s3cr3t"),
        Some(true)
    );
}

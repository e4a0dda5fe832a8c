use super::*;
use std::fs;
use tempfile::TempDir;

/// A repository with one commit, `task-definition.json` in it.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "-q"]);
    fs::write(folder.path().join("task-definition.json"), "{}").unwrap();
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-q", "-m", "Begin"]);
    folder
}

fn git(folder: &Path, args: &[&str]) -> String {
    let output = std::process::Command::new("git")
        .args([
            "-c",
            "user.name=T",
            "-c",
            "user.email=t@example.com",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{args:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[tokio::test]
async fn a_tag_is_known_when_it_is_a_commit_here_in_full_or_shortened() {
    let folder = repository();
    let head = git(folder.path(), &["rev-parse", "HEAD"]);
    let tree = git(folder.path(), &["rev-parse", "HEAD^{tree}"]);
    let short = head[..8].to_owned();
    let stranger = "0123456789abcdef0123456789abcdef01234567".to_owned();
    let tags = [
        head.clone(),
        short.clone(),
        stranger.clone(),
        tree.clone(),
        "v1.0.0".into(),
        "latest".into(),
        "--help".into(),
    ];
    let Fact::Present(found) = look(folder.path(), &tags).await else {
        panic!("no repository")
    };
    assert_eq!(found.head.as_deref(), Some(head.as_str()));
    let expected = BTreeMap::from([
        (head, true),
        (short, true),
        (stranger, false),
        (tree, false),
    ]);
    assert_eq!(found.known, expected);
}

#[tokio::test]
async fn before_the_first_commit_there_is_no_head() {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "-q"]);
    let Fact::Present(found) = look(folder.path(), &[]).await else {
        panic!("no repository")
    };
    assert_eq!(found.head, None);
}

#[tokio::test]
async fn a_folder_outside_any_repository_has_none() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(look(folder.path(), &[]).await, Fact::Absent);
    let file = folder.path().join("task-definition.json");
    fs::write(&file, "{}").unwrap();
    assert_eq!(tracked(&file).await, Fact::Absent);
    assert!(
        files_named(folder.path(), "task-definition.json")
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn in_a_shallow_clone_an_old_commit_is_not_called_unknown() {
    let folder = repository();
    let first = git(folder.path(), &["rev-parse", "HEAD"]);
    git(
        folder.path(),
        &["commit", "-q", "--allow-empty", "-m", "Go on"],
    );
    let clone = tempfile::tempdir().unwrap();
    let from = format!("file://{}", folder.path().display());
    git(clone.path(), &["clone", "-q", "--depth=1", &from, "."]);
    let Fact::Present(found) = look(clone.path(), &[first]).await else {
        panic!("no repository")
    };
    assert_eq!(found.known, BTreeMap::new());
}

#[tokio::test]
async fn a_file_is_clean_changed_or_untracked_also_when_ignored() {
    let folder = repository();
    let kept = folder.path().join("task-definition.json");
    assert_eq!(tracked(&kept).await, Fact::Present(Tracked::Clean));
    fs::write(&kept, "{ }").unwrap();
    assert_eq!(tracked(&kept).await, Fact::Present(Tracked::Changed));
    let new = folder.path().join("new[1].json");
    fs::write(&new, "{}").unwrap();
    assert_eq!(tracked(&new).await, Fact::Present(Tracked::Untracked));
    fs::write(folder.path().join(".gitignore"), "new*").unwrap();
    assert_eq!(tracked(&new).await, Fact::Present(Tracked::Untracked));
}

#[tokio::test]
async fn looking_writes_nothing_into_the_repository() {
    let folder = repository();
    let kept = folder.path().join("task-definition.json");
    // The same bytes at another time: a plain `git status` would now refresh the index.
    fs::write(&kept, "{}").unwrap();
    let index = folder.path().join(".git/index");
    let before = fs::read(&index).unwrap();
    std::thread::sleep(Duration::from_millis(1100));
    fs::write(&kept, "{}").unwrap();
    assert_eq!(tracked(&kept).await, Fact::Present(Tracked::Clean));
    assert_eq!(fs::read(&index).unwrap(), before);
}

#[tokio::test]
async fn files_are_found_by_name_the_shallowest_first_and_ignored_ones_are_not() {
    let folder = repository();
    for path in [
        "deploy/prod/task-definition.json",
        "deploy/task-definition.json",
        "out/task-definition.json",
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "{}").unwrap();
    }
    fs::write(folder.path().join(".gitignore"), "out/").unwrap();
    let inside = folder.path().join("deploy");
    let found = files_named(&inside, "task-definition.json").await;
    let top = fs::canonicalize(folder.path()).unwrap();
    let relative: Vec<_> = found
        .iter()
        .map(|path| {
            fs::canonicalize(path)
                .unwrap()
                .strip_prefix(&top)
                .unwrap()
                .to_owned()
        })
        .collect();
    let expected = [
        "task-definition.json",
        "deploy/task-definition.json",
        "deploy/prod/task-definition.json",
    ];
    assert_eq!(relative, expected.map(PathBuf::from));
}

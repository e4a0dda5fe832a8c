//! Who may use whom, held against the source text. A failure names the offending line.
//!
//! The rooms are described in ARCHITECTURE.md: content and evidence come together in the checks, which judge and do
//! nothing else; only the shell around them speaks to AWS, the clock, the disk and the terminal.

#[path = "architecture/source.rs"]
mod source;

use source::{Mention, SourceFile, files_under, name_of, product_code, read};
use std::sync::OnceLock;

/// What a room may use of the others.
const ARROWS: &[(&str, &[&str])] = &[
    ("account", &[]),
    // `Chapter`, the names and numbers that a course states, is plain data of the account room.
    ("course", &["account"]),
    ("checks", &["account", "course"]),
    ("aws", &["account"]),
    ("workplace", &["account"]),
    ("practice", &["account"]),
    // A record holds the verdict that was found, and the ids of the course.
    ("progress", &["account", "checks", "course"]),
    (
        "guide",
        &["account", "checks", "course", "progress", "quiz"],
    ),
    ("quiz", &["account", "checks", "course", "progress"]),
    (
        "report",
        &["account", "checks", "course", "progress", "quiz"],
    ),
    // A learner's evidence as a file; what a class's evidence comes to.
    ("bundle", &["account", "checks", "course", "progress"]),
    (
        "class",
        &[
            "account", "bundle", "checks", "course", "progress", "quiz", "report",
        ],
    ),
    ("term", &["account", "checks", "course", "report"]),
    ("cli", &["term"]),
];

/// Rooms that compute and return values: nothing of the world around them.
const PURE: &[&str] = &[
    "account", "bundle", "checks", "class", "course", "guide", "quiz", "report",
];

/// What is not in a pure room, and in whose hands it is instead.
const WORLD: &[(&str, &str)] = &[
    ("std::fs", "app and workplace read files"),
    ("std::env", "app and term look at the environment"),
    ("std::process", "workplace and app start processes"),
    ("std::thread", "app and aws wait"),
    ("std::io::stdin", "term asks"),
    ("std::net::TcpStream", "workplace and aws use the network"),
    ("std::net::UdpSocket", "workplace and aws use the network"),
    ("std::time::Instant", "app reads the clock"),
    ("std::time::SystemTime", "app reads the clock"),
    ("Instant::now", "app reads the clock"),
    ("Timestamp::now", "app reads the clock"),
    ("Zoned::now", "app reads the clock"),
    ("tokio", "workplace and aws wait"),
    ("futures_util", "workplace and aws wait"),
    ("hyper_util", "workplace uses the network"),
    ("hickory_resolver", "workplace uses the network"),
    ("rusqlite", "progress keeps the database"),
    ("directories", "app knows the folders"),
    ("tempfile", "app writes files"),
    ("dialoguer", "term asks"),
    ("console", "term prints"),
    ("indicatif", "term prints"),
    ("ctrlc", "term is interrupted"),
    ("open::that", "app opens the browser"),
];

/// Files that are longer than [`LONGEST`] lines, tests not counted, and why they stay in one piece.
const LONG_FILES: &[(&str, &str)] = &[];

/// Lines of code in one file, its unit tests not counted.
const LONGEST: usize = 400;

#[test]
fn every_room_uses_only_the_rooms_that_its_arrows_lead_to() {
    holds(|file, mention| {
        let (_, allowed) = ARROWS.iter().find(|(room, _)| *room == file.room())?;
        let [root, room, ..] = &mention.path[..] else {
            return None;
        };
        let is_room = room == "app" || room == "cli" || ARROWS.iter().any(|(name, _)| name == room);
        (root == "crate" && is_room && room != file.room() && !allowed.contains(&room.as_str()))
            .then(|| format!("`{}` may not use `{room}`", file.room()))
    });
}

#[test]
fn the_rooms_that_judge_and_tell_know_nothing_of_the_world() {
    holds(|file, mention| {
        if !PURE.contains(&file.room()) {
            return None;
        }
        let path = mention.path.join("::");
        let (found, instead) = WORLD.iter().find(|(what, _)| {
            path == *what && what.contains("::")
                || path.starts_with(&format!("{what}::"))
                || path.ends_with(&format!("::{what}"))
        })?;
        Some(format!("`{found}` in `{}`: {instead}", file.room()))
    });
}

#[test]
fn only_one_room_speaks_to_aws() {
    holds(|file, mention| {
        let [first, _, ..] = &mention.path[..] else {
            return None;
        };
        (first.starts_with("aws_") && file.room() != "aws")
            .then(|| format!("`{first}` belongs in src/aws"))
    });
}

#[test]
fn only_the_terminal_room_prints() {
    const PRINTS: [&str; 7] = [
        "print!",
        "println!",
        "eprint!",
        "eprintln!",
        "dbg!",
        "stdout",
        "stderr",
    ];
    holds(|file, mention| {
        let last = mention.path.last()?.as_str();
        // `output.stdout` is what a process said; `io::stdout` is the terminal.
        let is_stream = !last.ends_with('!');
        let prints = PRINTS.contains(&last) && (!is_stream || mention.path.len() > 1);
        (prints && file.room() != "term").then(|| format!("`{last}` belongs in src/term"))
    });
}

#[test]
fn the_process_ends_in_main_or_at_ctrl_c() {
    holds(|file, mention| {
        let path = mention.path.join("::");
        let ends = path.ends_with("process::exit") || path.ends_with("process::abort");
        let allowed = ["src/main.rs", "src/term/interrupt.rs"].contains(&file.name.as_str());
        (ends && !allowed).then(|| "return an exit code instead: drops must run".to_owned())
    });
}

#[test]
fn a_file_is_about_one_thing_and_short() {
    let mut long: Vec<String> = Vec::new();
    for file in product_code() {
        let lines = file.code.lines().count();
        let excused = LONG_FILES.iter().any(|(name, _)| *name == file.name);
        if lines > LONGEST && !excused {
            long.push(format!("{}: {lines} lines", file.name));
        }
        if lines <= LONGEST && excused {
            long.push(format!("{}: no exception needed any more", file.name));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn no_file_names_a_machine_that_it_was_made_on() {
    let mut named = Vec::new();
    for folder in ["src", "tests", "lessons", "quizzes", ".github"] {
        for path in files_under(
            folder,
            &["rs", "md", "toml", "py", "yml", "snap", "txt", "lock"],
        ) {
            let name = name_of(&path);
            if name == "tests/architecture.rs" {
                continue;
            }
            for (number, line) in read(&path).lines().enumerate() {
                let homes = [concat!("/", "root/"), "/home/", "/Users/", "C:\\Users\\"];
                if homes.iter().any(|home| line.contains(home)) {
                    named.push(format!("{name}:{}: {line}", number + 1));
                }
            }
        }
    }
    assert!(
        named.is_empty(),
        "a path of one machine:\n{}",
        named.join("\n")
    );
}

#[test]
fn the_test_sees_what_it_should_forbid() {
    let file = SourceFile {
        name: "src/checks/rds/port.rs".to_owned(),
        code: "use super::super::super::aws::{calls::ALL, read::{Reader, Answer}};\nprintln!(\"{}\", std::fs::read(x));\n"
            .to_owned(),
    };
    let paths: Vec<String> = file
        .mentions()
        .iter()
        .map(|mention| format!("{} {}", mention.line, mention.path.join("::")))
        .collect();
    for expected in [
        "1 crate::aws::calls::ALL",
        "1 crate::aws::read::Reader",
        "1 crate::aws::read::Answer",
        "2 println!",
        "2 std::fs::read",
    ] {
        assert!(
            paths.contains(&expected.to_owned()),
            "{expected} is not in {paths:?}"
        );
    }
    assert_eq!(file.room(), "checks");
    assert!(product_code().len() > 100, "the source is found");
}

/// Stops with every line for which `judge` has a complaint.
fn holds(judge: impl Fn(&SourceFile, &Mention) -> Option<String>) {
    static READ: OnceLock<Vec<(SourceFile, Vec<Mention>)>> = OnceLock::new();
    let read = READ.get_or_init(|| {
        let with_mentions = |file: SourceFile| {
            let mentions = file.mentions();
            (file, mentions)
        };
        product_code().into_iter().map(with_mentions).collect()
    });
    let mut complaints = Vec::new();
    for (file, mentions) in read {
        for mention in mentions {
            if let Some(complaint) = judge(file, mention) {
                complaints.push(format!("{}:{}: {complaint}", file.name, mention.line));
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

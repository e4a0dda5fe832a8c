//! The real binary at a real terminal, and without one.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod pty;

use std::path::Path;

use pty::{CTRL_C, DOWN, ENTER, Terminal, flat, home, piped};

#[test]
fn the_first_screen_says_what_this_is_and_offers_the_practice_account() {
    let home = home();
    let mut terminal = Terminal::open(home.path(), (24, 80), &[], &[]);
    terminal.wait_for("Which account do you want to work with?");
    terminal.wait_for("> The practice account");
    assert!(terminal.shows("Welcome to Landfall") && terminal.shows("I only ever read"));
    terminal.press(CTRL_C);
    let (status, ..) = terminal.end();
    assert_eq!(status.exit_code(), 130);
}

#[test]
fn a_step_can_be_checked_with_the_arrow_keys() {
    let home = home();
    let mut terminal = Terminal::open(home.path(), (50, 80), &[], &[]);
    terminal.wait_for("> The practice account");
    terminal.press(ENTER);
    terminal.wait_for("Do you have a domain");
    terminal.press(DOWN);
    terminal.wait_for("> No: plain HTTP");
    terminal.press(ENTER);
    terminal.wait_for("Enter: on to the step");
    terminal.press(ENTER);
    terminal.wait_for("root-account.mfa: what now?");
    terminal.wait_for("> Check again");
    terminal.press(ENTER);
    terminal.wait_for("· not yet Root signs in with a second factor");
    terminal.wait_for("Follow the step, then check again.");
    terminal.press(DOWN);
    terminal.wait_for("> Do this step for me");
    terminal.press(ENTER);
    terminal.wait_for("This step is done.");
    terminal.wait_for("> Next: Make sure root has no access keys");
    terminal.press(CTRL_C);
    let (status, ..) = terminal.end();
    assert_eq!(status.exit_code(), 130);
}

#[test]
fn ctrl_c_in_a_menu_brings_the_cursor_back() {
    let home = home();
    let mut terminal = Terminal::open(home.path(), (24, 80), &[], &[]);
    terminal.wait_for("> The practice account");
    assert!(
        terminal.screen().screen().hide_cursor(),
        "the menu hides the cursor, otherwise this test shows nothing"
    );
    terminal.press(CTRL_C);
    let (status, screen, _) = terminal.end();
    assert_eq!(status.exit_code(), 130);
    assert!(!screen.screen().hide_cursor(), "the cursor stayed hidden");
}

#[test]
fn esc_at_the_first_question_leaves_and_changes_nothing() {
    let home = home();
    let mut terminal = Terminal::open(home.path(), (24, 80), &[], &[]);
    terminal.wait_for("> The practice account");
    terminal.press("\u{1b}");
    let (status, screen, _) = terminal.end();
    assert_eq!(status.exit_code(), 0);
    assert!(flat(&screen.screen().contents()).contains("Nothing was changed"));
    assert!(!screen.screen().hide_cursor());
}

#[test]
fn the_walk_goes_on_where_it_stopped() {
    let home = home();
    let line = ["--account", "practice", "guide", "rds.inbound"];
    let no_domain = ["1", ENTER].concat();
    let mut terminal = Terminal::open(home.path(), (24, 80), &line, &[("ACCESSIBLE", "1")]);
    terminal.wait_for("Do you have a domain");
    terminal.press(&no_domain);
    terminal.wait_for("Which name will the API have?");
    terminal.press(ENTER);
    terminal.wait_for("rds.inbound: what now?");
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().0.exit_code(), 130);
    let mut terminal = Terminal::open(home.path(), (24, 80), &line[..2], &[]);
    terminal.wait_for("rds.inbound: what now?");
    terminal.press(CTRL_C);
    terminal.end();
}

#[test]
fn plain_repaints_nothing_and_numbers_every_choice() {
    let home = home();
    let line = ["--plain", "--color", "never"];
    let mut terminal = Terminal::open(home.path(), (24, 80), &line, &[]);
    terminal.wait_for("1. My own AWS account, read-only");
    terminal.wait_for("Number [2]:");
    terminal.press(&["2", ENTER].concat());
    terminal.wait_for("Do you have a domain");
    terminal.press(CTRL_C);
    let (status, _, raw) = terminal.end();
    assert_eq!(status.exit_code(), 130);
    // The handler shows the cursor again; nothing else is a control sequence.
    assert!(
        !raw.replace("\u{1b}[?25h", "").contains('\u{1b}'),
        "{raw:?}"
    );
}

#[test]
fn no_color_leaves_no_colour() {
    let home = home();
    let mut terminal = Terminal::open(home.path(), (24, 80), &[], &[("NO_COLOR", "1")]);
    terminal.wait_for("> The practice account");
    terminal.press(CTRL_C);
    let (_, _, raw) = terminal.end();
    let coloured = raw.split("\u{1b}[").skip(1).any(|after| {
        after
            .find(|c: char| c.is_ascii_alphabetic())
            .is_some_and(|at| after[at..].starts_with('m'))
    });
    assert!(!coloured, "{raw:?}");
}

#[test]
fn another_profile_of_the_aws_configuration_can_be_chosen() {
    let home = home();
    let folder = home.path().join(".aws");
    std::fs::create_dir(&folder).unwrap();
    let profile = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = none\nregion = eu-west-1\n";
    std::fs::write(
        folder.join("config"),
        format!("[default]\nregion = eu-west-1\n[profile classroom]\n{profile}"),
    )
    .unwrap();
    // A port where nobody listens: what is looked at cannot be read, and that is said.
    let vars = [("AWS_ENDPOINT_URL", "http://127.0.0.1:9")];
    let line = [
        "--plain",
        "--account",
        "aws",
        "guide",
        "root-account.no-keys",
    ];
    let mut terminal = Terminal::open(home.path(), (60, 80), &line, &vars);
    terminal.wait_for("Which AWS region do you work in? [eu-west-1]:");
    terminal.press(ENTER);
    terminal.wait_for("Do you have a domain");
    terminal.press(&["no", ENTER].concat());
    terminal.wait_for("root-account.no-keys: what now?");
    assert!(terminal.shows("eu-west-1") && terminal.shows("? cannot tell"));
    terminal.press(&["profile", ENTER].concat());
    terminal.wait_for("Which profile? 1. classroom 2. default");
    terminal.press(&["1", ENTER].concat());
    terminal.wait_for("AWS cannot be reached");
    terminal.press(&["quit", ENTER].concat());
    let (status, screen, _) = terminal.end();
    assert_eq!(status.exit_code(), 0);
    let text = flat(&screen.screen().contents());
    assert!(text.contains("Your place is kept"), "{text}");
    assert!(
        !text.contains("✘ wrong") && !text.contains("✔ ok"),
        "{text}"
    );
}

#[test]
fn at_40_columns_prose_is_not_cut() {
    let home = home();
    let mut terminal = Terminal::open(home.path(), (60, 40), &[], &[]);
    terminal.wait_for("> The practice account");
    let screen = terminal.screen();
    let wrapped_by_terminal = (0..60)
        .filter(|row| screen.screen().row_wrapped(*row))
        .count();
    assert_eq!(wrapped_by_terminal, 0, "{}", screen.screen().contents());
    terminal.press(CTRL_C);
    terminal.end();
}

#[test]
fn a_pipe_gets_no_escape_sequence_and_nothing_is_asked() {
    let home = home();
    for line in [
        &["tour"][..],
        &["--account", "practice", "guide", "rds.instance"],
        &["--account", "practice", "verify"],
    ] {
        let output = piped(home.path(), line);
        for stream in [&output.stdout, &output.stderr] {
            assert!(!stream.contains(&0x1b), "{line:?}");
        }
        assert!(!output.stdout.is_empty(), "{line:?}");
    }
}

#[test]
fn what_to_do_first_stands_at_the_end_of_a_whole_look() {
    let home = home();
    for line in [
        &["practice", "apply", "--all"][..],
        &["practice", "break", "database-public"],
    ] {
        let output = piped(home.path(), line);
        assert!(output.status.success(), "{line:?}: {output:?}");
    }
    let output = piped(home.path(), &["--account", "practice", "verify"]);
    let text = String::from_utf8_lossy(&output.stdout);
    let end = &text[text.find("Begin here: ").expect("a root cause")..];
    assert!(end.lines().count() < 24, "it fits on one screen: {end}");
    let said = end.find("Take its public address away.");
    let command = end.find("\n      aws rds modify-db-instance");
    assert!(said.is_some() && said < command, "{end}");
}

#[test]
fn without_a_terminal_the_guide_prints_the_step_and_says_how_to_go_on() {
    let home = home();
    let output = piped(
        home.path(),
        &["--account", "practice", "guide", "rds.instance"],
    );
    let talk = String::from_utf8_lossy(&output.stderr);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success());
    assert!(text.contains("(rds.instance)") && text.contains("aws rds create-db-instance"));
    assert!(flat(&talk).contains("landfall verify rds.instance"));
    assert!(!talk.contains("what now?"));
}

#[test]
fn the_tour_shows_every_step_one_fault_and_one_question() {
    let home = home();
    let output = piped(home.path(), &["tour"]);
    let text = flat(&String::from_utf8_lossy(&output.stdout));
    assert!(
        output.status.success(),
        "{text}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for id in [
        "root-account.mfa",
        "rds.instance",
        "ecs-service.live",
        "teardown.leftovers",
    ] {
        assert!(text.contains(&format!("({id})")), "{id} is missing");
    }
    assert!(text.contains("· not yet -> … in progress -> ✔ ok"));
    assert!(text.contains("✘ wrong") && text.contains("expected") && text.contains("to do"));
    assert!(text.contains("Repaired; the whole chapter again: ✔ ok"));
    assert!(text.contains("The model answer:"));
    // It is thrown away: nothing of it is kept.
    assert!(!home.path().join("landfall").exists());
}

/// The practice account with a database that is being created.
fn creating(home: &Path) {
    let output = piped(home, &["practice", "apply", "rds.instance"]);
    assert!(output.status.success(), "{output:?}");
}

const WATCH: [&str; 5] = ["--account", "practice", "verify", "rds", "--watch"];

#[test]
fn a_watch_repaints_one_line_and_ends_by_itself() {
    let home = home();
    creating(home.path());
    let terminal = Terminal::open(home.path(), (50, 80), &WATCH, &[]);
    terminal.wait_for("RDS: creating, ");
    terminal.wait_for("· RDS: creating, 2 s of usually 5-10 min");
    let (status, screen, raw) = terminal.end();
    let text = screen.screen().contents();
    assert_eq!(status.exit_code(), 4, "{text}");
    let flat = flat(&text);
    assert!(
        flat.contains("✔ ok news-api-db is available. (rds.available)"),
        "{text}"
    );
    assert!(
        flat.contains("Nothing that you asked about is in progress now."),
        "{text}"
    );
    assert_eq!(
        flat.matches("RDS: creating").count(),
        1,
        "what was painted over is gone: {text}"
    );
    assert!(raw.matches("RDS: creating").count() > 2, "{raw:?}");
    assert!(!screen.screen().hide_cursor());
}

#[test]
fn ctrl_c_in_a_watch_says_what_is_still_in_progress() {
    let home = home();
    creating(home.path());
    let mut terminal = Terminal::open(home.path(), (40, 80), &WATCH, &[]);
    terminal.wait_for("RDS: creating, ");
    terminal.press(CTRL_C);
    let (status, screen, _) = terminal.end();
    assert_eq!(status.exit_code(), 130);
    let text = flat(&screen.screen().contents());
    assert!(
        text.contains("Still in progress: RDS: creating, "),
        "{text}"
    );
    assert!(
        text.ends_with("look again with: landfall --account practice verify rds --watch"),
        "{text}"
    );
    assert!(!screen.screen().hide_cursor());
}

#[test]
fn a_plain_watch_only_appends_and_says_nothing_twice() {
    let home = home();
    creating(home.path());
    let line = [&["--plain", "--color", "never"][..], &WATCH].concat();
    let terminal = Terminal::open(home.path(), (60, 40), &line, &[]);
    let (status, _, raw) = terminal.end();
    assert_eq!(status.exit_code(), 4);
    assert!(!raw.contains('\u{1b}'), "{raw:?}");
    let mut seen = raw.replace("\r\n", "\n");
    assert!(!seen.contains('\r'), "nothing is painted over: {raw:?}");
    seen = flat(&seen);
    assert_eq!(seen.matches("RDS: creating").count(), 1, "{raw}");
    // Below that stand commands, which are not wrapped.
    let talk = raw.split("practice account |").next().unwrap();
    for line in talk.lines() {
        assert!(line.trim_end().chars().count() <= 40, "{line:?}");
    }
}

#[test]
fn in_the_guide_w_watches_what_is_in_progress() {
    let home = home();
    creating(home.path());
    let line = ["--plain", "--account", "practice", "guide", "rds.instance"];
    let mut terminal = Terminal::open(home.path(), (60, 80), &line, &[]);
    terminal.wait_for("Do you have a domain");
    terminal.press(&["no", ENTER].concat());
    terminal.wait_for("1. Watch until AWS is done with it");
    terminal.press(&["w", ENTER].concat());
    terminal.wait_for("This step is done.");
    terminal.press(&["quit", ENTER].concat());
    assert_eq!(terminal.end().0.exit_code(), 0);
}

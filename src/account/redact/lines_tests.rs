use super::*;

/// As the log driver records them: one event a line, all at the same time.
fn cleaned(lines: &[&str]) -> Vec<String> {
    log_lines(lines.iter().map(|line| (None, *line)), 30)
        .into_iter()
        .map(|line| line.message)
        .collect()
}

#[track_caller]
fn says_nothing(lines: &[&str]) -> Vec<String> {
    let clean = cleaned(lines);
    let all = clean.join("\n").to_lowercase();
    assert!(!all.contains("hunter"), "{lines:#?}\nbecame\n{clean:#?}");
    assert!(all.contains(LEFT_OUT), "{lines:#?}\nbecame\n{clean:#?}");
    clean
}

#[test]
fn no_line_holds_a_secret_however_it_is_dressed() {
    let key = ["AKIA", "IOSFODNN7HUNTER2"].concat();
    let token = [
        "eyJhbGciOiJIUzI1NiJ9",
        "eyJzdWIiOiJodW50ZXIyIn0",
        "hunter2-sig",
    ]
    .join(".");
    for line in [
        "connecting to postgresql://news:hunter2@db.example.com:5432/news",
        "engine = create_engine('postgresql+asyncpg://news:hunter2@db/news')",
        "postgresql://news:hunt er hunter2@db.example.com/news failed",
        "postgresql://news:hunt\"er'hunter2@db.example.com/news failed",
        "dsn='host=db user=news password=hunter2 dbname=news'",
        "dsn=\"host=db password='hunter2 hunter2' dbname=news\"",
        "PGPASSWORD=hunter2 psql -h db",
        "+ export PGPASSWORD=hunter2",
        "password: hunter2",
        "the password Hunter2Xk9mQ4vT7zR2pL8w was refused",
        "Authorization: Bearer hunter2Hunter2hunter2",
        "{\"headers\": {\"authorization\": \"Basic aHVudGVyOmh1bnRlcjI-hunter2\"}}",
        "X-Api-Key: hunter2",
        "api_key: hunter2",
        "{\"password\": \"hunter2 and hunter2\", \"user\": \"ann\"}",
        "{\"message\": \"{\\\"password\\\": \\\"hunter2 hunter2\\\"}\"}",
        "{\"message\": \"{\\\\\\\"password\\\\\\\": \\\\\\\"hunter2\\\\\\\"}\"}",
        "{'db_password': 'hunter2', 'user': 'ann'}",
        "input_value={'db_password': 'hunter2 hunter2'}, input_type=dict]",
        "Settings(database_password='hunter2 hunter2', debug=True)",
        "Set-Cookie: session=hunter2; csrf=hunter2; Path=/",
        "\"GET /login?user=ann&password=hunter2 HTTP/1.1\" 200",
        "\u{1b}[36mpassword\u{1b}[0m=\u{1b}[35mhunter2\u{1b}[0m",
        "pass\u{200b}word=hunter2",
        "pass\u{0}word=hunter2",
        "sent to ann.hunter@example.com",
        &format!("key {key} was refused"),
        &format!("token {token} has expired"),
        &format!(
            "{{\"k\":\"-----BEGIN RSA {0} KEY-----\\nMIIhunter2\\n-----END RSA {0} KEY-----\"}}",
            "PRIVATE"
        ),
        "AWS_SESSION_TOKEN=IQoJb3JpZ2luX2VjEHUNTER2",
        "secret IQoJb3JpZ2luX2VjEHUNTER2aaaBBBcccDDD111222333444",
    ] {
        says_nothing(&[line]);
        says_nothing(&[&format!("2026-11-26 10:00:00 ERROR app.db: {line}")]);
    }
}

#[test]
fn a_key_over_several_lines_goes_wherever_the_log_is_cut() {
    let begin = format!("-----BEGIN {} KEY-----", "PRIVATE");
    let end = format!("-----END {} KEY-----", "PRIVATE");
    let body: Vec<String> = (0..6)
        .map(|at| format!("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7hunter{at}A="))
        .collect();
    let mut lines = vec!["before the key", &begin];
    lines.extend(body.iter().map(String::as_str));
    lines.extend(["aHUNTERQ==", &end, "after the key"]);
    let whole = says_nothing(&lines);
    assert_eq!(whole, ["before the key", LEFT_OUT, "after the key"]);
    for from in 2..lines.len() - 1 {
        let clean = says_nothing(&lines[from..]);
        assert_eq!(clean, [LEFT_OUT, "after the key"]);
    }
    for to in 2..lines.len() - 2 {
        says_nothing(&lines[..to]);
    }
    // Neither end is there: what is long and encoded goes by its shape.
    says_nothing(&lines[3..6]);
    // It broke off, and the app went on.
    let broken = says_nothing(&[&begin, lines[2], "Traceback (most recent call last):"]);
    assert_eq!(broken[1], "Traceback (most recent call last):");
    // As one event of many lines, and behind what a logger writes before each.
    says_nothing(&[&lines.join("\n")]);
    let logged: Vec<String> = lines.iter().map(|line| format!("ERROR {line}")).collect();
    let logged: Vec<&str> = logged.iter().map(String::as_str).collect();
    says_nothing(&logged[2..]);
}

#[test]
fn what_a_line_announces_is_left_out_of_the_next() {
    let clean = says_nothing(&["\"password\":", "  \"hunter2\",", "\"user\": \"ann\""]);
    assert_eq!(clean[2], "\"user\": \"ann\"");
    says_nothing(&["password = 'hunter2", "hunter2'", "the rest"]);
    // A quote that is never closed does not swallow the log.
    let open = cleaned(&["token: 'a", "one", "two", "three", "four", "five"]);
    assert!(open.ends_with(&["five".to_owned()]), "{open:?}");
}

#[test]
fn what_explains_a_crash_stays_word_for_word() {
    let lines = [
        "Traceback (most recent call last):",
        "  File \"/usr/local/lib/python3.12/site-packages/sqlalchemy/engine/base.py\", line 145, in __init__",
        "    self._dbapi_connection = engine.raw_connection()",
        "sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection to server at \"news-db.abc123.us-east-1.rds.amazonaws.com\" (10.0.1.7), port 5432 failed: FATAL:  no pg_hba.conf entry for host \"10.0.2.9\", user \"news\", database \"news\", no encryption",
        "FATAL:  password authentication failed for user \"news\"",
        "asyncpg.exceptions.InvalidPasswordError: password authentication failed for user \"news\"",
        "FATAL:  database \"news\" does not exist",
        "psycopg2.OperationalError: could not translate host name \"db\" to address: Name or service not known",
        "socket.gaierror: [Errno -2] Name or service not known",
        "redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.",
        "exec /usr/local/bin/uvicorn: exec format error",
        "KeyError: 'DATABASE_PASSWORD'",
        "fe_sendauth: no password supplied",
        "INFO:     Uvicorn running on http://127.0.0.1:8000 (Press CTRL+C to quit)",
        "ModuleNotFoundError: No module named 'app'",
        "pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings",
        "running commit 0123456789abcdef0123456789abcdef01234567",
    ];
    assert_eq!(cleaned(&lines), lines.map(bounded_too));
}

fn bounded_too(line: &str) -> String {
    bounded(line.trim_end().to_owned())
}

#[test]
fn the_last_lines_stay_each_on_one_line_and_of_bounded_length() {
    let at = Timestamp::from_second(1_795_392_000).ok();
    let long = "x ".repeat(5_000);
    let huge = "y".repeat(300_000);
    let text = format!(
        "one\r\ntwo\n\n\u{1b}]0;title\u{7}\u{1b}[1mthree\u{9b}0m\tbell\u{7}\n{long}\n{huge}"
    );
    let lines = log_lines([(at, text.as_str())], 4);
    assert_eq!(lines.len(), 4);
    assert!(lines.iter().all(|line| line.at == at));
    assert_eq!(lines[0].message, "two");
    assert_eq!(lines[1].message, "three bell");
    assert!(
        lines
            .iter()
            .all(|line| line.message.len() <= LONGEST_LINE + '…'.len_utf8())
    );
    assert_eq!(lines[3].message, "(a text of 300000 bytes, left out)");
}

proptest::proptest! {
    #[test]
    fn any_log_becomes_bounded_lines_without_control(
        lines in proptest::collection::vec(proptest::prelude::any::<String>(), 0..12),
        most in 0_usize..10,
    ) {
        let clean = log_lines(lines.iter().map(|line| (None, line.as_str())), most);
        proptest::prop_assert!(clean.len() <= most);
        for line in clean {
            proptest::prop_assert!(line.message.len() <= LONGEST_LINE + 3);
            proptest::prop_assert!(!line.message.chars().any(char::is_control));
        }
    }
}

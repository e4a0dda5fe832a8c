//! Files as they come back: whole, edited, cut, huge, of another kind.

use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn text() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| write(&sample()));
    &TEXT
}

fn file() -> Value {
    static FILE: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(text()).unwrap());
    FILE.clone()
}

fn trouble(text: impl AsRef<[u8]>) -> Trouble {
    read(text.as_ref()).unwrap_err()
}

#[test]
fn what_was_written_is_read_as_it_was() {
    let made = sample();
    let text = write(&made);
    assert!(
        text.starts_with("{\n  \"landfall_bundle\": 1,\n  \"digest\": \"sha256:"),
        "{text}"
    );
    assert!(text.is_ascii() && text.ends_with("}\n"));
    let whole = read(text.as_bytes()).unwrap();
    assert_eq!(whole.bundle, made);
    assert!(whole.intact);
    assert!(text.contains(&whole.digest));
}

#[test]
fn how_it_is_written_down_does_not_matter() {
    let digest = read(write(&sample()).as_bytes()).unwrap().digest;
    let compact = file().to_string();
    let marked = format!(
        "\u{feff}{}\r\n\r\n",
        serde_json::to_string_pretty(&file()).unwrap()
    );
    for text in [compact, marked] {
        let whole = read(text.as_bytes()).unwrap();
        assert!(whole.intact);
        assert_eq!((whole.bundle, whole.digest), (sample(), digest.clone()));
    }
}

#[test]
fn letters_of_every_script_survive_and_none_turns_a_line() {
    let mut parts = parts(snapshot());
    let name = "Žluť 日本 \u{202e}gpj.exe\u{1b}[31m 🚢";
    parts.snapshot.chapter.user = name.to_owned();
    let made = bundle(parts);
    assert_eq!(made.snapshot.chapter.user, name);
    let text = write(&made);
    assert!(text.is_ascii() && !text.contains('\u{1b}'));
    assert_eq!(read(text.as_bytes()).unwrap().bundle, made);
}

#[test]
fn an_edited_file_is_read_and_said_to_be_edited() {
    let mut edited = file();
    edited["evidence"]["snapshot"]["databases"]["present"][0]["publicly_accessible"] = false.into();
    let whole = read(edited.to_string().as_bytes()).unwrap();
    assert!(!whole.intact);
    assert_eq!(whole.bundle.verdicts, sample().verdicts);
    for digest in [
        json!("sha256:0"),
        json!(null),
        json!("\u{1b}[31m"),
        json!(7),
    ] {
        let mut edited = file();
        edited["digest"] = digest;
        let whole = read(edited.to_string().as_bytes()).unwrap();
        assert_eq!((whole.intact, whole.digest.as_str()), (false, ""));
    }
}

#[test]
fn what_somebody_wrote_into_it_is_cleaned() {
    let key = ["AKIA", "IOSFODNN7EXAMPLE"].concat();
    let mut edited = file();
    edited["evidence"]["snapshot"]["region_from"] = key.clone().into();
    edited["evidence"]["fingerprint"] = key.clone().into();
    edited["evidence"]["quiz"][0]["attempts"][0]["given"]["text"] = WORDS.into();
    edited["evidence"]["calls"][0]["request_id"] = "\u{1b}]0;x\u{7}<script>".into();
    let whole = read(edited.to_string().as_bytes()).unwrap();
    let told = format!("{:?}", whole.bundle);
    assert!(!told.contains(&key) && !told.contains(WORDS));
    assert_eq!(
        whole.bundle.calls[0].request_id.as_deref(),
        Some("0xscript")
    );
}

#[test]
fn fields_that_are_not_known_are_passed_over() {
    let mut later = file();
    later["made_by"] = "somebody".into();
    later["evidence"]["further"] = json!({"a": [1, 2]});
    later["evidence"]["snapshot"]["further"] = json!([]);
    later["evidence"]["quiz"][0]["attempts"][0]["further"] = 1.into();
    assert_eq!(read(later.to_string().as_bytes()).unwrap().bundle, sample());
}

#[test]
fn a_newer_file_is_recognised_whatever_else_is_in_it() {
    let newer = |version: &str| Trouble::Newer {
        version: version.to_owned(),
    };
    let mut later = file();
    later["evidence"]["made_with"]["landfall"] = "0.9.0".into();
    for path in [
        "/landfall_bundle",
        "/evidence/schema",
        "/evidence/snapshot/schema",
    ] {
        let mut later = later.clone();
        *later.pointer_mut(path).unwrap() = 2.into();
        later["evidence"]["verdicts"] = "all are well".into();
        assert_eq!(trouble(later.to_string()), newer("0.9.0"), "{path}");
    }
    assert_eq!(trouble("{\"landfall_bundle\": 7}"), newer("format 7"));
    later["landfall_bundle"] = 2.into();
    later["evidence"]["made_with"]["landfall"] = "\u{1b}[2J<b>".into();
    assert_eq!(trouble(later.to_string()), newer("format 2"));
    assert_eq!(newer("0.9.0").hint(), "Install that version to read it.");
}

#[test]
fn files_of_other_kinds_are_called_what_they_are() {
    let kinds: [(&[u8], &str); 5] = [
        (b"PK\x03\x04\x14\0\0\0", "a ZIP archive"),
        (b"%PDF-1.7\n", "a PDF file"),
        (b"\n <!doctype html><title>Sign in</title>", "a web page"),
        (b"\x1f\x8b\x08\0", "a compressed file"),
        (b"\xff\xfe{\0\"\0", "text in UTF-16"),
    ];
    for (bytes, kind) in kinds {
        let trouble = trouble(bytes);
        assert!(
            trouble
                .to_string()
                .starts_with(&format!("it is no bundle but {kind}")),
            "{trouble}"
        );
        assert!(!trouble.hint().is_empty());
    }
    let look = json!({"landfall": "0.1.0", "attested": [], "teardown_begun": false, "snapshot": {"schema": 1}});
    assert_eq!(trouble(look.to_string()), Trouble::SavedLook);
    assert!(
        Trouble::SavedLook
            .to_string()
            .contains("landfall verify --save")
    );
    assert!(
        Trouble::SavedLook
            .hint()
            .contains("`landfall bundle` writes")
    );
}

#[test]
fn nothing_half_and_other_json_is_told_with_its_place_and_without_its_text() {
    assert_eq!(trouble(""), Trouble::Empty);
    assert_eq!(trouble(" \r\n\t"), Trouble::Empty);
    assert_eq!(trouble("\u{feff}"), Trouble::Empty);
    let text = write(&sample());
    for part in [1, 20, text.len() / 2, text.len() - 3] {
        assert_eq!(trouble(&text[..part]), Trouble::Truncated, "{part}");
    }
    for other in [
        "null",
        "7",
        "[]",
        "{}",
        "\"hunter2\"",
        "{\"landfall_bundle\": \"1\"}",
    ] {
        assert_eq!(
            trouble(other),
            Trouble::NotABundle { line: 1, column: 1 },
            "{other}"
        );
    }
    assert_eq!(
        trouble("{\n  hunter2"),
        Trouble::NotABundle { line: 2, column: 3 }
    );
    let mut broken = file();
    broken["evidence"]["made_at"] = "hunter2".into();
    let broken = serde_json::to_string_pretty(&broken).unwrap();
    let trouble = trouble(&broken);
    let Trouble::NotABundle { line, .. } = &trouble else {
        panic!("{trouble:?}");
    };
    assert!(
        broken.lines().nth(line - 1).unwrap().contains("hunter2"),
        "{trouble}"
    );
    assert!(!trouble.to_string().contains("hunter2"));
}

#[test]
fn a_name_that_stands_twice_is_no_bundle() {
    let text = write(&sample()).replacen("\"schema\": 1,", "\"schema\": 1, \"schema\": 1,", 1);
    assert!(matches!(trouble(&text), Trouble::NotABundle { .. }));
}

#[test]
fn nesting_without_end_is_an_error_and_no_crash() {
    for open in ["[", "{\"a\":"] {
        let deep = open.repeat(10_000);
        assert!(matches!(
            trouble(&deep),
            Trouble::NotABundle { line: 1, .. }
        ));
        let inside = format!("{{\"landfall_bundle\": 1, \"evidence\": {deep}");
        assert!(matches!(trouble(inside), Trouble::NotABundle { .. }));
    }
}

#[test]
fn a_huge_file_is_refused_before_it_takes_memory() {
    let large = vec![b' '; usize::try_from(LARGEST_BYTES).unwrap() + 1];
    assert_eq!(trouble(large), Trouble::TooLarge);
    let objects = format!("[{}{{}}]", "{},".repeat(1_000_000));
    assert_eq!(trouble(objects), Trouble::TooLarge);
}

#[test]
fn long_texts_and_very_many_values_are_read_in_a_moment() {
    let began = std::time::Instant::now();
    let mut many = file();
    let answer = many["evidence"]["quiz"][0]["attempts"][1].clone();
    let options: Vec<Value> = (0..1_000_000).map(|_| json!("a")).collect();
    many["evidence"]["quiz"][0]["attempts"][1]["given"]["options"] = options.into();
    let whole = read(many.to_string().as_bytes()).unwrap();
    assert!(!whole.intact);
    let mut long = file();
    long["evidence"]["snapshot"]["chapter"]["user"] = "a".repeat(10_000).into();
    long["evidence"]["attested"] = vec!["b".repeat(10_000); 3].into();
    long["evidence"]["quiz"][0]["attempts"] = vec![answer; 2_000].into();
    let whole = read(long.to_string().as_bytes()).unwrap();
    assert_eq!(whole.bundle.quiz[0].attempts.len(), 2_000);
    let longest = std::time::Duration::from_secs(90); // without optimisation, on a busy machine
    assert!(began.elapsed() < longest, "{:?}", began.elapsed());
}

#[test]
fn a_bundle_is_told_by_how_it_begins() {
    let text = write(&sample());
    for begin in [&text[..], &text[..40], "\u{feff} {\n\"landfall_bundle\": 9"] {
        assert!(is_ours(begin.as_bytes()), "{begin}");
    }
    for other in [
        "",
        "{",
        "{}",
        "[]",
        "landfall_bundle",
        "{\"landfall\": \"0.1.0\"",
        "{\"a\": \"landfall_bundle\"",
    ] {
        assert!(!is_ours(other.as_bytes()), "{other}");
    }
}

/// Every value in the evidence, by its pointer.
fn pointers(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                pointers(item, &format!("{path}/{at}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, inner) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointers(inner, &format!("{path}/{name}"), found);
            }
        }
        _ => found.push(path.to_owned()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn whatever_words_are_in_it_what_is_written_is_read(
        name in any::<String>(), check in any::<String>(), share in any::<f64>(), second in 0..4_000_000_000_i64,
    ) {
        let mut parts = parts(snapshot());
        parts.snapshot.chapter.user = name.clone();
        parts.attested.insert(check.clone());
        parts.quiz[0].attempts[0].item = check;
        parts.quiz[0].attempts[0].share = Some(share).filter(|share| share.is_finite());
        parts.calls[0].request_id = Some(name);
        parts.made_at = Timestamp::from_second(second).unwrap();
        let made = bundle(parts);
        let whole = read(write(&made).as_bytes()).unwrap();
        prop_assert!(whole.intact);
        prop_assert_eq!(whole.bundle, made);
    }

    #[test]
    fn any_change_of_a_value_is_noticed(which in any::<prop::sample::Index>()) {
        let mut edited = file();
        let mut all = Vec::new();
        pointers(&edited["evidence"], "/evidence", &mut all);
        let value = edited.pointer_mut(which.get(&all).as_str()).unwrap();
        *value = match value.take() {
            Value::Bool(yes) => (!yes).into(),
            Value::Number(number) => json!(number.as_f64().unwrap() + 1.0),
            Value::String(text) => (text + "x").into(),
            _ => json!("x"),
        };
        match read(edited.to_string().as_bytes()) {
            Ok(whole) => prop_assert!(!whole.intact),
            Err(trouble) => prop_assert!(
                matches!(trouble, Trouble::NotABundle { .. } | Trouble::Newer { .. }), "{trouble}"
            ),
        }
    }

    #[test]
    fn a_changed_byte_is_an_error_or_noticed_or_no_change(at in any::<prop::sample::Index>(), byte in 32..127_u8) {
        let text = text();
        let begin = text.find("\"evidence\"").unwrap() + 12;
        let mut bytes = text.to_owned().into_bytes();
        let at = begin + at.index(bytes.len() - begin);
        bytes[at] = byte;
        let same = serde_json::from_slice::<Value>(&bytes).is_ok_and(|value| value == file());
        if let Ok(whole) = read(&bytes) {
            prop_assert_eq!(whole.intact, same);
        }
    }

    #[test]
    fn no_bytes_crash_it(bytes in proptest::collection::vec(any::<u8>(), 0..300), cut in 0..3000_usize) {
        let _ = read(&bytes);
        let mut begun = text().to_owned().into_bytes();
        begun.truncate(cut);
        begun.extend(bytes);
        let _ = read(&begun);
    }
}

use super::{SCRIPT, STYLE, html, words};
use crate::checks::Verdict;
use crate::class::report::{ClassReport, Standing};
use crate::class::testing::{self, HOSTILE_NAME};
use crate::report::page::testing::{Element, elements};
use crate::report::sanitize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The page without its script, which is no markup.
fn markup(page: &str) -> String {
    let (before, rest) = page.split_once("<script>").expect("the script begins");
    let (_, after) = rest.split_once("</script>").expect("the script ends");
    format!("{before}{after}")
}

fn read(report: &ClassReport) -> (Vec<Element>, String) {
    elements(&markup(&html(report)))
}

fn all<'a>(elements: &'a [Element], wanted: &str) -> Vec<&'a str> {
    elements
        .iter()
        .flat_map(|(_, attributes)| attributes)
        .filter(|(key, _)| key == wanted)
        .map(|(_, value)| value.as_str())
        .collect()
}

#[test]
fn the_page_loads_nothing_and_has_one_script() {
    let page = html(&testing::report());
    assert_eq!(page.matches("<script").count(), 1);
    let (elements, _) = elements(&markup(&page));
    for (name, attributes) in &elements {
        assert!(
            !["img", "iframe", "object", "embed", "form", "base"].contains(&name.as_str()),
            "<{name}>"
        );
        for (key, value) in attributes {
            assert!(
                !key.starts_with("on") && key != "src" && key != "style",
                "{key}"
            );
            if key == "href" {
                assert!(value.starts_with('#') || value == "data:,", "{value}");
            }
        }
    }
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
}

#[test]
fn the_policy_names_the_digest_of_that_script_and_allows_nothing_else() {
    let page = html(&testing::report());
    let (_, rest) = page.split_once("<script>").unwrap();
    let (script, _) = rest.split_once("</script>").unwrap();
    let (_, rest) = page.split_once("script-src 'sha256-").unwrap();
    let (digest, _) = rest.split_once("';").unwrap();
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: String = digest
        .trim_end_matches('=')
        .chars()
        .map(|letter| format!("{:06b}", letters.find(letter).unwrap()))
        .collect();
    let bytes: Vec<u8> = (0..32)
        .map(|byte| u8::from_str_radix(&bits[8 * byte..8 * byte + 8], 2).unwrap())
        .collect();
    assert_eq!(bytes, Sha256::digest(script).to_vec());
    for rule in [
        "default-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ] {
        assert!(page.contains(rule), "{rule}");
    }
    assert!(!page.contains("script-src 'unsafe"));
}

#[test]
fn the_script_makes_no_markup_of_text() {
    for way in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "DOMParser",
        "createContextualFragment",
        "fetch(",
        "</",
        "\r",
    ] {
        assert!(!SCRIPT.contains(way), "{way}");
    }
}

#[test]
fn hostile_texts_are_read_as_text() {
    let mut report = testing::report();
    report.course = HOSTILE_NAME.to_owned();
    report.steps[0].title = HOSTILE_NAME.to_owned();
    report.steps[0].lesson_title = HOSTILE_NAME.to_owned();
    report.remarks = vec![HOSTILE_NAME.to_owned()];
    for place in &mut report.stuck {
        place.title = HOSTILE_NAME.to_owned();
        place.check = HOSTILE_NAME.to_owned();
        place.cause = Some(HOSTILE_NAME.to_owned());
    }
    for alike in &mut report.alike {
        alike.say = HOSTILE_NAME.to_owned();
    }
    for quiz in &mut report.quizzes {
        quiz.title = HOSTILE_NAME.to_owned();
        for question in &mut quiz.questions {
            question.question = HOSTILE_NAME.to_owned();
            question.most_chosen_wrong = Some((HOSTILE_NAME.to_owned(), 1));
            for point in &mut question.points {
                point.point = HOSTILE_NAME.to_owned();
            }
        }
    }
    for student in &mut report.students {
        student.name = HOSTILE_NAME.to_owned();
        for text in [
            &mut student.email,
            &mut student.id,
            &mut student.sis_id,
            &mut student.login,
            &mut student.section,
            &mut student.account,
            &mut student.region,
            &mut student.trouble,
            &mut student.file,
        ] {
            *text = Some(HOSTILE_NAME.to_owned());
        }
        student.drift = vec![HOSTILE_NAME.to_owned()];
        student.overrides = vec![HOSTILE_NAME.to_owned()];
        student.notes = vec![HOSTILE_NAME.to_owned()];
        for step in &mut student.findings {
            step.title = HOSTILE_NAME.to_owned();
            for finding in &mut step.findings {
                finding.summary = HOSTILE_NAME.to_owned();
            }
        }
    }
    let page = html(&report);
    assert_eq!(page.matches("<script").count(), 1);
    assert!(!page.contains("<img") && !page.contains(['\u{1b}', '\u{202e}']));
    let (elements, words) = elements(&markup(&page));
    assert!(elements.iter().all(|(name, _)| name != "img"));
    assert!(words.contains(&sanitize::one_line(HOSTILE_NAME)));
}

#[test]
fn a_key_is_nothing_but_letters_digits_and_hyphens_wherever_it_stands() {
    let mut report = testing::report();
    report.students[0].key = "a\" onclick='x' é_b-1".to_owned();
    let (elements, _) = read(&report);
    let ids = all(&elements, "id");
    assert!(ids.contains(&"student-aonclickxb-1"), "{ids:?}");
    assert!(all(&elements, "href").contains(&"#student-aonclickxb-1"));
}

#[test]
fn every_standing_is_there_with_its_number_its_words_and_its_meaning() {
    let report = testing::report();
    let page = html(&report);
    let mut sum = 0;
    for standing in words::STANDINGS {
        let number = report
            .students
            .iter()
            .filter(|student| student.standing == standing)
            .count();
        let button = format!(
            "data-value=\"{}\" title=\"{}\"><span class=\"number\">{number}</span> {}</button>",
            words::standing_id(standing),
            words::standing_means(standing),
            words::standing(standing)
        );
        assert!(page.contains(&button), "{button}");
        sum += number;
    }
    assert_eq!(sum, report.students.len());
}

#[test]
fn the_first_sentence_says_how_many_are_stuck_and_where_and_since_when_and_why() {
    let (_, words) = read(&testing::report());
    let words = words.replace('\n', "");
    assert!(
        words.contains("4 of 10 students are stuck. Most at one place: 3 of "),
        "{words}"
    );
    assert!(words.contains("(database-public), the longest for 3 days."));

    let mut report = testing::report();
    report
        .students
        .retain(|student| student.standing == Standing::Done);
    report.stuck.clear();
    report.standings.stuck = 0;
    let (_, words) = read(&report);
    assert!(words.contains("Of 1 student nobody is stuck."), "{words}");
    assert!(words.contains("Nobody is stuck."));
}

#[test]
fn a_cell_has_its_words_and_what_was_not_judged_has_no_verdict() {
    let mut report = testing::report();
    report
        .students
        .retain(|student| student.standing == Standing::CannotTell);
    let page = html(&report);
    assert!(!page.contains("data-verdict=\""), "nothing was judged");
    assert_eq!(page.matches(">no verdict<").count(), report.steps.len());
    let page = html(&testing::report());
    for verdict in [Verdict::Passed, Verdict::Failed, Verdict::Missing] {
        assert!(
            page.contains(&format!("data-verdict=\"{}\"", verdict.id())),
            "{verdict:?}"
        );
    }
    // It speaks of a student and not to one.
    assert!(!page.contains("you confirmed") && !page.contains("not for you"));
    assert!(page.contains(">ok, set by an override</td>"));
    // The style has the mark of each of them.
    for verdict in Verdict::ALL {
        let rule = format!(
            "[data-verdict={}]::before {{ content: \"{}\" / \"\"; }}",
            verdict.id(),
            verdict.symbol()
        );
        assert!(STYLE.contains(&rule), "{rule}");
    }
}

#[test]
fn what_is_missing_is_said_apart_and_is_no_zero() {
    let page = html(&testing::report());
    for (heading, name) in [
        ("Cannot tell: 1 student", "Gus Berg"),
        ("Unreadable: 1 student", "Hal Ito"),
        ("Not handed in: 1 student", "Ida Moreau"),
    ] {
        let (_, after) = page
            .split_once(&format!("<h3>{heading}</h3>"))
            .expect(heading);
        let (part, _) = after.split_once("<h3>").unwrap();
        assert!(part.contains(name), "{part}");
        assert_eq!(part.matches("<li>").count(), 1, "{part}");
    }
    assert!(page.contains("Ask before you conclude anything."));
}

#[test]
fn with_verdicts_alone_there_is_no_cause_no_sentence_and_no_empty_label() {
    let full = html(&testing::report());
    let page = html(&testing::verdict_only());
    for word in [
        "To do:",
        "<dt>Expected</dt>",
        "<dt>Seen</dt>",
        "<svg xmlns",
        "database-public",
        "<th scope=\"col\">Why</th>",
    ] {
        assert!(full.contains(word), "{word}");
        assert!(!page.contains(word), "{word}");
    }
    for empty in [
        "<p></p>",
        "<dd></dd>",
        "<dl>\n</dl>",
        "<h4></h4>",
        "<ul>\n</ul>",
        "()",
    ] {
        assert!(!markup(&page).contains(empty), "{empty}");
        assert!(!markup(&full).contains(empty), "{empty}");
    }
    assert!(page.contains("verdicts alone"));
}

#[test]
fn nobody_is_named_in_an_anonymised_report() {
    let page = html(&testing::anonymised());
    for student in testing::report().students {
        assert!(!page.contains(&student.name), "{}", student.name);
        for text in [student.email, student.login, student.account]
            .into_iter()
            .flatten()
        {
            assert!(!page.contains(&text), "{text}");
        }
    }
    assert!(page.contains(">Student 7</a>"));
    for empty in ["<dd></dd>", "(, )", "data-find=\" "] {
        assert!(!page.contains(empty), "{empty}");
    }
}

#[test]
fn of_a_small_class_the_quiz_tells_counts_and_intervals_alone() {
    let mut report = testing::report();
    let page = html(&report);
    assert!(page.contains("<td>31 to 86 %</td>"));
    assert!(!page.contains("Discrimination") && !page.contains("Mean share"));
    report.quizzes[0].counts_only = false;
    report.quizzes[0].questions[0].facility = Some(0.625);
    let page = html(&report);
    assert!(
        page.contains("Discrimination") && page.contains("<td>62 %</td>"),
        "a large class"
    );
}

#[test]
fn ids_are_unique_every_link_and_label_leads_somewhere_and_headings_go_down_one_by_one() {
    let (elements, _) = read(&testing::report());
    let ids = all(&elements, "id");
    assert_eq!(
        ids.iter().collect::<BTreeSet<_>>().len(),
        ids.len(),
        "{ids:?}"
    );
    let links = all(&elements, "href")
        .into_iter()
        .filter_map(|link| link.strip_prefix('#'));
    let labels = all(&elements, "aria-labelledby")
        .into_iter()
        .flat_map(str::split_whitespace);
    let fields = all(&elements, "for");
    for id in links.chain(labels).chain(fields) {
        assert!(ids.contains(&id), "#{id}");
    }
    let mut last = 0;
    for (name, _) in &elements {
        let level = name
            .strip_prefix('h')
            .and_then(|level| level.parse::<u32>().ok());
        if let Some(level) = level {
            assert!(level <= last + 1, "h{level} after h{last}");
            last = level;
        }
    }
    assert_eq!(elements.iter().filter(|(name, _)| name == "h1").count(), 1);
}

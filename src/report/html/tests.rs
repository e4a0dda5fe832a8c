use super::*;
use crate::report::learner::tests::sample;
use crate::report::page::testing::elements;
use crate::report::{AccountNumber, sanitize};

const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror='x'>&lt;\u{1b}[31m\u{202e}";

#[test]
fn the_page_loads_nothing_and_runs_nothing() {
    let (elements, _) = elements(&html(&sample(AccountNumber::Shortened)));
    for (name, attributes) in &elements {
        assert!(
            ![
                "script", "img", "iframe", "object", "embed", "form", "svg", "base"
            ]
            .contains(&name.as_str()),
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
    let style = include_str!("../page/page.css");
    assert!(!style.contains("url(") && !style.contains("@import"));
}

#[test]
fn hostile_names_are_read_as_text() {
    let mut report = sample(AccountNumber::Shortened);
    report.course = HOSTILE.into();
    report.account.principal = Some(HOSTILE.into());
    report.account.region = HOSTILE.into();
    for pattern in &mut report.patterns {
        pattern.say = HOSTILE.into();
    }
    for step in report
        .lessons
        .iter_mut()
        .flat_map(|lesson| &mut lesson.steps)
    {
        step.title = HOSTILE.into();
        for finding in &mut step.checks {
            finding.summary = HOSTILE.into();
            finding.advice = finding.advice.as_ref().map(|_| HOSTILE.into());
            for evidence in &mut finding.evidence {
                evidence.observed = HOSTILE.into();
                evidence.resource = HOSTILE.into();
            }
            for fix in &mut finding.fix {
                fix.say = HOSTILE.into();
                fix.command = Some(HOSTILE.into());
            }
        }
    }
    let page = html(&report);
    assert!(
        !page.contains("<script") && !page.contains("<img"),
        "{page}"
    );
    assert!(!page.contains(['\u{1b}', '\u{202e}']));
    let (elements, words) = elements(&page);
    assert!(
        elements
            .iter()
            .all(|(name, _)| name != "script" && name != "img")
    );
    assert!(words.contains(&sanitize::one_line(HOSTILE)), "{words}");
}

#[test]
fn every_verdict_has_its_word_and_the_mark_is_for_the_eye_alone() {
    let page = html(&sample(AccountNumber::Shortened));
    for verdict in [Verdict::Passed, Verdict::Failed, Verdict::Skipped] {
        let shown = format!(
            "<span class=\"verdict {}\"><span aria-hidden=\"true\">{}</span> {}</span>",
            verdict.id(),
            verdict.symbol(),
            verdict.words()
        );
        assert!(page.contains(&shown), "{shown}");
    }
}

#[test]
fn headings_go_down_one_by_one_and_every_link_leads_somewhere() {
    let (elements, _) = elements(&html(&sample(AccountNumber::Shortened)));
    let mut last = 0;
    for (name, _) in &elements {
        if let Some(level) = name
            .strip_prefix('h')
            .and_then(|level| level.parse::<u32>().ok())
        {
            assert!(level <= last + 1, "h{level} after h{last}");
            last = level;
        }
    }
    let all = |wanted: &str| -> Vec<&str> {
        elements
            .iter()
            .flat_map(|(_, attributes)| attributes)
            .filter(|(key, _)| key == wanted)
            .map(|(_, value)| value.as_str())
            .collect()
    };
    let ids = all("id");
    for link in all("href").iter().filter_map(|link| link.strip_prefix('#')) {
        assert_eq!(ids.iter().filter(|id| **id == link).count(), 1, "#{link}");
    }
}

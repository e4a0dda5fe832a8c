//! Which class, when, how many stand how, and the answer in one sentence.

use super::words;
use crate::class::report::{ClassReport, Detail, Standing, Standings};
use crate::report::page::{Page, escaped};

pub(super) fn set(page: &mut Page, report: &ClassReport) {
    page.raw(&format!(
        "<h1>Where the class stands <span class=\"course\">{}</span></h1>",
        escaped(&report.course)
    ));
    answer(page, report);
    standings(page, report);
    facts(page, report);
    page.raw(
        "<noscript><p class=\"soft\">Everything is in this page as it is. Only sorting, filtering and opening a student in a \
         window of its own need JavaScript, which is switched off here.</p></noscript>",
    );
}

/// Who is stuck, where, since when and why.
fn answer(page: &mut Page, report: &ClassReport) {
    let stuck = report.standings.stuck;
    let all = report.students.len();
    let Some(place) = report.stuck.first() else {
        let words = if all == 0 {
            "There is no student in this report.".to_owned()
        } else if stuck == 0 {
            format!("Of {} nobody is stuck.", words::students(all))
        } else {
            format!("{stuck} of {} are stuck.", words::students(all))
        };
        page.raw(&format!("<p class=\"begin calm\">{words}</p>"));
        return;
    };
    let cause = place
        .cause
        .as_ref()
        .map_or_else(String::new, |cause| format!(" ({})", escaped(cause)));
    let since = place.since.map_or_else(String::new, |at| {
        format!(", the longest for {}", words::ago(report, at))
    });
    page.raw(&format!(
        "<p class=\"begin\"><strong>{stuck} of {} {} stuck.</strong> Most at one place: {} of {} at \"{}\"{cause}{since}.</p>",
        words::students(all),
        if stuck == 1 { "is" } else { "are" },
        place.students.len(),
        place.of,
        escaped(&place.title)
    ));
}

/// Each of them once; a press shows only those in the table.
fn standings(page: &mut Page, report: &ClassReport) {
    page.raw("<ul class=\"standings\" aria-label=\"How many stand how\">");
    for standing in words::STANDINGS {
        page.raw(&format!(
            "<li><button type=\"button\" disabled=\"\" data-by=\"standing\" data-value=\"{}\" title=\"{}\"><span class=\"number\">{}</span> {}</button></li>",
            words::standing_id(standing),
            words::standing_means(standing),
            of(&report.standings, standing),
            words::standing(standing)
        ));
    }
    page.raw("</ul>");
}

fn of(standings: &Standings, standing: Standing) -> usize {
    match standing {
        Standing::Done => standings.done,
        Standing::UnderWay => standings.under_way,
        Standing::Stuck => standings.stuck,
        Standing::NothingYet => standings.nothing_yet,
        Standing::CannotTell => standings.cannot_tell,
        Standing::Unreadable => standings.unreadable,
        Standing::NotSubmitted => standings.not_submitted,
    }
}

fn facts(page: &mut Page, report: &ClassReport) {
    let made = format!(
        "{} by Landfall {}",
        report.moment.minute(report.made_at),
        report.landfall
    );
    let number = report.students.len().to_string();
    let late = report
        .students
        .iter()
        .filter(|student| student.late == Some(true))
        .count();
    let deadline = report.deadline.map_or_else(
        || "none was given".to_owned(),
        |at| {
            format!(
                "{}; {} looked at later",
                report.moment.minute(at),
                if late == 0 {
                    "nothing was".to_owned()
                } else {
                    format!("of {} the evidence was", words::students(late))
                }
            )
        },
    );
    let names = if report.anonymised {
        "left out, with e-mail addresses and ids; each student has a number"
    } else {
        "as the roster or the files give them; this page is for the people who teach the class"
    };
    let facts = [
        ("Made", made.as_str()),
        ("Students", &number),
        ("Deadline", &deadline),
        ("Told", told(report.detail)),
        ("Names", names),
    ];
    page.facts(facts.into_iter());
}

const fn told(detail: Detail) -> &'static str {
    match detail {
        Detail::Full => {
            "everything, with what was expected and what to do: the answers are in this page"
        }
        Detail::NoExpectedValues => "what is and why; neither what was expected nor what to do",
        Detail::VerdictOnly => "verdicts alone; no causes, no evidence, nothing to do",
    }
}

//! `verify --format junit`: one suite per lesson, one case per check, for CI systems that read it.

use super::sanitize;
use crate::checks::{Finding, StepOutcome, Verdict, Verification};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

type Xml = Writer<Vec<u8>>;

/// The document. Failed checks are failures; what could not be read is an error; what is missing, pending, blocked or
/// skipped is skipped, with its verdict as the message.
pub fn junit(verification: &Verification) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(&mut xml, verification).expect("writing to memory does not fail");
    let mut text = String::from_utf8(xml.into_inner()).expect("the writer was given UTF-8 only");
    text.push('\n');
    text
}

fn write(xml: &mut Xml, verification: &Verification) -> std::io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Start(
        BytesStart::new("testsuites").with_attributes([("name", "landfall")]),
    ))?;
    for lesson in &verification.lessons {
        let findings: Vec<&Finding> = lesson.steps.iter().flat_map(|step| &step.checks).collect();
        let count = |wanted: &[Verdict]| {
            findings
                .iter()
                .filter(|finding| wanted.contains(&finding.verdict))
                .count()
                .to_string()
        };
        let suite = BytesStart::new("testsuite").with_attributes([
            ("name", lesson.id.as_str()),
            ("tests", findings.len().to_string().as_str()),
            ("failures", count(&[Verdict::Failed]).as_str()),
            ("errors", count(&[Verdict::Unknown]).as_str()),
            (
                "skipped",
                count(&[
                    Verdict::Missing,
                    Verdict::Pending,
                    Verdict::Blocked,
                    Verdict::Skipped,
                ])
                .as_str(),
            ),
        ]);
        xml.write_event(Event::Start(suite))?;
        for step in &lesson.steps {
            for finding in &step.checks {
                case(xml, step, finding)?;
            }
        }
        xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuites")))
}

fn case(xml: &mut Xml, step: &StepOutcome, finding: &Finding) -> std::io::Result<()> {
    let case = BytesStart::new("testcase").with_attributes([
        ("classname", step.id.as_str()),
        ("name", finding.check.as_str()),
    ]);
    let element = match finding.verdict {
        Verdict::Passed | Verdict::Attested => return xml.write_event(Event::Empty(case)),
        Verdict::Failed => "failure",
        Verdict::Unknown => "error",
        Verdict::Missing | Verdict::Pending | Verdict::Blocked | Verdict::Skipped => "skipped",
    };
    xml.write_event(Event::Start(case))?;
    let message = format!(
        "{}: {}",
        finding.verdict.words(),
        sanitize::one_line(&finding.summary)
    );
    let mut start = BytesStart::new(element).with_attributes([("message", message.as_str())]);
    if let Some(cause) = finding.cause {
        start.push_attribute(("type", cause.id()));
    }
    xml.write_event(Event::Start(start))?;
    let mut lines = Vec::new();
    for evidence in &finding.evidence {
        lines.push(format!(
            "{} {}: expected {}, seen {}",
            evidence.resource, evidence.field, evidence.expected, evidence.observed
        ));
    }
    for sentence in &finding.ruled_out {
        lines.push(format!("Ruled out: {sentence}"));
    }
    for fix in &finding.fix {
        lines.push(match &fix.command {
            Some(command) => format!("{} {command}", fix.say),
            None => fix.say.clone(),
        });
    }
    xml.write_event(Event::Text(BytesText::new(&sanitize::lines(
        &lines.join("\n"),
    ))))?;
    xml.write_event(Event::End(BytesEnd::new(element)))?;
    xml.write_event(Event::End(BytesEnd::new("testcase")))
}

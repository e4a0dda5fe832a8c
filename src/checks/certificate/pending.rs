//! A certificate that waits for its DNS record: the exact record, and whether DNS shows it.

use super::{looked_up, same_name};
use crate::account::{Certificate, DnsRecord, Fact, Validation};
use crate::checks::cause::Cause;
use crate::checks::command::quoted;
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::stack::Stack;

/// The names still to be proved decide; AWS waits 72 hours for them.
pub(super) fn judge(stack: &Stack<'_>, certificate: &Certificate) -> Judgement {
    let host = &stack.chapter().host;
    let unproved = || {
        certificate
            .validations
            .iter()
            .filter(|validation| validation.status.as_deref() != Some("SUCCESS"))
    };
    let open: Vec<&DnsRecord> = unproved()
        .filter_map(|validation| validation.record.as_ref())
        .collect();
    if open.is_empty() {
        return without_record(stack, certificate, unproved().next());
    }
    let mut judgement = pending(format!(
        "The certificate for {host} waits until DNS shows its validation record."
    ));
    let mut shown = 0;
    for record in &open {
        let (observed, fix) = look(stack, record);
        if fix.is_none() {
            shown += 1;
        }
        judgement = judgement.seen(Evidence::new(
            "workplace:dns",
            &record.name,
            "CNAME",
            &record.value,
            observed,
            FoundBy::Relation,
        ));
        if let Some(fix) = fix {
            judgement = judgement.fix(fix);
        }
    }
    if shown == open.len() {
        judgement.summary = format!(
            "DNS shows the validation record for {host}; AWS usually issues the certificate within minutes."
        );
    }
    judgement
}

/// By e-mail there is no record; and one that was just requested has none yet.
fn without_record(
    stack: &Stack<'_>,
    certificate: &Certificate,
    unproved: Option<&Validation>,
) -> Judgement {
    let host = &stack.chapter().host;
    if unproved.is_some_and(|validation| validation.method.as_deref() == Some("EMAIL")) {
        return pending(format!(
            "The certificate for {host} waits for somebody to answer the e-mail that AWS sent to the domain's addresses (admin@, hostmaster@ and the like)."
        ))
        .fix(Fix::run(
            "Follow the link in that e-mail within 72 hours; or, if nobody reads those addresses, request a new one that is proved by DNS.",
            super::request(stack),
        ));
    }
    let age = certificate
        .created_at
        .map(|at| stack.snapshot.collected_at.as_second() - at.as_second());
    if unproved.is_none() && !certificate.validations.is_empty() {
        return pending(format!(
            "Every name of the certificate for {host} is proved; AWS usually issues it within minutes."
        ));
    }
    if age.is_some_and(|seconds| seconds > RECORD_IS_LATE_SECONDS) {
        return pending(format!(
            "AWS still shows no validation record for {host}, which it usually does within a minute."
        ))
        .fix(Fix::run(
            "Request it again, with validation by DNS, and delete this one.",
            super::request(stack),
        ));
    }
    pending(format!(
        "AWS is preparing the certificate for {host}; its validation record appears within a minute."
    ))
}

/// By then something went wrong with the request.
const RECORD_IS_LATE_SECONDS: i64 = 600;

fn pending(summary: String) -> Judgement {
    Judgement::pending(summary).because(Cause::CertificatePendingDns)
}

/// What DNS shows for the record, and what to do unless it is right.
fn look(stack: &Stack<'_>, record: &DnsRecord) -> (String, Option<Fix>) {
    let create = Fix::run(
        format!(
            "Create this CNAME record in the zone of your domain: name {}, value {}. Behind a proxy such as Cloudflare's, set it to DNS only. AWS waits 72 hours. In Route 53 the console has a button for it (ACM, Create records in Route 53), or:",
            record.name, record.value
        ),
        route53(record),
    );
    match looked_up(stack, &record.name) {
        Some(Fact::Present(values))
            if values.iter().any(|value| same_name(value, &record.value)) =>
        {
            (record.value.clone(), None)
        }
        Some(Fact::Present(values)) => (values.join(", "), Some(create)),
        Some(Fact::Absent) => match doubled(stack, record) {
            Some(name) => (
                format!("none; but there is {name}"),
                Some(Fix::say(format!(
                    "Your DNS service added the domain a second time. Enter the name without the domain at its end, so that {} has the value {}.",
                    record.name, record.value
                ))),
            ),
            None => ("none".to_owned(), Some(create)),
        },
        Some(Fact::Unknown(why)) => (
            format!("could not ask DNS: {}", crate::checks::reason(why)),
            Some(create),
        ),
        None => ("not asked".to_owned(), Some(create)),
    }
}

fn route53(record: &DnsRecord) -> String {
    let change = format!(
        "{{\"Changes\":[{{\"Action\":\"UPSERT\",\"ResourceRecordSet\":{{\"Name\":\"{}\",\"Type\":\"CNAME\",\"TTL\":300,\"ResourceRecords\":[{{\"Value\":\"{}\"}}]}}}}]}}",
        record.name, record.value
    );
    format!(
        "aws route53 change-resource-record-sets --hosted-zone-id YOUR-ZONE-ID --change-batch {}",
        quoted(&change)
    )
}

/// `_x.api.example.com.example.com`: the zone's name was appended to a name that already had it.
fn doubled<'a>(stack: &Stack<'a>, record: &DnsRecord) -> Option<&'a str> {
    let right = record.name.trim_end_matches('.').to_ascii_lowercase();
    stack
        .snapshot
        .workplace
        .validation_records
        .iter()
        .find(|(asked, fact)| {
            let asked = asked.trim_end_matches('.').to_ascii_lowercase();
            matches!(fact, Fact::Present(_))
                && asked
                    .strip_prefix(&right)
                    .is_some_and(|rest| rest.starts_with('.'))
        })
        .map(|(asked, _)| asked.as_str())
}

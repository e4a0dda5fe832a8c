use super::*;
use crate::account::{Certificate, LogGroup, Parameter, ParameterKind, Secret};
use crate::aws::answers::{acm, logs, secretsmanager, ssm};

#[test]
fn a_summary_names_what_a_certificate_covers() {
    let items = answer::<acm::ListCertificates>().split().items;
    assert_eq!(
        items[0].subject_alternative_name_summaries,
        ["example.com", "*.example.com"]
    );
    assert!(!items[0].has_additional_subject_alternative_names);
    assert_eq!(next::<acm::ListCertificates>().as_deref(), Some("more"));
}

#[test]
fn a_pending_certificate_has_the_record_to_create() {
    let one = Certificate::from(answer::<acm::DescribeCertificate>());
    assert_eq!(one.names, ["api.example.com", "www.example.com"]);
    assert_eq!(
        (one.status.as_str(), one.not_after),
        ("PENDING_VALIDATION", None)
    );
    let record = one.validations[0].record.as_ref().unwrap();
    assert_eq!(record.name, "_a79865eb.api.example.com.");
    assert_eq!(record.value, "_424c7224.acm-validations.aws.");
    assert_eq!(one.validations[0].method.as_deref(), Some("DNS"));
    assert_eq!(one.validations[1].record, None, "not made yet");
    assert_eq!(one.kind.as_deref(), Some("AMAZON_ISSUED"));
    assert_eq!(
        one.created_at.unwrap().to_string(),
        "2026-11-23T00:00:00.123Z"
    );
}

#[test]
fn parameters_are_names_and_kinds() {
    let all: Vec<Parameter> = entries::<ssm::DescribeParameters, _>();
    assert_eq!(
        (all[0].kind, all[0].version),
        (ParameterKind::SecureString, Some(2))
    );
    assert_eq!(all[0].key.as_deref(), Some("alias/aws/ssm"));
    assert_eq!(
        (all[1].kind, &all[1].key),
        (ParameterKind::StringList, &None)
    );
}

#[test]
fn log_groups_count_milliseconds() {
    let all: Vec<LogGroup> = entries::<logs::DescribeLogGroups, _>();
    assert_eq!(
        all[0].created_at.unwrap().to_string(),
        "2026-11-23T00:00:00.123Z"
    );
    assert_eq!(
        (all[0].retention_days, all[1].retention_days),
        (Some(14), None)
    );
}

#[test]
fn a_secret_that_waits_for_its_deletion_is_deleted() {
    let gone = Secret::from(answer::<secretsmanager::DescribeSecret>());
    assert!(gone.deleted);
    let kept = answer_with::<secretsmanager::DescribeSecret>("\"DeletedDate\": 1795392000,", "");
    assert!(!Secret::from(kept.unwrap()).deleted);
}

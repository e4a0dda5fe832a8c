//! Why a certificate was not issued, in words.
//! <https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html>, `FailureReason`; read 2026-11.

use crate::account::Certificate;
use crate::checks::live::one_line;

/// Completes "AWS did not issue the certificate: ...".
pub(super) fn reason(certificate: &Certificate) -> String {
    if certificate.status == "VALIDATION_TIMED_OUT" {
        let by_mail = certificate
            .validations
            .iter()
            .any(|one| one.method.as_deref() == Some("EMAIL"));
        return if by_mail {
            "within 72 hours nobody answered its e-mail"
        } else {
            "within 72 hours it did not see the validation record in DNS"
        }
        .to_owned();
    }
    match certificate.failure_reason.as_deref() {
        None => "it gives no reason".to_owned(),
        Some("CAA_ERROR") => {
            "a CAA record of your domain does not allow Amazon to issue certificates (CAA_ERROR)"
                .to_owned()
        }
        Some("DOMAIN_NOT_ALLOWED") => {
            "the name is on a list of unsafe sites (DOMAIN_NOT_ALLOWED)".to_owned()
        }
        Some("INVALID_PUBLIC_DOMAIN") => {
            "the name is not one of the public internet (INVALID_PUBLIC_DOMAIN)".to_owned()
        }
        Some("ADDITIONAL_VERIFICATION_REQUIRED") => {
            "it wants to know more about who asks (ADDITIONAL_VERIFICATION_REQUIRED)".to_owned()
        }
        Some("NO_AVAILABLE_CONTACTS") => {
            "no e-mail address of the domain could be written to (NO_AVAILABLE_CONTACTS)".to_owned()
        }
        Some("DOMAIN_VALIDATION_DENIED") => {
            "somebody who answers for the domain said no (DOMAIN_VALIDATION_DENIED)".to_owned()
        }
        Some(other) => format!("its reason is {}", one_line(other)),
    }
}

/// What has to be done before a new request can succeed.
pub(super) fn remedy(certificate: &Certificate) -> &'static str {
    match certificate.failure_reason.as_deref() {
        Some("CAA_ERROR") => {
            "Add a CAA record for your domain with the value 0 issue \"amazon.com\", or take the CAA records out; then request again."
        }
        Some("DOMAIN_NOT_ALLOWED" | "ADDITIONAL_VERIFICATION_REQUIRED") => {
            "Only AWS support can settle this: open a case under Account and billing. Or use another name."
        }
        Some("INVALID_PUBLIC_DOMAIN") => {
            "Look for a typing error in the name; the domain has to be registered."
        }
        Some("NO_AVAILABLE_CONTACTS" | "DOMAIN_VALIDATION_DENIED") => {
            "Request it with validation by DNS instead of e-mail."
        }
        _ => {
            "Before you request again: make sure you can create records in the zone that answers for your domain."
        }
    }
}

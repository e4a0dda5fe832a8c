//! What a stop reason or a service event means. The words are AWS's and may change: `tests/corpus/events.toml` holds real
//! ones, with their sources and dates, and a test holds this table against them.

use crate::checks::cause::Cause;

/// A reason matches when it holds all words of one of the sets; in lower case.
struct Meaning {
    cause: Cause,
    any: &'static [&'static [&'static str]],
}

const fn meaning(cause: Cause, any: &'static [&'static [&'static str]]) -> Meaning {
    Meaning { cause, any }
}

/// In order: what is said plainly before what is only suggested.
const MEANINGS: &[Meaning] = &[
    meaning(
        Cause::ImageWrongArchitecture,
        &[
            &["descriptor matching platform"],
            &["exec format error"],
            &["no matching manifest for"],
        ],
    ),
    meaning(Cause::DiskFull, &[&["no space left on device"]]),
    meaning(
        Cause::OutOfMemory,
        &[&["outofmemoryerror"], &["out of memory"], &["oomkilled"]],
    ),
    meaning(
        Cause::LogGroupMissing,
        &[
            &["log group does not exist"],
            &["not authorized to perform: logs:createloggroup"],
        ],
    ),
    meaning(
        Cause::ServiceLinkedRoleMissing,
        &[
            &["unable to assume the service linked role"],
            &["service-linked role", "does not exist"],
        ],
    ),
    meaning(
        Cause::RoleNotAssumable,
        &[
            &["unable to assume the role"],
            &["not authorized to perform: sts:assumerole"],
        ],
    ),
    meaning(
        Cause::SecretParameterMissing,
        &[
            &["invalid ssm parameters"],
            &["secrets manager can't find the specified secret"],
            &["check whether the secret exists"],
        ],
    ),
    meaning(
        Cause::ExecutionRoleCannotReadSecrets,
        &[
            &["not authorized to perform: ssm:"],
            &["not authorized to perform: secretsmanager:"],
            &["not authorized to perform: kms:decrypt"],
            &["accessdenied", "unable to retrieve secrets from ssm"],
            &["accessdenied", "unable to retrieve secret from asm"],
        ],
    ),
    meaning(
        Cause::ExecutionRoleCannotPull,
        &[
            &["not authorized to perform: ecr:"],
            &["not authorized to perform: logs:createlogstream"],
            &["not authorized to perform: logs:putlogevents"],
            &["accessdenied", "unable to retrieve ecr registry auth"],
            &["cannotpull", "403 forbidden"],
            &["cannotpull", "no basic auth credentials"],
            &["check that the role has the permissions to pull images"],
        ],
    ),
    meaning(
        Cause::RepositoryMissing,
        &[
            &["repository with name", "does not exist"],
            &["name unknown", "repository"],
        ],
    ),
    meaning(
        Cause::ImageTagMissing,
        &[
            &["cannotpull", ": not found"],
            &["cannotpull", "manifest unknown"],
            &["cannotpull", "requested image not found"],
            &["cannotpull", "pull access denied"],
            &["cannotpull", "imagenotfound"],
        ],
    ),
    meaning(
        Cause::NoRouteToRegistry,
        &[
            &["i/o timeout"],
            &["context deadline exceeded"],
            // The same, where AWS cut its own sentence off.
            &["requestcanceled: request context canceled"],
            &["client.timeout exceeded"],
            &["request canceled while waiting for connection"],
            &["connection timed out"],
            &["there is a connection issue between the task and"],
            // A request that never got an answer has no status.
            &["https response error statuscode: 0"],
        ],
    ),
    meaning(
        Cause::VpcDnsOff,
        &[
            &["dial tcp: lookup", "no such host"],
            &["dial tcp: lookup", "server misbehaving"],
            &["temporary failure in name resolution"],
        ],
    ),
    meaning(
        Cause::FargateQuota,
        &[
            &["limit on the number of"],
            &["configuration is above your limit"],
        ],
    ),
    meaning(
        Cause::TargetNotInUse,
        &[&["does not have an associated load balancer"]],
    ),
];

/// The cause a text names, if it names one.
pub(super) fn cause(text: &str) -> Option<Cause> {
    let text = text.to_ascii_lowercase();
    MEANINGS
        .iter()
        .find(|meaning| {
            meaning
                .any
                .iter()
                .any(|words| words.iter().all(|word| text.contains(word)))
        })
        .map(|meaning| meaning.cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::live::corpus::{self, Real};

    fn corpus() -> Vec<Real> {
        corpus::lines(include_str!("../../../tests/corpus/events.toml"))
    }

    #[test]
    fn every_real_text_means_what_it_meant_when_it_was_collected() {
        for real in corpus() {
            let found = cause(&real.text).map_or("-", Cause::id);
            assert_eq!(found, real.cause, "{}", real.text);
        }
    }

    #[test]
    fn every_meaning_was_seen_in_a_real_text() {
        for meaning in MEANINGS {
            assert!(
                corpus().iter().any(|real| real.cause == meaning.cause.id()),
                "no line for {}",
                meaning.cause
            );
        }
    }

    #[test]
    fn no_real_text_fits_two_meanings() {
        for real in corpus() {
            let lower = real.text.to_ascii_lowercase();
            let fitting: Vec<&str> = MEANINGS
                .iter()
                .filter(|one| {
                    one.any
                        .iter()
                        .any(|words| words.iter().all(|word| lower.contains(word)))
                })
                .map(|one| one.cause.id())
                .collect();
            assert!(fitting.len() <= 1, "{}: {fitting:?}", real.text);
        }
    }

    #[test]
    fn every_text_names_where_and_when_it_was_seen() {
        for real in corpus() {
            let where_from = real.source.starts_with("https://") || real.source == "memory";
            assert!(where_from, "{}", real.text);
            assert!(
                real.date.parse::<jiff::civil::Date>().is_ok(),
                "{}",
                real.text
            );
        }
        let from_memory = corpus()
            .iter()
            .filter(|real| real.source == "memory")
            .count();
        assert!(
            from_memory * 3 <= corpus().len(),
            "{from_memory} from memory"
        );
    }
}

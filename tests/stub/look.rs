//! A full look at the stub, judged as `landfall verify` judges it.

use super::account::kept;
use super::http::Stub;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use landfall::account::{Area, CallRecord, Fact, Snapshot, Workplace};
use landfall::aws::{Collected, Limits, Reader, Session, collect};
use landfall::checks::{self, Asked, Finding, Stack, Verdict, Verification, balancer_of, verify};
use landfall::course::{self, Course, CourseFiles};
use landfall::workplace::endpoint;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// What a look gave.
pub struct Look {
    pub snapshot: Snapshot,
    pub calls: Vec<CallRecord>,
    pub verification: Verification,
    pub took: Duration,
}

pub fn course() -> &'static Course {
    static COURSE: OnceLock<Course> = OnceLock::new();
    COURSE.get_or_init(|| {
        let known: Vec<&str> = checks::checks().map(|check| check.id.as_str()).collect();
        let (course, _) =
            course::load(&CourseFiles::embedded(), &known).expect("the course is valid");
        course
    })
}

/// What a full look asks for.
pub fn areas() -> BTreeSet<Area> {
    Asked::All.areas(course())
}

/// A session with the stub, as an account of its own.
pub fn session(stub: &Stub, limits: Limits) -> Session {
    let keys = Credentials::new("AKIDEXAMPLE", "secret", None, None, "stub");
    let config = aws_config::SdkConfig::builder()
        .endpoint_url(&stub.url)
        .credentials_provider(SharedCredentialsProvider::new(keys))
        .build();
    Session::from_config(&config, limits, kept().chapter.region.clone())
}

/// Looks at everything but the leftovers.
pub async fn look(stub: &Stub, limits: Limits) -> Look {
    let reader = Reader::new(session(stub, limits));
    let began = Instant::now();
    let mut collected = collect(&reader, &kept().chapter, &areas(), None).await;
    let took = began.elapsed();
    lay_in(&mut collected);
    let snapshot = collected.snapshot;
    let verification = verify(
        &Stack {
            snapshot: &snapshot,
            attested: &kept().attested,
            teardown_begun: false,
        },
        course(),
        &Asked::All,
    );
    Look {
        snapshot,
        calls: collected.calls,
        verification,
        took,
    }
}

/// The workplace as it was recorded, as far as the account's part lets it be looked at: like `app::real`.
fn lay_in(collected: &mut Collected) {
    let kept = kept();
    let snapshot = &mut collected.snapshot;
    snapshot.collected_at = kept.collected_at;
    let mut workplace: Workplace = kept.workplace.clone();
    if let Fact::Present(file) = &mut workplace.definition_file {
        let registered = &collected.registered;
        file.compared.retain(|arn, _| registered.contains_key(arn));
    }
    let tags: BTreeSet<&String> = snapshot
        .repositories
        .values()
        .filter_map(|facts| facts.images.present())
        .flatten()
        .flat_map(|image| &image.tags)
        .collect();
    if let Fact::Present(git) = &mut workplace.git {
        git.known.retain(|tag, _| tags.contains(tag));
    }
    let balancer = balancer_of(snapshot).map(|balancer| balancer.dns_name.clone());
    if let (Fact::Present(dns), None) = (&mut workplace.dns, &balancer) {
        dns.balancer_addresses.clear();
    }
    // Whoever cannot reach AWS does not wait for DNS as well.
    let reached = snapshot.caller.present().is_some();
    if !reached {
        workplace.dns = Fact::not_asked();
    }
    if !reached || endpoint::address(&snapshot.chapter, balancer.as_deref()).is_none() {
        workplace.endpoint = Fact::not_asked();
    }
    snapshot.workplace = workplace;
}

/// Every check's finding, by its id.
pub fn verdicts(verification: &Verification) -> BTreeMap<&'static str, &Finding> {
    verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks)
        .map(|finding| (finding.check.as_str(), finding))
        .collect()
}

/// What a finding may not be, when something could not be read.
pub fn is_cannot_tell(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Unknown | Verdict::Blocked)
}

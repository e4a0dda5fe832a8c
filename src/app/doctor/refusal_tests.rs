//! Each call refused in turn: the doctor names its action, and nothing but what needs it turns "cannot tell".

use super::account::permissions;
use crate::account::{Area, DeniedBy, Fact};
use crate::app::context::Context;
use crate::app::evidence::Look;
use crate::aws::testing::{Reply, Server};
use crate::aws::whole_account::{patient_reader, whole_account};
use crate::aws::{Call, Protocol, calls, collect};
use crate::checks::{Asked, Check, Finding, Stack, Verdict, check, verify};
use crate::cli::Cli;
use crate::term::Ui;
use clap::Parser;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

fn context(folder: &tempfile::TempDir) -> Context {
    let (ui, _) = Ui::captured(80);
    let globals = Cli::parse_from(["landfall"]).globals;
    Context::apart(globals, Arc::new(ui), folder.path()).unwrap()
}

async fn look(server: &Server, context: &Context) -> Look {
    let areas = Asked::All.areas(&context.course);
    let got = collect(
        &patient_reader(server),
        &context.course.chapter,
        &areas,
        None,
    )
    .await;
    let mut snapshot = got.snapshot;
    // What lies on the learner's machine is looked at, too, in a real look.
    snapshot.workplace.definition_file = Fact::Absent;
    Look {
        snapshot,
        calls: got.calls,
    }
}

fn findings(look: &Look, context: &Context) -> BTreeMap<&'static str, Finding> {
    let nothing = BTreeSet::new();
    let stack = Stack {
        snapshot: &look.snapshot,
        attested: &nothing,
        teardown_begun: false,
    };
    verify(&stack, &context.course, &Asked::All)
        .lessons
        .into_iter()
        .flat_map(|lesson| lesson.steps)
        .flat_map(|step| step.checks)
        .map(|finding| (finding.check.as_str(), finding))
        .collect()
}

/// What a check reads, and what those read that may explain it.
fn needs(asked: &'static Check, all: &mut BTreeSet<Area>, seen: &mut BTreeSet<&'static str>) {
    if seen.insert(asked.id.as_str()) {
        all.extend(asked.needs);
        for other in asked.follows.iter().filter_map(|id| check(id)) {
            needs(other, all, seen);
        }
    }
}

fn refused(call: &Call, message: &str) -> Reply {
    match call.protocol {
        Protocol::Json { .. } => Reply::refused_json(400, "AccessDeniedException", message),
        Protocol::Sdk if call.operation != "GetCallerIdentity" => {
            Reply::refused_json(400, "AccessDeniedException", message)
        }
        _ => Reply::refused(403, "AccessDenied", message),
    }
}

#[tokio::test]
async fn a_refused_call_is_named_and_only_what_needs_it_cannot_tell() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(&folder);
    let before = findings(&look(&whole_account(), &context).await, &context);
    let refusable = calls::ALL
        .iter()
        .filter(|call| call.action != "sts:GetCallerIdentity" && !call.is_for_leftovers_only());
    for call in refusable {
        let server = whole_account().on(call.operation, [refused(call, "no")]);
        let look = look(&server, &context).await;
        let found = permissions(&context, &look);
        let named: Vec<&str> = found
            .missing
            .iter()
            .map(|one| one.action.as_str())
            .collect();
        assert_eq!(named, [call.action], "{}", call.api());
        for (id, finding) in findings(&look, &context) {
            let was = before[id].verdict;
            // What waited for a failure that is no longer read is judged by itself again.
            if finding.verdict == was || was == Verdict::Blocked {
                continue;
            }
            assert!(
                matches!(finding.verdict, Verdict::Unknown | Verdict::Blocked),
                "{} refused: {id} was {was:?} and became {finding:?}",
                call.api()
            );
            let mut areas = BTreeSet::from([Area::Caller]);
            needs(check(id).unwrap(), &mut areas, &mut BTreeSet::new());
            assert!(
                call.areas.iter().any(|area| areas.contains(area)),
                "{id} does not need {}: was {was:?}, became {finding:?}",
                call.api()
            );
        }
    }
}

#[tokio::test]
async fn all_refused_calls_are_named_at_once_each_with_who_refuses() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(&folder);
    let mut server = whole_account();
    let reasons = [
        (
            &calls::DESCRIBE_DB_INSTANCES,
            "because no identity-based policy allows it",
            DeniedBy::Identity,
        ),
        (
            &calls::DESCRIBE_VPCS,
            "because no identity-based policy allows it",
            DeniedBy::Identity,
        ),
        (
            &calls::DESCRIBE_IMAGES,
            "with an explicit deny in a service control policy",
            DeniedBy::Organisation,
        ),
        (
            &calls::DESCRIBE_PARAMETERS,
            "because no session policy allows it",
            DeniedBy::Session,
        ),
        (
            &calls::DESCRIBE_CLUSTERS,
            "because no permissions boundary allows it",
            DeniedBy::Boundary,
        ),
        (
            &calls::LIST_CERTIFICATES,
            "with an explicit deny in an identity-based policy",
            DeniedBy::ExplicitDeny,
        ),
    ];
    for (call, message, _) in reasons {
        server = server.on(call.operation, [refused(call, message)]);
    }
    let found = permissions(&context, &look(&server, &context).await);
    let named: BTreeMap<&str, DeniedBy> = found
        .missing
        .iter()
        .map(|one| (one.action.as_str(), one.denied_by))
        .collect();
    assert_eq!(named, reasons.map(|(call, _, by)| (call.action, by)).into());
    for denial in found
        .missing
        .iter()
        .filter(|one| one.action != "ec2:DescribeVpcs")
    {
        assert!(
            !denial.checks.is_empty(),
            "{} holds up nothing",
            denial.action
        );
    }
    // What only an organisation, a session or a deny refuses is in no statement to add.
    let statement = serde_json::to_string(&found.statement).unwrap();
    for (call, _, by) in reasons {
        let helps = matches!(by, DeniedBy::Identity | DeniedBy::Boundary);
        assert_eq!(statement.contains(call.action), helps, "{}", call.action);
    }
}

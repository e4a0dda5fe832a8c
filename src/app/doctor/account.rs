//! The part of the set-up that leads to the account.

use crate::account::{
    CallOutcome, CallRecord, Caller, CredentialTrouble, DeniedBy, Fact, Principal, Source, Why,
};
use crate::app::context::{Context, now};
use crate::app::evidence::{self, Look};
use crate::app::failure::Failure;
use crate::app::local_time::LocalTime;
use crate::app::policy;
use crate::app::real::{self, SetUp};
use crate::app::trouble;
use crate::aws::{Call, RegionChoice, RegionSource, Scope, calls};
use crate::checks::{Asked, Fix, Stack, verify};
use crate::report::doctor::{LogScope, Part, PartState, Permissions, Unread, reading, unread};
use crate::report::policy::log_resources;
use jiff::SignedDuration;
use std::collections::BTreeSet;

/// AWS refuses requests that are signed five minutes off; the SDK corrects for that, not every program does.
const FAR_OFF: SignedDuration = SignedDuration::from_mins(4);

/// More than the way of an answer takes.
const OFF: SignedDuration = SignedDuration::from_secs(30);

/// The practice account needs none of it.
pub(super) fn practice(context: &Context) -> Vec<Part> {
    let store = evidence::practice_store(context)
        .and_then(|store| store.load().map_err(evidence::practice_failure));
    let account = match store {
        Ok(loaded) if loaded.moved_aside.is_none() => Part::new(
            "account",
            "Account",
            PartState::Fine,
            "The practice account that comes with Landfall; nothing is asked of AWS.",
        ),
        Ok(_) => Part::new(
            "account",
            "Account",
            PartState::Note,
            "The practice account could not be read and was begun anew; the old one is kept beside it.",
        ),
        Err(failure) => {
            let part = Part::new("account", "Account", PartState::Trouble, failure.message);
            failure
                .hints
                .into_iter()
                .fold(part, |part, hint| part.todo(Fix::say(hint)))
        }
    };
    let aws = Part::new(
        "aws",
        "AWS",
        PartState::NotLooked,
        "Region, credentials and permissions: the practice account needs none.",
    )
    .todo(Fix::run(
        "To have the way to your real account looked at:",
        "landfall --account aws doctor",
    ));
    vec![account, aws]
}

/// Region, credentials, who one is, what may be read, the clock.
pub(super) fn real(context: &Context) -> Result<(Vec<Part>, Permissions), Failure> {
    let areas = Asked::All.areas(&context.course);
    let waiting = context
        .ui
        .waiting("Looking once at everything in your AWS account that is checked, read-only ...");
    let set_up = real::set_up(context, &areas);
    drop(waiting);
    let set_up = set_up?;
    debug_assert_eq!(set_up.look.snapshot.source, Source::Aws);
    let mut parts = vec![
        region(&set_up.region),
        credentials(&set_up, &LocalTime::here(now())),
    ];
    let permissions = permissions(context, &set_up.look);
    parts.extend(access(&set_up, &permissions));
    parts.push(clock(set_up.clock_ahead));
    Ok((parts, permissions))
}

fn region(choice: &RegionChoice) -> Part {
    let from = |source: RegionSource| match source {
        RegionSource::Course => "the lessons (or by you, in the guide)".to_owned(),
        RegionSource::Profile => "your AWS profile".to_owned(),
        other => other.say().to_owned(),
    };
    let mut say = format!("{}, named by {}", choice.region, from(choice.from));
    if choice.overruled.is_empty() {
        return Part::new("region", "Region", PartState::Fine, say + ".");
    }
    let others: Vec<String> = choice
        .overruled
        .iter()
        .map(|(source, region)| format!("{} says {region}", from(*source)))
        .collect();
    say.push_str(&format!("; but {}.", others.join(" and ")));
    Part::new("region", "Region", PartState::Note, say).todo(Fix::say(format!(
        "If what you built is elsewhere, say so with --region, or make them agree. Looked at is {}.",
        choice.region
    )))
}

fn credentials(set_up: &SetUp, local: &LocalTime) -> Part {
    const ID: &str = "credentials";
    const TITLE: &str = "Credentials";
    let profile = set_up
        .profile
        .as_ref()
        .map_or_else(String::new, |name| format!(", profile {name}"));
    if let Some(advice) = &set_up.advice {
        let part = Part::new(
            ID,
            TITLE,
            PartState::Trouble,
            format!("{}{profile}.", said(advice.trouble)),
        );
        let part = part.todo(Fix {
            say: advice.say.clone(),
            command: advice.command.clone(),
        });
        return match advice.trouble {
            CredentialTrouble::None => part.todo(Fix::run(
                "Without an AWS account, learn on the practice account:",
                "landfall --account practice",
            )),
            _ => part,
        };
    }
    match &set_up.credentials {
        Ok(found) => {
            let until = found
                .expires
                .map_or_else(String::new, |at| format!(", until {}", local.minute(at)));
            let say = format!("Found: {}{profile}{until}.", found.kind.say());
            Part::new(ID, TITLE, PartState::Fine, say)
        }
        Err(why) => from_trouble(Part::new(ID, TITLE, PartState::Trouble, ""), why),
    }
}

fn said(trouble: CredentialTrouble) -> &'static str {
    match trouble {
        CredentialTrouble::None => "None were found",
        CredentialTrouble::Expired => "They have run out",
        CredentialTrouble::Invalid => "AWS does not know them",
        CredentialTrouble::NeedsCode => "The profile is protected by a one-time code (MFA)",
    }
}

/// What was refused, and what that does to the checks.
pub(super) fn permissions(context: &Context, look: &Look) -> Permissions {
    let nothing = BTreeSet::new();
    let stack = Stack {
        snapshot: &look.snapshot,
        attested: &nothing,
        teardown_begun: false,
    };
    let verification = verify(&stack, &context.course, &Asked::All);
    let findings = verification
        .lessons
        .iter()
        .flat_map(|lesson| &lesson.steps)
        .flat_map(|step| &step.checks);
    let mut unread = unread(&look.snapshot);
    for action in refused_aside(&look.calls, &unread) {
        unread.refuse(action, DeniedBy::Identity);
    }
    Permissions::of(
        &unread,
        findings,
        not_tried(&look.calls),
        log_scope(context),
    )
}

/// The calls that read log lines, and the groups that they are for, as the printed policy has them.
fn log_scope(context: &Context) -> LogScope {
    let partition = policy::partition(context);
    LogScope {
        actions: calls::ALL
            .iter()
            .filter(|call| call.scope == Scope::ChapterLogs)
            .map(|call| call.action)
            .collect(),
        resources: log_resources(partition.in_arns(), &context.chapter().log_group),
    }
}

/// Refused calls that left no fact unread, since what they only add was left out. Who refused is not known of them: the
/// usual case is taken.
fn refused_aside(made: &[CallRecord], unread: &Unread) -> BTreeSet<String> {
    calls::ALL
        .iter()
        .filter(|call| {
            made.iter().any(|record| {
                record.outcome == CallOutcome::Denied
                    && record.service == call.service.prefix()
                    && record.operation == call.operation
            })
        })
        .map(|call| call.action.to_owned())
        .filter(|action| {
            !unread
                .denied
                .iter()
                .any(|(_, known)| known.contains(action))
        })
        .collect()
}

/// What is only asked once a refused call of the same part can be answered: whether it is allowed is not known.
fn not_tried(made: &[CallRecord]) -> BTreeSet<String> {
    let outcome = |call: &Call, is: fn(CallOutcome) -> bool| {
        made.iter().any(|record| {
            record.service == call.service.prefix()
                && record.operation == call.operation
                && is(record.outcome)
        })
    };
    let refused: Vec<&Call> = calls::ALL
        .iter()
        .copied()
        .filter(|call| outcome(call, |outcome| outcome == CallOutcome::Denied))
        .collect();
    let tried: BTreeSet<&str> = calls::ALL
        .iter()
        .filter(|call| outcome(call, |_| true))
        .map(|call| call.action)
        .collect();
    let follows = |call: &Call| {
        refused.iter().any(|before| {
            before.service == call.service
                && before.areas.iter().any(|area| call.areas.contains(area))
        })
    };
    calls::ALL
        .iter()
        .filter(|call| !tried.contains(call.action) && !call.is_for_leftovers_only())
        .filter(|call| follows(call))
        .map(|call| call.action.to_owned())
        .collect()
}

/// Who one is to AWS, and what may be read.
fn access(set_up: &SetUp, missing: &Permissions) -> Vec<Part> {
    let not_looked = |id, title| {
        Part::new(
            id,
            title,
            PartState::NotLooked,
            "AWS has to know who you are first.",
        )
    };
    match &set_up.look.snapshot.caller {
        Fact::Present(caller) => {
            let unread = unread(&set_up.look.snapshot);
            vec![
                identity(caller),
                missing.part(Some(&caller.principal)),
                reading(&unread),
            ]
        }
        // Said with the credentials already.
        _ if set_up.advice.is_some() || set_up.credentials.is_err() => vec![
            not_looked("identity", "Identity"),
            not_looked("permissions", "Permissions"),
        ],
        Fact::Absent => vec![not_looked("identity", "Identity")],
        Fact::Unknown(why) => vec![
            from_trouble(
                Part::new("identity", "Identity", PartState::Unknown, ""),
                why,
            ),
            not_looked("permissions", "Permissions"),
        ],
    }
}

fn identity(caller: &Caller) -> Part {
    const ID: &str = "identity";
    const TITLE: &str = "Identity";
    let who = caller.arn.resource().unwrap_or(caller.arn.as_str());
    if caller.principal == Principal::Root {
        let say = format!(
            "You are root of account {}. Almost every check waits until your daily user works.",
            caller.account
        );
        return Part::new(ID, TITLE, PartState::Note, say).todo(Fix::run(
            "Create the user and sign in as it:",
            "landfall guide iam-user.identity",
        ));
    }
    let say = format!("You are {who} of account {}.", caller.account);
    Part::new(ID, TITLE, PartState::Fine, say)
}

/// A reason with its remedies in the words that every command uses.
fn from_trouble(part: Part, why: &Why) -> Part {
    let trouble = trouble::of(why);
    trouble.hints.into_iter().fold(
        Part {
            say: trouble.say,
            ..part
        },
        |part, hint| part.todo(Fix::say(hint)),
    )
}

fn clock(ahead: Option<SignedDuration>) -> Part {
    const ID: &str = "clock";
    const TITLE: &str = "Clock";
    let Some(ahead) = ahead else {
        let say = "AWS gave no answer to compare it with.";
        return Part::new(ID, TITLE, PartState::NotLooked, say);
    };
    let off = ahead.abs();
    if off < OFF {
        let say = "This computer and AWS agree on the time.";
        return Part::new(ID, TITLE, PartState::Fine, say);
    }
    let direction = if ahead.is_negative() {
        "behind"
    } else {
        "ahead of"
    };
    let amount = match off.as_secs() {
        seconds @ ..120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds / 60),
    };
    let mut say = format!("This computer is {amount} {direction} AWS.");
    if off >= FAR_OFF {
        say.push_str(" Landfall corrects for that; other programs may be refused.");
    }
    Part::new(ID, TITLE, PartState::Note, say).todo(Fix::say(
        "Let the system set its clock from the network (NTP).",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Arn, Region};

    #[test]
    fn sources_that_disagree_about_the_region_are_named() {
        let mut choice = RegionChoice {
            region: Region::from("eu-west-1"),
            from: RegionSource::Environment,
            overruled: vec![],
        };
        assert_eq!(region(&choice).state, PartState::Fine);
        choice.overruled = vec![(RegionSource::Profile, Region::from("us-east-1"))];
        let part = region(&choice);
        assert_eq!(part.state, PartState::Note);
        assert_eq!(
            part.say,
            "eu-west-1, named by AWS_REGION; but your AWS profile says us-east-1."
        );
    }

    #[test]
    fn a_clock_is_compared_only_when_aws_answered() {
        assert_eq!(clock(None).state, PartState::NotLooked);
        assert_eq!(
            clock(Some(SignedDuration::from_secs(-3))).state,
            PartState::Fine
        );
        let behind = clock(Some(SignedDuration::from_secs(-90)));
        assert_eq!(behind.say, "This computer is 90 seconds behind AWS.");
        let far = clock(Some(SignedDuration::from_mins(11)));
        assert!(
            far.say
                .starts_with("This computer is 11 minutes ahead of AWS. Landfall corrects"),
            "{}",
            far.say
        );
    }

    fn record(call: &Call, outcome: CallOutcome) -> CallRecord {
        CallRecord {
            service: call.service.prefix().to_owned(),
            operation: call.operation.to_owned(),
            outcome,
            ms: 1,
            request_id: None,
        }
    }

    #[test]
    fn what_comes_after_a_refused_call_is_known_not_to_be_tried() {
        let refused = [record(&calls::LIST_TASKS, CallOutcome::Denied)];
        let after = not_tried(&refused);
        assert!(after.contains("ecs:DescribeTasks"), "{after:?}");
        assert!(!after.contains("ecs:ListTasks"), "{after:?}");
        assert!(!after.iter().any(|action| action.starts_with("rds:")));
        let answered = [
            record(&calls::LIST_TASKS, CallOutcome::Ok),
            record(&calls::DESCRIBE_DB_INSTANCES, CallOutcome::Throttled),
        ];
        assert_eq!(not_tried(&answered), BTreeSet::new());
    }

    #[test]
    fn root_is_told_what_to_do_first() {
        let caller = Caller {
            account: "111122223333".into(),
            arn: Arn::from("arn:aws:iam::111122223333:root"),
            principal: Principal::Root,
        };
        let part = identity(&caller);
        assert_eq!(part.state, PartState::Note);
        assert_eq!(
            part.todo[0].command.as_deref(),
            Some("landfall guide iam-user.identity")
        );
    }
}

//! Where the app's container writes: CloudWatch, in this region, to a group that exists.

use super::{API, register};
use crate::checks::cause::Cause;
use crate::checks::container;
use crate::checks::finding::{Evidence, Fix, Judgement};
use crate::checks::ids::CheckId;
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

const LOG_GROUP: CheckId = CheckId("logs.group");

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (definition, by) = super::needed(stack)?;
    let name = definition.arn.short();
    let container = container::of_app(stack, definition)
        .ok_or_else(|| Judgement::unknown(format!("{name} has no container.")))?;
    let chapter = stack.chapter();
    let region = stack.snapshot.region.as_str();
    let field = format!("containerDefinitions.{}.logConfiguration", container.name);
    let sample = format!(
        "Add to it: \"logConfiguration\": {{\"logDriver\": \"awslogs\", \"options\": {{\"awslogs-group\": \"{}\", \"awslogs-region\": \"{region}\", \"awslogs-stream-prefix\": \"api\"}}}}.",
        chapter.log_group
    );
    let not_configured = |summary: String, observed: &str| {
        register(
            stack,
            Judgement::failed(Cause::LogsNotConfigured, summary)
                .seen(Evidence::new(
                    API,
                    name,
                    &field,
                    "awslogs to a group",
                    observed,
                    by,
                ))
                .fix(Fix::say(sample.clone())),
        )
    };
    let Some(logs) = &container.logs else {
        return Err(not_configured(
            format!(
                "{} has no log settings: when it fails, nobody can read why.",
                container.name
            ),
            "none",
        ));
    };
    if logs.driver != "awslogs" {
        return Err(not_configured(
            format!(
                "{} logs through {}, not to CloudWatch.",
                container.name, logs.driver
            ),
            &logs.driver,
        ));
    }
    let Some(group) = &logs.group else {
        return Err(not_configured(
            format!("The log settings of {} name no group.", container.name),
            "awslogs without a group",
        ));
    };
    if logs.region.is_none() {
        return Err(not_configured(
            format!("The log settings of {} name no region.", container.name),
            "awslogs without a region",
        ));
    }
    if let Some(other) = logs.region.as_deref().filter(|other| *other != region) {
        return Err(register(
            stack,
            Judgement::failed(
                Cause::LogGroupMissing,
                format!("{} logs to {other}, but everything else is in {region}: its group is not there.", container.name),
            )
            .seen(Evidence::new(API, name, format!("{field}.options.awslogs-region"), region, other, by))
            .fix(Fix::say(format!("Set \"awslogs-region\": \"{region}\"."))),
        ));
    }
    // Whether the group exists is one question, asked once.
    let of_group = stack.judgement_of(LOG_GROUP.as_str());
    if of_group.verdict != Verdict::Passed {
        return Err(match of_group.verdict {
            Verdict::Unknown => of_group,
            _ => Judgement::blocked(LOG_GROUP, of_group.summary),
        });
    }
    Ok(
        Judgement::passed(format!("{} writes to {group}.", container.name)).seen(Evidence::new(
            API,
            name,
            field,
            "awslogs to a group",
            format!("awslogs to {group}"),
            by,
        )),
    )
}

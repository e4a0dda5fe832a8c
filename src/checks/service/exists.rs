//! The service is there, active, on Fargate.

use super::{seen, update};
use crate::checks::cause::Cause;
use crate::checks::container;
use crate::checks::discovery::{Gap, definition, service};
use crate::checks::finding::{Evidence, Fix, FoundBy, Judgement};
use crate::checks::found_values::known;
use crate::checks::stack::Stack;
use crate::checks::verdict::Verdict;

/// AWS refuses to create the service while one of these is wrong.
const REFUSED_BECAUSE_OF: [&str; 7] = [
    "tg.ip-targets",
    "tg.same-vpc",
    "acm.issued",
    "listener.https",
    "listener.http-redirects",
    "taskdef.fargate-size",
    "taskdef.port",
];

pub(super) fn judge(stack: &Stack<'_>) -> Result<Judgement, Judgement> {
    let (found, by) = match service::find(stack) {
        Ok(found) => found,
        Err(Gap::NotThere) => return Err(not_there(stack)),
        Err(gap) => return Err(gap.judgement(&service::SERVICE)),
    };
    let status = seen(found, "status", "ACTIVE", &found.status, by);
    match found.status.as_str() {
        "ACTIVE" => {}
        "DRAINING" => {
            return Err(Judgement::missing(format!(
                "{} is being deleted; create it again once that is done.",
                found.name
            ))
            .seen(status)
            .fix(create(stack)));
        }
        other => {
            return Err(Judgement::unknown(format!(
                "{} is in a state this version does not know: {other}.",
                found.name
            ))
            .seen(status));
        }
    }
    let providers = &found.capacity_providers;
    let (field, observed) = match &found.launch_type {
        Some(kind) => ("launchType", kind.clone()),
        None if providers.is_empty() => {
            return Err(Judgement::unknown(format!(
                "AWS names neither a launch type nor a capacity provider for {}.",
                found.name
            ))
            .seen(status)
            .fix(Fix::say(
                "A service that CodeDeploy or another controller brings out keeps them in its task sets. The chapter's service is brought out by ECS itself: create it without --deployment-controller.",
            )));
        }
        None => ("capacityProviderStrategy", providers.join(", ")),
    };
    let on_fargate = match &found.launch_type {
        Some(kind) => kind == "FARGATE",
        None => providers
            .iter()
            .all(|one| matches!(one.as_str(), "FARGATE" | "FARGATE_SPOT")),
    };
    let kind = seen(found, field, "FARGATE", &observed, by);
    if on_fargate {
        return Ok(
            Judgement::passed(format!("{} is active on Fargate.", found.name))
                .seen(status)
                .seen(kind),
        );
    }
    Err(Judgement::failed(
        Cause::NotOnFargate,
        format!("{} runs on {observed}, not on Fargate.", found.name),
    )
    .seen(kind)
    .fix(update(
        stack,
        "Move it to Fargate.",
        found,
        "--capacity-provider-strategy capacityProvider=FARGATE,weight=1 --force-new-deployment",
    )))
}

fn not_there(stack: &Stack<'_>) -> Judgement {
    let name = &stack.chapter().service.service;
    for id in REFUSED_BECAUSE_OF {
        let judgement = stack.judgement_of(id);
        let in_the_way = match judgement.verdict {
            Verdict::Failed => true,
            // Without a certificate no listener, without a listener no service.
            Verdict::Pending => id == "acm.issued",
            _ => false,
        };
        if let (true, Some(check)) = (in_the_way, crate::checks::check(id)) {
            return Judgement::blocked(
                check.id,
                format!(
                    "There is no service {name}, and AWS would refuse to create it. {}",
                    judgement.summary
                ),
            );
        }
    }
    let missing = Judgement::missing(format!(
        "There is no service {name} in the cluster {}.",
        stack.chapter().service.cluster
    ))
    .seen(Evidence::new(
        super::API,
        name,
        "status",
        "ACTIVE",
        "none",
        FoundBy::Name,
    ));
    missing.fix(create(stack))
}

fn create(stack: &Stack<'_>) -> Fix {
    let chapter = stack.chapter();
    let names = &chapter.service;
    let container = definition::find(stack)
        .ok()
        .and_then(|(definition, _)| container::of_app(stack, definition))
        .map_or("CONTAINER-NAME", |container| container.name.as_str());
    Fix::run(
        "Create the service.",
        stack.aws(format!(
            "ecs create-service --cluster {} --service-name {} --task-definition {} --desired-count {} --launch-type FARGATE --health-check-grace-period-seconds {} --load-balancers targetGroupArn={},containerName={container},containerPort={} --network-configuration 'awsvpcConfiguration={{subnets=[{}],securityGroups=[{}],assignPublicIp=ENABLED}}'",
            names.cluster,
            names.service,
            names.family,
            chapter.desired_count,
            names.grace_seconds,
            known(stack, "tg.arn", "TARGET-GROUP-ARN"),
            chapter.port,
            known(stack, "subnets.public.comma", "SUBNET-A,SUBNET-B"),
            known(stack, "sg.ecs", "GROUP-ID")
        )),
    )
}

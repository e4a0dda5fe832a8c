//! The load balancer, its listeners, the target group, the certificates.

use super::groups::attached;
use super::pairs::{Pair, listed, lists, pairs, side_by_side};
use super::part::Part;
use super::{Drift, Looks};
use crate::account::{Action, Arn, Balancer, Certificate, Listener, ListenerRule, TargetGroup};

pub(super) fn tell(looks: &Looks<'_>) -> Vec<Drift> {
    let (before, now) = (looks.before, looks.now);
    let is = |meant: &Option<Arn>, arn: &Arn| meant.as_ref() == Some(arn);
    let mut told = Vec::new();
    // By name: what was deleted and created again is another one under the same name.
    for pair in pairs(&before.balancers, &now.balancers, |one| &one.name) {
        match pair {
            Pair::Gone(one) if is(&looks.was.balancer, &one.arn) => told.push(Drift::gone(
                Part::Balancer,
                &one.name,
                &one.name,
                format!("the load balancer {} is gone", one.name),
            )),
            Pair::Both(was, now)
                if is(&looks.was.balancer, &was.arn) || is(&looks.is.balancer, &now.arn) =>
            {
                told.extend(balancer(looks, was, now));
            }
            _ => {}
        }
    }
    for pair in pairs(&before.target_groups, &now.target_groups, |one| &one.name) {
        match pair {
            Pair::Gone(one) if is(&looks.was.target_group, &one.arn) => told.push(Drift::gone(
                Part::TargetGroup,
                &one.name,
                &one.name,
                format!("the target group {} is gone", one.name),
            )),
            Pair::Both(was, now)
                if is(&looks.was.target_group, &was.arn)
                    || is(&looks.is.target_group, &now.arn) =>
            {
                told.extend(target_group(was, now));
            }
            _ => {}
        }
    }
    for pair in pairs(&before.certificates, &now.certificates, |one| &one.arn) {
        let (Pair::Gone(one) | Pair::New(one) | Pair::Both(one, _)) = pair;
        let ours = [&looks.was.certificates, &looks.is.certificates];
        if ours.iter().any(|arns| arns.contains(&one.arn)) {
            told.extend(certificate(&pair));
        }
    }
    told
}

fn balancer(looks: &Looks<'_>, was: &Balancer, is: &Balancer) -> Vec<Drift> {
    let name = &is.name;
    let mut told = Vec::new();
    if was.state != is.state && is.state != "active" {
        let what = format!("{name} is in the state");
        told.push(Drift::changed(
            Part::Balancer,
            name,
            &what,
            (&was.state, &is.state),
        ));
    }
    told.extend(made_anew(Part::Balancer, name, &was.arn, &is.arn));
    if was.internet_facing != is.internet_facing {
        const fn word(facing: bool) -> &'static str {
            if facing { "the internet" } else { "the inside" }
        }
        let what = format!("{name} faces");
        let words = (word(was.internet_facing), word(is.internet_facing));
        told.push(Drift::changed(Part::Balancer, name, &what, words));
    }
    let zones = |one: &Balancer| {
        let zones: Vec<_> = one.zones.iter().map(|zone| zone.zone.clone()).collect();
        listed(&zones)
    };
    if zones(was) != zones(is) {
        let what = format!("{name} stands in the zones");
        told.push(Drift::changed(
            Part::Balancer,
            name,
            &what,
            (zones(was), zones(is)),
        ));
    }
    told.extend(attached(
        looks,
        Part::BalancerGroup,
        name,
        &was.groups.iter().collect::<Vec<_>>(),
        &is.groups.iter().collect::<Vec<_>>(),
    ));
    let Some((before, now)) = lists(&was.listeners, &is.listeners) else {
        return told;
    };
    for pair in side_by_side(before, now, |one| one.port) {
        match pair {
            Pair::Gone(one) => told.push(Drift::gone(
                Part::Listener,
                name,
                one.port.to_string(),
                format!("the listener on port {} is gone from {name}", one.port),
            )),
            Pair::New(one) => {
                let does = actions(&one.default_actions);
                told.push(Drift::new(
                    Part::Listener,
                    name,
                    one.port.to_string(),
                    format!("{name} has a new listener on port {}: it {does}", one.port),
                ));
            }
            Pair::Both(was, is) => told.extend(listener(name, was, is)),
        }
    }
    told
}

fn listener(balancer: &str, was: &Listener, is: &Listener) -> Vec<Drift> {
    let place = format!("the listener on port {} of {balancer}", is.port);
    let part = Part::Listener;
    let mut told = Vec::new();
    if was.protocol != is.protocol {
        let what = format!("{place} speaks");
        told.push(Drift::changed(
            part,
            balancer,
            &what,
            (&was.protocol, &is.protocol),
        ));
    }
    let (before, now) = (actions(&was.default_actions), actions(&is.default_actions));
    if before != now {
        told.push(Drift::changed(part, balancer, &place, (before, now)));
    }
    if let Some((before, now)) = lists(&was.certificates, &is.certificates) {
        let (before, now) = (listed(before), listed(now));
        if before != now {
            let say = format!("{place} has other certificates");
            told.push(Drift::turned(part, balancer, (&before, &now), say));
        }
    }
    if let Some((before, now)) = lists(&was.rules, &is.rules) {
        for pair in side_by_side(before, now, conditions) {
            match pair {
                Pair::Gone(one) => {
                    let rule = format!("{}: {}", conditions(one), actions(&one.actions));
                    let say = format!("{place} has a rule less ({rule})");
                    told.push(Drift::gone(part, balancer, rule, say));
                }
                Pair::New(one) => {
                    let rule = format!("{}: {}", conditions(one), actions(&one.actions));
                    let say = format!("{place} has a new rule ({rule})");
                    told.push(Drift::new(part, balancer, rule, say));
                }
                Pair::Both(was, is) => {
                    let what = format!("{place}, for {},", conditions(is));
                    let does = (actions(&was.actions), actions(&is.actions));
                    if does.0 != does.1 {
                        told.push(Drift::changed(part, balancer, &what, does));
                    }
                }
            }
        }
    }
    told
}

/// `path-pattern /api/*`.
fn conditions(rule: &ListenerRule) -> String {
    let conditions: Vec<String> = rule
        .conditions
        .iter()
        .map(|one| {
            let values: Vec<&str> = one
                .values
                .iter()
                .chain(&one.patterns)
                .map(String::as_str)
                .collect();
            format!("{} {}", one.field, values.join(" "))
        })
        .collect();
    if conditions.is_empty() {
        return "everything".to_owned();
    }
    conditions.join(" and ")
}

/// `forwards to news-api-tg`.
fn actions(actions: &[Action]) -> String {
    let words: Vec<String> = actions
        .iter()
        .map(|action| match action {
            Action::Forward(groups) => {
                let names: Vec<String> = groups
                    .iter()
                    .filter(|group| group.weight > 0 || groups.len() == 1)
                    .map(|group| short(&group.target_group))
                    .collect();
                format!("forwards to {}", listed(&names))
            }
            Action::Redirect {
                protocol,
                port,
                status,
                ..
            } => format!("redirects to {protocol} {port} ({status})"),
            Action::FixedResponse { status } => format!("answers {status} by itself"),
            Action::Other(kind) => kind.clone(),
        })
        .collect();
    if words.is_empty() {
        return "does nothing".to_owned();
    }
    words.join(", ")
}

/// The name in a target group's ARN: `targetgroup/NAME/ID`.
pub(super) fn short(arn: &Arn) -> String {
    let resource = arn.resource().unwrap_or(arn.as_str());
    resource.split('/').nth(1).unwrap_or(resource).to_owned()
}

fn made_anew(part: Part, name: &str, was: &Arn, is: &Arn) -> Option<Drift> {
    (was != is).then(|| {
        let say = format!("{name} was deleted and created again");
        Drift::turned(part, name, (was.as_str(), is.as_str()), say)
    })
}

fn target_group(was: &TargetGroup, is: &TargetGroup) -> Vec<Drift> {
    let name = &is.name;
    let part = Part::TargetGroup;
    let mut told: Vec<Drift> = made_anew(part, name, &was.arn, &is.arn)
        .into_iter()
        .collect();
    if was.target_type != is.target_type {
        let what = format!("{name} takes targets of the type");
        let types = (&was.target_type, &is.target_type);
        told.push(Drift::changed(part, name, &what, types));
    }
    if let (Some(before), Some(now)) = (&was.vpc, &is.vpc)
        && before != now
    {
        told.push(Drift::changed(
            part,
            name,
            &format!("{name} is in the VPC"),
            (before, now),
        ));
    }
    told.extend(health(was, is));
    told
}

fn health(was: &TargetGroup, is: &TargetGroup) -> Vec<Drift> {
    let name = &is.name;
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    let (before, now) = (&was.health, &is.health);
    [
        ("path", text(&before.path), text(&now.path)),
        ("port", before.port.clone(), now.port.clone()),
        ("protocol", before.protocol.clone(), now.protocol.clone()),
        ("codes", text(&before.matcher), text(&now.matcher)),
        (
            "interval in seconds",
            before.interval_seconds.to_string(),
            now.interval_seconds.to_string(),
        ),
        (
            "threshold for unhealthy",
            before.unhealthy_threshold.to_string(),
            now.unhealthy_threshold.to_string(),
        ),
    ]
    .into_iter()
    .filter(|(_, before, now)| before != now)
    .map(|(what, before, now)| {
        let what = format!("the health check of {name} has another {what}:");
        Drift::changed(Part::TargetGroup, name, &what, (before, now))
    })
    .collect()
}

fn certificate(pair: &Pair<'_, Certificate>) -> Option<Drift> {
    match pair {
        Pair::Gone(one) => Some(Drift::gone(
            Part::Certificate,
            &one.domain,
            &one.status,
            format!("the certificate for {} is gone", one.domain),
        )),
        Pair::Both(was, is) if was.status != is.status => Some(Drift::changed(
            Part::Certificate,
            &is.domain,
            &format!("the certificate for {} is", is.domain),
            (&was.status, &is.status),
        )),
        _ => None,
    }
}

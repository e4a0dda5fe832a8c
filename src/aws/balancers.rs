//! Load balancers with their listeners, and target groups with their targets. Everything is listed, but only the
//! chapter's own are opened: those in front of the service, those of the configured names; failing these, all of a few.

use super::answers::elbv2::{DescribeLoadBalancers, DescribeTargetGroups, DescribeTargetHealth};
use super::error::{FactFrom, ReadError};
use super::input::Input;
use super::list::list;
use super::listeners::listeners;
use super::read::Reader;
use crate::account::{Arn, Balancer, Chapter, Chosen, Fact, Service, Target, TargetGroup};
use futures_util::future::join_all;

/// When none is known to be the chapter's, this many are opened: the only one of its kind may be it.
const A_FEW: usize = 5;
/// What a balancer or a target group that is gone answers.
const GONE: &[&str] = &["LoadBalancerNotFound", "TargetGroupNotFound"];

fn page() -> Input {
    Input::none().with("PageSize", 400)
}

/// Asks for both lists, so that they are there when it is known which of them are the chapter's.
pub(super) async fn ask_ahead(reader: &Reader) {
    let _ = tokio::join!(all_balancers(reader), all_groups(reader));
}

/// All of the region; listeners of the chapter's.
pub(super) async fn balancers(
    reader: &Reader,
    chapter: &Chapter,
    service: Option<&Service>,
) -> Fact<Vec<Balancer>> {
    let (found, groups) = tokio::join!(all_balancers(reader), all_groups(reader));
    let mut found = match found {
        Ok(found) => found,
        Err(error) => return Fact::Unknown(error.why),
    };
    let groups = groups.present().map_or(&[][..], Vec::as_slice);
    let in_front: Vec<&Arn> = groups
        .iter()
        .filter(|group| is_chapters(group, chapter, service))
        .flat_map(|group| &group.balancers)
        .collect();
    let own = |one: &Balancer| {
        one.name.eq_ignore_ascii_case(&chapter.balancer.name)
            || in_front.contains(&&one.arn)
            || is_chosen(chapter, "balancer.name", &one.name)
    };
    let opened = choose(&found, own, |one| one.kind == "application");
    let read = opened.into_iter().map(|at| {
        let arn = found[at].arn.clone();
        async move { (at, listeners(reader, &arn).await.fact(GONE)) }
    });
    let read: Vec<_> = join_all(read).await;
    for (at, listeners) in read {
        found[at].listeners = listeners;
    }
    Fact::Present(found)
}

/// All of the region; targets of the chapter's.
pub(super) async fn target_groups(
    reader: &Reader,
    chapter: &Chapter,
    service: Option<&Service>,
) -> Fact<Vec<TargetGroup>> {
    let mut found = match all_groups(reader).await {
        Fact::Present(found) => found,
        other => return other,
    };
    let own = |one: &TargetGroup| is_chapters(one, chapter, service);
    let opened = choose(&found, own, |_| true);
    let read = opened.into_iter().map(|at| {
        let arn = found[at].arn.clone();
        async move { (at, targets(reader, &arn).await) }
    });
    let read: Vec<_> = join_all(read).await;
    for (at, targets) in read {
        found[at].targets = targets;
    }
    Fact::Present(found)
}

pub(super) async fn all_balancers(reader: &Reader) -> Result<Vec<Balancer>, ReadError> {
    let items = reader.pages::<DescribeLoadBalancers>(page()).await?;
    let all: Result<Vec<Balancer>, _> = items.into_iter().map(Balancer::try_from).collect();
    all.map_err(|error| {
        let call = <DescribeLoadBalancers as super::Answer>::CALL;
        ReadError::other(call, format!("AWS named {error}"))
    })
}

async fn all_groups(reader: &Reader) -> Fact<Vec<TargetGroup>> {
    list::<DescribeTargetGroups, _>(reader, page()).await
}

async fn targets(reader: &Reader, group: &Arn) -> Fact<Vec<Target>> {
    let input = Input::none().with("TargetGroupArn", group.as_str());
    reader
        .ask::<DescribeTargetHealth>(input)
        .await
        .fact(GONE)
        .map(Vec::from)
}

/// By the configured name, or because the service registers its tasks there.
fn is_chapters(group: &TargetGroup, chapter: &Chapter, service: Option<&Service>) -> bool {
    let registered = service.is_some_and(|service| {
        service.target_groups.iter().any(|target| {
            target.target_group == group.arn || target.alternate.as_ref() == Some(&group.arn)
        })
    });
    registered
        || group
            .name
            .eq_ignore_ascii_case(&chapter.balancer.target_group)
        || is_chosen(chapter, "balancer.target_group", &group.name)
}

/// The learner said that it is theirs.
fn is_chosen(chapter: &Chapter, key: &str, name: &str) -> bool {
    matches!(chapter.chosen.get(key), Some(Chosen::This(chosen)) if chosen == name)
}

/// The places of the chapter's own; without any, of all candidates if there are only a few.
fn choose<T>(all: &[T], own: impl Fn(&T) -> bool, candidate: impl Fn(&T) -> bool) -> Vec<usize> {
    let places = |fits: &dyn Fn(&T) -> bool| -> Vec<usize> {
        (0..all.len()).filter(|at| fits(&all[*at])).collect()
    };
    let chosen = places(&own);
    if !chosen.is_empty() {
        return chosen;
    }
    let candidates = places(&candidate);
    if candidates.len() > A_FEW {
        Vec::new()
    } else {
        candidates
    }
}

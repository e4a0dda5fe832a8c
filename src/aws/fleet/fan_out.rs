//! A bounded number of things at once, each result told as soon as it is there.

use std::collections::HashMap;
use std::future::Future;
use std::time::Duration;
use tokio::task::{Id, JoinSet};

/// What happened.
#[derive(Debug)]
pub enum Event<T> {
    /// This one, by its place in the list, has ended; `None` when its work broke down in itself.
    Ended(usize, Option<T>),
    /// Some time has passed.
    Tick,
}

/// Whether more are to be begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoOn {
    Yes,
    /// What is under way comes to its end; nothing is begun any more.
    NothingNew,
}

/// Works on `count` things, on at most `at_once` at the same time, in the order of their places. What happens is told on the
/// caller's own task, one after the other; work that breaks down takes nothing else with it.
pub async fn a_few_at_once<T, W>(
    count: usize,
    at_once: usize,
    tick: Duration,
    work: impl Fn(usize) -> W,
    mut told: impl FnMut(Event<T>) -> GoOn,
) where
    T: Send + 'static,
    W: Future<Output = T> + Send + 'static,
{
    let mut under_way: JoinSet<T> = JoinSet::new();
    let mut places: HashMap<Id, usize> = HashMap::new();
    let mut left = 0..count;
    let mut go_on = GoOn::Yes;
    let mut clock = tokio::time::interval(tick);
    clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        while go_on == GoOn::Yes && under_way.len() < at_once.max(1) {
            let Some(place) = left.next() else { break };
            places.insert(under_way.spawn(work(place)).id(), place);
        }
        let event = tokio::select! {
            ended = under_way.join_next_with_id() => {
                let (id, result) = match ended {
                    None => return,
                    Some(Ok((id, result))) => (id, Some(result)),
                    Some(Err(broken)) => (broken.id(), None),
                };
                let Some(place) = places.remove(&id) else { continue };
                Event::Ended(place, result)
            }
            _ = clock.tick() => Event::Tick,
        };
        if told(event) == GoOn::NothingNew {
            go_on = GoOn::NothingNew;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const TICK: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn never_more_than_that_are_under_way_and_each_ends_once() {
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let mut ended = Vec::new();
        let work = |place: usize| {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(2)).await;
                now.fetch_sub(1, Ordering::SeqCst);
                place * 10
            }
        };
        a_few_at_once(23, 4, TICK, work, |event| {
            if let Event::Ended(place, result) = event {
                assert_eq!(result, Some(place * 10));
                ended.push(place);
            }
            GoOn::Yes
        })
        .await;
        ended.sort_unstable();
        assert_eq!(ended, (0..23).collect::<Vec<_>>());
        assert_eq!(most.load(Ordering::SeqCst), 4);
    }

    #[tokio::test]
    async fn what_breaks_down_keeps_its_place_and_stops_nobody() {
        let mut broken = Vec::new();
        let mut whole = 0;
        let work = |place: usize| async move {
            assert!(place != 2, "this one breaks down");
        };
        a_few_at_once(5, 2, TICK, work, |event| {
            match event {
                Event::Ended(place, None) => broken.push(place),
                Event::Ended(_, Some(())) => whole += 1,
                Event::Tick => {}
            }
            GoOn::Yes
        })
        .await;
        assert_eq!((broken, whole), (vec![2], 4));
    }

    #[tokio::test]
    async fn when_nothing_new_is_wanted_what_is_under_way_still_ends() {
        let mut ended = 0;
        let work = |place: usize| async move {
            tokio::time::sleep(Duration::from_millis(if place == 0 { 1 } else { 20 })).await;
        };
        a_few_at_once(100, 3, TICK, work, |event| {
            ended += usize::from(matches!(event, Event::Ended(..)));
            if ended > 0 {
                GoOn::NothingNew
            } else {
                GoOn::Yes
            }
        })
        .await;
        assert_eq!(ended, 3);
    }

    #[tokio::test]
    async fn time_is_told_while_nothing_ends() {
        let mut ticks = 0;
        let work = |_| tokio::time::sleep(Duration::from_millis(40));
        a_few_at_once(1, 1, Duration::from_millis(5), work, |event| {
            ticks += usize::from(matches!(event, Event::Tick));
            GoOn::Yes
        })
        .await;
        assert!(ticks > 2, "{ticks}");
    }
}

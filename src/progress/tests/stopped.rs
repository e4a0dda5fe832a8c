//! Stopped tasks beyond AWS's hour.

use super::*;

#[test]
fn the_newest_two_hundred_stopped_tasks_of_a_stack_are_remembered() {
    let mut store = Store::in_memory().expect("opens");
    let mut look = |tasks: Vec<SeenStopped>, second| {
        store
            .record_look(&key(), "{}", &[], &tasks, at(second))
            .expect("kept");
        store.stopped_tasks(&key()).expect("read")
    };
    for second in 0..30 {
        // Newest first, as looks have them.
        let tasks = (0..10)
            .rev()
            .map(|number| seen(&format!("{second}-{number}"), second))
            .collect();
        look(tasks, second);
    }
    let all = look(vec![], 30);
    assert_eq!(all.len(), STOPPED_KEPT);
    assert_eq!(all[0].task.id, "29-9");
    assert_eq!(all[STOPPED_KEPT - 1].task.id, "10-0");
}

#[test]
fn a_task_that_is_seen_again_keeps_the_lines_that_only_an_earlier_look_read() {
    let mut store = Store::in_memory().expect("opens");
    let tail = LogTail {
        group: "/ecs/news-api".into(),
        stream: "app/news-api/a".into(),
        task: "a".into(),
        container: "news-api".into(),
        lines: vec![LogLine {
            at: None,
            message: "no such table: articles".into(),
        }],
    };
    let with_lines = SeenStopped {
        log_tails: vec![tail.clone()],
        ..seen("a", 1)
    };
    for (task, second) in [(with_lines, 1), (seen("a", 2), 2)] {
        store
            .record_look(&key(), "{}", &[], &[task], at(second))
            .expect("kept");
    }
    let all = store.stopped_tasks(&key()).expect("read");
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].seen_at, &all[0].log_tails), (at(2), &vec![tail]));
    store.forget(&key()).expect("forgotten");
    assert!(store.stopped_tasks(&key()).expect("read").is_empty());
}

#[test]
fn a_stopped_task_that_cannot_be_read_is_passed_over() {
    let mut store = Store::in_memory().expect("opens");
    store
        .record_look(&key(), "{}", &[], &[seen("a", 1), seen("b", 1)], at(1))
        .expect("kept");
    store
        .connection
        .execute("UPDATE stopped_tasks SET seen = '{' WHERE task = 'a'", [])
        .expect("damaged");
    let all = store.stopped_tasks(&key()).expect("read");
    assert_eq!((all.len(), all[0].task.id.as_str()), (1, "b"));
}

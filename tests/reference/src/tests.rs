use crate::fsrs_own::{Grade, Memory};
use fsrs::{FSRS, FSRSItem, FSRSReview};
use proptest::prelude::*;

/// Written-down numbers, which Landfall's own tests read: grades with the days before each, stability, difficulty, and
/// the days until 90 %.
const TABLE: &str = include_str!("../../../src/quiz/schedule/tests/reference.txt");

const GRADES: [Grade; 4] = [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy];

fn ours(history: &[(u32, u32)]) -> Memory {
    let grade = |number: u32| GRADES[number as usize - 1];
    let ((first, _), rest) = history.split_first().expect("a history has an answer");
    rest.iter()
        .fold(Memory::first(grade(*first)), |memory, (number, days)| {
            memory.after(grade(*number), *days)
        })
}

/// Stability, difficulty and the days until `retention`.
fn theirs(history: &[(u32, u32)], retention: f32) -> (f64, f64, f64) {
    let model = FSRS::default();
    let reviews = history
        .iter()
        .map(|(rating, delta_t)| FSRSReview {
            rating: *rating,
            delta_t: *delta_t,
        })
        .collect();
    let memory = model
        .memory_state(FSRSItem { reviews }, None)
        .expect("a memory");
    let interval = model.next_interval(Some(memory.stability), retention, 3);
    (
        memory.stability.into(),
        memory.difficulty.into(),
        interval.into(),
    )
}

/// A thousandth; of numbers above one, a thousandth of them: the crate computes with 32 bits.
fn near(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-3 * theirs.abs().max(1.0)
}

fn days() -> impl Strategy<Value = u32> {
    prop_oneof![2 => Just(0_u32), 4 => 1_u32..15, 2 => 15_u32..200, 1 => 200_u32..2000]
}

fn history() -> impl Strategy<Value = Vec<(u32, u32)>> {
    (1_u32..5, prop::collection::vec((1_u32..5, days()), 0..20)).prop_map(|(first, rest)| {
        let mut history = vec![(first, 0)];
        history.extend(rest);
        history
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_history_leaves_the_same_memory_and_the_same_rest(
        history in history(),
        retention in 0.7_f32..0.99,
    ) {
        let memory = ours(&history);
        let (stability, difficulty, interval) = theirs(&history, retention);
        prop_assert!(near(memory.stability, stability), "{} {stability}", memory.stability);
        prop_assert!(near(memory.difficulty, difficulty), "{} {difficulty}", memory.difficulty);
        let rest = memory.interval(f64::from(retention));
        prop_assert!(near(rest, interval), "{rest} {interval}");
    }

    #[test]
    fn a_memory_fades_alike(history in history(), days in 0_u32..1000) {
        let memory = ours(&history);
        let (stability, difficulty, _) = theirs(&history, 0.9);
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
        let state = fsrs::MemoryState { stability: stability as f32, difficulty: difficulty as f32 };
        #[expect(clippy::cast_precision_loss)]
        let left = fsrs::current_retrievability(state, days as f32, fsrs::FSRS6_DEFAULT_DECAY);
        prop_assert!(near(memory.retrievability(days), left.into()));
    }
}

#[test]
fn the_written_down_numbers_are_the_crates() {
    let mut rows = 0;
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let (history, numbers) = line.split_once(" = ").expect("a history and its numbers");
        let history: Vec<(u32, u32)> = history
            .split(' ')
            .map(|one| {
                let (days, grade) = one.split_once(':').expect("days and grade");
                (grade.parse().unwrap(), days.parse().unwrap())
            })
            .collect();
        assert_eq!(numbers, written(&history), "{line}");
        rows += 1;
    }
    assert!(rows >= 60, "{rows} rows");
}

fn written(history: &[(u32, u32)]) -> String {
    let (stability, difficulty, interval) = theirs(history, 0.9);
    format!("{stability:.3} {difficulty:.3} {interval:.3}")
}

/// Prints the table: `cargo test ... -- --ignored --nocapture`.
#[test]
#[ignore = "writes the table anew"]
fn print_the_table() {
    let mut seed = 6_u64;
    let mut below = |end: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((seed >> 33) % end).expect("small")
    };
    let mut histories: Vec<Vec<(u32, u32)>> = (1..=4).map(|grade| vec![(grade, 0)]).collect();
    // Good, each time when it is due: 2, 11, 46, 163 days.
    histories.push(vec![(3, 0), (3, 2)]);
    histories.push(vec![(3, 0), (3, 2), (3, 11)]);
    histories.push(vec![(3, 0), (3, 2), (3, 11), (3, 46)]);
    while histories.len() < 80 {
        let mut history = vec![(1 + below(4), 0)];
        for _ in 0..below(8) {
            let days = match below(4) {
                0 => 0,
                1 | 2 => 1 + below(14),
                _ => 15 + below(100),
            };
            history.push((1 + below(4), days));
        }
        if !histories.contains(&history) {
            histories.push(history);
        }
    }
    for history in histories {
        let words: Vec<String> = history
            .iter()
            .map(|(grade, days)| format!("{days}:{grade}"))
            .collect();
        println!("{} = {}", words.join(" "), written(&history));
    }
}

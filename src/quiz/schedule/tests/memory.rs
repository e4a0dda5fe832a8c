//! FSRS-6 against written-down numbers of the crate of its authors.

use crate::quiz::schedule::{Grade, Memory, RETENTION};

const TABLE: &str = include_str!("reference.txt");

fn grade(word: &str) -> Grade {
    match word {
        "1" => Grade::Again,
        "2" => Grade::Hard,
        "3" => Grade::Good,
        "4" => Grade::Easy,
        other => panic!("no grade {other}"),
    }
}

fn remembered(history: &str) -> Memory {
    let mut answers = history
        .split(' ')
        .map(|one| one.split_once(':').expect("days and grade"));
    let (_, first) = answers.next().expect("a first answer");
    answers.fold(Memory::first(grade(first)), |memory, (days, number)| {
        memory.after(grade(number), days.parse().expect("days"))
    })
}

#[test]
fn a_memory_is_what_the_reference_says_it_is() {
    let mut rows = 0;
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let (history, numbers) = line.split_once(" = ").expect("a history and numbers");
        let memory = remembered(history);
        let ours = [
            memory.stability,
            memory.difficulty,
            memory.interval(RETENTION),
        ];
        for (ours, theirs) in ours.into_iter().zip(numbers.split(' ')) {
            let theirs: f64 = theirs.parse().expect("a number");
            let allowed = 1e-3 * theirs.max(1.0);
            assert!((ours - theirs).abs() <= allowed, "{line}: {ours}");
        }
        rows += 1;
    }
    assert!(rows >= 60, "the table has {rows} rows");
}

#[test]
fn what_is_answered_well_each_time_it_is_due_rests_2_11_46_163_days() {
    let mut memory = Memory::first(Grade::Good);
    let mut rests = Vec::new();
    for _ in 0..4 {
        let rest = memory.interval(RETENTION).round();
        rests.push(rest);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let days = rest as u32;
        memory = memory.after(Grade::Good, days);
    }
    assert_eq!(rests, [2.0, 11.0, 46.0, 163.0]);
}

#[test]
fn a_memory_is_whole_today_and_at_nine_tenths_after_its_stability() {
    let memory = Memory {
        stability: 11.0,
        difficulty: 5.0,
    };
    assert!((memory.retrievability(0) - 1.0).abs() < 1e-9);
    assert!((memory.retrievability(11) - 0.9).abs() < 1e-9);
    assert!(memory.retrievability(12) < 0.9);
}

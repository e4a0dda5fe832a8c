//! Open questions.

use crate::course::ids::StepId;
use crate::course::question::{Misconception, Open, Point, Sample, SampleKind};
use crate::course::table::{Placed, Table};

/// More would make the others count for nothing.
const HEAVIEST: f64 = 100.0;

/// Reads the keys of an open question; `steps` gets the steps that its points name.
pub(super) fn open(table: &mut Table<'_, '_>, steps: &mut Vec<Placed<String>>) -> Open {
    let model = table.need_text("model").value.trim().to_owned();
    let wrong = table
        .tables("wrong")
        .into_iter()
        .map(misconception)
        .collect();
    let mut points: Vec<Point> = Vec::new();
    for point in table.tables("point") {
        let (point, step) = self::point(point);
        if points.iter().any(|other| other.id == point.id) {
            table.error(
                "duplicate-id",
                format!("two points of this question are called `{}`", point.id),
            );
        }
        points.push(point);
        steps.extend(step);
    }
    if !points.iter().any(|point| !point.bonus) {
        table.error(
            "no-points",
            "an open question has at least one point that is no bonus",
        );
    }
    let samples = table
        .tables("sample")
        .into_iter()
        .map(|sample| self::sample(sample, &points))
        .collect();
    Open {
        model,
        points,
        wrong,
        samples,
    }
}

fn misconception(mut table: Table<'_, '_>) -> Misconception {
    let misconception = Misconception {
        say: table.need_text("say").value,
        heard: table.words("heard"),
        because: table.need_text("because").value,
    };
    table.finish();
    misconception
}

fn point(mut table: Table<'_, '_>) -> (Point, Option<Placed<String>>) {
    let id = table.need_text("id").value;
    let says = table.need_text("says").value;
    let step = table.text("step");
    let weight = table.placed_fraction("weight");
    if let Some(weight) = &weight
        && !(weight.value > 0.0 && weight.value <= HEAVIEST)
    {
        table.error_at(
            "out-of-range",
            weight.span.clone(),
            "a point's weight is more than 0, at most 100",
        );
    }
    let point = Point {
        id,
        says,
        heard: table.words("heard"),
        bonus: table.flag("bonus").unwrap_or(false),
        weight: weight.map_or(1.0, |weight| weight.value),
        retry: table.text("retry").map(|text| text.value),
        step: step.as_ref().map(|step| StepId(step.value.clone())),
    };
    table.finish();
    (point, step)
}

fn sample(mut table: Table<'_, '_>, points: &[Point]) -> Sample {
    let text = table.need_text("text").value;
    let hit = table.texts("hit");
    for named in &hit {
        if !points.iter().any(|point| point.id == named.value) {
            table.unknown_word(
                "unknown-point",
                named,
                points.iter().map(|point| point.id.as_str()),
            );
        }
    }
    let word = table.need_text("kind");
    let kind = SampleKind::ALL
        .into_iter()
        .find(|kind| kind.word() == word.value);
    if kind.is_none() && !word.value.is_empty() {
        table.unknown_word("kind", &word, SampleKind::ALL.map(SampleKind::word));
    }
    let sample = Sample {
        text: text.trim().to_owned(),
        hit: hit.into_iter().map(|point| point.value).collect(),
        kind: kind.unwrap_or(SampleKind::Good),
        from: table
            .text("from")
            .map_or_else(|| "author".to_owned(), |text| text.value),
    };
    table.finish();
    sample
}

//! One fault: what the learner would read of it, and the repair.

use super::{Tour, later, steps};
use crate::app::failure::Failure;
use crate::checks::Verdict;
use crate::practice;
use crate::term::verdicts::{Opened, count, finding_lines, mark};
use crate::term::{Line, Span, Tone};

/// Faults that make a good story, the best first; whichever the practice account knows is shown.
const STORIES: [&str; 3] = [
    "database-closed-to-tasks",
    "task-port-closed-to-alb",
    "source-is-cidr",
];

impl Tour<'_> {
    /// Breaks one thing, shows what the learner would read, repairs it.
    pub(super) fn broken_and_repaired(&mut self) -> Result<(), Failure> {
        let chapter = &self.course.chapter;
        let Some(cause) = STORIES
            .iter()
            .find_map(|id| practice::break_cause(&mut self.state, id, chapter, self.clock).ok())
        else {
            return Ok(());
        };
        self.clock = later(self.clock);
        self.heading("When something is wrong");
        self.prose(&format!("Broken on purpose: {}", cause.says));
        let found = self.look(&self.chapter());
        let width = self.ui.prose_width();
        if let Some(root) = &found.root_cause {
            self.prose(&format!("What Landfall says of it ({}):", root.cause));
            self.ui.print(Line::blank());
            let finding = steps(&found)
                .flat_map(|step| &step.checks)
                .find(|finding| finding.check == root.check);
            if let Some(finding) = finding {
                self.ui
                    .print_all(&finding_lines(finding, Opened::Folded, width));
            }
        }
        let blocked = steps(&found)
            .flat_map(|step| &step.checks)
            .filter(|finding| finding.verdict == Verdict::Blocked)
            .count();
        if blocked > 0 {
            let words = count(
                blocked,
                "other check waits for it and is",
                "other checks wait for it and are",
            );
            self.prose(&format!("{words} not called wrong: there is one cause."));
        }
        self.expect(found.root_cause.is_some());
        practice::repair(&mut self.state, cause.id, self.clock).map_err(|error| {
            Failure::content(format!(
                "The practice account could not be repaired: {error}"
            ))
        })?;
        self.clock = later(self.clock);
        let repaired = self.look(&self.chapter());
        self.expect(repaired.totals.failed == 0);
        self.ui.print(Line::blank());
        let verdict = Verdict::sum(repaired.lessons.iter().map(|lesson| lesson.verdict));
        self.ui.print(Line(vec![
            Span::new(Tone::Plain, "Repaired; the whole chapter again: "),
            mark(verdict),
        ]));
        Ok(())
    }
}

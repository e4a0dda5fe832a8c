//! The report of a class on a terminal.

use crate::class::ClassReport;
use crate::term::Line;

/// The screen, laid out for a width.
pub fn lines(report: &ClassReport, width: usize) -> Vec<Line> {
    let _ = (report, width);
    Vec::new()
}

//! The report of a class as markdown.

use super::report::ClassReport;

/// The document.
pub fn markdown(report: &ClassReport) -> String {
    let _ = report;
    String::new()
}

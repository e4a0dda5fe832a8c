//! The report of a class as csv.

use super::report::ClassReport;

/// The document.
pub fn csv(report: &ClassReport) -> String {
    let _ = report;
    String::new()
}

//! The report of a class as json.

use super::report::ClassReport;

/// The document.
pub fn json(report: &ClassReport) -> String {
    let _ = report;
    String::new()
}

//! The report of a class as junit.

use super::report::ClassReport;

/// The document.
pub fn junit(report: &ClassReport) -> String {
    let _ = report;
    String::new()
}

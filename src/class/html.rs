//! The report of a class as html.

use super::report::ClassReport;

/// The document.
pub fn html(report: &ClassReport) -> String {
    let _ = report;
    String::new()
}

//! `results.json` as Gradescope's autograder takes it: one for each submission.

use super::report::ClassReport;

/// The document of the only student; `None` when there are several or none.
pub fn gradescope(report: &ClassReport) -> Option<String> {
    let _ = report;
    None
}

/// Every student's document, by the path it is kept under: `<key>/results.json`.
pub fn gradescope_files(report: &ClassReport) -> Vec<(String, String)> {
    let _ = report;
    Vec::new()
}

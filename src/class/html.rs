//! The report of a class as html: one page that loads nothing, works from a file, and answers who is stuck, where, since when
//! and why. Everything is in the markup; the script only sorts, filters and opens what is there already.

mod attention;
mod filter;
mod head;
mod matrix;
mod progress;
mod quiz;
mod stuck;
mod student;
#[cfg(test)]
mod tests;
mod words;

use super::report::ClassReport;
use crate::report::map::PICTURE_STYLE;
use crate::report::page::Page;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// The document.
pub fn html(report: &ClassReport) -> String {
    let mut page = Page::new(&format!("Landfall class: {}", report.course), "class");
    page.style(STYLE);
    page.style(PICTURE_STYLE);
    page.script(SCRIPT);
    page.beside(student::DIALOG);
    head::set(&mut page, report);
    stuck::set(&mut page, report);
    matrix::set(&mut page, report);
    attention::set(&mut page, report);
    progress::set(&mut page, report);
    quiz::set(&mut page, report);
    student::set(&mut page, report);
    page.finish()
}

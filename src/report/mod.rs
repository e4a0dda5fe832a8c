//! Verdicts as text, JSON, JUnit, markdown, HTML; pure.

pub mod cost;
pub mod doctor;
mod html;
mod junit;
pub mod learner;
mod markdown;
pub mod policy;
pub mod sanitize;
mod status;
mod verify_json;
pub mod wording;

pub use html::html;
pub use junit::junit;
pub use learner::{
    AccountNumber, LearnerReport, QuizReport, ReportInput, learner_report, report_json,
};
pub use markdown::markdown;
pub use status::{
    Change, ChangeKind, Counts, Kept, LessonProgress, Next, NextKind, QuizProgress, StackView,
    Status, StepProgress, StepState, status,
};
pub use verify_json::verify_json;

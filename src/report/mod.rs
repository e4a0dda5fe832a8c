//! Verdicts as text, JSON, JUnit, markdown, HTML; pure.

pub mod cost;
pub mod doctor;
mod drift;
pub mod fit;
mod html;
mod junit;
pub mod learner;
pub mod map;
mod markdown;
pub(crate) mod page;
pub mod policy;
mod quiz;
pub mod sanitize;
mod status;
mod verify_json;
pub mod watch;
pub mod wording;

pub use drift::{Drift, DriftKind, Part, drift, is_settled_by, related};
pub use html::html;
pub use junit::junit;
pub use learner::{AccountNumber, LearnerReport, ReportInput, learner_report, report_json};
pub use markdown::markdown;
pub use quiz::QuizReport;
pub use status::{
    AccountChanges, Change, ChangeKind, Counts, Kept, KeptLooks, LessonProgress, Next, NextKind,
    OpenQuiz, QuizProgress, Remembered, StackView, Status, StepProgress, StepState, looks_needed,
    status, steps_back,
};
pub use verify_json::verify_json;

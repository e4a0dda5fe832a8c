//! Verdicts as text, JSON, JUnit, markdown, HTML; pure.

mod junit;
pub mod policy;
mod status;
mod verify_json;

pub use junit::junit;
pub use status::{
    Change, ChangeKind, Counts, Kept, LessonProgress, Next, NextKind, QuizProgress, StackView,
    Status, StepProgress, StepState, status,
};
pub use verify_json::verify_json;

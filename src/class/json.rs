//! The report of a class as JSON: everything that is known, at the detail and the privacy that were asked for.
//!
//! The shape is that of [`ClassReport`] (`"schema": 1`), field by field. What is not known is `null`, never 0. Times are
//! UTC (`2026-11-26T20:55:17Z`); verdicts, standings and kinds are words in lower case (`under_way`).
//!
//! ```text
//! { "schema": 1, "landfall": "0.1.0", "course": "...", "made_at": time, "detail": "full" | "no-expected-values" | "verdict-only",
//!   "anonymised": bool, "deadline": time | null,
//!   "steps": [{ "id", "title", "lesson", "lesson_title", "optional" }],
//!   "students": [{ "key", "name", "email", "id", "sis_id", "login", "section", "account", "region",
//!     "standing": "done" | "under_way" | "stuck" | "nothing_yet" | "cannot_tell" | "unreadable" | "not_submitted",
//!     "trouble", "evidence": "bundle" | "live" | "live_and_bundle" | null, "file", "looked_at", "late": bool | null,
//!     "steps": { step id: { "verdict", "since", "overridden" } }, "totals": { verdict: number },
//!     "done", "of", "score": 0 to 100 | null,
//!     "stuck": { "step", "check", "title", "cause", "summary", "since" } | null,
//!     "at_step": { "step", "title", "verdict" } | null,
//!     "drift": [sentence], "overrides": [sentence], "notes": [sentence],
//!     "findings": [{ "step", "title", "findings": [as in `landfall verify --format json`] }],
//!     "quiz": { "answered", "share": 0 to 1 } | null }],
//!   "standings": { standing: number },
//!   "stuck": [{ "step", "check", "title", "cause", "students": [key], "of", "since" }],
//!   "alike": [{ "students": [key], "why": "same_account" | "same_evidence" | "same_resources", "say" }],
//!   "quizzes": [{ "deck", "title", "learners", "counts_only", "questions": [{ "question", "kind", "n", "not_known",
//!     "right", "interval": [low, high] | null, "facility", "discrimination", "confident_errors", "most_chosen_wrong",
//!     "median_seconds", "judged", "overridden", "points": [{ "point", "n", "said", "partly", "not_said", "facility" }] }] }],
//!   "remarks": [sentence] }
//! ```
//!
//! The maps are left out: `landfall map --from FILE` draws one.

use super::report::ClassReport;
use crate::report::sanitize;

/// The document.
pub fn json(report: &ClassReport) -> String {
    sanitize::json_document(report)
}

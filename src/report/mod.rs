//! Verdicts as text, JSON, JUnit, markdown, HTML; pure.

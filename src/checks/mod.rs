//! JUDGEMENT: pure functions from a snapshot and the course's expectations to findings.

//! EVIDENCE: the only importer of aws crates. Session, read-only guard, errors, one collector per service.

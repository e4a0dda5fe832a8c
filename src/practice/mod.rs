//! EVIDENCE: the embedded practice account: the same snapshot type, with a state that steps change.

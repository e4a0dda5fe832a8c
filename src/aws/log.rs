//! The calls of one run, in the order they ended.

use crate::account::{CallOutcome, CallRecord};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::call::Call;

/// Shared by everything that calls in one run.
#[derive(Debug, Clone, Default)]
pub(crate) struct CallLog(Arc<Mutex<Vec<CallRecord>>>);

impl CallLog {
    pub fn add(
        &self,
        call: &Call,
        outcome: CallOutcome,
        took: Duration,
        request_id: Option<String>,
    ) {
        self.push(CallRecord {
            service: call.service.prefix().to_owned(),
            operation: call.operation.to_owned(),
            outcome,
            ms: milliseconds(took),
            request_id,
        });
    }

    /// For what goes over the wire without being an API call of its own: no trail of the account's knows its id.
    pub fn add_named(&self, service: &str, operation: &str, outcome: CallOutcome, took: Duration) {
        self.push(CallRecord {
            service: service.to_owned(),
            operation: operation.to_owned(),
            outcome,
            ms: milliseconds(took),
            request_id: None,
        });
    }

    fn push(&self, record: CallRecord) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(record);
    }

    pub fn records(&self) -> Vec<CallRecord> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

fn milliseconds(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}

//! How far this computer's clock is off, as the date in AWS's answers shows it. The SDK corrects for it; a learner's other
//! programs may not.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::DateTime;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::date_time::Format;
use jiff::SignedDuration;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// The last comparison; shared by its clones.
#[derive(Debug, Clone, Default)]
pub(super) struct ClockWatch(Arc<Mutex<Option<SignedDuration>>>);

impl ClockWatch {
    /// This computer's time minus AWS's; to the second, the answer's way here included.
    pub fn ahead(&self) -> Option<SignedDuration> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn compare(&self, date: &str, now: SystemTime) {
        let Ok(theirs) = DateTime::from_str(date, Format::HttpDate) else {
            return;
        };
        let ours = DateTime::from(now);
        let ahead = SignedDuration::from_secs(ours.secs().saturating_sub(theirs.secs()));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(ahead);
    }
}

#[dyn_dispatch_hint]
impl Intercept for ClockWatch {
    fn name(&self) -> &'static str {
        "ClockWatch"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        _cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let (Some(date), Some(clock)) = (
            context.response().headers().get("date"),
            components.time_source(),
        ) {
            self.compare(date, clock.now());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_clock_that_is_ahead_or_behind_is_told_by_how_much() {
        let watch = ClockWatch::default();
        assert_eq!(watch.ahead(), None);
        // 1994-11-06T08:49:37Z, the example of RFC 9110.
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        let theirs = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        watch.compare(date, theirs + Duration::from_secs(600));
        assert_eq!(watch.ahead(), Some(SignedDuration::from_secs(600)));
        watch.compare(date, theirs - Duration::from_secs(90));
        assert_eq!(watch.ahead(), Some(SignedDuration::from_secs(-90)));
        watch.compare("yesterday", theirs);
        assert_eq!(watch.ahead(), Some(SignedDuration::from_secs(-90)));
    }
}

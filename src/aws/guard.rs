//! The read-only guard. It stands before serialization, on the SDK's clients and on the thin layer alike: what the call
//! table does not declare is an error there, and nothing has left the process yet. (In `read_before_execution` the
//! operation's name is not known yet.)

use super::calls;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

/// A call that the table does not declare.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{service} {operation} is not among the calls that Landfall may make; nothing was sent")]
pub struct Undeclared {
    pub service: String,
    pub operation: String,
}

/// Lets declared calls through and no other, not even one without a name.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadOnlyGuard;

#[dyn_dispatch_hint]
impl Intercept for ReadOnlyGuard {
    fn name(&self) -> &'static str {
        "ReadOnlyGuard"
    }

    fn read_before_serialization(
        &self,
        _context: &BeforeSerializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let asked = Asked::of(cfg);
        match calls::find(asked.service, asked.operation) {
            Some(_) => Ok(()),
            None => Err(asked.undeclared().into()),
        }
    }
}

/// For the one client of `fleet`: lets AssumeRole through and no other, not even a declared read. Those are made with what
/// AssumeRole gave, in the account that it is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct OnlyAssumeRole;

#[dyn_dispatch_hint]
impl Intercept for OnlyAssumeRole {
    fn name(&self) -> &'static str {
        "OnlyAssumeRole"
    }

    fn read_before_serialization(
        &self,
        _context: &BeforeSerializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let asked = Asked::of(cfg);
        if (asked.service, asked.operation) == ("STS", "AssumeRole") {
            Ok(())
        } else {
            Err(asked.undeclared().into())
        }
    }
}

/// What is about to be asked.
struct Asked<'a> {
    service: &'a str,
    operation: &'a str,
}

impl<'a> Asked<'a> {
    fn of(cfg: &'a ConfigBag) -> Self {
        let (service, operation) = cfg
            .load::<Metadata>()
            .map_or(("an unnamed service's", "unnamed operation"), |known| {
                (known.service(), known.name())
            });
        Asked { service, operation }
    }

    fn undeclared(&self) -> Undeclared {
        Undeclared {
            service: self.service.to_owned(),
            operation: self.operation.to_owned(),
        }
    }
}

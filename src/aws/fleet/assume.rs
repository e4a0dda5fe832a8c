//! From an instructor's session to a session with a learner's account: `sts:AssumeRole`.

use super::super::call::{Call, Paging, Protocol, Scope};
use super::super::endpoint::{Partition, ServiceId};
use super::super::error::{ReadError, worth_asking_at_home};
use super::super::guard::OnlyAssumeRole;
use super::super::retry::OnlyAwsTrouble;
use super::super::session::Session;
use super::refused::NotEntered;
use super::role::Role;
use super::session_policy::session_policy;
use crate::account::{CallOutcome, CallRecord, Region};
use aws_credential_types::Credentials;
use aws_sdk_sts::error::ProvideErrorMetadata;
use aws_smithy_runtime::client::retries::RetryPartition;
use std::time::{Instant, SystemTime};

/// What it is called in evidence. Not in the call table: no reader may make it.
static ASSUME_ROLE: Call = Call {
    service: ServiceId::Sts,
    operation: "AssumeRole",
    protocol: Protocol::Sdk,
    action: "sts:AssumeRole",
    takes: &[],
    paging: Paging::Whole,
    areas: &[],
    with: &[],
    scope: Scope::Everything,
};

/// What the learner finds in their CloudTrail beside everything that was read.
const SESSION_NAME: &str = "landfall-class";

/// The shortest that STS gives out: a look takes a minute and a half at most.
const SECONDS: i32 = 900;

/// Somebody with roles in other people's accounts. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Instructor {
    session: Session,
}

/// An account that was entered.
#[derive(Debug)]
pub struct Entered {
    /// Reads in the learner's account, and can do nothing but read.
    pub session: Session,
    /// How the role was taken on: it belongs to what was asked of AWS.
    pub call: CallRecord,
}

/// An account that was not, and what was asked for it.
pub type Refused = (NotEntered, CallRecord);

impl Instructor {
    /// Whoever this session belongs to.
    pub const fn new(session: Session) -> Self {
        Instructor { session }
    }

    /// Their own session.
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// Takes on the role, limited to reading the chapter. The session that comes of it has its own credentials and its own
    /// budget of retries, and shares the connections.
    ///
    /// # Errors
    /// The role cannot be used, or the instructor's own credentials.
    pub async fn enter(&self, role: &Role, log_group: &str) -> Result<Entered, Refused> {
        let own = &self.session.region().region;
        let reads_in = role.reads_in(own);
        let policy = session_policy(Partition::of(&reads_in), log_group);
        let began = Instant::now();
        let asked_in = role.asked_in(own);
        let answer = match self.assume(role, &policy, &asked_in).await {
            // A region that is not switched on answers as to a key that nobody knows: home tells them apart.
            Err((error, _)) if worth_asking_at_home(&asked_in, &error) => {
                let home = Partition::of(&asked_in).home();
                self.assume(role, &policy, &home).await
            }
            other => other,
        };
        let call = CallRecord {
            service: ASSUME_ROLE.service.prefix().to_owned(),
            operation: ASSUME_ROLE.operation.to_owned(),
            outcome: answer
                .as_ref()
                .map_or_else(|(error, _)| error.outcome(), |_| CallOutcome::Ok),
            ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            request_id: None,
        };
        match answer {
            Ok(credentials) => Ok(Entered {
                session: self.session.as_role(credentials, reads_in),
                call,
            }),
            Err((error, message)) => Err((NotEntered::of(role, &error, message.as_deref()), call)),
        }
    }

    /// Asks STS. The failure comes with AWS's own words, which are only read.
    async fn assume(
        &self,
        role: &Role,
        policy: &str,
        region: &Region,
    ) -> Result<Credentials, (ReadError, Option<String>)> {
        let own_words = |say: &str| (ReadError::other(&ASSUME_ROLE, say), None);
        if !region.is_well_formed() {
            return Err(own_words(
                "that is not the name of a region; nothing was sent",
            ));
        }
        let asked = self
            .sts(region)
            .assume_role()
            .role_arn(&role.arn)
            .role_session_name(SESSION_NAME)
            .set_external_id(role.external_id.clone())
            .duration_seconds(SECONDS)
            .policy(policy);
        // Its state is large, and many of these wait at the same time.
        let answer = Box::pin(asked.send()).await.map_err(|error| {
            let message = error
                .as_service_error()
                .and_then(|refused| refused.message())
                .map(str::to_owned);
            (ReadError::from_sdk(&ASSUME_ROLE, region, &error), message)
        })?;
        let entered = answer
            .assumed_role_user
            .as_ref()
            .and_then(|user| user.arn().split(':').nth(4));
        if entered != Some(role.account.as_str()) {
            return Err(own_words(
                "it led into another account than the roster says; nothing was read there",
            ));
        }
        let Some(given) = answer.credentials else {
            return Err(own_words("STS answered without credentials"));
        };
        Ok(Credentials::new(
            given.access_key_id,
            given.secret_access_key,
            Some(given.session_token),
            SystemTime::try_from(given.expiration).ok(),
            SESSION_NAME,
        ))
    }

    /// A client that can make this one call and no other. Its budget of retries is this account's alone: a class that is
    /// throttled in some accounts still tries again in the others.
    pub(super) fn sts(&self, region: &Region) -> aws_sdk_sts::Client {
        let config = aws_sdk_sts::config::Builder::from(&self.session.config)
            .region(aws_types::region::Region::new(region.0.clone()))
            .retry_partition(RetryPartition::custom("landfall-class").build())
            .retry_classifier(OnlyAwsTrouble)
            .interceptor(OnlyAssumeRole)
            .build();
        aws_sdk_sts::Client::from_conf(config)
    }
}

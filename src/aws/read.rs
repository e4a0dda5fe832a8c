//! The thin layer: how one declared call is put to a service that has no SDK crate here, on the SDK's own runtime
//! (signing, retries, time limits, interceptors). `Reader::sdk` does the same bookkeeping for the SDK's clients.

use super::answer::{Answer, Page, answer};
use super::call::{Call, Paging};
use super::clock::ClockWatch;
use super::endpoint::ServiceId;
use super::error::ReadError;
use super::input::{Input, Wire};
use super::log::CallLog;
use super::request_id::noted;
use super::session::Session;
use crate::account::{CallOutcome, CallRecord, Region};
use aws_runtime::service_clock_skew::ServiceClockSkewInterceptor;
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime_api::client::identity::SharedIdentityCache;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use bytes::Bytes;
use std::collections::HashMap;
use std::error::Error;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tokio::sync::{OnceCell, Semaphore};

/// Pages read of one answer before we stop: no course account comes near it.
const MOST_PAGES: usize = 40;

/// Reads one account for one run. Every distinct question goes over the wire once, however often it is put.
/// Cheap to clone; clones share the log and the answers.
#[derive(Debug, Clone)]
pub struct Reader {
    shared: Arc<Shared>,
    region: Region,
}

/// Filled by whoever asks first; the others wait for it.
type PendingAnswer = OnceCell<Result<Bytes, ReadError>>;

#[derive(Debug)]
struct Shared {
    session: Session,
    identity_cache: SharedIdentityCache,
    clock_skew: SharedInterceptor,
    clock: ClockWatch,
    log: CallLog,
    answers: Mutex<HashMap<Question, Arc<PendingAnswer>>>,
    /// All calls together, and IAM's, whose limits are low.
    lanes: Semaphore,
    iam_lanes: Semaphore,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Question {
    service: ServiceId,
    operation: &'static str,
    region: Region,
    body: String,
}

impl Reader {
    /// A reader of the session's account in the session's region, with an empty log.
    pub fn new(session: Session) -> Self {
        let region = session.region.region.clone();
        let identity_cache = session
            .config
            .identity_cache()
            .unwrap_or_else(|| IdentityCache::lazy().build());
        Reader {
            shared: Arc::new(Shared {
                session,
                identity_cache,
                clock_skew: SharedInterceptor::new(ServiceClockSkewInterceptor::new()),
                clock: ClockWatch::default(),
                log: CallLog::default(),
                answers: Mutex::default(),
                lanes: Semaphore::new(16),
                iam_lanes: Semaphore::new(4),
            }),
            region,
        }
    }

    /// The same run in another region.
    #[must_use]
    pub fn in_region(&self, region: Region) -> Self {
        Reader {
            shared: Arc::clone(&self.shared),
            region,
        }
    }

    /// The region that is read.
    pub const fn region(&self) -> &Region {
        &self.region
    }

    pub(crate) fn session(&self) -> &Session {
        &self.shared.session
    }

    pub(super) fn identity_cache(&self) -> SharedIdentityCache {
        self.shared.identity_cache.clone()
    }

    /// Learns from AWS's answers how far this computer's clock is off.
    pub(super) fn clock_skew(&self) -> SharedInterceptor {
        self.shared.clock_skew.clone()
    }

    /// Compares the clocks at every answer it is put to.
    pub(super) fn clock(&self) -> ClockWatch {
        self.shared.clock.clone()
    }

    /// How far this computer's clock is ahead of AWS's, once there was an answer to compare with; to the second.
    pub fn clock_ahead(&self) -> Option<jiff::SignedDuration> {
        self.shared.clock.ahead()
    }

    pub(super) fn log(&self) -> &CallLog {
        &self.shared.log
    }

    /// The calls made so far.
    pub fn calls(&self) -> Vec<CallRecord> {
        self.shared.log.records()
    }

    /// Puts one question and decodes the answer.
    pub async fn ask<A: Answer>(&self, input: Input) -> Result<A, ReadError> {
        let body = self.send(A::CALL, &input).await?;
        answer(&body).map_err(|unreadable| {
            let service = A::CALL.service.title();
            let operation = A::CALL.operation;
            ReadError::other(
                A::CALL,
                format!("{service}'s answer to {operation} could not be read: {unreadable}"),
            )
        })
    }

    /// Puts one question and follows the answer to its last page.
    pub async fn pages<P: Page>(&self, input: Input) -> Result<Vec<P::Item>, ReadError> {
        let mut input = input;
        let mut items = Vec::new();
        let mut seen = Vec::new();
        for _ in 0..MOST_PAGES {
            let page = self.ask::<P>(input.clone()).await?.split();
            items.extend(page.items);
            let next = page.next.filter(|token| !token.is_empty());
            let (Some(token), Paging::Token(name)) = (next, P::CALL.paging) else {
                return Ok(items);
            };
            if seen.contains(&token) {
                break;
            }
            seen.push(token.clone());
            input.set(name, token);
        }
        Err(ReadError::other(
            P::CALL,
            format!("{} did not come to an end", P::CALL.api()),
        ))
    }

    /// Puts one question and gives the body of the answer.
    pub async fn send(&self, call: &'static Call, input: &Input) -> Result<Bytes, ReadError> {
        if let Some(name) = input.undeclared(call) {
            return Err(ReadError::other(
                call,
                format!(
                    "{} does not declare the input {name}; nothing was sent",
                    call.api()
                ),
            ));
        }
        let Some(wire) = input.write(call) else {
            return Err(ReadError::other(
                call,
                format!("{} is read through its SDK client", call.api()),
            ));
        };
        let question = Question {
            service: call.service,
            operation: call.operation,
            region: self.region.clone(),
            body: wire.body.clone(),
        };
        let answer = Arc::clone(
            self.shared
                .answers
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .entry(question)
                .or_default(),
        );
        answer
            .get_or_init(|| self.timed(call, self.put(call, wire)))
            .await
            .clone()
    }

    /// Makes a call of an SDK client, with the same bookkeeping. The future is to be boxed: these are large, and a run
    /// nests them.
    pub(crate) async fn sdk<T, E, F>(&self, call: &'static Call, future: F) -> Result<T, ReadError>
    where
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>> + Unpin,
        E: ProvideErrorMetadata + Error + 'static,
    {
        self.timed(call, async {
            future
                .await
                .map_err(|error| ReadError::from_sdk(call, &self.region, &error))
        })
        .await
    }

    async fn timed<T>(
        &self,
        call: &Call,
        future: impl Future<Output = Result<T, ReadError>>,
    ) -> Result<T, ReadError> {
        // A region may come out of an answer or out of an ARN that somebody typed. It becomes a part of the address and
        // of the signature, where the SDK would panic on some characters.
        if !self.region.is_well_formed() {
            return Err(ReadError::other(
                call,
                "that is not the name of a region; nothing was sent",
            ));
        }
        let slow = match call.service {
            ServiceId::Iam => self.shared.iam_lanes.acquire().await.ok(),
            _ => None,
        };
        let lane = self.shared.lanes.acquire().await.ok();
        let began = Instant::now();
        let (result, request_id) = noted(future).await;
        drop((lane, slow));
        let outcome = result
            .as_ref()
            .map_or_else(ReadError::outcome, |_| CallOutcome::Ok);
        self.shared
            .log
            .add(call, outcome, began.elapsed(), request_id);
        result
    }

    async fn put(&self, call: &'static Call, wire: Wire) -> Result<Bytes, ReadError> {
        // Its state is large, and many of these wait at the same time.
        Box::pin(self.operation(call).invoke(wire))
            .await
            .map_err(|error| ReadError::from_sdk(call, &self.region, &error))
    }
}

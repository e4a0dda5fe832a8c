//! AWS's own id of an answer, for the call log. CloudTrail keeps the same one with the call.
//!
//! An interceptor sees every answer, of the SDK's clients and of the thin layer, good or refused; the call that waits for it
//! runs in the same task, where the id is put down. The last answer's counts: it is the one that was read.

use crate::account::request_id;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use std::cell::RefCell;
use std::future::Future;

/// As services spell it: those of XML and JSON 1.1 the first, S3 and some others the second (aws-types, `RequestId`).
const HEADERS: [&str; 3] = ["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"];

tokio::task_local! {
    static LAST: RefCell<Option<String>>;
}

/// Runs one call; gives the id of its last answer too, if it had one.
pub(super) async fn noted<T>(call: impl Future<Output = T>) -> (T, Option<String>) {
    LAST.scope(RefCell::default(), async {
        let result = call.await;
        (result, LAST.with(RefCell::take))
    })
    .await
}

/// Puts down the id of every answer.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RequestIds;

#[dyn_dispatch_hint]
impl Intercept for RequestIds {
    fn name(&self) -> &'static str {
        "RequestIds"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.response().headers();
        let id = HEADERS
            .into_iter()
            .find_map(|name| headers.get(name))
            .and_then(request_id);
        // Outside of a noted call nobody asks for it.
        let _ = LAST.try_with(|last| last.replace(id));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::account::CallOutcome;
    use crate::aws::answer::Answer;
    use crate::aws::answers::ec2::DescribeVpcs;
    use crate::aws::calls;
    use crate::aws::testing::{Reply, Server};
    use crate::aws::{Input, Reader};

    /// Operation, outcome, id.
    fn recorded(reader: &Reader) -> Vec<(String, CallOutcome, Option<String>)> {
        reader
            .calls()
            .into_iter()
            .map(|call| (call.operation, call.outcome, call.request_id))
            .collect()
    }

    const VPCS: &str = "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>";
    const CALLER: &str = "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ann</Arn>\
                          <Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

    #[tokio::test]
    async fn the_last_answers_id_is_recorded_by_the_thin_layer_and_by_the_sdks_clients() {
        let server = Server::start()
            .on(
                "DescribeVpcs",
                [
                    Reply::refused(503, "Throttling", "slow down"),
                    Reply::xml(200, VPCS),
                ],
            )
            .on("GetCallerIdentity", [Reply::xml(200, CALLER)])
            .on(
                "DescribeClusters",
                [Reply::refused_json(400, "AccessDeniedException", "no")],
            );
        let reader = server.reader();
        reader
            .send(DescribeVpcs::CALL, &Input::none())
            .await
            .unwrap();
        let asked = Box::pin(reader.sts().get_caller_identity().send());
        reader
            .sdk(&calls::GET_CALLER_IDENTITY, asked)
            .await
            .unwrap();
        let asked = Box::pin(reader.ecs().describe_clusters().send());
        reader
            .sdk(&calls::DESCRIBE_CLUSTERS, asked)
            .await
            .unwrap_err();
        let id = |number| Some(format!("a1b2-{number}"));
        assert_eq!(
            recorded(&reader),
            [
                // The first answer said "slow down".
                ("DescribeVpcs".into(), CallOutcome::Ok, id(2)),
                ("GetCallerIdentity".into(), CallOutcome::Ok, id(3)),
                ("DescribeClusters".into(), CallOutcome::Denied, id(4)),
            ]
        );
    }

    #[tokio::test]
    async fn calls_at_the_same_time_keep_their_own_ids() {
        let server = Server::start()
            .on("DescribeVpcs", [Reply::xml(200, VPCS)])
            .on("GetCallerIdentity", [Reply::xml(200, CALLER)]);
        let reader = server.reader();
        let sts = reader.sts();
        futures_util::future::join_all((0..6).map(|_| async {
            let asked = Box::pin(sts.get_caller_identity().send());
            reader
                .sdk(&calls::GET_CALLER_IDENTITY, asked)
                .await
                .unwrap();
        }))
        .await;
        let mut ids: Vec<_> = reader
            .calls()
            .into_iter()
            .map(|call| call.request_id)
            .collect();
        ids.sort();
        let expected: Vec<_> = (1..=6).map(|n| Some(format!("a1b2-{n}"))).collect();
        assert_eq!(ids, expected);
    }

    #[tokio::test]
    async fn without_an_answer_there_is_no_id() {
        let server = Server::start().on(
            "DescribeVpcs",
            [Reply::Silent(std::time::Duration::from_secs(3))],
        );
        let reader = server.reader();
        reader
            .send(DescribeVpcs::CALL, &Input::none())
            .await
            .unwrap_err();
        assert_eq!(reader.calls()[0].request_id, None);
    }

    #[test]
    fn an_id_is_letters_digits_and_hyphens_and_short() {
        use crate::account::request_id;
        assert_eq!(
            request_id("7a62c49f-347e-4fc4"),
            Some("7a62c49f-347e-4fc4".into())
        );
        assert_eq!(request_id("\u{1b}[31m<b>=1"), Some("31mb1".into()));
        assert_eq!(request_id(&"a".repeat(10_000)).map(|id| id.len()), Some(64));
        assert_eq!(request_id(" =\t"), None);
    }
}

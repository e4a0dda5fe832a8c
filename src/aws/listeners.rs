//! Listeners of one load balancer, with their rules and certificates.

use super::answers::elbv2_listener::{
    CertificateItem, DescribeListenerCertificates, DescribeListeners, DescribeRules, rules,
};
use super::error::{FactFrom, ReadError};
use super::input::Input;
use super::read::Reader;
use crate::account::{Arn, Fact, Listener, ListenerRule};
use futures_util::future::join_all;

/// What a listener that is gone answers.
const GONE: &[&str] = &["ListenerNotFound"];

pub(super) async fn listeners(reader: &Reader, balancer: &Arn) -> Result<Vec<Listener>, ReadError> {
    let input = Input::none()
        .with("LoadBalancerArn", balancer.as_str())
        .with("PageSize", 400);
    let found = reader.pages::<DescribeListeners>(input).await?;
    let opened = found.into_iter().map(|item| async move {
        let (mut listener, default) = item.split();
        let (rules, certificates) = tokio::join!(
            rules_of(reader, &listener.arn),
            certificates_of(reader, &listener, default)
        );
        listener.rules = rules;
        listener.certificates = certificates;
        listener
    });
    Ok(join_all(opened).await)
}

fn of(listener: &Arn) -> Input {
    Input::none()
        .with("ListenerArn", listener.as_str())
        .with("PageSize", 400)
}

async fn rules_of(reader: &Reader, listener: &Arn) -> Fact<Vec<ListenerRule>> {
    reader
        .pages::<DescribeRules>(of(listener))
        .await
        .fact(GONE)
        .map(rules)
}

/// The default one, which stands on the listener, and those for other names, which do not.
async fn certificates_of(
    reader: &Reader,
    listener: &Listener,
    default: Vec<Arn>,
) -> Fact<Vec<Arn>> {
    if !matches!(listener.protocol.as_str(), "HTTPS" | "TLS") {
        return Fact::Present(default);
    }
    reader
        .pages::<DescribeListenerCertificates>(of(&listener.arn))
        .await
        .fact(GONE)
        .map(|items| {
            let mut all = default;
            for arn in items.into_iter().filter_map(CertificateItem::arn) {
                if !all.contains(&arn) {
                    all.push(arn);
                }
            }
            all
        })
}

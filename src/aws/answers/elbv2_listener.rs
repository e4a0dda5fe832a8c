//! Elastic Load Balancing v2: listeners, their rules and certificates.

use super::{filled, pages};
use crate::account::{Action, Arn, Fact, Listener, ListenerRule, RuleCondition, Weighted};
use crate::aws::wire::List;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeListeners {
    #[serde(rename = "Listeners")]
    listeners: List<ListenerItem>,
    #[serde(rename = "NextMarker")]
    next: Option<String>,
}

pages!(DescribeListeners: DESCRIBE_LISTENERS, listeners of ListenerItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct ListenerItem {
    listener_arn: String,
    #[serde(default)]
    port: u16,
    #[serde(default)]
    protocol: String,
    #[serde(default)]
    default_actions: List<ActionItem>,
    #[serde(default)]
    certificates: List<CertificateItem>,
}

impl ListenerItem {
    /// The listener, and its default certificate. Its rules and further certificates are asked for separately.
    pub fn split(self) -> (Listener, Vec<Arn>) {
        let listener = Listener {
            arn: self.listener_arn.into(),
            port: self.port,
            protocol: self.protocol,
            default_actions: actions(self.default_actions),
            rules: Fact::not_asked(),
            certificates: Fact::not_asked(),
        };
        let default = self
            .certificates
            .into_iter()
            .filter_map(CertificateItem::arn)
            .collect();
        (listener, default)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct CertificateItem {
    certificate_arn: Option<String>,
}

impl CertificateItem {
    pub fn arn(self) -> Option<Arn> {
        filled(self.certificate_arn).map(Arn::from)
    }
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeListenerCertificates {
    #[serde(rename = "Certificates")]
    certificates: List<CertificateItem>,
    #[serde(rename = "NextMarker")]
    next: Option<String>,
}

pages!(DescribeListenerCertificates: DESCRIBE_LISTENER_CERTIFICATES, certificates of CertificateItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ActionItem {
    #[serde(rename = "Type")]
    kind: String,
    order: Option<i32>,
    target_group_arn: Option<String>,
    forward_config: Option<Forward>,
    redirect_config: Option<Redirect>,
    fixed_response_config: Option<Fixed>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Forward {
    #[serde(default)]
    target_groups: List<WeightedItem>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct WeightedItem {
    target_group_arn: Option<String>,
    weight: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Redirect {
    protocol: Option<String>,
    port: Option<String>,
    host: Option<String>,
    status_code: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Fixed {
    status_code: Option<String>,
}

/// In the order in which they are carried out: the last one answers.
fn actions(items: List<ActionItem>) -> Vec<Action> {
    let mut items = items.0;
    items.sort_by_key(|item| item.order.unwrap_or(i32::MAX));
    items.into_iter().map(Action::from).collect()
}

impl From<ActionItem> for Action {
    fn from(item: ActionItem) -> Self {
        // AWS's own placeholders: what the request came with.
        let or = |text: Option<String>, default: &str| filled(text).unwrap_or(default.to_owned());
        match item.kind.as_str() {
            "forward" => Action::Forward(forward(item.forward_config, item.target_group_arn)),
            "redirect" => {
                let to = item.redirect_config.unwrap_or_default();
                Action::Redirect {
                    protocol: or(to.protocol, "#{protocol}"),
                    port: or(to.port, "#{port}"),
                    status: or(to.status_code, ""),
                    host: or(to.host, "#{host}"),
                }
            }
            "fixed-response" => Action::FixedResponse {
                status: or(item.fixed_response_config.and_then(|to| to.status_code), ""),
            },
            _ => Action::Other(item.kind),
        }
    }
}

/// A single group may stand in either place, or in both.
fn forward(config: Option<Forward>, single: Option<String>) -> Vec<Weighted> {
    let mut groups: Vec<Weighted> = config
        .into_iter()
        .flat_map(|config| config.target_groups)
        .filter_map(|group| {
            Some(Weighted {
                target_group: filled(group.target_group_arn)?.into(),
                weight: group.weight.unwrap_or(1),
            })
        })
        .collect();
    if groups.is_empty() {
        groups.extend(filled(single).map(|arn| Weighted {
            target_group: arn.into(),
            weight: 1,
        }));
    }
    groups
}

#[derive(Debug, Deserialize)]
pub(in crate::aws) struct DescribeRules {
    #[serde(rename = "Rules")]
    rules: List<RuleItem>,
    #[serde(rename = "NextMarker")]
    next: Option<String>,
}

pages!(DescribeRules: DESCRIBE_RULES, rules of RuleItem);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::aws) struct RuleItem {
    priority: String,
    #[serde(default)]
    is_default: bool,
    #[serde(default)]
    conditions: List<ConditionItem>,
    #[serde(default)]
    actions: List<ActionItem>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ConditionItem {
    field: Option<String>,
    #[serde(default)]
    values: List<String>,
    host_header_config: Option<ValuesConfig>,
    path_pattern_config: Option<ValuesConfig>,
    http_request_method_config: Option<PlainConfig>,
    source_ip_config: Option<PlainConfig>,
    http_header_config: Option<HeaderConfig>,
    query_string_config: Option<QueryConfig>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ValuesConfig {
    #[serde(default)]
    values: List<String>,
    #[serde(default)]
    regex_values: List<String>,
}

/// Kinds of condition without regular expressions.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PlainConfig {
    #[serde(default)]
    values: List<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct HeaderConfig {
    http_header_name: Option<String>,
    #[serde(default)]
    values: List<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct QueryConfig {
    #[serde(default)]
    values: List<QueryItem>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct QueryItem {
    key: Option<String>,
    #[serde(default)]
    value: String,
}

/// Rules besides the default one (which repeats the listener's default actions), in the order they are tried.
pub(in crate::aws) fn rules(items: Vec<RuleItem>) -> Vec<ListenerRule> {
    let mut own: Vec<RuleItem> = items
        .into_iter()
        .filter(|rule| !rule.is_default && rule.priority != "default")
        .collect();
    own.sort_by_key(|rule| rule.priority.parse::<u32>().unwrap_or(u32::MAX));
    own.into_iter()
        .map(|rule| ListenerRule {
            priority: rule.priority,
            conditions: rule.conditions.into_iter().map(condition).collect(),
            actions: actions(rule.actions),
        })
        .collect()
}

fn condition(item: ConditionItem) -> RuleCondition {
    let configs = [item.host_header_config, item.path_pattern_config];
    let plain = [item.http_request_method_config, item.source_ip_config];
    let mut patterns = Vec::new();
    let mut configured = Vec::new();
    for config in configs.into_iter().flatten() {
        configured.extend(config.values);
        patterns.extend(config.regex_values);
    }
    // `Values` repeats the configuration's for the older kinds of condition.
    let mut values = item.values.0;
    if values.is_empty() {
        values = configured
            .into_iter()
            .chain(plain.into_iter().flatten().flat_map(|config| config.values))
            .collect();
    }
    if let Some(header) = item.http_header_config {
        let name = header.http_header_name.unwrap_or_default();
        values.extend(
            header
                .values
                .into_iter()
                .map(|value| format!("{name}: {value}")),
        );
    }
    for pair in item
        .query_string_config
        .into_iter()
        .flat_map(|config| config.values)
    {
        values.push(match filled(pair.key) {
            Some(key) => format!("{key}={}", pair.value),
            None => pair.value,
        });
    }
    RuleCondition {
        field: item.field.unwrap_or_default(),
        values,
        patterns,
    }
}

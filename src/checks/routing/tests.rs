//! Listeners whose rules are written by hand.

use super::*;
use crate::account::{RuleCondition, Weighted};

fn forward(groups: &[(&str, u32)]) -> Action {
    Action::Forward(
        groups
            .iter()
            .map(|(arn, weight)| Weighted {
                target_group: (*arn).into(),
                weight: *weight,
            })
            .collect(),
    )
}

fn rule(conditions: &[(&str, &[&str])], action: Action) -> ListenerRule {
    ListenerRule {
        priority: "1".into(),
        conditions: conditions
            .iter()
            .map(|(field, values)| RuleCondition {
                field: (*field).into(),
                values: values.iter().map(|value| (*value).to_owned()).collect(),
                patterns: Vec::new(),
            })
            .collect(),
        actions: vec![action],
    }
}

fn listener(rules: Fact<Vec<ListenerRule>>) -> Listener {
    Listener {
        arn: "listener".into(),
        port: 443,
        protocol: "HTTPS".into(),
        default_actions: vec![Action::FixedResponse {
            status: "404".into(),
        }],
        rules,
        certificates: Fact::Present(Vec::new()),
    }
}

fn at_docs(rules: Vec<ListenerRule>) -> Lands<'static> {
    let listener = Box::leak(Box::new(listener(Fact::Present(rules))));
    lands(listener, "api.example.com", "/docs")
}

#[test]
fn the_first_rule_whose_conditions_all_hold_decides() {
    let here: Arn = "tg".into();
    assert_eq!(
        at_docs(vec![
            rule(
                &[("host-header", &["www.example.com"])],
                forward(&[("other", 1)])
            ),
            rule(
                &[
                    ("host-header", &["API.*"]),
                    ("path-pattern", &["/admin/*", "/d?cs"])
                ],
                forward(&[("tg", 1)])
            ),
        ]),
        Lands::Forward(vec![&here])
    );
}

#[test]
fn a_condition_on_a_header_does_not_hold_for_everyone() {
    let lands = at_docs(vec![rule(
        &[("http-header", &["beta"])],
        forward(&[("tg", 1)]),
    )]);
    assert_eq!(lands, Lands::Elsewhere("a fixed response (404)".into()));
}

#[test]
fn a_group_of_weight_nought_gets_nothing_beside_others_and_everything_alone() {
    let (one, two): (Arn, Arn) = ("one".into(), "two".into());
    assert_eq!(
        at_docs(vec![rule(&[], forward(&[("one", 0), ("two", 5)]))]),
        Lands::Forward(vec![&two])
    );
    assert_eq!(
        at_docs(vec![rule(&[], forward(&[("one", 0)]))]),
        Lands::Forward(vec![&one])
    );
}

#[test]
fn a_regular_expression_leaves_it_open_unless_it_makes_no_difference() {
    let mut by_pattern = rule(&[("path-pattern", &[])], forward(&[("other", 1)]));
    by_pattern.conditions[0].patterns = vec!["^/docs$".into()];
    let general = rule(&[], forward(&[("tg", 1)]));
    let undecided = at_docs(vec![by_pattern.clone(), general.clone()]);
    assert!(matches!(undecided, Lands::CannotTell(_)), "{undecided:?}");
    by_pattern.actions.clone_from(&general.actions);
    let here: Arn = "tg".into();
    assert_eq!(
        at_docs(vec![by_pattern, general]),
        Lands::Forward(vec![&here])
    );
}

#[test]
fn a_rule_for_one_page_is_not_for_everybody() {
    let with = |rules| Box::leak(Box::new(listener(Fact::Present(rules))));
    let narrow = rule(&[("path-pattern", &["/docs"])], forward(&[("tg", 1)]));
    let one_page = with(vec![narrow.clone()]);
    let fixed = Lands::Elsewhere("a fixed response (404)".into());
    assert_eq!(everyone(one_page, "api.example.com"), fixed);
    assert_eq!(exceptions(one_page, "api.example.com").count(), 1);
    let here: Arn = "tg".into();
    let all_pages = with(vec![
        rule(
            &[
                ("host-header", &["*.example.com"]),
                ("path-pattern", &["/*"]),
            ],
            forward(&[("tg", 1)]),
        ),
        narrow,
    ]);
    assert_eq!(
        everyone(all_pages, "api.example.com"),
        Lands::Forward(vec![&here])
    );
    assert_eq!(exceptions(all_pages, "api.example.com").count(), 0);
}

#[test]
fn only_https_on_443_of_the_same_host_is_the_way_to_https() {
    let to = |protocol, port, host| Lands::Redirect {
        protocol,
        port,
        host,
    };
    let asked = "api.example.com";
    assert!(to("HTTPS", "443", "#{host}").is_https_of(asked));
    assert!(to("https", "443", "API.example.com").is_https_of(asked));
    assert!(!to("HTTPS", "#{port}", "#{host}").is_https_of(asked));
    assert!(!to("#{protocol}", "443", "#{host}").is_https_of(asked));
    assert!(!to("HTTPS", "443", "www.example.com").is_https_of(asked));
}

#[test]
fn unread_rules_leave_it_open() {
    let listener = listener(Fact::Unknown(Why::Throttled));
    assert_eq!(
        lands(&listener, "api.example.com", "/docs"),
        Lands::CannotTell(Why::Throttled)
    );
    assert_eq!(forwards_to(&listener, &"tg".into()), None);
}

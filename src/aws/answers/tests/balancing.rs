use super::*;
use crate::account::{
    Action, Arn, Balancer, Listener, RuleCondition, Target, TargetGroup, Weighted,
};
use crate::aws::answers::{elbv2, elbv2_listener};

fn balancers(answer: elbv2::DescribeLoadBalancers) -> Result<Vec<Balancer>, elbv2::NoScheme> {
    answer
        .split()
        .items
        .into_iter()
        .map(Balancer::try_from)
        .collect()
}

#[test]
fn a_balancer_is_internet_facing_internal_or_neither() {
    let all = balancers(answer()).unwrap();
    let facing: Vec<bool> = all.iter().map(|one| one.internet_facing).collect();
    assert_eq!(facing, [true, false, false]);
    assert_eq!(all[0].zones[1].subnet.as_str(), "subnet-0bbb");
    assert_eq!(all[0].groups, ["sg-0alb".into()]);
    assert_eq!(
        (all[1].state.as_str(), all[1].state_reason.as_deref()),
        ("failed", Some("no free addresses"))
    );
    assert!(all[1].groups.is_empty());
    assert_eq!(all[2].kind, "gateway");
}

#[test]
fn an_application_balancer_that_does_not_say_is_unreadable() {
    let silent = answer_with("<Scheme>internal</Scheme>", "").unwrap();
    assert!(balancers(silent).is_err());
}

#[test]
fn a_listener_forwards_once_though_it_says_so_twice() {
    let items = answer::<elbv2_listener::DescribeListeners>().split().items;
    let all: Vec<(Listener, Vec<Arn>)> = items.into_iter().map(|item| item.split()).collect();
    let (https, certificates) = &all[0];
    assert_eq!(
        (https.port, https.protocol.as_str(), certificates.len()),
        (443, "HTTPS", 1)
    );
    let [Action::Forward(to)] = https.default_actions.as_slice() else {
        panic!("{https:?}")
    };
    assert_eq!((to.len(), to[0].weight), (1, 1));
    let (http, none) = &all[1];
    assert!(none.is_empty());
    let redirect = Action::Redirect {
        protocol: "HTTPS".into(),
        port: "443".into(),
        status: "HTTP_301".into(),
        host: "#{host}".into(),
    };
    assert_eq!(http.default_actions, [redirect]);
    let expected = [
        Action::Other("authenticate-oidc".into()),
        Action::FixedResponse {
            status: "404".into(),
        },
    ];
    assert_eq!(
        all[2].0.default_actions, expected,
        "in the order they are carried out"
    );
}

#[test]
fn rules_come_in_the_order_they_are_tried_without_the_default_one() {
    let rules = elbv2_listener::rules(answer::<elbv2_listener::DescribeRules>().split().items);
    let order: Vec<&str> = rules.iter().map(|rule| rule.priority.as_str()).collect();
    assert_eq!(order, ["20", "100"]);
    let condition = |field: &str, value: &str| RuleCondition {
        field: field.into(),
        values: vec![value.into()],
        patterns: Vec::new(),
    };
    let expected = [
        condition("http-header", "X-Team: news"),
        condition("query-string", "v=2"),
        condition("host-header", "api.example.com"),
    ];
    assert_eq!(rules[0].conditions, expected);
    assert_eq!(rules[1].conditions, [condition("path-pattern", "/*")]);
    let weighted = |arn: &str, weight| Weighted {
        target_group: arn.into(),
        weight,
    };
    let both = Action::Forward(vec![weighted("arn:blue", 90), weighted("arn:green", 10)]);
    assert_eq!(rules[1].actions, [both]);
    assert_eq!(
        rules[0].actions,
        [Action::Forward(vec![weighted("arn:blue", 1)])]
    );
}

#[test]
fn further_certificates_of_a_listener_are_read() {
    let items = answer::<elbv2_listener::DescribeListenerCertificates>()
        .split()
        .items;
    assert_eq!(items.into_iter().filter_map(|item| item.arn()).count(), 2);
}

#[test]
fn a_target_group_has_its_health_check_and_one_for_a_function_has_none() {
    let groups: Vec<TargetGroup> = entries::<elbv2::DescribeTargetGroups, _>();
    let health = &groups[0].health;
    assert_eq!(
        (health.path.as_deref(), health.matcher.as_deref()),
        (Some("/docs"), Some("200"))
    );
    assert_eq!((health.interval_seconds, health.healthy_threshold), (30, 5));
    assert_eq!(
        (groups[0].target_type.as_str(), groups[0].port),
        ("ip", Some(8000))
    );
    assert_eq!(groups[0].balancers.len(), 1);
    assert_eq!(
        (groups[1].target_type.as_str(), &groups[1].vpc),
        ("lambda", &None)
    );
    assert_eq!(groups[1].health.path, None);
}

#[test]
fn target_health_says_why() {
    let targets = Vec::<Target>::from(answer::<elbv2::DescribeTargetHealth>());
    assert_eq!(
        (targets[0].state.as_str(), &targets[0].reason),
        ("healthy", &None)
    );
    assert_eq!(
        targets[1].reason.as_deref(),
        Some("Target.ResponseCodeMismatch")
    );
    assert_eq!(targets[1].id, "172.31.16.10");
}

#[test]
fn a_redirect_to_another_host_and_a_regular_expression_are_kept_apart() {
    let away = answer_with::<elbv2_listener::DescribeListeners>("#{host}", "www.example.com");
    let (http, _) = away.unwrap().split().items.remove(1).split();
    assert!(
        matches!(&http.default_actions[..], [Action::Redirect { host, .. }] if host == "www.example.com"),
        "{http:?}"
    );
    let by_pattern = answer_with::<elbv2_listener::DescribeRules>(
        "<Values><member>/*</member></Values>\n            <PathPatternConfig><Values><member>/*</member></Values></PathPatternConfig>",
        "<PathPatternConfig><RegexValues><member>^/v[0-9]</member></RegexValues></PathPatternConfig>",
    );
    let rules = elbv2_listener::rules(by_pattern.unwrap().split().items);
    let condition = &rules[1].conditions[0];
    assert!(condition.values.is_empty(), "{condition:?}");
    assert_eq!(condition.patterns, ["^/v[0-9]"]);
}

#[test]
fn a_target_group_says_which_version_of_http_it_speaks() {
    let grpc = answer_with::<elbv2::DescribeTargetGroups>(
        "<HealthCheckPort>traffic-port",
        "<ProtocolVersion>GRPC</ProtocolVersion><HealthCheckPort>traffic-port",
    );
    let first = grpc.unwrap().split().items.remove(0);
    let version = TargetGroup::from(first).protocol_version;
    assert_eq!(version.as_deref(), Some("GRPC"));
}

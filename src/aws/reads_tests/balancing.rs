use super::*;
use crate::account::{Arn, Fact, Service};
use crate::aws::balancers;
use crate::practice::good_account;

fn server() -> Server {
    let path = "elasticloadbalancing";
    Server::start()
        .plays(
            "DescribeLoadBalancers",
            &format!("{path}/DescribeLoadBalancers.xml"),
        )
        .plays(
            "DescribeTargetGroups",
            &format!("{path}/DescribeTargetGroups.xml"),
        )
        .plays(
            "DescribeListeners",
            &format!("{path}/DescribeListeners.xml"),
        )
        .plays("DescribeRules", &format!("{path}/DescribeRules.xml"))
        .plays(
            "DescribeListenerCertificates",
            &format!("{path}/DescribeListenerCertificates.xml"),
        )
        .plays(
            "DescribeTargetHealth",
            &format!("{path}/DescribeTargetHealth.xml"),
        )
        .plays("ListCertificates", "acm/ListCertificates.json")
        .plays("DescribeCertificate", "acm/DescribeCertificate.json")
}

/// A service that registers its tasks in this target group.
fn service_in(target_group: &str) -> Service {
    let account = good_account(&test_chapter(), "2026-11-23T00:00:00Z".parse().unwrap());
    let mut service = account.service.present().unwrap().clone();
    service.target_groups[0].target_group = Arn::from(target_group);
    service
}

#[tokio::test]
async fn only_the_chapters_balancer_and_target_group_are_opened() {
    let server = server();
    let snapshot = look(&server, &[Area::Balancers]).await;
    let balancers = snapshot.balancers.present().unwrap();
    let opened: Vec<bool> = balancers
        .iter()
        .map(|one| one.listeners.present().is_some())
        .collect();
    assert_eq!(opened, [true, false, false]);
    assert_eq!(balancers[1].listeners, Fact::not_asked());
    let groups = snapshot.target_groups.present().unwrap();
    assert_eq!(groups[0].targets.present().map(Vec::len), Some(2));
    assert_eq!(groups[1].targets, Fact::not_asked());
    assert_eq!(
        (
            server.times("DescribeListeners"),
            server.times("DescribeTargetHealth")
        ),
        (1, 1)
    );
    // Only the HTTPS listener has certificates to ask for.
    assert_eq!(
        (
            server.times("DescribeListenerCertificates"),
            server.times("DescribeRules")
        ),
        (1, 3)
    );
    assert_eq!(
        server.times("DescribeTargetGroups"),
        1,
        "asked once by both"
    );
}

#[tokio::test]
async fn a_listener_has_its_rules_and_all_its_certificates_once() {
    let snapshot = look(&server(), &[Area::Balancers]).await;
    let balancer = &snapshot.balancers.present().unwrap()[0];
    let https = &balancer.listeners.present().unwrap()[0];
    assert_eq!(https.certificates.present().map(Vec::len), Some(2));
    assert_eq!(https.rules.present().map(Vec::len), Some(2));
    let http = &balancer.listeners.present().unwrap()[1];
    assert_eq!(http.certificates, Fact::Present(Vec::new()));
}

#[tokio::test]
async fn the_balancer_in_front_of_the_service_is_opened_whatever_its_name() {
    let server = server();
    let mut chapter = test_chapter();
    chapter.balancer.name = "of-another-name".to_owned();
    chapter.balancer.target_group = "of-another-name-too".to_owned();
    let arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/news-api-tg/73e2d6bc24d8a067";
    let service = service_in(arn);
    let found = balancers::balancers(&server.reader(), &chapter, Some(&service)).await;
    let found = found.present().unwrap();
    assert!(found[0].listeners.present().is_some());
    assert_eq!(found[1].listeners, Fact::not_asked());
    let groups = balancers::target_groups(&server.reader(), &chapter, Some(&service)).await;
    assert!(groups.present().unwrap()[0].targets.present().is_some());
}

#[tokio::test]
async fn when_none_is_known_to_be_the_chapters_the_few_there_are_get_opened() {
    let mut chapter = test_chapter();
    chapter.balancer.name = "of-another-name".to_owned();
    chapter.balancer.target_group = "of-another-name-too".to_owned();
    let snapshot = look_with(&server(), &[Area::Balancers], &chapter).await;
    let opened: Vec<bool> = snapshot
        .balancers
        .present()
        .unwrap()
        .iter()
        .map(|one| one.listeners.present().is_some())
        .collect();
    assert_eq!(opened, [true, true, false], "the application balancers");
}

#[tokio::test]
async fn rules_that_may_not_be_read_are_unknown_and_the_listener_stands() {
    let message = "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: elasticloadbalancing:DescribeRules";
    let server = server().on(
        "DescribeRules",
        [Reply::refused(403, "AccessDenied", message)],
    );
    let snapshot = look(&server, &[Area::Balancers]).await;
    let listener = &snapshot.balancers.present().unwrap()[0]
        .listeners
        .present()
        .unwrap()[0];
    assert_eq!(
        listener.rules,
        Fact::Unknown(denied("elasticloadbalancing:DescribeRules"))
    );
    assert!(listener.certificates.present().is_some());
}

#[tokio::test]
async fn denied_balancers_are_unknown_and_target_groups_still_read() {
    let server = server().on(
        "DescribeLoadBalancers",
        [Reply::refused(403, "AccessDenied", "no")],
    );
    let snapshot = look(&server, &[Area::Balancers]).await;
    assert_eq!(
        snapshot.balancers,
        Fact::Unknown(denied("elasticloadbalancing:DescribeLoadBalancers"))
    );
    assert!(snapshot.target_groups.present().is_some());
}

#[tokio::test]
async fn a_balancer_deleted_meanwhile_has_absent_listeners() {
    let server = server().on(
        "DescribeListeners",
        [Reply::refused(400, "LoadBalancerNotFound", "gone")],
    );
    let snapshot = look(&server, &[Area::Balancers]).await;
    assert_eq!(
        snapshot.balancers.present().unwrap()[0].listeners,
        Fact::Absent
    );
}

#[tokio::test]
async fn certificates_of_every_key_type_are_asked_for_and_only_the_fitting_ones_opened() {
    let summaries = r#"{"CertificateSummaryList": [
        {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/star", "DomainName": "*.example.com", "SubjectAlternativeNameSummaries": ["*.example.com"]},
        {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/more", "DomainName": "x.org", "SubjectAlternativeNameSummaries": ["x.org"], "HasAdditionalSubjectAlternativeNames": true},
        {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/apex", "DomainName": "example.com", "SubjectAlternativeNameSummaries": ["example.com"]}]}"#;
    let server = server().on("ListCertificates", [Reply::json(200, summaries)]);
    let snapshot = look(&server, &[Area::Certificates]).await;
    assert_eq!(snapshot.certificates.present().map(Vec::len), Some(2));
    let bodies: Vec<String> = server.asked().into_iter().map(|asked| asked.body).collect();
    assert!(
        bodies[0].contains("EC_prime256v1") && bodies[0].contains("RSA_4096"),
        "{}",
        bodies[0]
    );
    assert!(
        !bodies.iter().any(|body| body.contains("certificate/apex")),
        "opened in vain"
    );
    assert_eq!(
        server.times("DescribeLoadBalancers"),
        0,
        "not asked for in this run"
    );
}

#[tokio::test]
async fn the_listeners_certificates_are_opened_though_they_are_for_another_name() {
    let server = server().on(
        "ListCertificates",
        [Reply::json(200, r#"{"CertificateSummaryList": []}"#)],
    );
    look(&server, &[Area::Certificates, Area::Balancers]).await;
    let opened: Vec<String> = server
        .asked()
        .into_iter()
        .filter(|asked| asked.operation == "DescribeCertificate")
        .map(|asked| asked.body)
        .collect();
    assert_eq!(opened.len(), 2);
}

#[tokio::test]
async fn a_certificate_that_may_not_be_read_makes_them_unknown_and_a_deleted_one_does_not() {
    let gone = Reply::refused_json(400, "ResourceNotFoundException", "gone");
    let server_gone = server().on("DescribeCertificate", [gone]);
    let summaries = recorded("acm/ListCertificates.json").replace("\"NextToken\": \"more\",", "");
    let server_gone = server_gone.on("ListCertificates", [Reply::json(200, summaries.clone())]);
    let snapshot = look(&server_gone, &[Area::Certificates]).await;
    assert_eq!(snapshot.certificates, Fact::Present(Vec::new()));
    let server_denied = server()
        .on("ListCertificates", [Reply::json(200, summaries)])
        .on(
            "DescribeCertificate",
            [Reply::refused_json(400, "AccessDeniedException", "no")],
        );
    let snapshot = look(&server_denied, &[Area::Certificates]).await;
    assert_eq!(
        snapshot.certificates,
        Fact::Unknown(denied("acm:DescribeCertificate"))
    );
}

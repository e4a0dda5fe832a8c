//! Where the host's name leads.

use super::*;

const DNS: &str = "dns.points-to-balancer";

fn answer(aliases: &[&str], addresses: &[&str], balancers: &[&str]) -> Snapshot {
    let ips = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
    good_but(|snapshot| {
        snapshot.workplace.dns = Fact::Present(DnsAnswer {
            host: "api.example.com".into(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            addresses: ips(addresses),
            balancer_addresses: ips(balancers),
        });
    })
}

#[test]
fn the_host_leads_to_the_balancer_by_name_or_by_address() {
    let name = balancer(&mut good()).dns_name.clone();
    let dualstack = format!("DUALSTACK.{name}.");
    assert_is(&answer(&[&name], &["198.51.100.1"], &[]), DNS, Passed, "");
    assert_is(
        &answer(&[&dualstack], &["198.51.100.1"], &[]),
        DNS,
        Passed,
        "",
    );
    let both = ["198.51.100.1", "198.51.100.2"];
    assert_is(&answer(&[], &both[..1], &both), DNS, Passed, "");
    let partly = assert_is(&answer(&[], &both, &both[..1]), DNS, Passed, "");
    assert!(partly.advice.is_some());
}

#[test]
fn another_address_does_not_lead_to_the_balancer() {
    let elsewhere = answer(&[], &["203.0.113.9"], &["198.51.100.1"]);
    assert_is(&elsewhere, DNS, Failed, "dns-not-pointing");
    let dangling = answer(
        &["old-alb.us-east-1.elb.amazonaws.com"],
        &[],
        &["198.51.100.1"],
    );
    assert_is(&dangling, DNS, Failed, "dns-not-pointing");
}

#[test]
fn dns_that_says_nothing_is_missing_and_dns_out_of_reach_is_unknown() {
    let snapshot = good_but(|snapshot| snapshot.workplace.dns = Fact::Absent);
    assert_is(&snapshot, DNS, Missing, "");
    let snapshot = good_but(|snapshot| snapshot.workplace.dns = Fact::Unknown(Why::Offline));
    assert_is(&snapshot, DNS, Unknown, "");
    // Without the balancer's own addresses there is nothing to compare with.
    assert_is(&answer(&[], &["203.0.113.9"], &[]), DNS, Unknown, "");
    let found = assert_is(&empty(), DNS, Blocked, "");
    assert_eq!(found.blocked_by.unwrap().as_str(), "alb.active");
}

use super::*;
use hickory_resolver::proto::op::{Message, MessageType, ResponseCode};
use hickory_resolver::proto::rr::Record;
use hickory_resolver::proto::rr::rdata::{A, AAAA, CNAME};
use std::str::FromStr;
use tokio::net::UdpSocket;

const ALB: &str = "news-api-alb-123.us-east-1.elb.amazonaws.com";

/// What the server holds: names with a target or an address.
type Zone = &'static [(&'static str, &'static str)];

/// A name server on the loopback address; names under `broken.` get SERVFAIL, under `silent.` nothing.
async fn server(zone: Zone) -> Dns {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let dns = Dns::at(socket.local_addr().unwrap()).unwrap();
    tokio::spawn(async move {
        let mut buffer = [0; 2048];
        while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
            let question = Message::from_vec(&buffer[..length]).unwrap();
            if let Some(answer) = answer(zone, &question) {
                socket
                    .send_to(&answer.to_vec().unwrap(), from)
                    .await
                    .unwrap();
            }
        }
    });
    dns
}

fn answer(zone: Zone, question: &Message) -> Option<Message> {
    let query = question.queries[0].clone();
    let mut reply = Message::response(question.metadata.id, question.metadata.op_code);
    reply.metadata.message_type = MessageType::Response;
    reply.metadata.recursion_desired = true;
    reply.metadata.recursion_available = true;
    reply.add_query(query.clone());
    let mut name = query.name().to_ascii().to_ascii_lowercase();
    if name.ends_with("silent.") {
        return None;
    }
    if name.ends_with("broken.") {
        reply.metadata.response_code = ResponseCode::ServFail;
        return Some(reply);
    }
    let mut known = false;
    for _ in 0..10 {
        let here: Vec<_> = zone
            .iter()
            .filter(|(owner, _)| format!("{owner}.") == name)
            .collect();
        known |= !here.is_empty();
        let mut next = None;
        for (owner, value) in here {
            let data = match IpAddr::from_str(value) {
                Ok(IpAddr::V4(four)) => RData::A(A(four)),
                Ok(IpAddr::V6(six)) => RData::AAAA(AAAA(six)),
                Err(_) => {
                    next = Some(format!("{value}."));
                    RData::CNAME(CNAME(Name::from_ascii(format!("{value}.")).unwrap()))
                }
            };
            if data.record_type() == query.query_type() || next.is_some() {
                let owner = Name::from_ascii(format!("{owner}.")).unwrap();
                reply.add_answer(Record::from_rdata(owner, 60, data));
            }
        }
        match next {
            Some(next) if query.query_type() != RecordType::CNAME => name = next,
            _ => break,
        }
    }
    if !known {
        reply.metadata.response_code = ResponseCode::NXDomain;
    }
    Some(reply)
}

const ZONE: Zone = &[
    ("api.example.com", "edge.example.com"),
    ("edge.example.com", ALB),
    ("apex.example.com", "198.51.100.7"),
    ("apex.example.com", "2001:db8::7"),
    (
        "gone.example.com",
        "deleted-alb.us-east-1.elb.amazonaws.com",
    ),
    (ALB, "198.51.100.7"),
    (ALB, "198.51.100.8"),
    ("_abc.api.example.com", "_xyz.acm-validations.aws"),
    ("text.example.com", "203.0.113.9"),
    ("loop.example.com", "pool.example.com"),
    ("pool.example.com", "loop.example.com"),
];

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_host_is_followed_to_the_balancer_name_by_name() {
    let Fact::Present(found) = server(ZONE).await.look("api.example.com", Some(ALB)).await else {
        panic!("not read")
    };
    assert_eq!(found.host, "api.example.com");
    assert_eq!(found.aliases, ["edge.example.com", ALB]);
    assert_eq!(
        found.addresses,
        [address("198.51.100.7"), address("198.51.100.8")]
    );
    assert_eq!(found.balancer_addresses, found.addresses);
}

#[tokio::test]
async fn an_alias_record_shows_addresses_of_both_kinds_and_no_names() {
    let found = server(ZONE).await.look("apex.example.com", None).await;
    let Fact::Present(found) = found else {
        panic!("not read")
    };
    assert!(found.aliases.is_empty());
    assert_eq!(
        found.addresses,
        [address("198.51.100.7"), address("2001:db8::7")]
    );
    assert!(found.balancer_addresses.is_empty());
}

#[tokio::test]
async fn a_name_without_a_record_is_absent() {
    let dns = server(ZONE).await;
    assert_eq!(
        dns.look("nothing.example.com", Some(ALB)).await,
        Fact::Absent
    );
}

#[tokio::test]
async fn a_chain_that_ends_in_a_deleted_balancer_is_there_without_addresses() {
    let Fact::Present(found) = server(ZONE).await.look("gone.example.com", None).await else {
        panic!("not read")
    };
    assert_eq!(found.aliases, ["deleted-alb.us-east-1.elb.amazonaws.com"]);
    assert!(found.addresses.is_empty());
}

#[tokio::test]
async fn a_failing_a_silent_and_an_unreachable_server_are_unknown_never_absent() {
    let dns = server(ZONE).await;
    let broken = dns.look("api.broken", None).await;
    assert!(
        matches!(broken, Fact::Unknown(Why::Other { .. })),
        "{broken:?}"
    );
    let nobody = std::net::UdpSocket::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let elsewhere = Dns::at(nobody).unwrap();
    let (silent, unreachable) = tokio::join!(
        dns.look("api.silent", None),
        elsewhere.look("api.example.com", None)
    );
    assert_eq!(silent, Fact::Unknown(Why::TimedOut));
    assert!(
        matches!(unreachable, Fact::Unknown(Why::Offline | Why::TimedOut)),
        "{unreachable:?}"
    );
}

#[tokio::test]
async fn an_unreadable_balancer_makes_an_alias_record_unknown_but_not_a_chain_that_names_it() {
    let dns = server(&[
        ("a.example.com", "198.51.100.7"),
        ("b.example.com", "alb.broken"),
    ])
    .await;
    let by_address = dns.look("a.example.com", Some("alb.broken")).await;
    assert!(matches!(by_address, Fact::Unknown(_)), "{by_address:?}");
}

#[tokio::test]
async fn a_validation_record_is_shown_absent_or_unknown() {
    let dns = server(ZONE).await;
    let names = [
        "_abc.api.example.com.",
        "_new.api.example.com",
        "text.example.com",
        "_x.broken",
        "a b..c",
    ];
    let found = dns.records(&names.map(str::to_owned)).await;
    assert_eq!(
        found["_abc.api.example.com."],
        Fact::Present(vec!["_xyz.acm-validations.aws".into()])
    );
    assert_eq!(found["_new.api.example.com"], Fact::Absent);
    assert_eq!(found["text.example.com"], Fact::Absent);
    assert!(matches!(found["_x.broken"], Fact::Unknown(_)));
    assert!(matches!(found["a b..c"], Fact::Unknown(_)));
}

#[tokio::test]
async fn a_loop_of_names_ends() {
    let dns = server(ZONE).await;
    let found = timeout(Duration::from_secs(10), dns.look("pool.example.com", None)).await;
    let found = found.expect("it ends");
    assert!(
        found
            .present()
            .is_none_or(|answer| answer.addresses.is_empty()),
        "{found:?}"
    );
}

#[test]
fn a_doubled_record_ends_in_every_zone_that_may_hold_the_domain() {
    assert_eq!(
        doubled("_x.api.example.com.", "api.example.com"),
        [
            "_x.api.example.com.api.example.com",
            "_x.api.example.com.example.com"
        ]
    );
    assert_eq!(
        doubled("_x.example.com", "*.example.com"),
        ["_x.example.com.example.com"]
    );
    assert!(doubled("_x.com", "com").is_empty());
}

use landfall::account::*;
use landfall::aws::*;
use std::collections::BTreeSet;
#[tokio::main]
async fn main() {
    let began = std::time::Instant::now();
    let session = Session::open(SessionRequest {
        course_region: Some(Region::from("us-east-1")),
        ..Default::default()
    })
    .await;
    eprintln!("{:?}", session.credentials().await);
    let chapter = landfall::practice::test_chapter();
    let reader = Reader::new(session);
    let wanted: BTreeSet<Area> = Area::USUAL.into_iter().collect();
    let got = collect(&reader, &chapter, &wanted, None).await;
    println!("{}", serde_json::to_string_pretty(&got.snapshot).unwrap());
    for c in got.calls {
        eprintln!("{} {} {:?} {}ms", c.service, c.operation, c.outcome, c.ms);
    }
    eprintln!("{:?} registered {}", began.elapsed(), got.registered.len());
}

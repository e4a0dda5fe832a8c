//! Tasks and balancers.

use super::*;

fn tasks(change: impl FnOnce(&mut Tasks)) -> Leftover {
    let mut size = Tasks {
        running: 2,
        launch: Launch::Fargate,
        cpu: Some(256),
        memory: Some(512),
        architecture: Some(Architecture::X86_64),
        public_addresses: 2,
    };
    change(&mut size);
    thing(LeftoverKind::Service, Extent::Tasks(size))
}

#[test]
fn tasks_are_charged_by_size_number_and_processor_and_their_addresses_besides() {
    assert_eq!(
        said(&tasks(|_| {})),
        [
            "2 tasks of thing: $0.0247 $18.02",
            "2 public addresses of its tasks: $0.0100 $7.30"
        ]
    );
    assert_eq!(
        said(&tasks(|size| {
            size.running = 1;
            size.public_addresses = 1;
            size.architecture = Some(Architecture::Arm64);
        })),
        [
            "1 task of thing: $0.0099 $7.21",
            "1 public address of its tasks: $0.0050 $3.65"
        ]
    );
}

#[test]
fn tasks_that_are_not_on_plain_fargate_have_no_price_here() {
    for launch in [Launch::FargateSpot, Launch::Other] {
        let lines = said(&tasks(|size| {
            size.launch = launch;
            size.public_addresses = 0;
        }));
        assert_eq!(lines, ["2 tasks of thing: not known"]);
    }
}

#[test]
fn tasks_whose_size_was_not_read_are_taken_for_the_chapters_and_that_is_said() {
    let one = tasks(|size| {
        size.cpu = None;
        size.memory = None;
        size.architecture = None;
    });
    let lines = charge::lines(&one, &test_chapter());
    assert!(lines[0].notes[0].contains("their own size was not read"));
    assert_eq!(said(&one)[0], "2 tasks of thing: $0.0247 $18.02");
}

#[test]
fn a_service_without_tasks_costs_nothing() {
    let idle = tasks(|size| {
        size.running = 0;
        size.public_addresses = 0;
    });
    assert_eq!(said(&idle), ["service thing: free"]);
}

#[test]
fn a_balancer_is_charged_with_an_address_in_each_zone() {
    let balancer = |public_addresses| {
        thing(
            LeftoverKind::Balancer,
            Extent::Balancer {
                kind: "application".to_owned(),
                public_addresses,
            },
        )
    };
    assert_eq!(
        said(&balancer(2)),
        [
            "load balancer thing: $0.0225 $16.43",
            "2 public addresses of the load balancer: $0.0100 $7.30"
        ]
    );
    assert_eq!(said(&balancer(0)).len(), 1, "an internal one has none");
}

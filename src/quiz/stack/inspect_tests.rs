use super::inspect::as_built;
use super::testing::{ask, fault, find, noon, own, own_of, pages, practice, question};
use super::{Ground, check_of, mutated, pose};
use crate::account::{AccountId, Fact, Snapshot, Source, Why};
use crate::checks::{Stack, Verdict, check};
use crate::course::{Artifact, Inspect, Kind, Mutation};
use crate::practice::{account_after, empty_account, test_chapter};
use std::collections::BTreeSet;

fn verdict(snapshot: &Snapshot, id: &str) -> Verdict {
    let nothing = BTreeSet::new();
    let stack = Stack {
        snapshot,
        attested: &nothing,
        teardown_begun: false,
    };
    (check(id).expect("there is such a check").judge)(&stack).verdict
}

/// A good account in several shapes.
fn good_ones() -> Vec<Snapshot> {
    let mut without_domain = test_chapter();
    without_domain.has_domain = false;
    let mut elsewhere = test_chapter();
    elsewhere.region = "eu-central-1".into();
    elsewhere.health_path = "/".to_owned();
    elsewhere.port = 9000;
    elsewhere.parameters.database_url = "DATABASE_URL".to_owned();
    vec![own(), own_of(&without_domain), own_of(&elsewhere)]
}

#[test]
fn every_fault_is_on_the_page_and_its_own_check_finds_it_too() {
    for good in good_ones() {
        for mutation in Mutation::ALL {
            let word = mutation.word();
            let posed = ask(&find(&[*mutation]), Some(&good));
            assert_eq!(posed.instead, None, "{word}");
            assert_eq!(
                (posed.source, posed.looked_at),
                (Source::Aws, good.collected_at)
            );
            let pages = pages(posed);
            let [fault] = &pages.faults[..] else {
                panic!("{word}: {:?}", pages.faults);
            };
            assert_eq!(fault.id, word);
            assert!(!fault.lines.is_empty() && !fault.was.is_empty(), "{word}");
            assert!(
                fault
                    .lines
                    .iter()
                    .all(|line| (1..=pages.lines.len()).contains(line))
            );
            let id = check_of(*mutation);
            assert_eq!(verdict(&good, id), Verdict::Passed, "{id}");
            let faulty = mutated(&good, *mutation).unwrap();
            assert_eq!(verdict(&faulty, id), Verdict::Failed, "{id}");
        }
    }
}

#[test]
fn the_fault_is_exactly_what_differs_from_the_page_as_it_was_built() {
    for good in good_ones() {
        for mutation in Mutation::ALL {
            let shown = pages(ask(&find(&[*mutation]), Some(&good)));
            let mut gone: Vec<String> = as_built(&[*mutation], &good)
                .iter()
                .map(|line| bare(line))
                .collect();
            let mut differs = Vec::new();
            for (line, number) in shown.lines.iter().zip(1..) {
                match gone.iter().position(|old| *old == bare(line)) {
                    Some(at) => drop(gone.remove(at)),
                    None => differs.push(number),
                }
            }
            let fault = &shown.faults[0];
            assert_eq!(fault.lines, differs, "{}", mutation.word());
            assert_eq!(
                fault.was.lines().collect::<Vec<_>>(),
                gone,
                "{}",
                mutation.word()
            );
        }
    }
}

fn bare(line: &str) -> String {
    line.trim().trim_end_matches(',').to_owned()
}

fn faulty_lines(mutation: Mutation) -> (Vec<String>, String) {
    let shown = pages(ask(&find(&[mutation]), Some(&own())));
    let fault = &shown.faults[0];
    let lines = fault
        .lines
        .iter()
        .map(|number| bare(&shown.lines[number - 1]))
        .collect();
    (lines, fault.was.clone())
}

#[test]
fn each_fault_reads_as_it_would_in_a_terminal() {
    let said = |mutation| {
        let (lines, was) = faulty_lines(mutation);
        format!("{} <- {was}", lines.join(" | "))
    };
    assert_eq!(
        said(Mutation::PinLatest),
        r#""image": "(ECR)/news-aggregator-api:latest" <- "image": "(ECR)/news-aggregator-api:v1.0.0""#
    );
    assert_eq!(
        said(Mutation::SecretInEnvironment),
        r#"{ "name": "DATABASE_URL", "value": (an address with a password) } <- { "name": "DATABASE_URL", "valueFrom": "/news-api/DATABASE_URL" }"#
    );
    assert_eq!(
        said(Mutation::OpenSource),
        "tcp 5432     from range 0.0.0.0/0 <- tcp 5432     from group news-api-ecs-sg"
    );
    assert_eq!(
        said(Mutation::NoGrace),
        r#""healthCheckGracePeriodSeconds": 0 <- "healthCheckGracePeriodSeconds": 60"#
    );
    assert_eq!(
        said(Mutation::SharedGroup),
        "tasks news-api-service          news-api-ecs-sg, news-api-alb-sg | database news-api-db            news-api-rds-sg, news-api-alb-sg <- tasks news-api-service          news-api-ecs-sg\ndatabase news-api-db            news-api-rds-sg"
    );
    assert_eq!(
        said(Mutation::WrongHealthPath),
        r#""HealthCheckPath": "/" <- "HealthCheckPath": "/docs""#
    );
}

#[test]
fn pages_are_short_and_narrow() {
    for mutation in Mutation::ALL {
        let shown = pages(ask(&find(&[*mutation]), Some(&own())));
        assert!(shown.lines.len() <= 40, "{} lines", shown.lines.len());
        for line in &shown.lines {
            assert!(line.chars().count() <= 76, "{line}");
        }
        insta::assert_snapshot!(
            mutation.word(),
            format!("{}\n\n{}", shown.title, shown.lines.join("\n"))
        );
    }
}

#[test]
fn two_faults_of_one_page_are_found_apart() {
    let shown = pages(ask(
        &find(&[Mutation::SecretInEnvironment, Mutation::PinLatest]),
        Some(&own()),
    ));
    assert!(
        shown.title.ends_with("with 2 faults put in"),
        "{}",
        shown.title
    );
    let [secret, latest] = &shown.faults[..] else {
        panic!("{:?}", shown.faults);
    };
    assert!(shown.lines[latest.lines[0] - 1].contains(":latest"));
    assert!(shown.lines[secret.lines[0] - 1].contains("with a password"));
    assert_eq!((latest.lines.len(), secret.lines.len()), (1, 1));
}

#[test]
fn faults_of_several_parts_stand_on_one_page_of_sections() {
    let shown = pages(ask(
        &find(&[
            Mutation::NoGrace,
            Mutation::WrongHealthPath,
            Mutation::OpenSource,
        ]),
        Some(&own()),
    ));
    assert_eq!(
        shown.title,
        "Your service news-api-service, target group news-api-tg and security groups, with 3 faults put in"
    );
    let texts: Vec<&str> = shown
        .faults
        .iter()
        .map(|fault| shown.lines[fault.lines[0] - 1].trim())
        .collect();
    assert_eq!(
        texts,
        [
            r#""healthCheckGracePeriodSeconds": 0,"#,
            r#""HealthCheckPath": "/","#,
            "tcp 5432     from range 0.0.0.0/0"
        ]
    );
    assert!(
        shown
            .lines
            .contains(&"--- target group news-api-tg".to_owned())
    );
}

#[test]
fn without_a_look_the_practice_account_stands_in_and_says_so() {
    let posed = ask(&find(&[Mutation::NoGrace]), None);
    assert_eq!(posed.source, Source::Practice);
    assert_eq!(
        posed.instead.as_deref(),
        Some("Your own account was not looked at yet, so this asks about the practice account.")
    );
    assert_eq!(
        pages(posed).title,
        "The practice account's service news-api-service, with one fault put in"
    );
}

#[test]
fn a_stack_with_the_very_fault_is_not_asked_about_and_the_answer_is_not_given_away() {
    for mutation in Mutation::ALL {
        let own = mutated(&own(), *mutation).unwrap();
        let posed = ask(&find(&[*mutation]), Some(&own));
        assert_eq!(posed.source, Source::Practice, "{}", mutation.word());
        let instead = posed.instead.unwrap();
        assert!(instead.contains(" fault of "), "{instead}");
        assert!(instead.contains("`landfall verify`"), "{instead}");
        for given_away in ["latest", "password", "0.0.0.0", "grace", "shared", "path"] {
            assert!(!instead.contains(given_away), "{instead}");
        }
    }
}

#[test]
fn another_fault_on_the_same_page_sends_the_question_to_the_practice_account() {
    let own = mutated(&own(), Mutation::SecretInEnvironment).unwrap();
    let posed = ask(&find(&[Mutation::PinLatest]), Some(&own));
    assert_eq!(posed.source, Source::Practice);
    let elsewhere = ask(&find(&[Mutation::NoGrace]), Some(&own));
    assert_eq!((elsewhere.source, elsewhere.instead), (Source::Aws, None));
}

#[test]
fn what_is_not_there_or_not_read_is_never_made_up() {
    let empty = empty_account(&test_chapter(), noon());
    let until = account_after(&["root-account.mfa"], &test_chapter(), noon());
    let mut unread = own();
    unread.service = Fact::Unknown(Why::Throttled);
    unread.definitions.clear();
    unread.target_groups = Fact::not_asked();
    unread.network.groups = Fact::not_asked();
    for own in [&empty, &until, &unread] {
        for mutation in Mutation::ALL {
            let posed = ask(&find(&[*mutation]), Some(own));
            assert_eq!(posed.source, Source::Practice, "{}", mutation.word());
            assert_eq!(posed.looked_at, practice().collected_at);
            let instead = posed.instead.unwrap();
            assert!(
                instead.ends_with(", so this asks about the practice account."),
                "{instead}"
            );
        }
    }
    let reason = |own: &Snapshot, mutation| ask(&find(&[mutation]), Some(own)).instead.unwrap();
    assert!(
        reason(&empty, Mutation::NoGrace).starts_with("There is no service in your account yet")
    );
    assert!(
        reason(&empty, Mutation::PinLatest)
            .starts_with("There is no task definition in your account yet")
    );
    assert!(
        reason(&unread, Mutation::NoGrace)
            .starts_with("The last look at your account did not read the service")
    );
}

#[test]
fn no_number_of_an_account_and_no_value_is_on_a_page() {
    let mut own = own();
    let number = AccountId::from("123456789012");
    let text = serde_json::to_string(&own)
        .unwrap()
        .replace(own.account().unwrap().as_str(), number.as_str());
    own = serde_json::from_str(&text).unwrap();
    assert!(text.contains("123456789012"));
    for mutation in Mutation::ALL {
        let posed = ask(&find(&[*mutation]), Some(&own));
        assert_eq!(posed.source, Source::Aws, "{}", mutation.word());
        let kept = serde_json::to_string(&posed).unwrap();
        assert!(!kept.contains("123456789012"), "{kept}");
        assert!(!kept.contains("://"), "{kept}");
    }
}

#[test]
fn long_lists_are_cut_and_the_fault_stays_on_the_page() {
    let mut own = own();
    for definition in own.definitions.values_mut() {
        let Fact::Present(definition) = definition else {
            continue;
        };
        let container = &mut definition.containers[0];
        let (variable, secret) = (
            container.environment[0].clone(),
            container.secrets[0].clone(),
        );
        let database = container.secrets.remove(0);
        for at in 0..30 {
            let mut variable = variable.clone();
            variable.name = format!("SETTING_{at}");
            container.environment.push(variable);
            let mut secret = secret.clone();
            secret.name = format!("OTHER_{at}");
            secret.value_from = format!("/news-api/OTHER_{at}");
            container.secrets.push(secret);
        }
        container.secrets.push(database);
    }
    let shown = pages(ask(&find(&[Mutation::SecretInEnvironment]), Some(&own)));
    assert!(shown.title.starts_with("Your "));
    assert!(shown.lines.len() <= 40, "{} lines", shown.lines.len());
    assert_eq!(shown.faults[0].lines.len(), 1);
    assert!(shown.lines[shown.faults[0].lines[0] - 1].contains("DATABASE_URL"));
    assert_eq!(
        shown
            .lines
            .iter()
            .filter(|line| line.contains("(and 23 more)"))
            .count(),
        2
    );
}

#[test]
fn the_same_look_gives_the_same_page() {
    for mutation in Mutation::ALL {
        let once = ask(&find(&[*mutation]), Some(&own()));
        assert_eq!(once, ask(&find(&[*mutation]), Some(&own())));
    }
}

#[test]
fn a_text_of_the_deck_has_its_faults_and_decoys_where_their_words_stand() {
    let text = question(Kind::Inspect(Inspect {
        artifact: Artifact::Text(
            "{\n\t\"image\": \"api:latest\",\n  \"cpu\": \"256\u{1b}[31m\"\n}".to_owned(),
        ),
        faults: vec![fault("tag", Some(":latest"))],
        decoys: vec![("cpu".to_owned(), "Small is fine.".to_owned())],
    }));
    let posed = ask(&text, Some(&own()));
    assert_eq!(posed.instead, None);
    let pages = pages(posed);
    assert_eq!(pages.lines.len(), 4);
    assert_eq!(pages.faults[0].lines, [2]);
    assert_eq!(pages.decoys, [(3, "Small is fine.".to_owned())]);
    assert!(!pages.lines.concat().contains(|c: char| c.is_control()));
}

#[test]
fn a_decoy_of_an_account_page_is_never_the_fault_itself() {
    let mut open = find(&[Mutation::OpenSource]);
    if let Kind::Inspect(inspect) = &mut open.kind {
        inspect.decoys = vec![(
            "0.0.0.0/0".to_owned(),
            "The load balancer is public.".to_owned(),
        )];
    }
    let shown = pages(ask(&open, Some(&own())));
    assert_eq!(shown.decoys.len(), 2, "ports 80 and 443");
    assert!(
        shown
            .decoys
            .iter()
            .all(|(line, _)| !shown.faults[0].lines.contains(line))
    );
}

#[test]
fn other_kinds_of_questions_ask_of_no_account() {
    let practice = practice();
    let ground = Ground {
        own: None,
        practice: &practice,
    };
    let cloze = question(Kind::Cloze(crate::course::Cloze {
        text: "{{port}}".to_owned(),
        blanks: Vec::new(),
        why: String::new(),
    }));
    assert_eq!(pose(&cloze, &ground), None);
}

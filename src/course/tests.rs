use super::*;

/// The checks of the chapter, so that the content can be judged by itself.
fn known_checks() -> Vec<&'static str> {
    crate::checks::checks()
        .map(|check| check.id.as_str())
        .collect()
}

fn shown(problems: &[Diagnostic]) -> String {
    problems
        .iter()
        .map(|problem| format!("{problem}\n\n"))
        .collect()
}

#[test]
fn the_built_in_course_has_no_problem_at_all() {
    let (course, warnings) = load(&CourseFiles::embedded(), &known_checks())
        .unwrap_or_else(|problems| panic!("{}", shown(&problems)));
    assert!(warnings.is_empty(), "{}", shown(&warnings));
    assert_eq!(course.lessons.len(), 8);
    assert_eq!(course.patterns.len(), 7);
    assert_eq!(course.decks[0].questions.len(), 39);
    assert_eq!(course.decks[0].retries.len(), 43);
}

#[test]
fn every_check_belongs_to_exactly_one_step() {
    let (course, _) =
        load(&CourseFiles::embedded(), &known_checks()).expect("the built-in course loads");
    let used: Vec<&str> = course
        .steps()
        .flat_map(|(_, step)| step.checks.iter().map(String::as_str))
        .collect();
    for check in known_checks() {
        assert_eq!(used.iter().filter(|id| **id == check).count(), 1, "{check}");
    }
}

fn with(name: &str, change: impl Fn(&str) -> String) -> Vec<Diagnostic> {
    let mut files = CourseFiles::embedded();
    for file in files.files.iter_mut().filter(|file| file.name == name) {
        file.text = change(&file.text);
    }
    match load(&files, &known_checks()) {
        Ok((_, warnings)) => warnings,
        Err(problems) => problems,
    }
}

#[test]
fn every_problem_of_a_file_is_shown_at_once_with_its_place() {
    let problems = with("lessons/04-rds.md", |text| {
        text.replace("\"rds.private\"", "\"rds.privat\"")
            .replace("minutes =", "minuts =")
            .replace("{{region}}", "{{regoin}}")
    });
    let all = shown(&problems);
    assert!(
        all.contains("there is no check `rds.privat`")
            && all.contains("did you mean `rds.private`?"),
        "{all}"
    );
    assert!(
        all.contains("`minuts` is not a key") && all.contains("did you mean `minutes`?"),
        "{all}"
    );
    assert!(all.contains("did you mean `{{region}}`?"), "{all}");
    let line = problems
        .iter()
        .find(|problem| problem.rule == "unknown-check")
        .expect("reported")
        .line;
    assert!(
        line > 5,
        "counted from the beginning of the file, front matter included: {line}"
    );
}

#[test]
fn a_step_without_text_and_a_heading_without_a_step_are_both_named() {
    let problems = with("lessons/04-rds.md", |text| {
        text.replace("{#rds.inbound}", "{#rds.inbuond}")
    });
    let all = shown(&problems);
    assert!(all.contains("no heading ends with {#rds.inbound}"), "{all}");
    assert!(all.contains("there is no step `rds.inbuond`"), "{all}");
}

#[test]
fn a_lesson_that_needs_a_later_one_could_never_be_reached() {
    let problems = with("lessons/04-rds.md", |text| {
        let at = text.find("requires = [").expect("has requirements") + "requires = [".len();
        format!("{}\"ecs-service\", {}", &text[..at], &text[at..])
    });
    assert!(shown(&problems).contains("comes later in the course"));
}

#[test]
fn a_published_id_may_not_vanish() {
    let problems = with("lessons/ids.lock", |text| format!("{text}rds.gone\n"));
    let all = shown(&problems);
    assert!(
        all.contains("`rds.gone` was published and is gone"),
        "{all}"
    );
    assert!(all.contains("lessons/ids.lock:"), "{all}");
}

#[test]
fn a_host_is_a_name_and_nothing_else() {
    let (course, _) =
        load(&CourseFiles::embedded(), &known_checks()).expect("the built-in course loads");
    let host = |written: &str| {
        let text = format!("host = \"{written}\"\n");
        overlay(
            &course.chapter,
            &SourceText {
                name: "landfall.toml".into(),
                text,
            },
        )
        .map(|settings| settings.chapter.host)
    };
    assert_eq!(host("API.Example.com.").unwrap(), "api.example.com");
    assert_eq!(
        host("xn--bcher-kva.example").unwrap(),
        "xn--bcher-kva.example"
    );
    for wrong in [
        "https://api.example.com",
        "api.example.com/docs",
        "api.example.com:443",
        "*.example.com",
        "bücher.example",
        "localhost",
        "api..example.com",
    ] {
        assert!(host(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_settings_file_is_laid_over_the_course_and_its_mistakes_are_all_named() {
    let (course, _) =
        load(&CourseFiles::embedded(), &known_checks()).expect("the built-in course loads");
    let good = SourceText {
        name: "landfall.toml".into(),
        text: "region = \"eu-west-1\"\nhas_domain = false\n[database]\ninstance = \"my-db\"\n[endpoint]\nurl = \"http://localhost:1\"\n".into(),
    };
    let settings =
        overlay(&course.chapter, &good).unwrap_or_else(|problems| panic!("{}", shown(&problems)));
    assert!(settings.stated.contains("has_domain") && !settings.stated.contains("host"));
    let laid = settings.chapter;
    assert_eq!(laid.region.as_str(), "eu-west-1");
    assert_eq!(laid.database.instance, "my-db");
    assert_eq!(
        laid.database.subnet_group,
        course.chapter.database.subnet_group
    );
    assert_eq!(laid.endpoint_url.as_deref(), Some("http://localhost:1"));

    let bad = SourceText {
        name: "landfall.toml".into(),
        text: "regoin = \"eu-west-1\"\nport = 99999\n[database]\ninstanse = \"x\"\nhealth_path = \"docs\n".into(),
    };
    let problems = overlay(&course.chapter, &bad).expect_err("three mistakes and a broken line");
    let all = shown(&problems);
    assert!(
        all.contains("did you mean `region`?")
            && all.contains("from 1 to 65535")
            && all.contains("did you mean `instance`?"),
        "{all}"
    );
}

//! Whose file it is, by account and by name.

use super::*;
use proptest::prelude::*;

struct Row(RunRow);

impl Row {
    fn named(name: &str) -> Self {
        Row(RunRow {
            key: StudentKey(format!(
                "{}-0123abcd",
                name.to_lowercase().replace(' ', "-")
            )),
            student: name.to_owned(),
            id: None,
            sis_id: None,
            login: None,
            email: None,
            section: None,
            account: None,
        })
    }

    fn id(mut self, id: &str) -> Self {
        self.0.id = Some(id.to_owned());
        self
    }

    fn login(mut self, login: &str) -> Self {
        self.0.login = Some(login.to_owned());
        self
    }

    fn email(mut self, email: &str) -> Self {
        self.0.email = Some(email.to_owned());
        self
    }

    fn account(mut self, account: &str) -> Self {
        self.0.account = Some(account.to_owned());
        self
    }
}

fn rows(rows: impl IntoIterator<Item = Row>) -> Vec<RunRow> {
    rows.into_iter().map(|row| row.0).collect()
}

/// The name of whoever it is; `-` for nobody, several with `or`, a contradiction with `but`.
fn whose(rows: &[RunRow], path: &str, account: Option<&str>) -> String {
    let name = |key: &StudentKey| {
        let row = rows.iter().find(|row| row.key == *key).unwrap();
        row.student.clone()
    };
    match owner(rows, path, account) {
        Owner::One(key) => name(key),
        Owner::NoOne => "-".to_owned(),
        Owner::Several(keys) => {
            let names: Vec<String> = keys.into_iter().map(name).collect();
            names.join(" or ")
        }
        Owner::Disagree {
            by_account,
            by_name,
        } => format!("{} but {}", name(by_account), name(by_name)),
    }
}

fn class() -> Vec<RunRow> {
    rows([
        Row::named("Ann Lee")
            .id("12345")
            .login("alee")
            .email("ann@example.com")
            .account("111122223333"),
        Row::named("Mary Ann Lee")
            .id("12346")
            .login("malee")
            .email("mary.ann@example.com")
            .account("444455556666"),
        Row::named("Žofie Malá").id("678901").login("zofie2"),
        Row::named("Bo").login("bundle").id("7"),
        Row::named("García, José"),
        Row::named("Cy Wu").account("444455556666"),
    ])
}

#[test]
fn names_that_platforms_give_to_files_are_understood() {
    for (path, student) in [
        // Canvas; the last number is the attachment's, though it is somebody's id here.
        ("leeann_12345_678901_landfall-bundle.json", "Ann Lee"),
        ("leeann_LATE_12345_678901_landfall-bundle.json", "Ann Lee"),
        ("leemaryann_12346_99_bundle-1.json", "Mary Ann Lee"),
        ("maláŽofie_678901_5_x.json", "Žofie Malá"),
        ("unknown_99999_678901_landfall-bundle.json", "-"),
        ("leeann_12345_678901_Žofie Malá.json", "Ann Lee"),
        ("garcíajosé_55_66_landfall-bundle.json", "García, José"),
        // Moodle; its number is of the assignment.
        (
            "Ann Lee_12346_assignsubmission_file_/landfall-bundle.json",
            "Ann Lee",
        ),
        ("Ann Lee_678901_assignsubmission_file_/Bo.json", "Ann Lee"),
        (
            "Ann Lee_678901_assignsubmission_file_landfall-bundle.json",
            "Ann Lee",
        ),
        (
            "Mary Ann Lee_1_assignsubmission_file_/b.json",
            "Mary Ann Lee",
        ),
        // Gradescope; its number is the submission's.
        ("submission_12345/landfall-bundle.json", "-"),
        ("submission_12345/alee.json", "Ann Lee"),
        // GitHub Classroom.
        ("landfall-alee/landfall-bundle.json", "Ann Lee"),
        ("landfall-annlee/landfall-bundle.json", "Ann Lee"),
    ] {
        assert_eq!(whose(&class(), path, None), student, "{path}");
    }
}

#[test]
fn what_people_write_is_understood_when_it_stands_by_itself() {
    for (path, student) in [
        ("ann_lee_12345_bundle.json", "Ann Lee"),
        ("ann@example.com/bundle.json", "Ann Lee"),
        ("bundle ANN@EXAMPLE.COM.json", "Ann Lee"),
        ("section-a/Ann Lee/landfall-bundle (1).json", "Ann Lee"),
        ("Lee, Ann.json", "Ann Lee"),
        ("AnnLee-final-v2.json", "Ann Lee"),
        ("12345.json", "Ann Lee"),
        ("somebody-12345-x.json", "Ann Lee"),
        ("ann-lee-0123abcd.json", "Ann Lee"),
        ("run-20261126T205517Z/ann-lee-0123abcd.json", "Ann Lee"),
        ("111122223333.json", "Ann Lee"),
        ("C:\\class\\zofie2\\b.json", "Žofie Malá"),
        ("Z\u{30c}ofie Mala\u{301}.json", "Žofie Malá"),
        ("zofie_mala.json", "Žofie Malá"),
        ("José García.json", "García, José"),
        ("bo.json", "Bo"),
        ("7.json", "Bo"),
        ("landfall-7.json", "Bo"),
        // A part of somebody else's name, address or number is nobody's.
        ("annlees.json", "-"),
        ("ann-lee-smith.json", "-"),
        ("ann@example.com.au.json", "-"),
        ("johann@example.com.json", "-"),
        ("x.ann@example.com.json", "-"),
        ("alee@other.org.json", "-"),
        ("alee-smith.json", "-"),
        ("112345.json", "-"),
        ("week-7.json", "-"),
        ("hw7/landfall-bundle.json", "-"),
        ("landfall-bundle.json", "-"),
        ("bundle.json", "-"),
        ("bo-derek.json", "-"),
        ("ann.json", "-"),
        ("", "-"),
        ("///", "-"),
    ] {
        assert_eq!(whose(&class(), path, None), student, "{path}");
    }
    assert_eq!(whose(&class(), "mary-ann-lee.json", None), "Mary Ann Lee");
    assert_eq!(
        whose(&class(), "mary.ann@example.com.json", None),
        "Mary Ann Lee"
    );
}

#[test]
fn more_than_one_is_not_decided() {
    let twins = rows([
        Row::named("Ann Lee").id("12345"),
        Row::named("Lee Ann").id("54321"),
        Row::named("Cy Wu"),
    ]);
    assert_eq!(whose(&twins, "ann-lee.json", None), "Ann Lee or Lee Ann");
    assert_eq!(whose(&twins, "leeann_54321_1_x.json", None), "Lee Ann");
    assert_eq!(
        whose(&twins, "cywu_54321_1_x.json", None),
        "Lee Ann or Cy Wu"
    );
    assert_eq!(
        whose(&twins, "Cy Wu/ann-lee-12345.json", None),
        "Ann Lee or Cy Wu"
    );
}

#[test]
fn the_account_counts_and_a_name_that_contradicts_is_told() {
    let class = class();
    let ann = Some("111122223333");
    let shared = Some("444455556666");
    assert_eq!(whose(&class, "landfall-bundle.json", ann), "Ann Lee");
    assert_eq!(whose(&class, "ann-lee.json", ann), "Ann Lee");
    assert_eq!(whose(&class, "bo.json", ann), "Ann Lee but Bo");
    assert_eq!(whose(&class, "bo.json", Some("999999999999")), "Bo");
    assert_eq!(whose(&class, "x.json", Some("999999999999")), "-");
    assert_eq!(whose(&class, "cy-wu.json", shared), "Cy Wu");
    assert_eq!(whose(&class, "x.json", shared), "Mary Ann Lee or Cy Wu");
    assert_eq!(
        whose(&class, "bo.json", shared),
        "Mary Ann Lee or Bo or Cy Wu"
    );
    assert_eq!(
        owner(&class, "cy-wu.json", shared).one(),
        Some(&class[5].key)
    );
    assert_eq!(owner(&class, "bo.json", ann).one(), None);
}

proptest! {
    /// The simple rule: one of the row's words, or two neighbouring words of the name, is in the path.
    #[test]
    fn nobody_gets_a_file_that_does_not_name_them(
        path in "(ann|lee|bo|wu|cy|12345|7|alee|landfall|bundle|@|example|com|LATE|_|-|/|\\.| |é|x){0,10}",
    ) {
        let class = class();
        let flat: String = fold(&path).chars().filter(|letter| letter.is_alphanumeric()).collect();
        if let Owner::One(key) = owner(&class, &path, None) {
            let row = class.iter().find(|row| row.key == *key).unwrap();
            let squeezed = |text: &str| -> String {
                fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
            };
            let mut names: Vec<String> = [&row.id, &row.login, &row.email, &row.account]
                .into_iter()
                .flatten()
                .map(|value| squeezed(value))
                .collect();
            let words: Vec<String> = row.student.split(' ').map(squeezed).collect();
            names.push(words.concat());
            names.push(words.iter().rev().cloned().collect());
            names.push(words[1..].concat() + &words[0]);
            names.push(words[words.len() - 1].clone() + &words[..words.len() - 1].concat());
            prop_assert!(names.iter().any(|name| flat.contains(name)), "{path}: {row:?}");
        }
    }

    #[test]
    fn no_path_is_too_strange(path in any::<String>(), name in any::<String>(), id in any::<String>()) {
        let rows = rows([Row::named(&name).id(&id), Row::named("Ann Lee")]);
        let owner = owner(&rows, &path, None);
        let disagrees = matches!(owner, Owner::Disagree { .. });
        prop_assert!(!disagrees, "there is no account");
    }
}

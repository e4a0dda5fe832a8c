//! Rosters as people's spreadsheets write them.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn read(text: &str) -> Roster {
    roster(text.as_bytes()).unwrap_or_else(|troubles| panic!("{troubles:#?}\n{text}"))
}

/// `LINE:COLUMN say | hint`, one for each trouble.
fn wrong(bytes: &[u8]) -> Vec<String> {
    let troubles = roster(bytes).expect_err("the roster cannot be used");
    troubles
        .into_iter()
        .map(|trouble| {
            let column = trouble
                .column
                .map_or_else(String::new, |column| format!(":{column}"));
            format!("{}{column} {}", trouble.line, trouble.say)
        })
        .collect()
}

fn role(row: &RosterRow) -> (&str, &str, Option<&str>) {
    match &row.access {
        Access::None => panic!("there is an access"),
        Access::Role {
            account,
            arn,
            external_id,
        } => (account, arn, external_id.as_deref()),
    }
}

#[test]
fn columns_stand_in_any_order_under_forgiving_names() {
    let roster = read(
        "Region,E-Mail,External_ID,AWS Account,Shoe size,Learner,Group,SIS Login-ID,IAM user,Domain,sis user id,CANVAS ID\n\
         eu-west-1,ann@example.com,word-7f3a,111122223333,38,Ann Lee,A,alee,ann,API.Example.com,S-1,77\n",
    );
    assert_eq!(roster.ignored, ["Shoe size"]);
    let [row] = roster.rows.as_slice() else {
        panic!("one row");
    };
    assert_eq!(row.line, 2);
    assert_eq!(row.student, "Ann Lee");
    assert_eq!(row.id.as_deref(), Some("77"));
    assert_eq!(row.sis_id.as_deref(), Some("S-1"));
    assert_eq!(row.login.as_deref(), Some("alee"));
    assert_eq!(row.email.as_deref(), Some("ann@example.com"));
    assert_eq!(row.section.as_deref(), Some("A"));
    assert_eq!(row.region, Some(Region::from("eu-west-1")));
    assert_eq!(row.user.as_deref(), Some("ann"));
    assert_eq!(row.host.as_deref(), Some("api.example.com"));
    assert_eq!(
        role(row),
        (
            "111122223333",
            "arn:aws:iam::111122223333:role/course-verifier",
            Some("word-7f3a")
        )
    );
}

#[test]
fn what_excel_writes_is_the_same_roster() {
    let plain = "student,account\nAnn Lee,111122223333\n\"Žák, Bo\",444455556666\n";
    let expected = read(plain);
    let semicolons = plain
        .replace("\"Žák, Bo\"", "Žák@ Bo")
        .replace(',', ";")
        .replace("Žák@", "Žák,");
    let tabs = semicolons.replace(';', "\t");
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: [u8; 2]| {
        let units = plain.encode_utf16().flat_map(bytes);
        mark.into_iter().chain(units).collect::<Vec<u8>>()
    };
    for (what, bytes) in [
        (
            "a mark of the byte order",
            format!("\u{feff}{plain}").into_bytes(),
        ),
        ("semicolons", semicolons.clone().into_bytes()),
        ("tabs", tabs.into_bytes()),
        ("CRLF", plain.replace('\n', "\r\n").into_bytes()),
        ("old Mac line ends", plain.replace('\n', "\r").into_bytes()),
        ("little endian", utf16(u16::to_le_bytes, [0xff, 0xfe])),
        ("big endian", utf16(u16::to_be_bytes, [0xfe, 0xff])),
        ("empty lines", format!("{plain}\n\n,\n ,,,\n").into_bytes()),
        (
            "empty columns",
            plain
                .replace("333\n", "333,,\n")
                .replace("account\n", "account,,\n")
                .into_bytes(),
        ),
        (
            "numbers as formulas",
            plain
                .replace("111122223333", "\"=\"\"111122223333\"\"\"")
                .into_bytes(),
        ),
        (
            "numbers as bare formulas",
            plain
                .replace("111122223333", "=\"111122223333\"")
                .into_bytes(),
        ),
        (
            "hyphens",
            plain.replace("111122223333", "1111-2222-3333").into_bytes(),
        ),
        (
            "spaces",
            plain
                .replace("111122223333", " 1111 2222\u{a0}3333 ")
                .into_bytes(),
        ),
        (
            "an apostrophe",
            plain.replace("111122223333", "'111122223333").into_bytes(),
        ),
    ] {
        let read = roster(&bytes).unwrap_or_else(|troubles| panic!("{what}: {troubles:?}"));
        assert_eq!(read, expected, "{what}");
    }
    // One more line at the begin: lines are counted as an editor counts them.
    let stated = read(&format!("sep=;\r\n{semicolons}"));
    assert_eq!(stated.rows[0].line, 3);
    assert_eq!(stated.rows[1].student, "Žák, Bo");
}

#[test]
fn numbers_that_a_spreadsheet_has_spoilt_are_not_guessed() {
    let text = "student,account\nAnn,1.23457E+11\nBo,12345678901\nCy,\"1,23457E+11\"\nDi,12345\nEd,n/a\nFi,0000111122223333\n";
    assert_eq!(
        wrong(text.as_bytes()),
        [
            "2:5 a spreadsheet has turned the account number into 1.23457E+11: its last digits are lost",
            "3:4 the account number has 11 digits, not 12: a spreadsheet takes zeros away from the front",
            "4:4 a spreadsheet has turned the account number into 1,23457E+11: its last digits are lost",
            "5:4 the account number has 5 digits, not 12",
            "6:4 `n/a` is no account number",
            "7:4 the account number has 16 digits, not 12",
        ]
    );
    let hint = roster(text.as_bytes()).unwrap_err()[1]
        .hint
        .clone()
        .unwrap();
    assert!(hint.contains("as text"), "{hint}");
}

#[test]
fn a_gradebook_of_canvas_is_a_roster() {
    let roster = read(
        "Student,ID,SIS User ID,SIS Login ID,Root Account,Section,Landfall (4711),Final Score\n\
         ,,,,,,Manual Posting,\n\
         \"    Points Possible\",,,,,,100,(read only)\n\
         \"Lee, Ann\",77,S-1,alee,canvas.example.edu,A,,12\n\
         \"=\"\"=Bo\"\"\",78,S-2,bo,canvas.example.edu,A and B,,\n\
         \"Student, Test\",79,,1f0c,,A,,\n",
    );
    let names: Vec<&str> = roster.rows.iter().map(|row| row.student.as_str()).collect();
    assert_eq!(names, ["Lee, Ann", "=Bo"]);
    assert_eq!(roster.rows[0].access, Access::None);
    assert_eq!(
        roster.ignored,
        ["Root Account", "Landfall (4711)", "Final Score"]
    );
    let parted = read(
        "LastName,FirstName,ID,Section\n    Points Possible,,,\nLee,Ann,77,A\nStudent,Test,9,A\n",
    );
    assert_eq!(parted.rows.len(), 1);
    assert_eq!(parted.rows[0].student, "Ann Lee");
}

#[test]
fn a_role_of_the_class_is_no_arn() {
    let roster = read(
        "Full Name,Student ID,Email,Role\nAnn Lee,7,a@example.com,Student\nBo,8,b@example.com,TA\n",
    );
    assert_eq!(roster.rows[0].access, Access::None);
}

#[test]
fn roles_are_taken_as_they_are_written() {
    let arn = "arn:aws-us-gov:iam::111122223333:role/course/teachers/verifier";
    let roster = read(&format!(
        "name,role arn,region\nAnn,{arn},us-gov-west-1\nBo,,\n"
    ));
    assert_eq!(role(&roster.rows[0]), ("111122223333", arn, None));
    assert_eq!(roster.rows[1].access, Access::None);
    // One column for both.
    let both = read(&format!("name,account\nAnn,{arn}\nBo,444455556666\n"));
    assert_eq!(role(&both.rows[0]).1, arn);
    for (region, partition) in [
        ("us-east-1", "aws"),
        ("CN-north-1", "aws-cn"),
        ("us-gov-east-1", "aws-us-gov"),
        ("eusc-de-east-1", "aws-eusc"),
    ] {
        let roster = read(&format!("name,account,region\nAnn,111122223333,{region}\n"));
        let usual = format!("arn:{partition}:iam::111122223333:role/course-verifier");
        assert_eq!(role(&roster.rows[0]).1, usual);
    }
}

#[test]
fn what_is_no_role_is_said_in_its_own_words() {
    for (cell, say) in [
        ("course-verifier", "`course-verifier` is no ARN"),
        (
            "arn:aws:sts::111122223333:assumed-role/course-verifier/ann",
            "this is the ARN of a session, which ends; the role's own ARN is needed",
        ),
        (
            "arn:aws:iam::111122223333:user/ann",
            "this is the ARN of a user; the ARN of a role is needed",
        ),
        (
            "arn:aws:iam::111122223333:root",
            "this is the ARN of a whole account; the ARN of a role is needed",
        ),
        (
            "arn:aws:iam::111122223333:role/*",
            "the ARN holds a wildcard, and one role is needed",
        ),
        (
            "arn:aws:iam::1111:role/a",
            "the account number in the ARN has not twelve digits",
        ),
        (
            "arn:aws:s3:::bucket",
            "this is the ARN of something else; the ARN of a role is needed",
        ),
        (
            "arn:aws:iam::111122223333:role/",
            "the name in the ARN can be no role's",
        ),
        (
            "arn:aws:iam::111122223333:role/a b",
            "the name in the ARN can be no role's",
        ),
    ] {
        let text = format!("name,role\nAnn,{cell}\n");
        assert_eq!(wrong(text.as_bytes()), [format!("2:5 {say}")], "{cell}");
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_in_order() {
    let text = "name,id,account,role,external id,region,user,host\n\
                Ann,1,111122223333,arn:aws:iam::444455556666:role/a,secret word,virginia,a b,https://x.example\n\
                ,,111122223333,,,,,\n\
                Bo,2,,,,us east 1,,\n\
                Cy,1,,,,,,\n\
                Lee, Di,3,,,,,,\n\
                Žofie,4,,arn:aws:iam::444455556666:role/a,,cn-north-1,,\n";
    assert_eq!(
        wrong(text.as_bytes()),
        [
            "2:20 the account number in this role is not the one under `account`",
            "2:53 this can be no external id",
            "2:65 `virginia` is no region",
            "2:74 `a b` can be no IAM user's name",
            "2:78 `https://x.example` is no host name",
            "3 this line names no student",
            "4:9 `us east 1` is no region",
            "5 the same id is on line 2: a student may be here once",
            "6 this line has 9 cells, but the header has 8",
            "7:44 cn-north-1 is not in the partition `aws` of the role",
        ]
        .iter()
        .map(|say| (*say).to_owned())
        .collect::<Vec<String>>()
    );
}

#[test]
fn a_name_in_two_cells_is_told_from_empty_cells_at_the_end() {
    for row in ["Lee, Ann,7", "Lee, Ann,7,", "Lee,Ann,7,x"] {
        let text = format!("name,id,\n{row}\n");
        let cells = row.matches(',').count() + 1;
        let say = format!("2 this line has {cells} cells, but the header has 3");
        if cells > 3 {
            assert_eq!(wrong(text.as_bytes()), [say], "{row}");
        } else {
            assert_eq!(
                wrong(text.as_bytes()),
                [say],
                "{row}: something stands under no header"
            );
        }
    }
    assert_eq!(read("name,id\nAnn,7,,,\n Bo ,8\n").rows.len(), 2);
}

#[test]
fn a_student_is_here_once() {
    let text = "name,id,login,email\nAnn,1,ann,ann@example.com\nBo,2,ANN,\nCy,3,,Ann@Example.com\nDi,1,di,\nEd,,,\ned,,,\nEd,4,,\n";
    assert_eq!(
        wrong(text.as_bytes()),
        [
            "3 the same login is on line 2: a student may be here once",
            "4 the same email is on line 2: a student may be here once",
            "5 the same id is on line 2: a student may be here once",
            "7 the same name is on line 6: a student may be here once",
        ]
    );
    let accounts = read("name,account\nAnn,111122223333\nBo,111122223333\n");
    assert_eq!(
        accounts.rows.len(),
        2,
        "an account twice is a remark of the report"
    );
}

#[test]
fn a_roster_without_a_column_of_students_shows_how_one_begins() {
    for (text, say) in [
        ("", "1 the roster is empty"),
        ("\n\n", "1 the roster is empty"),
        ("\u{feff}", "1 the roster is empty"),
        (
            "name,account\n",
            "1 the roster has a header, and no students below it",
        ),
        (
            "name\n\"\"\n",
            "1 the roster has a header, and no students below it",
        ),
        (
            "Ann Lee,111122223333\n",
            "1 no column says who the students are",
        ),
        (
            "account,section\n111122223333,A\n",
            "1 no column says who the students are",
        ),
        (
            "section,studnet\nA,Ann\n",
            "1:9 no column says who the students are; did you mean `student` by `studnet`?",
        ),
        (
            "name,Mail,e-mail\nAnn,a,b\n",
            "1:11 `Mail` and `e-mail` both mean the column `email`",
        ),
    ] {
        assert_eq!(wrong(text.as_bytes()), [say], "{text:?}");
    }
    let hint = roster(b"section\nA\n").unwrap_err()[0]
        .hint
        .clone()
        .unwrap();
    assert!(
        hint.contains("student,account,external id,section"),
        "{hint}"
    );
}

#[test]
fn a_near_name_is_no_trouble_where_students_are_named() {
    let roster = read("student,acount\nAnn,111122223333\n");
    assert_eq!(roster.ignored, ["acount"]);
    assert_eq!(roster.rows[0].access, Access::None);
}

#[test]
fn bytes_that_are_no_utf8_are_shown_with_their_line() {
    let text = b"name,account\nAnn,111122223333\nJos\xe9,111122223333\nM\xfcller,1\n";
    assert_eq!(
        wrong(text),
        [
            "3:4 this letter is not written in UTF-8",
            "4:2 this letter is not written in UTF-8",
        ]
    );
    for bytes in [&b"PK\x03\x04rest"[..], b"n\0a\0m\0e\0", b"\xff\xfen"] {
        let troubles = roster(bytes).unwrap_err();
        let hint = troubles[0].hint.as_deref().unwrap_or_default();
        assert!(hint.contains("CSV UTF-8"), "{bytes:?}: {troubles:?}");
    }
}

#[test]
fn a_cell_with_line_breaks_keeps_the_count_of_lines() {
    let text = "name,section,account\n\"Ann\nLee\",A,111122223333\n\"Bo \"\"B\"\"\",\"x\ny\",12\n\nCy,\"a,b\",13\n";
    assert_eq!(
        wrong(text.as_bytes()),
        [
            "5:4 the account number has 2 digits, not 12",
            "7:10 the account number has 2 digits, not 12",
        ]
    );
    assert_eq!(
        wrong(b"name,account\nAnn,\"111122223333\nBo,444455556666\n"),
        ["2:5 a quotation mark is opened here and never closed"]
    );
}

#[test]
fn hostile_names_are_text() {
    let long = "x".repeat(10_000);
    let text = format!(
        "name,id\n<script>alert(1)</script>,1\n=HYPERLINK(1),2\nA\u{202e}nn\u{1b}[31m,3\n{long},4\n日本{long},5\nnul,con\n..,../../etc\n"
    );
    let roster = read(&text);
    let names: Vec<&str> = roster.rows.iter().map(|row| row.student.as_str()).collect();
    assert_eq!(names[0], "<script>alert(1)</script>");
    assert_eq!(names[1], "=HYPERLINK(1)");
    assert_eq!(names[2], "Ann[31m");
    assert_eq!(names[3].chars().count(), 200);
    assert_eq!(names[4].chars().count(), 200);
    for row in &roster.rows {
        assert_safe(&row.key);
    }
    assert!(roster.rows[5].key.0.starts_with("con-"));
    assert!(roster.rows[6].key.0.starts_with("etc-"));
}

#[test]
fn keys_are_made_of_the_first_that_tells_students_apart() {
    let roster = read(
        "name,id,login,email,sis id\nŽofie Malá,,,,\nAnn,7,ann,a@example.com,\nBo,,bo.b,b@example.com,\nCy,,,cy+1@example.com,\n李明,,,,\nDi,,,,S 1\n",
    );
    let slugs: Vec<&str> = roster
        .rows
        .iter()
        .map(|row| row.key.0.rsplit_once('-').unwrap().0)
        .collect();
    assert_eq!(slugs, ["zofie-mala", "7", "bo-b", "cy-1", "student", "s-1"]);
    // Pinned: an update must find the files of an earlier one.
    assert_eq!(roster.rows[1].key.0, "7-cbf7819d");
}

#[test]
fn an_external_id_is_in_no_message_and_in_no_key() {
    let roster = read("name,account,external id\nAnn,111122223333,hush-hush\n");
    assert_eq!(role(&roster.rows[0]).2, Some("hush-hush"));
    let all = format!("{roster:?} {:?}", rows_of(&roster));
    assert!(!all.contains("hush"), "{all}");
    let troubles =
        super::roster(b"name,account,external id\nAnn,111122223333,hush hush\n").unwrap_err();
    assert!(!format!("{troubles:?}").contains("hush"), "{troubles:?}");
}

fn assert_safe(key: &StudentKey) {
    let StudentKey(key) = key;
    assert!((10..=41).contains(&key.len()), "{key}");
    assert!(
        key.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
        "{key}"
    );
    assert!(!key.starts_with('-') && key.contains('-'), "{key}");
}

/// Bytes that look like a roster often enough to come far.
fn near_rosters() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just("name".to_owned()),
        Just("account".to_owned()),
        Just("region".to_owned()),
        Just("sep=;".to_owned()),
        Just("111122223333".to_owned()),
        Just("\"".to_owned()),
        Just(",".to_owned()),
        Just(",".to_owned()),
        Just(";".to_owned()),
        Just("\t".to_owned()),
        Just("\n".to_owned()),
        Just("\n".to_owned()),
        Just("\r".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("é".to_owned()),
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..40)
        .prop_map(|pieces| format!("name,account\n{}", pieces.concat()).into_bytes())
}

fn lines_of(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes)
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    text.split('\n').count() as u64
}

fn holds_for(bytes: &[u8]) -> Result<(), TestCaseError> {
    match roster(bytes) {
        Ok(roster) => {
            prop_assert!(!roster.rows.is_empty());
            let keys: BTreeSet<&StudentKey> = roster.rows.iter().map(|row| &row.key).collect();
            prop_assert_eq!(keys.len(), roster.rows.len());
            for row in &roster.rows {
                assert_safe(&row.key);
                prop_assert!(!row.student.is_empty());
                prop_assert!(row.line <= lines_of(bytes));
            }
        }
        Err(troubles) => {
            prop_assert!(!troubles.is_empty());
            for pair in troubles.windows(2) {
                prop_assert!((pair[0].line, pair[0].column) <= (pair[1].line, pair[1].column));
            }
            for trouble in &troubles {
                prop_assert!(
                    (1..=lines_of(bytes).max(1)).contains(&trouble.line),
                    "{trouble:?}"
                );
                prop_assert!(trouble.column.is_none_or(|column| column > 0));
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        roster(&bytes).map_or_else(|troubles| assert!(!troubles.is_empty()), |roster| assert!(!roster.rows.is_empty()));
    }

    #[test]
    fn every_trouble_is_on_a_line_that_is_there(bytes in near_rosters()) {
        holds_for(&bytes)?;
    }

    #[test]
    fn places_are_where_the_cells_are(cells in prop::collection::vec("[a-c\"\n;é]{0,4}", 1..8), broken in 0_usize..8) {
        // The cell at `broken` is a bad region; all are quoted.
        let at = broken % cells.len();
        let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
        let mut before = String::from("Ann,");
        for cell in &cells[..at] {
            before.push_str(&quoted(cell));
            before.push(',');
        }
        let after: String = cells[at + 1..].iter().map(|cell| format!(",{}", quoted(cell))).collect();
        let header: String = (0..cells.len()).map(|column| if column == at { ",region".to_owned() } else { format!(",x{column}") }).collect();
        let text = format!("name{header}\n{before}\"no region\"{after}\n");
        let line = before.matches('\n').count() as u64 + 2;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let troubles = roster(text.as_bytes()).unwrap_err();
        prop_assert_eq!(troubles.len(), 1);
        prop_assert_eq!((troubles[0].line, troubles[0].column), (line, Some(column)));
    }

    #[test]
    fn keys_stay_when_rows_change_places(names in prop::collection::btree_set("[a-zA-Zé. -]{1,12}", 2..12)) {
        let distinct: BTreeSet<String> = names.iter().map(|name| name.trim().to_lowercase()).collect();
        prop_assume!(distinct.len() == names.len() && !distinct.contains(""));
        let text = |names: &mut dyn Iterator<Item = &String>| {
            names.fold("section,name\n".to_owned(), |text, name| text + "A," + name + "\n")
        };
        let keys = |text: String| -> BTreeSet<(String, StudentKey)> {
            read(&text).rows.into_iter().map(|row| (row.student, row.key)).collect()
        };
        let forth = keys(text(&mut names.iter()));
        prop_assert_eq!(&forth, &keys(text(&mut names.iter().rev())));
        let unique: BTreeSet<&StudentKey> = forth.iter().map(|(_, key)| key).collect();
        prop_assert_eq!(unique.len(), names.len());
    }
}

//! A roster's bytes as text: what spreadsheets write when they are asked for CSV.

use super::RosterTrouble;

const SAVE_AS: &str =
    "Save it anew as \"CSV UTF-8\" (Excel, LibreOffice: UTF-8 as the character set).";

/// The text, without a mark of the byte order.
///
/// # Errors
/// Another format altogether, or bytes that are no letters, each line of them once.
pub(super) fn text_of(bytes: &[u8]) -> Result<String, Vec<RosterTrouble>> {
    let whole = |say: &str, hint: &str| {
        vec![RosterTrouble {
            line: 1,
            column: None,
            say: say.to_owned(),
            hint: Some(hint.to_owned()),
        }]
    };
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(whole(
            "this is a spreadsheet's own file, not a table as text",
            SAVE_AS,
        ));
    }
    if let Some(units) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(units, u16::from_le_bytes);
    }
    if let Some(units) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(units, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let before = bytes[..at].iter().filter(|byte| **byte == b'\n').count();
        let mut troubles = whole("there is a zero byte here: the file is no text", SAVE_AS);
        for trouble in &mut troubles {
            trouble.line = before as u64 + 1;
        }
        return Err(troubles);
    }
    utf8(bytes)
}

fn utf8(bytes: &[u8]) -> Result<String, Vec<RosterTrouble>> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        // csv passes over one mark of its own; a second one is no letter of the first name either.
        return Ok(text.trim_start_matches('\u{feff}').to_owned());
    }
    let mut troubles = Vec::new();
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let Err(error) = std::str::from_utf8(line) else {
            continue;
        };
        let before = String::from_utf8_lossy(&line[..error.valid_up_to()]);
        troubles.push(RosterTrouble {
            line: number,
            column: Some(before.chars().count() + 1),
            say: "this letter is not written in UTF-8".to_owned(),
            hint: Some(SAVE_AS.to_owned()),
        });
    }
    Err(troubles)
}

fn utf16(bytes: &[u8], of: fn([u8; 2]) -> u16) -> Result<String, Vec<RosterTrouble>> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    for letter in char::decode_utf16(pairs.iter().copied().map(of)) {
        match letter {
            Ok(letter) => text.push(letter),
            Err(_) => return Err(cut(&text)),
        }
    }
    if rest.is_empty() {
        Ok(text.trim_start_matches('\u{feff}').to_owned())
    } else {
        Err(cut(&text))
    }
}

/// After what could be read.
fn cut(before: &str) -> Vec<RosterTrouble> {
    let (line, column) = super::table::place(before, before.len());
    vec![RosterTrouble {
        line,
        column: Some(column),
        say: "the file's UTF-16 text is damaged from here on".to_owned(),
        hint: Some(SAVE_AS.to_owned()),
    }]
}

//! Names so that two spellings of one name are the same text.

/// Composed letters by what they are without their marks: Latin-1, Latin Extended-A, Vietnamese, Greek, Cyrillic, kana.
/// From the decompositions of Unicode 16 (UnicodeData.txt); letters with a stroke and ligatures as people write them
/// where a keyboard has none.
const COMPOSED: &[(&str, &str)] = &[
    ("a", "àáâãäåāăąǎǻạảấầẩẫậắằẳẵặ"),
    ("c", "çćĉċč"),
    ("d", "ďđð"),
    ("e", "èéêëēĕėęěẹẻẽếềểễệ"),
    ("g", "ĝğġģǧ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįıǐỉị"),
    ("j", "ĵ"),
    ("k", "ķǩ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņňŉ"),
    ("o", "òóôõöøōŏőǒơọỏốồổỗộớờởỡợ"),
    ("r", "ŕŗř"),
    ("s", "śŝşšș"),
    ("t", "ţťŧț"),
    ("u", "ùúûüũūŭůűųǔưụủứừửữự"),
    ("w", "ŵẁẃẅ"),
    ("y", "ýÿŷỳỵỷỹ"),
    ("z", "źżž"),
    ("ae", "æǽ"),
    ("oe", "œ"),
    ("ss", "ß"),
    ("th", "þ"),
    ("α", "ά"),
    ("ε", "έ"),
    ("η", "ή"),
    ("ι", "ίϊΐ"),
    ("ο", "ό"),
    ("σ", "ς"),
    ("υ", "ύϋΰ"),
    ("ω", "ώ"),
    ("е", "ѐё"),
    ("и", "йѝ"),
    ("і", "ї"),
    ("у", "ў"),
    ("г", "ѓ"),
    ("к", "ќ"),
];

/// In lower case and without marks, composed or not: macOS writes `é` into file names as two characters, others as one.
pub(in crate::class) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => folded.push(letter),
            // Combining marks; those of kana.
            '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' => {}
            // Joiners and what `one_line` takes out.
            '\u{200b}'..='\u{200f}' | '\u{feff}' => {}
            '\u{ac00}'..='\u{d7a3}' => jamo(letter, &mut folded),
            '\u{304b}'..='\u{3094}' | '\u{30ab}'..='\u{30f4}' => folded.push(unvoiced(letter)),
            _ => match COMPOSED.iter().find(|(_, all)| all.contains(letter)) {
                Some((bare, _)) => folded.push_str(bare),
                None => folded.push(letter),
            },
        }
    }
    folded
}

/// A syllable of Hangul as its letters (Unicode, section 3.12).
fn jamo(syllable: char, into: &mut String) {
    let index = u32::from(syllable) - 0xac00;
    let (first, middle, last) = (index / 588, index % 588 / 28, index % 28);
    into.extend(char::from_u32(0x1100 + first));
    into.extend(char::from_u32(0x1161 + middle));
    if last > 0 {
        into.extend(char::from_u32(0x11a7 + last));
    }
}

/// Kana without the marks that voice them: `が` is `か` with one. Hiragana and katakana lie 0x60 apart.
fn unvoiced(kana: char) -> char {
    let code = u32::from(kana);
    let base = if code >= 0x30a0 { 0x60 } else { 0 };
    let bare = match code - base {
        // か to ぢ: pairs, the bare one first and odd.
        place @ 0x304b..=0x3062 if place % 2 == 0 => place - 1,
        // つ to ど: after the small っ, the bare one is even.
        place @ 0x3064..=0x3069 if place % 2 == 1 => place - 1,
        // は to ぽ: in threes.
        place @ 0x306f..=0x307d => place - (place - 0x306f) % 3,
        0x3094 => 0x3046,
        place => place,
    };
    char::from_u32(bare + base).unwrap_or(kana)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_and_decomposed_names_are_one() {
        for (composed, decomposed) in [
            ("José", "Jose\u{301}"),
            ("Žluťoučký", "Z\u{30c}lut\u{30c}ouc\u{30c}ky\u{301}"),
            ("Nguyễn", "Nguye\u{302}\u{303}n"),
            ("Ålesund", "A\u{30a}lesund"),
            ("Йосип", "И\u{306}осип"),
            ("Άννα", "Α\u{301}ννα"),
            (
                "김민준",
                "\u{1100}\u{1175}\u{11b7}\u{1106}\u{1175}\u{11ab}\u{110c}\u{116e}\u{11ab}",
            ),
            ("がぱヅ", "か\u{3099}は\u{309a}ツ\u{3099}"),
        ] {
            assert_eq!(fold(composed), fold(decomposed), "{composed}");
        }
    }

    #[test]
    fn letters_that_differ_stay_different() {
        assert_ne!(fold("Ann"), fold("Anna"));
        assert_ne!(fold("っ"), fold("つ"));
        assert_ne!(fold("か"), fold("き"));
        assert_ne!(fold("は"), fold("ひ"));
        assert_eq!(fold("ぢづ"), "ちつ");
        assert_eq!(fold("STRASSE"), fold("Straße"));
    }
}

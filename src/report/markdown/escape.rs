//! Foreign text as markdown that says just that text.

use crate::report::sanitize;

/// A paragraph or heading of its own.
pub fn line(page: &mut String, text: &str) {
    page.push_str(text);
    page.push_str("\n\n");
}

/// An item below another: its name and its value.
pub fn item(page: &mut String, name: &str, value: &str) {
    page.push_str(&format!("  - {}: {}\n", text(name), text(value)));
}

/// A fenced block; the fence is longer than any in the command.
pub fn code(page: &mut String, command: &str, indent: &str) {
    let command = sanitize::lines(command);
    let longest = command
        .split(|letter| letter != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    page.push_str(&format!("\n{indent}{fence}sh\n"));
    for line in command.lines() {
        page.push_str(&format!("{indent}{line}\n"));
    }
    page.push_str(&format!("{indent}{fence}\n"));
}

/// Text on one line without any markup of its own.
pub fn text(raw: &str) -> String {
    let clean = sanitize::one_line(raw);
    let clean = clean.trim();
    let mut escaped = String::with_capacity(clean.len());
    // A list, a heading or a quotation begins only where a text begins.
    let digits = clean.chars().take_while(char::is_ascii_digit).count();
    let opens_list = digits > 0 && clean[digits..].starts_with(['.', ')']);
    for (at, letter) in clean.char_indices() {
        let special = matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$'
        ) || (at == 0 && matches!(letter, '#' | '+' | '-' | '='))
            || (opens_list && at == digits);
        if special {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Options, Parser};

    #[test]
    fn a_name_cannot_become_markup() {
        for hostile in [
            "<script>alert(1)</script>",
            "| a | b |",
            "`rm -rf`",
            "[click](https://example.org)",
            "![x](https://example.org/x.png)",
            "# heading",
            "1. item",
            "&lt;b&gt;",
            "**bold** _em_ ~~no~~",
            "- item",
        ] {
            let escaped = text(hostile);
            let events = Parser::new_ext(&escaped, Options::all());
            let words: String = events
                .filter_map(|event| match event {
                    pulldown_cmark::Event::Text(words) => Some(words.to_string()),
                    pulldown_cmark::Event::Start(pulldown_cmark::Tag::Paragraph)
                    | pulldown_cmark::Event::End(pulldown_cmark::TagEnd::Paragraph) => None,
                    other => panic!("{hostile:?} became {other:?}"),
                })
                .collect();
            assert_eq!(words, hostile, "the reader sees the name as it is");
        }
    }

    #[test]
    fn a_name_with_a_bar_stays_in_its_cell() {
        use pulldown_cmark::{Event, Tag};
        let table = format!("| a | b |\n|---|---|\n| {} | x |\n", text("one | two"));
        let cells = Parser::new_ext(&table, Options::all())
            .filter(|event| matches!(event, Event::Start(Tag::TableCell)))
            .count();
        assert_eq!(cells, 4);
        assert!(
            Parser::new_ext(&table, Options::all()).any(|event| event == Event::Text("x".into()))
        );
    }

    #[test]
    fn a_name_with_line_breaks_and_escapes_stays_on_its_line() {
        assert_eq!(text("a\n\n# b\u{1b}[31m"), "a  # b\\[31m");
        let mut page = String::new();
        code(&mut page, "echo ```\nnext", "");
        assert_eq!(page, "\n````sh\necho ```\nnext\n````\n");
    }
}

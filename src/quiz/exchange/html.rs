//! Text of a deck as HTML, for Anki and Moodle.

use super::text::clean;

/// A text as HTML on one line: markup is escaped, line breaks become `<br>`, spaces that HTML would swallow stay, and
/// `` `words` `` become `<code>`.
pub(super) fn html(text: &str) -> String {
    let lines: Vec<String> = clean(text).split('\n').map(line).collect();
    lines.join("<br>")
}

/// A text whose columns matter: configuration, a program.
pub(super) fn preformatted(text: &str) -> String {
    let lines: Vec<String> = clean(text)
        .trim_matches('\n')
        .split('\n')
        .map(escaped)
        .collect();
    format!("<pre>{}</pre>", lines.join("<br>"))
}

/// A list of pieces that are HTML already; empty for none.
pub(super) fn list(items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items: String = items
        .iter()
        .map(|item| format!("<li>{item}</li>"))
        .collect();
    format!("<ul>{items}</ul>")
}

/// The same, numbered.
pub(super) fn numbered(items: &[String]) -> String {
    list(items)
        .replacen("<ul>", "<ol>", 1)
        .strip_suffix("</ul>")
        .map_or_else(String::new, |open| format!("{open}</ol>"))
}

/// A link to a web page; anything that is none stays text.
pub(super) fn link(address: &str) -> String {
    let shown = escaped(&clean(address));
    if address.starts_with("https://") || address.starts_with("http://") {
        format!("<a href=\"{shown}\">{shown}</a>")
    } else {
        shown
    }
}

/// Every character that means something in HTML, as an entity. A `[` as well: Anki reads `[sound:...]` as a command.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '[' => safe.push_str("&#91;"),
            _ => safe.push(letter),
        }
    }
    safe
}

/// One line, with its code marked and its runs of spaces kept.
fn line(text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some((before, code, after)) = code_in(rest) {
        html.push_str(&spaced(before, html.is_empty()));
        html.push_str(&format!("<code>{}</code>", escaped(code)));
        rest = after;
    }
    html.push_str(&spaced(rest, html.is_empty()));
    html
}

/// The first `` `words` `` of a line, between what stands before and after it. Runs of several backticks are no such
/// thing and stay as they are.
fn code_in(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(found) = text[from..].find('`') {
        let start = from + found;
        let ticks = text[start..].len() - text[start..].trim_start_matches('`').len();
        let inner = start + ticks;
        if ticks == 1 {
            let length = text[inner..].find('`')?;
            let after = &text[inner + length + 1..];
            if length > 0 && !after.starts_with('`') {
                return Some((&text[..start], &text[inner..inner + length], after));
            }
        }
        from = inner;
    }
    None
}

/// HTML keeps one space of several: the others become ones that it keeps.
fn spaced(text: &str, at_start: bool) -> String {
    let mut html = String::new();
    let mut after_space = at_start;
    for letter in text.chars() {
        if letter == ' ' && after_space {
            html.push_str("&nbsp;");
        } else {
            html.push_str(&escaped(letter.encode_utf8(&mut [0; 4])));
        }
        after_space = letter == ' ';
    }
    html
}

/// The way back, for the tests.
#[cfg(test)]
pub(super) fn text_of(html: &str) -> String {
    [
        ("<br>", "\n"),
        ("<code>", "`"),
        ("</code>", "`"),
        ("&nbsp;", " "),
        ("&#91;", "["),
        ("&#39;", "'"),
        ("&quot;", "\""),
        ("&gt;", ">"),
        ("&lt;", "<"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::hostile::nasty_text;
    use proptest::prelude::*;

    #[test]
    fn markup_of_a_question_is_shown_and_never_obeyed() {
        assert_eq!(
            html("Is `<b>` & \"x\" [sound:a.mp3]?\n  two"),
            "Is <code>&lt;b&gt;</code> &amp; &quot;x&quot; &#91;sound:a.mp3]?<br>&nbsp;&nbsp;two"
        );
        assert_eq!(html("```\nlet x;\n```"), "```<br>let x;<br>```");
        assert_eq!(
            link("javascript:alert(1)"),
            "javascript:alert(1)",
            "no link to a script"
        );
        assert_eq!(
            numbered(&["a".to_owned(), "b".to_owned()]),
            "<ol><li>a</li><li>b</li></ol>"
        );
    }

    proptest! {
        #[test]
        fn any_text_comes_back_from_its_html(text in nasty_text()) {
            let html = html(&text);
            prop_assert_eq!(text_of(&html), clean(&text));
            let without_ours = html.replace("<br>", "").replace("<code>", "").replace("</code>", "");
            prop_assert!(!without_ours.contains(['<', '>', '"', '\n', '\t', '[']), "{}", html);
        }
    }
}

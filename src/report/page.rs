//! The elements of every page of ours, of a learner's as of a class's. Text goes in escaped; [`Page::raw`] is for our own tags
//! only.

mod finding;
mod policy;
#[cfg(test)]
pub(crate) mod testing;

pub(crate) use finding::{finding, fixes, marked, verdict};

use super::sanitize;

const STYLE: &str = include_str!("page/page.css");

/// A page in the making.
pub(crate) struct Page {
    body: String,
    title: String,
    /// What the page is, in a word: the link that skips the head says it.
    what: &'static str,
    /// Rules besides the common ones.
    styles: Vec<&'static str>,
    /// The one script, where the page has one: it may add comfort, never content.
    script: Option<&'static str>,
    /// Markup that stands after the page's own text: a dialog.
    beside: &'static str,
    /// Anchor and words of each section.
    sections: Vec<(String, String)>,
    /// Where the table of contents belongs: after what comes before the first section.
    first_section: Option<usize>,
}

impl Page {
    pub fn new(title: &str, what: &'static str) -> Self {
        Page {
            body: String::new(),
            title: title.to_owned(),
            what,
            styles: Vec::new(),
            script: None,
            beside: "",
            sections: Vec::new(),
            first_section: None,
        }
    }

    /// Adds rules of the page's own.
    pub fn style(&mut self, rules: &'static str) {
        self.styles.push(rules);
    }

    /// The page's one script. It runs before the body is there.
    pub fn script(&mut self, script: &'static str) {
        self.script = Some(script);
    }

    /// Markup after the page's own text.
    pub fn beside(&mut self, markup: &'static str) {
        self.beside = markup;
    }

    /// Our own markup, with every foreign text in it escaped already.
    pub fn raw(&mut self, markup: &str) {
        self.body.push_str(markup);
        self.body.push('\n');
    }

    /// An element that holds only text.
    pub fn text(&mut self, tag: &str, text: &str) {
        self.raw(&format!("<{tag}>{}</{tag}>", escaped(text)));
    }

    /// The heading of a section, which the contents lead to.
    pub fn heading(&mut self, id: &str, words: &str) {
        self.first_section.get_or_insert(self.body.len());
        self.raw(&format!(
            "<h2 id=\"{}\">{}</h2>",
            escaped(id),
            escaped(words)
        ));
        self.sections.push((id.to_owned(), words.to_owned()));
    }

    /// Names with their values; of none nothing is written.
    pub fn facts<'a>(&mut self, facts: impl Iterator<Item = (&'a str, &'a str)>) {
        let facts: String = facts
            .map(|(name, value)| format!("<dt>{}</dt><dd>{}</dd>\n", escaped(name), escaped(value)))
            .collect();
        if !facts.is_empty() {
            self.raw(&format!("<dl>\n{facts}</dl>"));
        }
    }

    /// A table; the rows are written by `rows`.
    pub fn table(&mut self, caption: &str, columns: &[&str], rows: impl FnOnce(&mut Self)) {
        self.raw(&format!(
            "<table><caption>{}</caption><thead><tr>",
            escaped(caption)
        ));
        for column in columns {
            self.raw(&format!("<th scope=\"col\">{}</th>", escaped(column)));
        }
        self.raw("</tr></thead><tbody>");
        rows(self);
        self.raw("</tbody></table>");
    }

    /// A row with its heading; the other cells are markup.
    pub fn row(&mut self, heading: &str, cells: &[String]) {
        let cells: String = cells
            .iter()
            .map(|cell| format!("<td>{cell}</td>"))
            .collect();
        self.raw(&format!(
            "<tr><th scope=\"row\">{}</th>{cells}</tr>",
            escaped(heading)
        ));
    }

    /// A row with its heading; the other cells are numbers, set to the right.
    pub fn numbers(&mut self, heading: &str, numbers: &[String]) {
        let cells: String = numbers
            .iter()
            .map(|number| format!("<td class=\"num\">{}</td>", escaped(number)))
            .collect();
        self.raw(&format!(
            "<tr><th scope=\"row\">{}</th>{cells}</tr>",
            escaped(heading)
        ));
    }

    /// A list; the items are markup.
    pub fn list(&mut self, items: impl Iterator<Item = String>) {
        self.raw("<ul>");
        for item in items {
            self.raw(&format!("<li>{item}</li>"));
        }
        self.raw("</ul>");
    }

    /// A command to copy; it can be reached and scrolled with the keyboard.
    pub fn command(&mut self, command: &str) {
        let lines: Vec<String> = sanitize::lines(command).lines().map(escaped).collect();
        self.raw(&format!(
            "<pre tabindex=\"0\" aria-label=\"Command\"><code>{}</code></pre>",
            lines.join("\n")
        ));
    }

    pub fn finish(self) -> String {
        let links: String = self
            .sections
            .iter()
            .map(|(id, words)| {
                format!(
                    "<li><a href=\"#{}\">{}</a></li>\n",
                    escaped(id),
                    escaped(words)
                )
            })
            .collect();
        let (before, after) = self
            .body
            .split_at(self.first_section.unwrap_or(self.body.len()));
        let style = self.styles.concat();
        let script = self.script.map(policy::as_browsers_read);
        let policy = policy::policy(script.as_deref());
        let script =
            script.map_or_else(String::new, |script| format!("<script>{script}</script>\n"));
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta name=\"color-scheme\" content=\"light dark\"/>\n\
             <meta name=\"referrer\" content=\"no-referrer\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"/>\n\
             <link rel=\"icon\" href=\"data:,\"/>\n<title>{}</title>\n<style>\n{STYLE}{style}</style>\n{script}</head>\n<body>\n\
             <a class=\"skip\" href=\"#{what}\">Skip to the {what}</a>\n<main id=\"{what}\" tabindex=\"-1\">\n{before}\
             <nav aria-label=\"Contents\"><ul>\n{links}</ul></nav>\n{after}</main>\n{beside}</body>\n</html>\n",
            escaped(&self.title),
            what = self.what,
            beside = self.beside,
        )
    }
}

/// Text that can be neither tag, attribute nor entity, on one line.
pub(crate) fn escaped(text: &str) -> String {
    let clean = sanitize::one_line(text);
    let mut safe = String::with_capacity(clean.len());
    for letter in clean.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(letter),
        }
    }
    safe
}

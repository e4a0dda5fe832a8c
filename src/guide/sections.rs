//! A step's text in parts: what is shown at once, and what is a choice away.

/// A part of a step's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The words of its heading; `None` for what stands before the first.
    pub title: Option<String>,
    /// Markdown, the heading included.
    pub text: String,
}

/// A step's text, cut.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts {
    /// Read in one go.
    pub main: String,
    /// Opened when wanted: other ways to do it, what may go wrong, where to read on.
    pub more: Vec<Section>,
}

/// Sections with these titles wait until they are asked for; all others are part of the step.
const FOLDED: [&str; 3] = ["In the console", "If it goes wrong", "Read more"];

/// Cuts a step's markdown at its `###` headings. Text without any is all main.
pub fn cut(text: &str) -> Parts {
    let mut parts = Parts::default();
    for section in sections(text) {
        let folded = section
            .title
            .as_deref()
            .is_some_and(|title| FOLDED.contains(&title));
        if folded {
            parts.more.push(section);
        } else {
            if !parts.main.is_empty() {
                parts.main.push('\n');
            }
            parts.main.push_str(section.text.trim_matches('\n'));
            parts.main.push('\n');
        }
    }
    parts
}

fn sections(text: &str) -> Vec<Section> {
    let mut sections = vec![Section {
        title: None,
        text: String::new(),
    }];
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let start = line.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        // A comment of a shell begins with # too.
        if fence.is_none()
            && let Some(title) = line.strip_prefix("### ")
        {
            sections.push(Section {
                title: Some(title.trim().to_owned()),
                text: String::new(),
            });
        }
        if let Some(section) = sections.last_mut() {
            section.text.push_str(line);
            section.text.push('\n');
        }
    }
    sections
        .into_iter()
        .filter(|section| !section.text.trim().is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: &str = "Why.\n\n### Commands\n\n```sh run\n### no heading\naws x\n```\n\n### In the console\n\nClick.\n\n### What Landfall checks\n\nThat.\n\n### If it goes wrong\n\nBreathe.\n";

    #[test]
    fn other_ways_and_troubles_wait_until_they_are_asked_for() {
        let parts = cut(STEP);
        assert_eq!(
            parts.main,
            "Why.\n\n### Commands\n\n```sh run\n### no heading\naws x\n```\n\n### What Landfall checks\n\nThat.\n"
        );
        let titles: Vec<_> = parts
            .more
            .iter()
            .map(|section| section.title.as_deref().unwrap())
            .collect();
        assert_eq!(titles, ["In the console", "If it goes wrong"]);
        assert_eq!(parts.more[1].text, "### If it goes wrong\n\nBreathe.\n");
    }

    #[test]
    fn a_text_without_headings_is_read_in_one_go() {
        let parts = cut("Just do it.");
        assert_eq!(parts.main, "Just do it.\n");
        assert!(parts.more.is_empty());
    }
}

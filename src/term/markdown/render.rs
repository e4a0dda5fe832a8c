//! Blocks -> lines for a width.

use super::block::{Block, Code, Document, Edge, Inline, Kind, Look};
use super::table;
use crate::term::layout::{Margin, WIDEST_PROSE, line_break, wrap};
use crate::term::sanitize;
use crate::term::text::{Line, Span, Tone};

/// How to set a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Columns.
    pub width: usize,
    pub frame: Frame,
}

/// How code is set apart. Its own lines carry nothing: what is copied runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// A rule above and below.
    Rules,
    /// A label and empty lines, for screen readers and plain lines.
    Words,
}

/// Sets a document.
pub fn render(document: &Document, options: Options) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut before: Option<&Block> = None;
    for block in &document.blocks {
        if let Some(before) = before
            && apart(before, block)
        {
            lines.push(quoted_blank(before, block, options));
        }
        lines.extend(set(block, options));
        before = Some(block);
    }
    lines
}

/// Whether an empty line stands between two blocks: not between the short items of one list.
fn apart(before: &Block, block: &Block) -> bool {
    let begins_item = matches!(
        block.edges.last(),
        Some(Edge::Item {
            marker: Some(_),
            ..
        })
    );
    let in_list = matches!(before.edges.last(), Some(Edge::Item { .. }));
    let both_text =
        matches!(before.kind, Kind::Paragraph(_)) && matches!(block.kind, Kind::Paragraph(_));
    !(begins_item && in_list && both_text)
}

/// The empty line between two blocks of one quote carries the quote's mark.
fn quoted_blank(before: &Block, block: &Block, options: Options) -> Line {
    match (before.edges.first(), block.edges.first()) {
        (Some(Edge::Quote(one)), Some(Edge::Quote(two)))
            if one == two && is_prose(before) && is_prose(block) =>
        {
            quote_mark(options)
        }
        _ => Line::blank(),
    }
}

const fn is_prose(block: &Block) -> bool {
    !matches!(block.kind, Kind::Code(_))
}

fn quote_mark(options: Options) -> Line {
    match options.frame {
        Frame::Rules => Line::new(Tone::Quiet, "│ "),
        Frame::Words => Line::from("  "),
    }
}

fn set(block: &Block, options: Options) -> Vec<Line> {
    let prose = options.width.min(WIDEST_PROSE);
    let margin = margin(&block.edges, options);
    match &block.kind {
        Kind::Heading { text, .. } => {
            let mut spans = spans(text);
            for span in &mut spans {
                *span = Span::new(Tone::Heading, span.text());
            }
            wrap(&spans, prose, &margin)
        }
        Kind::Paragraph(text) => wrap(&spans(text), prose, &margin),
        Kind::Rule => {
            let room = prose.saturating_sub(margin.first.width());
            vec![margin.first.and(Tone::Quiet, "─".repeat(room.min(40)))]
        }
        Kind::Table(table) => table::set(table, options.width, &margin.rest),
        Kind::Code(code) => code_lines(code, options),
    }
}

/// What the edges put before the first and the other lines.
fn margin(edges: &[Edge], options: Options) -> Margin {
    let mut first = Line::blank();
    let mut rest = Line::blank();
    for edge in edges {
        match edge {
            Edge::Quote(_) => {
                first.0.extend(quote_mark(options).0);
                rest.0.extend(quote_mark(options).0);
            }
            Edge::Item { marker, columns } => {
                let spaces = " ".repeat(*columns);
                let marker = marker.as_deref().unwrap_or(&spaces);
                first = first.and(Tone::Plain, marker);
                rest = rest.and(Tone::Plain, &spaces);
            }
        }
    }
    Margin { first, rest }
}

/// Inline text in tones.
pub(super) fn spans(text: &[Inline]) -> Vec<Span> {
    text.iter()
        .map(|inline| match inline.look {
            Look::Plain => Span::new(Tone::Plain, &inline.text),
            Look::Emphasis => Span::new(Tone::Emphasis, &inline.text),
            Look::Strong => Span::new(Tone::Strong, &inline.text),
            Look::Code => Span::new(Tone::Code, &inline.text),
            Look::Address => Span::new(Tone::Link, &inline.text),
            Look::Break => line_break(),
        })
        .collect()
}

/// Code stands at the very left and is never wrapped or marked, wherever it is: a here-document or a continued line must
/// survive copying.
fn code_lines(code: &Code, options: Options) -> Vec<Line> {
    let label = label(code);
    let mut lines = Vec::new();
    match options.frame {
        Frame::Rules => lines.push(rule(&label, options)),
        Frame::Words => {
            lines.push(Line::new(Tone::Quiet, format!("{label}:")));
            lines.push(Line::blank());
        }
    }
    for line in sanitize::lines(code.text.trim_end()).lines() {
        lines.push(Line::new(Tone::Code, line));
    }
    if options.frame == Frame::Rules {
        lines.push(rule("", options));
    }
    lines
}

/// What the block is for, in a word or two.
fn label(code: &Code) -> String {
    if let Some(file) = code.value("file") {
        return format!("file {file}");
    }
    match code.language.as_str() {
        "sh" | "bash" | "console" => "bash".to_owned(),
        "powershell" => "PowerShell".to_owned(),
        "" | "text" => "sample".to_owned(),
        "json" => "JSON".to_owned(),
        other => other.to_owned(),
    }
}

fn rule(label: &str, options: Options) -> Line {
    let room = options.width.min(60);
    if label.is_empty() {
        return Line::new(Tone::Quiet, "─".repeat(room));
    }
    let label = Span::new(Tone::Quiet, format!("── {label} "));
    let left = room.saturating_sub(label.width());
    Line::from(label).and(Tone::Quiet, "─".repeat(left))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::markdown::parse;
    use crate::term::text::to_text;

    const LESSON: &str = "\
# Four groups, four doors

The database is **never** open to the world: its group admits the tasks' group as a *source* and `5432` is the only port. See [the guide to security groups](https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html).

1. Create the group for the load balancer; it is the only one that the whole internet may reach.
2. Create the others:
   - tasks
   - database, which nobody but the tasks may reach, on the port of Postgres

```sh run
aws ec2 create-security-group --group-name news-api-ecs-sg --description 'tasks' \\
  --vpc-id vpc-0123456789abcdef0
cat > policy.json <<'END'
{\"Version\": \"2012-10-17\"}
END
```

> **With a domain.** Certificates need a name of your own.
>
> Nobody issues one for a balancer's name.

| Compose | AWS | Why |
|---|---|---|
| `postgres` service | RDS instance | backups and patches are looked after |
| `ports:` | target group and listener | the balancer knows who is healthy |
";

    fn at(width: usize, frame: Frame) -> String {
        to_text(&render(&parse(LESSON), Options { width, frame }))
    }

    #[test]
    fn a_lesson_at_80_columns() {
        insta::assert_snapshot!(at(80, Frame::Rules));
    }

    #[test]
    fn a_lesson_at_40_columns() {
        insta::assert_snapshot!(at(40, Frame::Rules));
    }

    #[test]
    fn a_lesson_in_plain_lines() {
        insta::assert_snapshot!(at(80, Frame::Words));
    }

    #[test]
    fn a_table_that_does_not_fit_becomes_records() {
        assert!(at(34, Frame::Rules).contains("postgres service\n  AWS: RDS instance\n"));
    }

    #[test]
    fn what_is_copied_from_a_code_block_is_what_the_author_wrote() {
        let source = parse(LESSON);
        let code = &source.code().next().unwrap().text;
        for width in [30, 40, 80, 120] {
            for frame in [Frame::Rules, Frame::Words] {
                assert!(
                    at(width, frame).contains(code.as_str()),
                    "{width} {frame:?}"
                );
            }
        }
    }

    #[test]
    fn code_inside_a_list_starts_at_the_left_too() {
        let text = to_text(&render(
            &parse("- do this:\n\n  ```sh\n  cat <<END\n  x\n  END\n  ```\n"),
            Options {
                width: 40,
                frame: Frame::Rules,
            },
        ));
        assert!(text.contains("\ncat <<END\nx\nEND\n"), "{text}");
    }

    #[test]
    fn prose_stays_within_the_width() {
        for line in at(40, Frame::Rules).lines() {
            let is_one_word = !line.trim().contains(' ');
            let is_code = line.contains("aws ec2") || line.contains("vpc-id");
            assert!(
                line.chars().count() <= 40 || is_one_word || is_code,
                "{line}"
            );
        }
    }
}

//! Markdown -> flat blocks.

use super::block::{Block, Code, Document, Edge, Inline, Kind, Look, Table};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Reads markdown. Raw HTML is kept as text: nothing is interpreted here but markdown itself.
pub fn parse(markdown: &str) -> Document {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut state = State::default();
    for event in Parser::new_ext(markdown, options) {
        state.take(event);
    }
    state.finish_paragraph();
    Document {
        blocks: state.blocks,
    }
}

#[derive(Default)]
struct State {
    blocks: Vec<Block>,
    edges: Vec<Edge>,
    quotes: usize,
    /// The next number of each open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    text: Vec<Inline>,
    strong: usize,
    emphasis: usize,
    /// Where each open link's words begin, and its address.
    links: Vec<(usize, String)>,
    heading: Option<u8>,
    code: Option<Code>,
    table: Option<Table>,
}

impl State {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.text.push_str(&text),
                None => self.push(&text, self.look()),
            },
            Event::Code(text) => self.push(&text, Look::Code),
            Event::Html(text) | Event::InlineHtml(text) => self.push(&text, self.look()),
            Event::SoftBreak => self.push(" ", self.look()),
            Event::HardBreak => self.text.push(Inline {
                text: String::new(),
                look: Look::Break,
            }),
            Event::Rule => self.block(Kind::Rule),
            Event::TaskListMarker(done) => {
                self.push(if done { "[x] " } else { "[ ] " }, Look::Plain);
            }
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.push(&text, self.look());
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.finish_paragraph();
                self.heading = Some(level as u8);
            }
            Tag::BlockQuote(_) => {
                self.finish_paragraph();
                self.quotes += 1;
                self.edges.push(Edge::Quote(self.quotes));
            }
            Tag::List(first) => {
                self.finish_paragraph();
                self.lists.push(first);
            }
            Tag::Item => {
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let marker = format!("{number}. ");
                        *number += 1;
                        marker
                    }
                    _ => "- ".to_owned(),
                };
                self.edges.push(Edge::Item {
                    columns: marker.len(),
                    marker: Some(marker),
                });
            }
            Tag::CodeBlock(kind) => {
                self.finish_paragraph();
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                let mut words = info.split_whitespace().map(str::to_owned);
                self.code = Some(Code {
                    language: words.next().unwrap_or_default(),
                    words: words.collect(),
                    text: String::new(),
                });
            }
            Tag::Table(_) => {
                self.finish_paragraph();
                self.table = Some(Table::default());
            }
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.links.push((self.text.len(), dest_url.to_string()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.finish_paragraph(),
            TagEnd::Heading(_) => {
                let level = self.heading.take().unwrap_or(1);
                let text = std::mem::take(&mut self.text);
                self.block(Kind::Heading { level, text });
            }
            TagEnd::BlockQuote(_) => {
                self.finish_paragraph();
                self.edges.pop();
            }
            TagEnd::Item => {
                self.finish_paragraph();
                self.edges.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    self.block(Kind::Code(code));
                }
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.text);
                if let Some(table) = &mut self.table {
                    match table.rows.last_mut() {
                        Some(row) => row.push(cell),
                        None => table.head.push(cell),
                    }
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.block(Kind::Table(table));
                }
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => self.finish_link(),
            _ => {}
        }
    }

    /// Shows a link's address, unless its words are the address already.
    fn finish_link(&mut self) {
        let Some((from, address)) = self.links.pop() else {
            return;
        };
        let words: String = self
            .text
            .iter()
            .skip(from)
            .map(|inline| inline.text.as_str())
            .collect();
        let is_shown = words == address || address == format!("mailto:{words}");
        if is_shown {
            for inline in self.text.iter_mut().skip(from) {
                inline.look = Look::Address;
            }
        } else if !address.is_empty() && !address.starts_with('#') {
            self.push(" (", Look::Plain);
            self.push(&address, Look::Address);
            self.push(")", Look::Plain);
        }
    }

    const fn look(&self) -> Look {
        if self.strong > 0 {
            Look::Strong
        } else if self.emphasis > 0 {
            Look::Emphasis
        } else {
            Look::Plain
        }
    }

    /// Neighbours of one look become one text, so that a placeholder is never cut in two.
    fn push(&mut self, text: &str, look: Look) {
        match self.text.last_mut() {
            Some(last) if last.look == look && look != Look::Code && look != Look::Break => {
                last.text.push_str(text);
            }
            _ => self.text.push(Inline {
                text: text.to_owned(),
                look,
            }),
        }
    }

    fn finish_paragraph(&mut self) {
        if self.heading.is_none() && self.table.is_none() && !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.block(Kind::Paragraph(text));
        }
    }

    fn block(&mut self, kind: Kind) {
        self.blocks.push(Block {
            edges: self.edges.clone(),
            kind,
        });
        // A marker belongs to the first block of its item.
        for edge in &mut self.edges {
            if let Edge::Item { marker, .. } = edge {
                *marker = None;
            }
        }
    }
}

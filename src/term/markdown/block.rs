//! A lesson as a flat list of blocks; what surrounds a block (a quote, a list) is a property of it.

/// Parsed markdown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    pub blocks: Vec<Block>,
}

/// One block and what it stands in, outermost first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub edges: Vec<Edge>,
    pub kind: Kind,
}

/// Something that surrounds a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edge {
    /// A block quote, by its number in the document.
    Quote(usize),
    /// A list item. The marker is set on the item's first block only.
    Item {
        marker: Option<String>,
        columns: usize,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Heading { level: u8, text: Vec<Inline> },
    Paragraph(Vec<Inline>),
    Code(Code),
    Table(Table),
    Rule,
}

/// A fenced block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// `sh`, `powershell`, `json`, `text`; empty when none is given.
    pub language: String,
    /// What follows the language in the info string: `run`, `domain`, `file=task-definition.json`.
    pub words: Vec<String>,
    pub text: String,
}

impl Code {
    /// Whether the info string has this word.
    pub fn has(&self, word: &str) -> bool {
        self.words.iter().any(|have| have == word)
    }

    /// The value of `name=value` in the info string.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.words
            .iter()
            .find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    pub head: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in one field of a table.
pub type Cell = Vec<Inline>;

/// A stretch of text within a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    pub text: String,
    pub look: Look,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    Plain,
    Emphasis,
    Strong,
    Code,
    /// The address of a link, shown after its words.
    Address,
    /// A hard line break; has no text.
    Break,
}

impl Document {
    /// Changes every text, addresses and code included: how placeholders are filled in.
    pub fn map_text(&mut self, mut change: impl FnMut(&str) -> String) {
        let mut inlines = |texts: &mut Vec<Inline>| {
            for inline in texts {
                inline.text = change(&inline.text);
            }
        };
        for block in &mut self.blocks {
            match &mut block.kind {
                Kind::Heading { text, .. } | Kind::Paragraph(text) => inlines(text),
                Kind::Table(table) => {
                    table.head.iter_mut().for_each(&mut inlines);
                    table.rows.iter_mut().flatten().for_each(&mut inlines);
                }
                Kind::Code(_) | Kind::Rule => {}
            }
        }
        for block in &mut self.blocks {
            if let Kind::Code(code) = &mut block.kind {
                code.text = change(&code.text);
            }
        }
    }

    /// The fenced blocks, in order.
    pub fn code(&self) -> impl Iterator<Item = &Code> {
        self.blocks.iter().filter_map(|block| match &block.kind {
            Kind::Code(code) => Some(code),
            _ => None,
        })
    }

    /// Leaves out fenced blocks that `keep` does not want.
    pub fn keep_code(&mut self, mut keep: impl FnMut(&Code) -> bool) {
        self.blocks.retain(|block| match &block.kind {
            Kind::Code(code) => keep(code),
            _ => true,
        });
    }

    /// Leaves out block quotes whose first words `keep` does not want.
    pub fn keep_quotes(&mut self, mut keep: impl FnMut(&str) -> bool) {
        let mut unwanted = Vec::new();
        let mut seen = Vec::new();
        for block in &self.blocks {
            let Some(quote) = block.outer_quote() else {
                continue;
            };
            if seen.contains(&quote) {
                continue;
            }
            seen.push(quote);
            if !keep(&block.words()) {
                unwanted.push(quote);
            }
        }
        self.blocks.retain(|block| {
            block
                .outer_quote()
                .is_none_or(|quote| !unwanted.contains(&quote))
        });
    }
}

impl Block {
    fn outer_quote(&self) -> Option<usize> {
        self.edges.iter().find_map(|edge| match edge {
            Edge::Quote(number) => Some(*number),
            Edge::Item { .. } => None,
        })
    }

    /// The block's text without looks.
    pub(super) fn words(&self) -> String {
        match &self.kind {
            Kind::Heading { text, .. } | Kind::Paragraph(text) => {
                text.iter().map(|inline| inline.text.as_str()).collect()
            }
            Kind::Code(code) => code.text.clone(),
            Kind::Table(_) | Kind::Rule => String::new(),
        }
    }
}

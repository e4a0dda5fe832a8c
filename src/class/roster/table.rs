//! A roster's text as rows of cells, each with its place: commas, semicolons or tabs, as the program that wrote it liked.

use super::RosterTrouble;
use super::columns;

/// What may stand between two cells.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// A row.
#[derive(Debug)]
pub(super) struct Row {
    /// From 1.
    pub line: u64,
    pub cells: Vec<Cell>,
}

/// A cell; a row that is too short has no more of them.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub text: String,
    /// From 1; that of the row, unless a cell before it has line breaks.
    pub line: u64,
    /// In characters, from 1.
    pub column: usize,
}

/// All rows that hold anything; the first is the header.
///
/// # Errors
/// A quotation mark that is never closed, which would swallow the rest.
pub(super) fn rows(text: &str) -> Result<Vec<Row>, RosterTrouble> {
    let (separator, begin) = separator(text);
    let body = &text[begin..];
    let mut rows = Vec::new();
    let mut counted = Counted::new(text);
    for (at, cells) in records(body, separator) {
        let start = begin + at + blank(&body[at..]);
        let places = starts(&text[start..], separator, cells.len());
        if let Some(open) = places.open {
            let (line, column) = place(text, start + open);
            return Err(RosterTrouble {
                line,
                column: Some(column),
                say: "a quotation mark is opened here and never closed".to_owned(),
                hint: Some(
                    "Close it, or write two of them where one is part of the text.".to_owned(),
                ),
            });
        }
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let (line, _) = counted.place(start);
        let cells = (cells.into_iter().zip(places.starts))
            .map(|(text, at)| {
                let (line, column) = counted.place(start + at);
                Cell { text, line, column }
            })
            .collect();
        rows.push(Row { line, cells });
    }
    Ok(rows)
}

/// What separates cells, and where the table begins: Excel's own `sep=;` line says so, else the header's line shows it.
fn separator(text: &str) -> (u8, usize) {
    let line = text.lines().next().unwrap_or_default();
    let stated = line.trim_matches(['"', ' ']);
    if let Some(name) = stated.get(..4)
        && name.eq_ignore_ascii_case("sep=")
        && let [byte] = stated.as_bytes()[4..]
        && SEPARATORS.contains(&byte)
    {
        let after = text[line.len()..]
            .strip_prefix("\r\n")
            .or_else(|| text[line.len()..].strip_prefix('\n'));
        return (
            byte,
            after.map_or(text.len(), |rest| text.len() - rest.len()),
        );
    }
    // The separator by which the most names are known; of equal ones the one that cuts most, commas before all.
    let known = |separator: &u8| {
        let header = records(text, *separator).next().map(|(_, cells)| cells);
        let cells = header.unwrap_or_default();
        let known = cells
            .iter()
            .filter(|cell| columns::named(cell).is_some())
            .count();
        (known, cells.len())
    };
    let best = SEPARATORS
        .into_iter()
        .rev()
        .max_by_key(known)
        .unwrap_or(b',');
    (best, 0)
}

/// Where each record begins, and its cells.
fn records(text: &str, separator: u8) -> impl Iterator<Item = (usize, Vec<String>)> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    std::iter::from_fn(move || {
        let mut record = csv::ByteRecord::new();
        let at = usize::try_from(reader.position().byte()).ok()?;
        let more = reader.read_byte_record(&mut record).ok()?;
        // A separator is one byte of ASCII, so that cells of text are text.
        let cells = || {
            record
                .iter()
                .map(|cell| String::from_utf8_lossy(cell).into_owned())
                .collect()
        };
        more.then(|| (at, cells()))
    })
}

/// Line ends before a record, which the reader passes over.
fn blank(text: &str) -> usize {
    text.len() - text.trim_start_matches(['\r', '\n']).len()
}

/// Where cells begin.
struct Starts {
    /// In bytes from the record's begin.
    starts: Vec<usize>,
    /// A quotation mark that is never closed.
    open: Option<usize>,
}

/// Follows one record as the reader does, for the places that it does not tell.
fn starts(text: &str, separator: u8, cells: usize) -> Starts {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    let mut at = 0;
    loop {
        if bytes.get(at) == Some(&b'"') {
            let opened = at;
            at += 1;
            loop {
                match (bytes.get(at), bytes.get(at + 1)) {
                    (None, _) => {
                        starts.resize(cells, opened);
                        return Starts {
                            starts,
                            open: Some(opened),
                        };
                    }
                    (Some(b'"'), Some(b'"')) => at += 2,
                    (Some(b'"'), _) => break,
                    _ => at += 1,
                }
            }
            at += 1;
        }
        while bytes
            .get(at)
            .is_some_and(|byte| *byte != separator && !matches!(byte, b'\r' | b'\n'))
        {
            at += 1;
        }
        if bytes.get(at) != Some(&separator) || starts.len() == cells {
            break;
        }
        at += 1;
        starts.push(at);
    }
    starts.resize(cells, at);
    Starts { starts, open: None }
}

/// Line and column of a byte; a line ends with `\n`, `\r\n` or a lone `\r`.
pub(super) fn place(text: &str, at: usize) -> (u64, usize) {
    Counted::new(text).place(at)
}

/// Counts lines and letters up to places that are asked for in order, so that each letter is counted once.
struct Counted<'a> {
    rest: std::iter::Peekable<std::str::CharIndices<'a>>,
    line: u64,
    column: usize,
}

impl<'a> Counted<'a> {
    fn new(text: &'a str) -> Self {
        Counted {
            rest: text.char_indices().peekable(),
            line: 1,
            column: 1,
        }
    }

    fn place(&mut self, at: usize) -> (u64, usize) {
        while let Some((_, letter)) = self.rest.next_if(|(here, _)| *here < at) {
            let ends = match letter {
                '\n' => true,
                '\r' => self.rest.peek().is_none_or(|(_, next)| *next != '\n'),
                _ => false,
            };
            if ends {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        (self.line, self.column)
    }
}

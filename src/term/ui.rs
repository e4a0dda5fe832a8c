//! The only thing that prints. Data goes to stdout, talk to stderr; each stream decides about colour by itself.

use super::captured::Captured;
use super::layout::{self, Margin, WIDEST_PROSE};
use super::markdown;
use super::style::{ColorChoice, Paint, Stream};
use super::surroundings::Surroundings;
use super::text::{Line, Span, Tone};
use super::waiting::Waiting;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How much is said on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Talk {
    /// `-q`: troubles only.
    Quiet,
    #[default]
    Normal,
    /// `-v`.
    Verbose,
}

/// Whether the screen may be painted over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Menus with arrow keys, a moving mark while waiting.
    Screen,
    /// Append-only lines and numbered choices: `--plain`, `TERM=dumb`, `ACCESSIBLE`, no terminal.
    Plain,
}

/// Where lines go.
pub struct Ui {
    out: Mutex<Sink>,
    err: Mutex<Sink>,
    paint_out: Paint,
    paint_err: Paint,
    manner: Manner,
    talk: Talk,
    width: usize,
    can_ask: bool,
    attended: bool,
}

struct Sink {
    to: Box<dyn Write + Send>,
    /// The reader went away (`| head`); what follows is dropped in silence.
    closed: bool,
}

impl Ui {
    /// For this process's own streams.
    pub fn new(color: ColorChoice, plain: bool, talk: Talk, around: &Surroundings) -> Self {
        let paint_out = Paint::of(color, Stream::Out, around);
        let paint_err = Paint::of(color, Stream::Err, around);
        // Prompts and bars are drawn by libraries that ask these two.
        console::set_colors_enabled(paint_out == Paint::Colours);
        console::set_colors_enabled_stderr(paint_err == Paint::Colours);
        let repaints = around.stdout_is_terminal
            && around.stderr_is_terminal
            && !plain
            && !around.dumb
            && !around.accessible;
        Ui {
            out: Mutex::new(Sink::to(io::stdout())),
            err: Mutex::new(Sink::to(io::stderr())),
            paint_out,
            paint_err,
            manner: if repaints {
                Manner::Screen
            } else {
                Manner::Plain
            },
            talk,
            width: around.columns.unwrap_or(80),
            can_ask: around.stdin_is_terminal,
            attended: around.stdin_is_terminal && around.stdout_is_terminal,
        }
    }

    /// For tests: what is printed is kept, without colours, in the plain manner.
    pub fn captured(width: usize) -> (Self, Captured) {
        let captured = Captured::default();
        let ui = Ui {
            out: Mutex::new(Sink::to(captured.out.clone())),
            err: Mutex::new(Sink::to(captured.err.clone())),
            paint_out: Paint::Bare,
            paint_err: Paint::Bare,
            manner: Manner::Plain,
            talk: Talk::Normal,
            width,
            can_ask: true,
            attended: true,
        };
        (ui, captured)
    }

    /// A line of what was asked for, on stdout.
    pub fn print(&self, line: impl Into<Line>) {
        lock(&self.out).line(&self.paint_out.line(&line.into()));
    }

    /// Several of them.
    pub fn print_all(&self, lines: &[Line]) {
        let mut out = lock(&self.out);
        for line in lines {
            out.line(&self.paint_out.line(line));
        }
    }

    /// A paragraph of prose on stdout, wrapped.
    pub fn print_prose(&self, text: impl AsRef<str>) {
        self.print_all(&self.wrapped(Tone::Plain, text.as_ref()));
    }

    /// A finished document (JSON, HTML, CSV) on stdout, as it is; a missing last line break is added. Its writer has
    /// taken care of control characters.
    pub fn document(&self, text: &str) {
        lock(&self.out).raw(text);
    }

    /// Talk on stderr: what is being done, what to do next. Silent with `-q`.
    pub fn say(&self, line: impl Into<Line>) {
        if self.talk > Talk::Quiet {
            self.trouble_line(&line.into());
        }
    }

    /// Several lines of talk.
    pub fn say_all(&self, lines: &[Line]) {
        for line in lines {
            self.say(line.clone());
        }
    }

    /// A paragraph of talk on stderr, wrapped.
    pub fn say_prose(&self, text: impl AsRef<str>) {
        self.say_all(&self.wrapped(Tone::Plain, text.as_ref()));
    }

    /// Talk that only `-v` wants.
    pub fn detail(&self, line: impl Into<Line>) {
        if self.talk == Talk::Verbose {
            self.trouble_line(&line.into());
        }
    }

    /// What went wrong, on stderr, also with `-q`.
    pub fn trouble(&self, text: impl AsRef<str>) {
        for line in self.wrapped(Tone::Trouble, text.as_ref()) {
            self.trouble_line(&line);
        }
    }

    /// Trouble that is laid out already: carets stay under what they point at.
    pub fn trouble_laid_out(&self, text: impl AsRef<str>) {
        for line in text.as_ref().lines() {
            self.trouble_line(&Line::new(Tone::Plain, line));
        }
    }

    /// What to do about a trouble, on stderr, also with `-q`.
    pub fn hint(&self, text: impl AsRef<str>) {
        let margin = Margin::hanging(Line::new(Tone::Quiet, "hint: "));
        let span = [Span::new(Tone::Plain, text)];
        for line in layout::wrap(&span, self.prose_width(), &margin) {
            self.trouble_line(&line);
        }
    }

    /// Says at once what is being waited for; at a terminal a mark moves until the answer is dropped.
    pub fn waiting(&self, what: impl AsRef<str>) -> Waiting {
        let line = Line::new(Tone::Quiet, what);
        if self.talk == Talk::Quiet {
            return Waiting::silent();
        }
        match self.manner {
            Manner::Screen => Waiting::moving(&self.paint_err.line(&line)),
            Manner::Plain => {
                self.trouble_line(&line);
                Waiting::silent()
            }
        }
    }

    /// At a terminal one line that is painted over until the answer is dropped; elsewhere nothing.
    pub fn repainted(&self, what: impl AsRef<str>) -> Waiting {
        if self.talk == Talk::Quiet || self.manner == Manner::Plain {
            return Waiting::silent();
        }
        Waiting::moving_untimed(&self.paint_err.line(&Line::new(Tone::Quiet, what)))
    }

    /// Paints such a line anew.
    pub fn repaint(&self, waiting: &Waiting, what: impl AsRef<str>) {
        waiting.say(&self.paint_err.line(&Line::new(Tone::Quiet, what)));
    }

    /// Columns of the terminal; `COLUMNS` overrides it; 80 where nothing says.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Columns for prose: never wider than is good to read.
    pub fn prose_width(&self) -> usize {
        self.width.clamp(20, WIDEST_PROSE)
    }

    /// How lessons are set here.
    pub const fn markdown(&self) -> markdown::Options {
        markdown::Options {
            width: self.width,
            frame: match self.manner {
                Manner::Screen => markdown::Frame::Rules,
                Manner::Plain => markdown::Frame::Words,
            },
        }
    }

    /// Whether the screen may be painted over.
    pub const fn manner(&self) -> Manner {
        self.manner
    }

    /// How much is said.
    pub const fn talk(&self) -> Talk {
        self.talk
    }

    /// Whether somebody sits at stdin; otherwise nothing may be asked.
    pub const fn can_ask(&self) -> bool {
        self.can_ask
    }

    /// Whether somebody sits at stdin and reads stdout: then `landfall` alone begins the walk.
    pub const fn is_attended(&self) -> bool {
        self.attended
    }

    fn wrapped(&self, tone: Tone, text: &str) -> Vec<Line> {
        layout::wrap_text(text, tone, self.prose_width(), &Margin::default())
    }

    fn trouble_line(&self, line: &Line) {
        lock(&self.err).line(&self.paint_err.line(line));
    }
}

impl Sink {
    fn to(stream: impl Write + Send + 'static) -> Self {
        Sink {
            to: Box::new(stream),
            closed: false,
        }
    }

    fn line(&mut self, text: &str) {
        self.write(&format!("{text}\n"));
    }

    fn raw(&mut self, text: &str) {
        self.write(text);
        if !text.ends_with('\n') {
            self.write("\n");
        }
    }

    fn write(&mut self, text: &str) {
        if self.closed {
            return;
        }
        let written = self
            .to
            .write_all(text.as_bytes())
            .and_then(|()| self.to.flush());
        self.closed = written.is_err();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_and_talk_go_to_their_own_streams() {
        let (ui, captured) = Ui::captured(80);
        ui.print("data");
        ui.say("talk");
        assert_eq!(captured.out(), "data\n");
        assert_eq!(captured.err(), "talk\n");
    }

    #[test]
    fn quiet_silences_talk_but_no_trouble() {
        let (mut ui, captured) = Ui::captured(80);
        ui.talk = Talk::Quiet;
        ui.say("talk");
        ui.detail("detail");
        drop(ui.waiting("Looking"));
        ui.trouble("trouble");
        assert_eq!(captured.err(), "trouble\n");
    }

    #[test]
    fn waiting_says_at_once_what_for() {
        let (ui, captured) = Ui::captured(80);
        let _waiting = ui.waiting("Looking at the database (read-only)");
        assert_eq!(captured.err(), "Looking at the database (read-only)\n");
    }

    #[test]
    fn an_escape_in_foreign_text_never_reaches_the_stream() {
        let (ui, captured) = Ui::captured(80);
        ui.print("name \u{1b}]0;title\u{7}");
        ui.trouble("bad \u{1b}[2J");
        assert!(!captured.out().contains('\u{1b}') && !captured.err().contains('\u{1b}'));
    }

    #[test]
    fn without_a_terminal_the_manner_is_plain_and_bare() {
        let ui = Ui::new(
            ColorChoice::Auto,
            false,
            Talk::Normal,
            &Surroundings::default(),
        );
        assert_eq!(ui.manner(), Manner::Plain);
        assert_eq!(ui.paint_out, Paint::Bare);
        assert!(!ui.can_ask());
        assert_eq!(ui.width(), 80);
    }
}

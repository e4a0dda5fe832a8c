//! When to use colour, and which colour means what. The sixteen colours of the terminal's own palette only, none of those
//! that vanish on a light or on a dark background; a word stands beside every one of them.

use super::surroundings::Surroundings;
use super::text::{Line, Tone};
use crate::checks::Verdict;

/// `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColorChoice {
    /// At a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Also in a pipe.
    Always,
    /// Nowhere.
    Never,
}

/// Which of the two streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Data.
    Out,
    /// Talk.
    Err,
}

/// Whether a stream may carry escape sequences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    Colours,
    Bare,
}

impl Paint {
    /// `--color` wins over `NO_COLOR`, that over `CLICOLOR_FORCE`, that over what the stream is.
    pub fn of(choice: ColorChoice, stream: Stream, around: &Surroundings) -> Self {
        let terminal = match stream {
            Stream::Out => around.stdout_is_terminal,
            Stream::Err => around.stderr_is_terminal,
        };
        let colours = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if around.no_color => false,
            ColorChoice::Auto if around.force_color => true,
            ColorChoice::Auto => terminal && !around.dumb,
        };
        if colours { Paint::Colours } else { Paint::Bare }
    }

    /// The line as it goes to the stream, without its line break.
    pub fn line(self, line: &Line) -> String {
        let mut painted = String::new();
        for span in &line.0 {
            match (self, codes(span.tone())) {
                (Paint::Colours, Some(codes)) if !span.text().is_empty() => {
                    painted.push_str("\u{1b}[");
                    painted.push_str(codes);
                    painted.push('m');
                    painted.push_str(span.text());
                    painted.push_str("\u{1b}[0m");
                }
                _ => painted.push_str(span.text()),
            }
        }
        painted.truncate(painted.trim_end_matches(' ').len());
        painted
    }
}

/// The numbers between `ESC [` and `m`.
const fn codes(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Plain => None,
        Tone::Strong | Tone::Heading => Some("1"),
        Tone::Emphasis => Some("3"),
        Tone::Quiet => Some("2"),
        Tone::Code => Some("36"),
        Tone::Link => Some("4"),
        Tone::Action => Some("1;36"),
        Tone::Trouble => Some("1;31"),
        Tone::Verdict(verdict) => Some(match verdict {
            Verdict::Passed => "32",
            Verdict::Failed => "1;31",
            Verdict::Missing => "1",
            Verdict::Pending => "36",
            Verdict::Blocked => "2",
            Verdict::Unknown => "33",
            Verdict::Skipped => "2",
            Verdict::Attested => "35",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal() -> Surroundings {
        Surroundings {
            stdout_is_terminal: true,
            stderr_is_terminal: true,
            ..Surroundings::default()
        }
    }

    fn at(choice: ColorChoice, around: &Surroundings) -> Paint {
        Paint::of(choice, Stream::Out, around)
    }

    #[test]
    fn a_terminal_gets_colours_and_a_pipe_does_not() {
        assert_eq!(at(ColorChoice::Auto, &terminal()), Paint::Colours);
        assert_eq!(at(ColorChoice::Auto, &Surroundings::default()), Paint::Bare);
    }

    #[test]
    fn each_stream_is_looked_at_by_itself() {
        let around = Surroundings {
            stdout_is_terminal: false,
            ..terminal()
        };
        assert_eq!(
            Paint::of(ColorChoice::Auto, Stream::Out, &around),
            Paint::Bare
        );
        assert_eq!(
            Paint::of(ColorChoice::Auto, Stream::Err, &around),
            Paint::Colours
        );
    }

    #[test]
    fn no_color_is_honoured_and_the_flag_wins_over_it() {
        let around = Surroundings {
            no_color: true,
            force_color: true,
            ..terminal()
        };
        assert_eq!(at(ColorChoice::Auto, &around), Paint::Bare);
        assert_eq!(at(ColorChoice::Always, &around), Paint::Colours);
    }

    #[test]
    fn a_dumb_terminal_gets_no_escape_sequences() {
        let around = Surroundings {
            dumb: true,
            ..terminal()
        };
        assert_eq!(at(ColorChoice::Auto, &around), Paint::Bare);
        assert_eq!(at(ColorChoice::Never, &terminal()), Paint::Bare);
    }

    #[test]
    fn without_colours_the_words_stay_and_no_escape_is_written() {
        let line = Line::new(Tone::Verdict(Verdict::Failed), "✘ wrong").and(Tone::Plain, " x  ");
        assert_eq!(Paint::Bare.line(&line), "✘ wrong x");
        assert_eq!(Paint::Colours.line(&line), "\u{1b}[1;31m✘ wrong\u{1b}[0m x");
    }
}

//! Questions as lines: every choice has a number, nothing is painted over. For screen readers, dumb terminals and scripts.

use super::editor::EditorError;
use super::prompter::{Answer, Choice, Prompter};
use super::sanitize::{lines, one_line};
use std::io::{self, BufRead, Write};

/// Reads lines from one stream and writes questions to another.
pub struct PlainPrompter<R, W> {
    input: R,
    output: W,
}

/// A wrong answer is asked again this often; then the input is taken as closed, so that no script can hang in a loop.
const TRIES: usize = 20;

/// The line that ends an answer of several lines.
const END: &str = ".";

impl PlainPrompter<io::StdinLock<'static>, io::Stderr> {
    /// On stdin and stderr.
    pub fn here() -> Self {
        PlainPrompter::new(io::stdin().lock(), io::stderr())
    }
}

impl<R: BufRead, W: Write> PlainPrompter<R, W> {
    /// On any two streams.
    pub const fn new(input: R, output: W) -> Self {
        PlainPrompter { input, output }
    }

    fn write(&mut self, text: &str) {
        // A closed stderr must not end the session: the answer can still be read.
        let _ = self.output.write_all(text.as_bytes());
        let _ = self.output.flush();
    }

    /// The next line, trimmed; `Closed` at the end of the input.
    fn line(&mut self) -> Answer<String> {
        let mut bytes = Vec::new();
        match self.input.read_until(b'\n', &mut bytes) {
            Ok(0) => {
                self.write("\n");
                Answer::Closed
            }
            Ok(_) => Answer::Given(one_line(String::from_utf8_lossy(&bytes).trim())),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Answer::Interrupted,
            Err(_) => Answer::Closed,
        }
    }
}

impl<R: BufRead, W: Write> Prompter for PlainPrompter<R, W> {
    fn choose(&mut self, question: &str, choices: &[Choice], preset: usize) -> Answer<usize> {
        let mut text = format!("{}\n", one_line(question));
        for (at, choice) in choices.iter().enumerate() {
            text.push_str(&format!("  {}. {}\n", at + 1, one_line(&choice.label)));
        }
        self.write(&text);
        for _ in 0..TRIES {
            self.write(&format!("Number [{}]: ", preset + 1));
            let typed = match self.line() {
                Answer::Given(typed) => typed,
                other => return other.map(|_| preset),
            };
            if typed.is_empty() {
                return Answer::Given(preset);
            }
            if let Some(chosen) = chosen(&typed, choices) {
                return Answer::Given(chosen);
            }
            if is_back(&typed) {
                return Answer::Back;
            }
            self.write(&format!(
                "Please type a number from 1 to {}, or b to go back.\n",
                choices.len()
            ));
        }
        Answer::Closed
    }

    fn ask(&mut self, question: &str, preset: Option<&str>) -> Answer<String> {
        let question = one_line(question);
        match preset {
            Some(preset) => self.write(&format!("{question} [{}]: ", one_line(preset))),
            None if question.ends_with([':', '?']) => self.write(&format!("{question} ")),
            None => self.write(&format!("{question}: ")),
        }
        self.line().map(|typed| {
            if typed.is_empty() {
                preset.unwrap_or_default().to_owned()
            } else {
                typed
            }
        })
    }

    fn more(&mut self) -> Answer<String> {
        self.write("> ");
        self.line()
    }

    fn confirm(&mut self, question: &str, preset: bool) -> Answer<bool> {
        let usual = if preset { "yes" } else { "no" };
        for _ in 0..TRIES {
            self.write(&format!("{} (yes or no) [{usual}]: ", one_line(question)));
            let typed = match self.line() {
                Answer::Given(typed) => typed.to_lowercase(),
                other => return other.map(|_| preset),
            };
            match typed.as_str() {
                "" => return Answer::Given(preset),
                "y" | "yes" => return Answer::Given(true),
                "n" | "no" => return Answer::Given(false),
                _ if is_back(&typed) => return Answer::Back,
                _ => {}
            }
        }
        Answer::Closed
    }

    fn compose(&mut self, prompt: &str, draft: &str) -> Answer<Result<String, EditorError>> {
        let mut text = format!("{}\n", lines(prompt).trim_end());
        if !draft.is_empty() {
            text.push_str(&format!("So far:\n{}\n", lines(draft).trim_end()));
        }
        text.push_str(&format!(
            "Type your answer; a line with a single {END} ends it.\n"
        ));
        self.write(&text);
        let mut answer = draft.to_owned();
        loop {
            match self.line() {
                Answer::Given(line) if line == END => break,
                Answer::Given(line) => {
                    if !answer.is_empty() && !answer.ends_with('\n') {
                        answer.push('\n');
                    }
                    answer.push_str(&line);
                    answer.push('\n');
                }
                // What was typed before the end of the input is an answer too.
                Answer::Closed if !answer.trim().is_empty() => break,
                other => return other.map(Ok),
            }
        }
        Answer::Given(Ok(answer.trim().to_owned()))
    }

    fn pause(&mut self, what: &str) -> Answer<()> {
        self.write(&one_line(what));
        self.line().map(|_| ())
    }
}

fn chosen(typed: &str, choices: &[Choice]) -> Option<usize> {
    let by_number = typed
        .trim_end_matches(['.', ')'])
        .parse::<usize>()
        .ok()
        .filter(|number| (1..=choices.len()).contains(number))
        .map(|number| number - 1);
    let with_key = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let key = |at: &usize| choices[*at].key.as_deref().is_some_and(fits);
        (0..choices.len()).filter(key).collect()
    };
    by_number
        .or_else(|| {
            with_key(&|key| key.eq_ignore_ascii_case(typed))
                .first()
                .copied()
        })
        .or_else(|| {
            // The beginning of a word that no other begins with: `w` for watch.
            let begins = |key: &str| {
                key.get(..typed.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(typed))
            };
            match with_key(&begins)[..] {
                [only] if !is_back(typed) => Some(only),
                _ => None,
            }
        })
}

fn is_back(typed: &str) -> bool {
    matches!(typed, "b" | "B" | "back")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked<T>(typed: &str, ask: impl FnOnce(&mut dyn Prompter) -> T) -> (T, String) {
        let mut output = Vec::new();
        let mut prompter = PlainPrompter::new(typed.as_bytes(), &mut output);
        let answer = ask(&mut prompter);
        (answer, String::from_utf8(output).unwrap())
    }

    fn menu() -> Vec<Choice> {
        vec![Choice::keyed("check", "Check"), Choice::new("Quit")]
    }

    #[test]
    fn a_number_chooses() {
        let (answer, text) = asked("2\n", |p| p.choose("What now?", &menu(), 0));
        assert_eq!(answer, Answer::Given(1));
        assert_eq!(text, "What now?\n  1. Check\n  2. Quit\nNumber [1]: ");
    }

    #[test]
    fn enter_takes_the_preset_and_a_word_chooses_too() {
        assert_eq!(
            asked("\n", |p| p.choose("?", &menu(), 1)).0,
            Answer::Given(1)
        );
        assert_eq!(
            asked("check\n", |p| p.choose("?", &menu(), 1)).0,
            Answer::Given(0)
        );
    }

    #[test]
    fn a_wrong_number_is_asked_again_and_says_what_is_possible() {
        let (answer, text) = asked("7\n0\n1\n", |p| p.choose("?", &menu(), 0));
        assert_eq!(answer, Answer::Given(0));
        assert!(text.contains("from 1 to 2"));
    }

    #[test]
    fn the_end_of_the_input_is_no_answer() {
        assert_eq!(asked("", |p| p.choose("?", &menu(), 0)).0, Answer::Closed);
        assert_eq!(asked("", |p| p.confirm("?", true)).0, Answer::Closed);
        assert_eq!(asked("", |p| p.ask("?", Some("x"))).0, Answer::Closed);
        assert_eq!(asked("", |p| p.pause("Enter")).0, Answer::Closed);
    }

    #[test]
    fn b_goes_back() {
        assert_eq!(asked("b\n", |p| p.choose("?", &menu(), 0)).0, Answer::Back);
    }

    #[test]
    fn the_beginning_of_a_word_chooses_when_only_one_begins_so() {
        let menu = [
            Choice::keyed("watch", "Watch"),
            Choice::keyed("check", "Check"),
            Choice::keyed("console", "Console"),
            Choice::keyed("bring", "Bring"),
        ];
        let chosen = |typed: &str| asked(typed, |p| p.choose("?", &menu, 1)).0;
        assert_eq!(chosen("w\n"), Answer::Given(0));
        assert_eq!(chosen("CH\n"), Answer::Given(1));
        assert_eq!(chosen("c\n"), Answer::Closed, "check or console?");
        assert_eq!(chosen("b\n"), Answer::Back);
    }

    #[test]
    fn endless_nonsense_does_not_hang() {
        let (answer, _) = asked(&"x\n".repeat(100), |p| p.choose("?", &menu(), 0));
        assert_eq!(answer, Answer::Closed);
    }

    #[test]
    fn several_lines_end_with_a_dot_or_with_the_input() {
        let (answer, _) = asked("one\ntwo\n.\nthree\n", |p| p.compose("Why?", ""));
        assert_eq!(answer, Answer::Given(Ok("one\ntwo".to_owned())));
        let (answer, _) = asked("one\n", |p| p.compose("Why?", ""));
        assert_eq!(answer, Answer::Given(Ok("one".to_owned())));
    }

    #[test]
    fn bytes_that_are_no_text_do_not_end_the_session() {
        let mut output = Vec::new();
        let mut prompter = PlainPrompter::new(&b"\xff\xfe\n1\n"[..], &mut output);
        assert_eq!(prompter.choose("?", &menu(), 1), Answer::Given(0));
    }
}

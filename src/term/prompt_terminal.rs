//! Questions at a terminal: arrow keys, Enter, Esc.

use super::editor::{self, EditorError};
use super::layout::{Margin, truncate, wrap_text};
use super::prompter::{Answer, Choice, Prompter};
use super::sanitize::one_line;
use super::text::Tone;
use console::{Style, Term};
use dialoguer::theme::Theme;
use dialoguer::{Confirm, Input, Select};
use std::fmt;
use std::io;
use unicode_width::UnicodeWidthStr;

/// Asks on stderr, so that a redirected stdout stays clean.
#[derive(Debug, Default)]
pub struct TerminalPrompter;

impl Prompter for TerminalPrompter {
    fn choose(&mut self, question: &str, choices: &[Choice], preset: usize) -> Answer<usize> {
        let term = Term::stderr();
        let room = usize::from(term.size().1).saturating_sub(4);
        // A line that wraps would confuse the repainting.
        let labels: Vec<String> = choices
            .iter()
            .map(|choice| truncate(&one_line(&choice.label), room))
            .collect();
        let asked = Select::with_theme(&Quiet)
            .with_prompt(last_line(&term, question))
            .items(&labels)
            .default(preset.min(choices.len().saturating_sub(1)))
            .report(false)
            .interact_on_opt(&term);
        let answer = optional(asked);
        if let Answer::Given(chosen) = &answer {
            // The menu is gone; one line says what was chosen, for whoever scrolls back.
            if let Some(label) = labels.get(*chosen) {
                let _ = term.write_line(&chosen_line(label));
            }
        }
        answer
    }

    fn ask(&mut self, question: &str, preset: Option<&str>) -> Answer<String> {
        let term = Term::stderr();
        let last = last_line(&term, question);
        let _ = term.write_line(&bold(&last));
        typed(&term, preset)
    }

    fn more(&mut self) -> Answer<String> {
        typed(&Term::stderr(), None)
    }

    fn confirm(&mut self, question: &str, preset: bool) -> Answer<bool> {
        let term = Term::stderr();
        let last = last_line(&term, question);
        let _ = term.write_line(&bold(&last));
        optional(
            Confirm::with_theme(&Quiet)
                .with_prompt(">")
                .default(preset)
                .interact_on_opt(&term),
        )
    }

    fn compose(&mut self, prompt: &str, draft: &str) -> Answer<Result<String, EditorError>> {
        Answer::Given(editor::compose(prompt, draft))
    }

    fn pause(&mut self, what: &str) -> Answer<()> {
        let term = Term::stderr();
        if term.write_str(&one_line(what)).is_err() {
            return Answer::Closed;
        }
        loop {
            match term.read_key() {
                Ok(console::Key::Enter | console::Key::Char(' ')) => break,
                Ok(console::Key::Escape) => {
                    let _ = term.write_line("");
                    return Answer::Back;
                }
                Ok(_) => {}
                Err(error) => return failed(&error),
            }
        }
        let _ = term.write_line("");
        Answer::Given(())
    }
}

/// One line of text; Enter alone takes the preset. What was typed stays on the screen after the mark.
fn typed(term: &Term, preset: Option<&str>) -> Answer<String> {
    let mut input = Input::<String>::with_theme(&Quiet)
        .with_prompt(">")
        .report(false)
        .allow_empty(true);
    if let Some(preset) = preset {
        input = input.default(one_line(preset));
    }
    let answer = plain(input.interact_text_on(term)).map(|text| one_line(text.trim()));
    if let Answer::Given(text) = &answer {
        // The library clears the last row only; an answer that took several would be left standing in part.
        let prompt = 2 + preset.map_or(0, |preset| preset.width() + 3);
        let columns = usize::from(term.size().1).max(1);
        let rows = (prompt + text.width()).saturating_sub(1) / columns;
        if rows > 0 {
            let _ = term.move_cursor_up(rows);
            let _ = term.clear_to_end_of_screen();
        }
        let _ = term.write_line(&chosen_line(text));
    }
    answer
}

/// Writes a question that is wider than the terminal, but for its last line: what is repainted has to fit on one.
fn last_line(term: &Term, question: &str) -> String {
    let room = usize::from(term.size().1).saturating_sub(2);
    let mut lines = wrap_text(question, Tone::Plain, room, &Margin::default());
    let last = lines.pop().unwrap_or_default().to_text();
    for line in lines {
        let _ = term.write_line(&bold(&line.to_text()));
    }
    truncate(&last, room)
}

fn bold(text: &str) -> String {
    Style::new().for_stderr().bold().apply_to(text).to_string()
}

fn optional<T>(asked: dialoguer::Result<Option<T>>) -> Answer<T> {
    match asked {
        Ok(Some(value)) => Answer::Given(value),
        Ok(None) => Answer::Back,
        Err(dialoguer::Error::IO(error)) => failed(&error),
    }
}

fn plain<T>(asked: dialoguer::Result<T>) -> Answer<T> {
    optional(asked.map(Some))
}

fn failed<T>(error: &io::Error) -> Answer<T> {
    // dialoguer leaves the cursor hidden when reading ends in an error.
    let _ = Term::stderr().show_cursor();
    match error.kind() {
        io::ErrorKind::Interrupted => Answer::Interrupted,
        _ => Answer::Closed,
    }
}

fn chosen_line(label: &str) -> String {
    format!("{} {label}", accent().apply_to(">"))
}

fn accent() -> Style {
    Style::new().for_stderr().cyan().bold()
}

/// The look of our questions: no marks that mean a verdict elsewhere, no colour that vanishes on a light background.
struct Quiet;

impl Theme for Quiet {
    fn format_prompt(&self, f: &mut dyn fmt::Write, prompt: &str) -> fmt::Result {
        f.write_str(&bold(prompt))
    }

    fn format_input_prompt(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        default: Option<&str>,
    ) -> fmt::Result {
        match default {
            Some(default) => write!(f, "{prompt} [{default}] "),
            None => write!(f, "{prompt} "),
        }
    }

    fn format_select_prompt_item(
        &self,
        f: &mut dyn fmt::Write,
        text: &str,
        active: bool,
    ) -> fmt::Result {
        if active {
            write!(f, "{}", accent().apply_to(format!("> {text}")))
        } else {
            write!(f, "  {text}")
        }
    }
}

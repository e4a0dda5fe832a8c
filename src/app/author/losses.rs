//! What an exchange with another program loses, told on stderr.

use crate::quiz::exchange::{Exchanged, Loss};
use crate::term::layout::{Margin, wrap_text};
use crate::term::{Line, Tone, Ui};

/// Each loss as a sentence with the questions that it befalls, or that there is none.
pub(super) fn say(ui: &Ui, exchanged: &Exchanged) {
    if exchanged.losses.is_empty() {
        ui.say("Nothing is lost.");
        return;
    }
    let lossy = exchanged.questions_with_losses();
    let verb = if lossy == 1 { "loses" } else { "lose" };
    ui.say(format!("{lossy} {verb} something:"));
    for sentence in sentences(&exchanged.losses) {
        let margin = Margin::hanging(Line::new(Tone::Quiet, "  - "));
        ui.say_all(&wrap_text(
            &sentence,
            Tone::Plain,
            ui.prose_width(),
            &margin,
        ));
    }
}

/// What befalls several questions for one reason is said once, in the order of the deck.
fn sentences(losses: &[Loss]) -> Vec<String> {
    let mut kinds: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    for loss in losses {
        let kind = kinds
            .iter_mut()
            .find(|(what, why, _)| *what == loss.what && *why == loss.why);
        match kind {
            Some((_, _, questions)) => questions.push(&loss.question),
            None => kinds.push((&loss.what, &loss.why, vec![&loss.question])),
        }
    }
    kinds
        .into_iter()
        .map(|(what, why, questions)| format!("{what}, because {why}: {}", questions.join(", ")))
        .collect()
}

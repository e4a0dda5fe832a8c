//! What an exchange with another program loses, told on stderr.

use crate::quiz::exchange::Exchanged;
use crate::term::layout::{Margin, wrap_text};
use crate::term::{Line, Tone, Ui};

/// Each loss as a sentence, or that there is none.
pub(super) fn say(ui: &Ui, exchanged: &Exchanged) {
    if exchanged.losses.is_empty() {
        ui.say("Nothing is lost.");
        return;
    }
    let lossy = exchanged.questions_with_losses();
    let verb = if lossy == 1 { "loses" } else { "lose" };
    ui.say(format!("{lossy} {verb} something:"));
    for loss in &exchanged.losses {
        let margin = Margin::hanging(Line::new(Tone::Quiet, "  - "));
        let sentence = loss.to_string();
        ui.say_all(&wrap_text(
            &sentence,
            Tone::Plain,
            ui.prose_width(),
            &margin,
        ));
    }
}

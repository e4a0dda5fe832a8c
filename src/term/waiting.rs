//! The moving mark shown while something is waited for.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// Shown until it is dropped.
#[must_use = "the mark vanishes when this is dropped"]
pub struct Waiting(Option<ProgressBar>);

impl Waiting {
    pub(super) const fn silent() -> Self {
        Waiting(None)
    }

    pub(super) fn moving(what: &str) -> Self {
        Self::shown("{spinner} {wide_msg} {elapsed:>4}", what)
    }

    /// For what says by itself how long it has taken.
    pub(super) fn moving_untimed(what: &str) -> Self {
        Self::shown("{spinner} {wide_msg}", what)
    }

    /// Says something else from now on.
    pub(super) fn say(&self, what: &str) {
        if let Some(bar) = &self.0 {
            bar.set_message(what.to_owned());
        }
    }

    fn shown(template: &str, what: &str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.tick_strings(&["·  ", "·· ", "···", " ··", "  ·", "   "]));
        }
        bar.set_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(160));
        Waiting(Some(bar))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(bar) = self.0.take() {
            bar.finish_and_clear();
        }
    }
}

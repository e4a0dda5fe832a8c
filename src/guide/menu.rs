//! What may be chosen at a step, and when.

use super::attestation::{Sentence, open_sentences};
use super::walk::{Ahead, Place, Walk};
use crate::checks::{StepOutcome, Verdict};

/// What the learner can do at a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Look at the account, read-only.
    Check,
    /// Look again and again until nothing is in progress any more.
    Watch,
    /// Go on.
    Next,
    /// Go on to the first step with something to do.
    NextOpen,
    /// The quiz and the closing screen.
    Finish,
    /// Go to the step that this one waits for.
    Unblock(String),
    /// Say that a sentence is true.
    Confirm(Sentence),
    /// Practice account: do the step, with what it needs.
    DoIt,
    /// The next hint, 0 to 2.
    Hint(usize),
    /// What was read for the last check.
    Evidence,
    /// Open a folded section of the text.
    Read(usize),
    /// Open the console page in a browser.
    Console,
    /// Go on without this step.
    LeaveOut,
    Back,
    /// Another AWS profile.
    Profile,
    /// Say anew which of several things are the learner's.
    ChooseAgain,
    Quit,
}

/// One entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub action: Action,
    /// The word that chooses it in plain lines.
    pub key: &'static str,
    pub label: String,
}

/// Whose account is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The learner's own.
    Own,
    /// The one that comes with Landfall.
    Practice,
}

/// What the menu depends on besides the walk.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    pub ground: Ground,
    /// Hints shown so far, 0 to 3.
    pub hints_shown: usize,
    /// Titles of the folded sections.
    pub sections: &'a [String],
    /// What the learner said is theirs and this step rests on: the key of `landfall.toml` and the name.
    pub chosen: &'a [(String, String)],
}

/// The choices at the present step, the likeliest first.
pub fn offers(walk: &Walk<'_>, situation: Situation<'_>) -> Vec<Offer> {
    let place = walk.here();
    let outcome = walk.outcome(&place.step.id);
    let verdict = outcome.map(|outcome| outcome.verdict);
    let done = verdict.is_some_and(Verdict::is_done);
    let here_is_pending = outcome.is_some_and(StepOutcome::has_pending);
    let mut offers = Vec::new();
    if done {
        offers.extend(go_on(walk, ""));
        offers.push(offer(Action::Check, "check", "Check again"));
    } else {
        if here_is_pending {
            offers.push(offer(
                Action::Watch,
                "watch",
                "Watch until AWS is done with it",
            ));
        }
        offers.push(check_offer(verdict));
        offers.extend(unblock(walk, outcome, place));
        // What is in progress was done already.
        if situation.ground == Ground::Practice && verdict != Some(Verdict::Pending) {
            offers.push(offer(Action::DoIt, "do", "Do this step for me"));
        }
        for sentence in open_sentences(place.step, outcome) {
            let label = format!("Confirm: \"{}\"", sentence.words);
            offers.push(offer(Action::Confirm(sentence), "confirm", label));
        }
        if matches!(verdict, Some(Verdict::Pending | Verdict::Unknown)) {
            offers.extend(go_on(walk, " (I will look again)"));
        }
    }
    if done || !here_is_pending {
        offers.extend(watch_behind(walk));
    }
    offers.extend(help(place, outcome, situation));
    if !done && !matches!(verdict, Some(Verdict::Pending | Verdict::Unknown)) {
        let label = if place.step.optional {
            "Leave this optional step out"
        } else {
            "Leave this step out for now"
        };
        offers.push(offer(Action::LeaveOut, "leave", label));
    }
    if let Some(behind) = walk.behind() {
        let label = format!("Back to: {}", behind.step.title);
        offers.push(offer(Action::Back, "back", label));
    }
    if !situation.chosen.is_empty() {
        let said: Vec<String> = situation
            .chosen
            .iter()
            .map(|(key, name)| format!("{key}: {name}"))
            .collect();
        let label = format!("Say anew which is yours ({})", said.join(", "));
        offers.push(offer(Action::ChooseAgain, "which", label));
    }
    if situation.ground == Ground::Own {
        offers.push(offer(Action::Profile, "profile", "Choose an AWS profile"));
    }
    offers.push(offer(
        Action::Quit,
        "quit",
        "Stop here (your place is kept)",
    ));
    offers
}

/// What was gone past while AWS was working on it can be watched from anywhere.
fn watch_behind(walk: &Walk<'_>) -> Option<Offer> {
    let behind = walk.in_progress_behind();
    let first = behind.first()?;
    let label = match behind.len() {
        1 => format!("Watch what is in progress: {}", first.step.title),
        2 => format!(
            "Watch what is in progress: {} and another step",
            first.step.title
        ),
        more => format!(
            "Watch what is in progress: {} and {} other steps",
            first.step.title,
            more - 1
        ),
    };
    Some(offer(Action::Watch, "watch", label))
}

fn check_offer(verdict: Option<Verdict>) -> Offer {
    let label = if verdict.is_none() {
        "Check this step"
    } else {
        "Check again"
    };
    offer(Action::Check, "check", label)
}

fn go_on(walk: &Walk<'_>, remark: &str) -> Vec<Offer> {
    match walk.ahead() {
        Ahead::End => vec![offer(
            Action::Finish,
            "next",
            format!("Next: the review quiz{remark}"),
        )],
        Ahead::Step(next) => {
            let mut offers = vec![offer(
                Action::Next,
                "next",
                format!("Next: {}{remark}", next.step.title),
            )];
            if let Some(open) = walk.next_open() {
                offers.push(offer(
                    Action::NextOpen,
                    "skip",
                    format!("Skip what is done, to: {}", open.step.title),
                ));
            }
            offers
        }
    }
}

fn unblock(walk: &Walk<'_>, outcome: Option<&StepOutcome>, here: Place<'_>) -> Option<Offer> {
    let blocking = outcome?
        .checks
        .iter()
        .filter_map(|finding| finding.blocked_by)
        .filter_map(|check| walk.step_with_check(check.as_str()))
        .find(|place| place.step.id != here.step.id)?;
    Some(offer(
        Action::Unblock(blocking.step.id.as_str().to_owned()),
        "go",
        format!("Go to what this waits for: {}", blocking.step.title),
    ))
}

fn help(place: Place<'_>, outcome: Option<&StepOutcome>, situation: Situation<'_>) -> Vec<Offer> {
    const GRADES: [&str; 3] = ["the idea", "where to look", "the exact command"];
    let mut offers = Vec::new();
    if let Some(grade) = GRADES.get(situation.hints_shown) {
        offers.push(offer(
            Action::Hint(situation.hints_shown),
            "hint",
            format!("Hint {} of 3: {grade}", situation.hints_shown + 1),
        ));
    }
    for (at, title) in situation.sections.iter().enumerate() {
        let key = match at {
            0 => "read",
            1 => "trouble",
            _ => "more",
        };
        let label = if title.starts_with("Read") {
            title.clone()
        } else {
            format!("Read: {title}")
        };
        offers.push(offer(Action::Read(at), key, label));
    }
    if outcome.is_some_and(|outcome| !outcome.checks.is_empty()) {
        offers.push(offer(
            Action::Evidence,
            "evidence",
            "Show what was read for the check",
        ));
    }
    if place.step.console.is_some() && situation.ground == Ground::Own {
        offers.push(offer(
            Action::Console,
            "console",
            "Open the page in the AWS console",
        ));
    }
    offers
}

fn offer(action: Action, key: &'static str, label: impl Into<String>) -> Offer {
    Offer {
        action,
        key,
        label: label.into(),
    }
}

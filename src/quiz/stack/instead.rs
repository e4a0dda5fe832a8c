//! Why the practice account stands in for the learner's own.

use super::part::Part;

/// Why nothing can be asked about a look at an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Instead {
    /// There is no look.
    NotLookedAt,
    /// The look did not ask for it, or AWS did not give it.
    NotRead(Part),
    /// AWS said that it does not exist.
    NotThere(Part),
    /// There are several, and nothing says which one is the learner's.
    Unclear(Part),
    /// It is there, and what belongs to it is not all there yet.
    NotFinished(Part),
    /// It is good, and built in a way that this fault does not fit.
    DoesNotFit(Part),
    /// A check fails already: nobody may be asked for one fault on a page that has others. Which fault it is stays unsaid, for
    /// it may be the answer.
    HasAFault(Part),
}

impl Instead {
    /// One plain sentence.
    pub fn sentence(self) -> String {
        let reason = match self {
            Instead::NotLookedAt => "Your own account was not looked at yet".to_owned(),
            Instead::NotRead(part) => {
                format!("The last look at your account did not read {}", part.the())
            }
            Instead::NotThere(part) => {
                format!("There {} no {} in your account yet", part.is(), part.bare())
            }
            Instead::Unclear(part) => format!(
                "Nothing says which {} in your account {} yours",
                part.bare(),
                part.is()
            ),
            Instead::NotFinished(part) => {
                format!("Your own {} {} not finished yet", part.bare(), part.is())
            }
            Instead::DoesNotFit(part) => {
                format!("This question does not fit your own {}", part.bare())
            }
            Instead::HasAFault(part) => format!(
                "Your own {} {} a fault of {} own (`landfall verify` says more)",
                part.bare(),
                part.has(),
                part.its()
            ),
        };
        format!("{reason}, so this asks about the practice account.")
    }
}

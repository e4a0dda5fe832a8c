//! What keeps a look from being answered for a while. It is no verdict: what was known before still counts.

use crate::account::{CredentialTrouble, Why};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// No network, no DNS, no answer in time.
    NoConnection,
    /// An answer that is not AWS's: a proxy, the sign-in page of a hotel's network.
    NoAnswer,
    Throttled,
    SignIn(CredentialTrouble),
    /// Whose account it is was read, but not all that is waited for.
    Unclear,
}

impl Trouble {
    /// Why nobody could say whose account it is.
    pub(super) const fn of(why: &Why) -> Self {
        match why {
            Why::Offline | Why::TimedOut => Trouble::NoConnection,
            Why::Throttled => Trouble::Throttled,
            Why::Credentials(trouble) => Trouble::SignIn(*trouble),
            _ => Trouble::NoAnswer,
        }
    }

    /// For the waiting line.
    pub const fn short(self) -> &'static str {
        match self {
            Trouble::NoConnection => "no connection",
            Trouble::NoAnswer => "no answer from AWS",
            Trouble::Throttled => "AWS asks for a pause",
            Trouble::SignIn(_) => "not signed in",
            Trouble::Unclear => "not all could be read",
        }
    }

    /// What is so, and what to do; `profile` is the one in use, if one is named.
    pub fn say(self, profile: Option<&str>) -> String {
        let with = profile.map_or_else(String::new, |name| format!(" --profile {name}"));
        match self {
            Trouble::NoConnection => {
                "No connection to AWS; I keep trying. What is known so far still counts.".to_owned()
            }
            Trouble::NoAnswer => "What answers is not AWS (a proxy, the sign-in page of a network?); I keep trying. Open a page in your browser to see.".to_owned(),
            Trouble::Throttled => {
                "AWS asks for fewer questions from this account; I look less often.".to_owned()
            }
            Trouble::SignIn(CredentialTrouble::Expired) => format!(
                "Your AWS sign-in has expired. In another terminal: `aws login{with}`, or `aws sso login{with}` for Identity Center. I go on as soon as it works."
            ),
            Trouble::SignIn(CredentialTrouble::None) => format!(
                "Your AWS credentials are gone. In another terminal: `aws login{with}`, or `aws configure{with}`. I go on as soon as it works."
            ),
            Trouble::SignIn(CredentialTrouble::Invalid) => format!(
                "AWS does not know these credentials any more. In another terminal, `aws sts get-caller-identity{with}` shows which are in use; I go on as soon as they work."
            ),
            Trouble::SignIn(CredentialTrouble::NeedsCode) => "This profile asks for a one-time code. Get a session with it in another terminal (`aws sts get-session-token`); I go on as soon as it works.".to_owned(),
            Trouble::Unclear => "Something could not be read this time; I try again.".to_owned(),
        }
    }

    /// When it has passed.
    pub const fn over(self) -> &'static str {
        match self {
            Trouble::NoConnection => "Connected again.",
            Trouble::NoAnswer | Trouble::Throttled => "AWS answers again.",
            Trouble::SignIn(_) => "Signed in again; going on.",
            Trouble::Unclear => "All of it was read again.",
        }
    }
}

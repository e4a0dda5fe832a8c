//! A lesson's markdown with the learner's own values, without what is meant for other learners.

use crate::guide::values::Values;
use crate::term::markdown::{Code, Document, parse};

/// Which shells' blocks are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shells {
    /// Those of the system Landfall runs on: PowerShell on Windows only.
    OfThisSystem,
    /// All, as an author wants to see them.
    All,
}

/// The document, filled in.
pub fn document(markdown: &str, values: &Values, shells: Shells) -> Document {
    let mut document = parse(markdown);
    document.keep_quotes(|words| values.is_for_me(words));
    document.keep_code(|code| is_for_me(code, values) && is_for_shell(code, shells));
    document.map_text(|text| values.fill(text));
    document
}

fn is_for_me(code: &Code, values: &Values) -> bool {
    let other = if values.has_domain() {
        "no-domain"
    } else {
        "domain"
    };
    !code.has(other)
}

fn is_for_shell(code: &Code, shells: Shells) -> bool {
    shells == Shells::All || cfg!(windows) || code.language != "powershell"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::{account_after, test_chapter};
    use jiff::Timestamp;

    const STEP: &str = "For `{{host}}`.\n\n```sh run domain\naws acm {{host}} {{tg.arn}}\n```\n\n```sh run no-domain\naws elbv2\n```\n\n> **Without a domain.** Nothing to do.\n";

    fn shown(has_domain: bool) -> String {
        let mut chapter = test_chapter();
        chapter.has_domain = has_domain;
        let values = Values::of(&account_after(&[], &chapter, Timestamp::UNIX_EPOCH));
        format!("{:?}", document(STEP, &values, Shells::OfThisSystem))
    }

    #[test]
    fn a_learner_with_a_domain_sees_their_commands_only() {
        let text = shown(true);
        assert!(text.contains("aws acm api.example.com <tg.arn: from step alb.target-group>"));
        assert!(!text.contains("aws elbv2") && !text.contains("Without a domain"));
    }

    #[test]
    fn a_learner_without_a_domain_sees_theirs() {
        let text = shown(false);
        assert!(text.contains("aws elbv2") && text.contains("Without a domain"));
        assert!(!text.contains("aws acm"));
    }
}

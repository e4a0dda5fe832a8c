//! Code blocks of a lesson: language, words and text.

/// A fenced code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// `sh`, `powershell`, `json`, `text`...
    pub language: String,
    /// What is done with it.
    pub role: Role,
    /// Who it is for.
    pub audience: Audience,
    pub text: String,
    /// Where its info string starts, within the text that was searched.
    pub at: usize,
}

/// What is done with a code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Run as it is, unattended.
    Run,
    /// Docker commands, which not every machine can run.
    Docker,
    /// Shown, to be run by hand if wanted.
    Again,
    /// A file that the learner saves under this name.
    File(String),
    /// Only shown.
    Shown,
}

/// Which learners a block is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    Everyone,
    WithDomain,
    WithoutDomain,
}

impl Audience {
    /// Whether a learner with (or without) a domain sees it.
    pub const fn sees(self, has_domain: bool) -> bool {
        match self {
            Audience::Everyone => true,
            Audience::WithDomain => has_domain,
            Audience::WithoutDomain => !has_domain,
        }
    }
}

/// Reads an info string.
///
/// # Errors
/// The first word that means nothing here.
pub fn info(info: &str) -> Result<(String, Role, Audience), String> {
    let mut words = info.split_whitespace();
    let language = words.next().unwrap_or("text").to_owned();
    let mut role = Role::Shown;
    let mut audience = Audience::Everyone;
    for word in words {
        match word {
            "run" => role = Role::Run,
            "docker" => role = Role::Docker,
            "again" => role = Role::Again,
            "domain" => audience = Audience::WithDomain,
            "no-domain" => audience = Audience::WithoutDomain,
            _ => match word.strip_prefix("file=") {
                Some(name) if !name.is_empty() => role = Role::File(name.to_owned()),
                _ => return Err(word.to_owned()),
            },
        }
    }
    Ok((language, role, audience))
}

/// The code blocks of a markdown text, in order. Info strings that mean nothing are taken as shown only;
/// the loader reports them.
pub fn fences(markdown: &str) -> Vec<Fence> {
    use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
    let mut fences = Vec::new();
    let mut open: Option<Fence> = None;
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(words))) => {
                let (language, role, audience) =
                    info(&words).unwrap_or((words.to_string(), Role::Shown, Audience::Everyone));
                open = Some(Fence {
                    language,
                    role,
                    audience,
                    text: String::new(),
                    at: range.start,
                });
            }
            Event::Text(text) => {
                if let Some(fence) = &mut open {
                    fence.text.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => fences.extend(open.take()),
            _ => {}
        }
    }
    fences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_says_what_is_done_with_it_and_for_whom() {
        let found = fences(
            "x\n\n```sh run domain\naws a\n```\n\n```json file=task-definition.json\n{}\n```\n",
        );
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].role.clone(), found[0].audience),
            (Role::Run, Audience::WithDomain)
        );
        assert_eq!(found[0].text, "aws a\n");
        assert_eq!(found[1].role, Role::File("task-definition.json".into()));
    }

    #[test]
    fn an_unknown_word_is_named() {
        assert_eq!(info("sh rnu"), Err("rnu".to_owned()));
    }
}

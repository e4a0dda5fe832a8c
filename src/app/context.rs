//! What every command needs: the terminal, the course, the settings, progress, and which account is meant.

use super::failure::{Exit, Failure};
use super::home;
use crate::account::{Chapter, ChosenByKey, Snapshot, Source};
use crate::checks;
use crate::cli::{AccountChoice, Format, Globals};
use crate::course::{self, Course, CourseFiles, Settings, Severity, SourceText};
use crate::progress::{StackKey, Store};
use crate::term::{Manner, PlainPrompter, Prompter, Surroundings, Talk, TerminalPrompter, Ui};
use crate::workplace::{self, SettingsFile};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Names of the answers that the guide asked for once; see [`Store::choice`].
pub mod choices {
    /// `aws` or `practice`.
    pub const ACCOUNT: &str = "account";
    pub const REGION: &str = "region";
    pub const PROFILE: &str = "profile";
    /// The learner's host, or an empty text for none.
    pub const HOST: &str = "host";
}

/// One run of Landfall.
pub struct Context {
    pub ui: Arc<Ui>,
    pub globals: Globals,
    pub course: Course,
    /// The folder of Landfall's own things.
    pub home: PathBuf,
    pub store: Store,
    /// The learner's `landfall.toml`, if there is one.
    pub settings_file: Option<SettingsFile>,
    /// Kinds of which the learner did not want to say which one is theirs: not asked again in this run.
    pub put_off: BTreeSet<&'static str>,
    settings: Settings,
}

/// The clock, read here and nowhere deeper.
pub fn now() -> Timestamp {
    Timestamp::now()
}

impl Context {
    /// Loads everything; nothing is asked, AWS is not spoken to.
    ///
    /// # Errors
    /// Invalid course or settings (5), unreadable progress (3).
    pub fn open(globals: Globals, ui: Arc<Ui>) -> Result<Self, Failure> {
        let course = load_course(globals.course.as_deref())?;
        let home = home::folder()?;
        let (settings_file, settings) = load_settings(&course)?;
        let opened = Store::open(&home, now())
            .map_err(|error| Failure::unreadable(capitalised(&error.to_string())))?;
        if let Some(aside) = opened.moved_aside {
            ui.trouble(format!(
                "Your earlier progress could not be read. It is kept as {}; a new file was begun.",
                aside.display()
            ));
        }
        Ok(Context {
            ui,
            globals,
            course,
            home,
            store: opened.store,
            settings_file,
            put_off: BTreeSet::new(),
            settings,
        })
    }

    /// The same with other parts, for the tour and for tests: a home of its own and no `landfall.toml`.
    ///
    /// # Errors
    /// As [`Context::open`].
    pub fn apart(globals: Globals, ui: Arc<Ui>, home: &Path) -> Result<Self, Failure> {
        let course = load_course(globals.course.as_deref())?;
        let settings = Settings {
            chapter: course.chapter.clone(),
            stated: BTreeSet::new(),
        };
        let opened = Store::open(home, now())
            .map_err(|error| Failure::unreadable(capitalised(&error.to_string())))?;
        Ok(Context {
            ui,
            globals,
            course,
            home: home.to_path_buf(),
            store: opened.store,
            settings_file: None,
            put_off: BTreeSet::new(),
            settings,
        })
    }

    /// The same with a `landfall.toml`.
    #[cfg(test)]
    pub(super) fn with_settings(self, text: &str) -> Self {
        let source = SourceText {
            name: "landfall.toml".to_owned(),
            text: text.to_owned(),
        };
        let settings = course::overlay(&self.course.chapter, &source).unwrap();
        Context { settings, ..self }
    }

    /// Asks at this process's terminal.
    pub fn prompter(&self) -> Box<dyn Prompter> {
        match self.ui.manner() {
            Manner::Screen => Box::new(TerminalPrompter),
            Manner::Plain => Box::new(PlainPrompter::here()),
        }
    }

    /// Which account is meant: flag or variable, else what the guide was told, else the real one.
    pub fn source(&self) -> Source {
        match self.globals.account {
            Some(AccountChoice::Practice) => Source::Practice,
            Some(AccountChoice::Aws) => Source::Aws,
            None => match self.store.choice(choices::ACCOUNT) {
                Ok(Some(word)) if word == "practice" => Source::Practice,
                _ => Source::Aws,
            },
        }
    }

    /// Whether anybody has said yet which account is meant.
    pub fn account_is_chosen(&self) -> bool {
        self.globals.account.is_some() || matches!(self.store.choice(choices::ACCOUNT), Ok(Some(_)))
    }

    /// Whether `landfall.toml` states a key: `region`, `database.instance`.
    pub fn states(&self, key: &str) -> bool {
        self.settings.stated.contains(key)
    }

    /// The chapter's names and numbers: the course's, what the guide was told, `landfall.toml` over both.
    pub fn chapter(&self) -> Chapter {
        let mut chapter = self.settings.chapter.clone();
        if !self.states("has_domain")
            && !self.states("host")
            && let Ok(Some(host)) = self.store.choice(choices::HOST)
        {
            chapter.has_domain = !host.is_empty();
            if chapter.has_domain {
                chapter.host = host;
            }
        }
        // Whose account it is shows when it is looked at; until then it is likely the last one. Nothing is judged by this:
        // it only says what is worth opening.
        if let Ok(Some(last)) = self.store.latest_stack(self.source(), None) {
            chapter.chosen = self.chosen(&last).unwrap_or_default();
        }
        chapter
    }

    /// What the learner answered when several things could have been theirs. What `landfall.toml` states is no question.
    ///
    /// # Errors
    /// Unreadable progress.
    pub fn chosen(&self, key: &StackKey) -> Result<ChosenByKey, Failure> {
        let mut chosen = self.store.chosen(key)?;
        chosen.retain(|kind, _| !self.states(kind));
        Ok(chosen)
    }

    /// The region that the guide was told, if it was.
    pub fn chosen_region(&self) -> Option<String> {
        self.store
            .choice(choices::REGION)
            .ok()
            .flatten()
            .filter(|region| !region.is_empty())
    }

    /// The profile: the flag, else what the guide was told unless the environment names one.
    pub fn profile(&self) -> Option<String> {
        if self.globals.profile.is_some() {
            return self.globals.profile.clone();
        }
        if std::env::var_os("AWS_PROFILE").is_some()
            || std::env::var_os("AWS_ACCESS_KEY_ID").is_some()
        {
            return None;
        }
        self.store
            .choice(choices::PROFILE)
            .ok()
            .flatten()
            .filter(|profile| !profile.is_empty())
    }

    /// The folder of the practice account.
    pub fn practice_folder(&self) -> PathBuf {
        self.home.join("practice")
    }

    /// Where progress on a snapshot's stack is kept.
    pub fn stack_key(snapshot: &Snapshot) -> StackKey {
        let account = snapshot.account().map_or_else(
            || StackKey::UNKNOWN_ACCOUNT.to_owned(),
            |account| account.0.clone(),
        );
        // The practice account has no principal until its user exists, but it is one account all the same.
        let account = if snapshot.source == Source::Practice {
            "practice".to_owned()
        } else {
            account
        };
        StackKey {
            source: snapshot.source,
            account,
            region: snapshot.region.0.clone(),
        }
    }

    /// The format asked for, when the command has it.
    ///
    /// # Errors
    /// A usage failure that lists what the command has.
    pub fn format(&self, command: &str, offered: &[Format]) -> Result<Format, Failure> {
        let asked = self.globals.format.unwrap_or(offered[0]);
        if offered.contains(&asked) {
            return Ok(asked);
        }
        let words: Vec<String> = offered.iter().map(|format| word(*format)).collect();
        Err(Failure::usage(format!(
            "`landfall {command}` has no format {}.",
            word(asked)
        ))
        .hint(format!("It can print: {}.", words.join(", "))))
    }

    /// Whether passing checks are opened.
    pub fn is_verbose(&self) -> bool {
        self.ui.talk() == Talk::Verbose
    }
}

/// The terminal of this process.
pub fn terminal(globals: &Globals) -> Arc<Ui> {
    let talk = match (globals.quiet, globals.verbose) {
        (true, _) => Talk::Quiet,
        (false, 0) => Talk::Normal,
        (false, _) => Talk::Verbose,
    };
    Arc::new(Ui::new(
        globals.color,
        globals.plain,
        talk,
        &Surroundings::here(),
    ))
}

fn word(format: Format) -> String {
    use clap::ValueEnum;
    format
        .to_possible_value()
        .map(|value| value.get_name().to_owned())
        .unwrap_or_default()
}

/// The files of a course: the built-in one, or a folder's.
///
/// # Errors
/// The folder or a file in it cannot be read.
pub fn course_files(folder: Option<&Path>) -> Result<CourseFiles, Failure> {
    folder.map_or_else(|| Ok(CourseFiles::embedded()), |folder| {
        let mut files = Vec::new();
        for (inner, endings) in [("lessons", &["toml", "md", "lock"][..]), ("quizzes", &["toml", "lock"][..])] {
            let Ok(entries) = std::fs::read_dir(folder.join(inner)) else { continue };
            let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
            paths.sort();
            for path in paths {
                let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
                if !endings.contains(&ending) {
                    continue;
                }
                let name = format!("{inner}/{}", path.file_name().unwrap_or_default().to_string_lossy());
                let text = std::fs::read_to_string(&path)
                    .map_err(|error| Failure::content(format!("{} cannot be read: {error}", path.display())))?;
                files.push(SourceText { name, text });
            }
        }
        if files.is_empty() {
            return Err(Failure::content(format!("There is no course in {}.", folder.display()))
                .hint("A course is a folder with lessons/course.toml, lessons/NN-ID.md and quizzes/ID.toml."));
        }
        Ok(CourseFiles { files })
    })
}

fn load_course(folder: Option<&Path>) -> Result<Course, Failure> {
    let files = course_files(folder)?;
    let known: Vec<&str> = checks::checks().map(|check| check.id.as_str()).collect();
    match course::load(&files, &known) {
        Ok((course, _)) => Ok(course),
        Err(problems) => Err(Failure::content(listed(&problems))
            .hint("`landfall author lint --course DIR` shows these, and what else an author should look at.")),
    }
}

fn load_settings(course: &Course) -> Result<(Option<SettingsFile>, Settings), Failure> {
    let none = Settings {
        chapter: course.chapter.clone(),
        stated: BTreeSet::new(),
    };
    let Ok(here) = std::env::current_dir() else {
        return Ok((None, none));
    };
    let Some(file) = workplace::find(&here) else {
        return Ok((None, none));
    };
    let text = file.text().map_err(|error| {
        Failure::content(format!("{} cannot be read: {error}", file.path.display()))
    })?;
    let source = SourceText {
        name: file.path.display().to_string(),
        text,
    };
    match course::overlay(&course.chapter, &source) {
        Ok(settings) => Ok((Some(file), settings)),
        Err(problems) => Err(Failure::content(listed(&problems))
            .hint("Mend the file, or run Landfall in another folder. The names it may hold are in the README.")),
    }
}

/// Every error, one below the other.
fn listed(problems: &[course::Diagnostic]) -> String {
    let errors: Vec<String> = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(ToString::to_string)
        .collect();
    errors.join("\n\n")
}

/// A sentence begins with a capital.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    }) + "."
}

impl From<crate::progress::StoreError> for Failure {
    fn from(error: crate::progress::StoreError) -> Self {
        Failure::new(Exit::Unreadable, capitalised(&error.to_string()))
    }
}

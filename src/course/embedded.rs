//! The course that is compiled in.

use super::diagnostic::SourceText;
use super::load::CourseFiles;

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../", $name))),)*]
    };
}

const FILES: &[(&str, &str)] = embedded![
    "lessons/course.toml",
    "lessons/ids.lock",
    "lessons/01-root-account.md",
    "lessons/02-iam-user.md",
    "lessons/03-ecr-push.md",
    "lessons/04-rds.md",
    "lessons/05-elasticache.md",
    "lessons/06-alb.md",
    "lessons/07-ecs-service.md",
    "lessons/08-teardown.md",
    "quizzes/chapter-review.toml",
    "quizzes/chapter-review-patterns.toml",
    "quizzes/chapter-review-account.toml",
    "quizzes/chapter-review-retry.toml",
    "quizzes/revisions.lock",
];

impl CourseFiles {
    /// The files that were compiled in.
    pub fn embedded() -> Self {
        let files = FILES.iter().map(|(name, text)| SourceText {
            name: (*name).to_owned(),
            text: (*text).to_owned(),
        });
        CourseFiles {
            files: files.collect(),
        }
    }
}

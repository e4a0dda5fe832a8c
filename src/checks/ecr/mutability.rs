//! Which tags of a repository may move.

use crate::account::{Mutability, Repository, glob};
use crate::checks::command::quoted;
use crate::checks::finding::Fix;
use crate::checks::stack::Stack;

/// Whether a tag, once pushed, stays where it is.
pub(super) fn is_immutable(mutability: &Mutability, tag: &str) -> bool {
    // The filters' `*` is the same as IAM's.
    let matches = |filters: &[String]| filters.iter().any(|filter| glob(filter, tag));
    match mutability {
        Mutability::Mutable => false,
        Mutability::Immutable => true,
        Mutability::ImmutableExcept(filters) => !matches(filters),
        Mutability::MutableExcept(filters) => matches(filters),
    }
}

/// As ECR names the setting.
pub(super) fn mutability_words(mutability: &Mutability) -> String {
    match mutability {
        Mutability::Mutable => "MUTABLE".to_owned(),
        Mutability::Immutable => "IMMUTABLE".to_owned(),
        Mutability::ImmutableExcept(filters) => {
            format!("IMMUTABLE_WITH_EXCLUSION ({})", filters.join(", "))
        }
        Mutability::MutableExcept(filters) => {
            format!("MUTABLE_WITH_EXCLUSION ({})", filters.join(", "))
        }
    }
}

/// Lets `latest` move and leaves all that the learner set otherwise.
pub(super) fn let_latest_move(stack: &Stack<'_>, repository: &Repository) -> Fix {
    let with_filters = |setting: &str, filters: &[String]| {
        let filters: Vec<String> = filters
            .iter()
            .map(|filter| quoted(&format!("filterType=WILDCARD,filter={filter}")))
            .collect();
        format!(
            "{setting} --image-tag-mutability-exclusion-filters {}",
            filters.join(" ")
        )
    };
    let setting = match &repository.mutability {
        Mutability::MutableExcept(filters) => {
            let others: Vec<String> = filters
                .iter()
                .filter(|filter| !glob(filter, "latest"))
                .cloned()
                .collect();
            if others.is_empty() {
                "MUTABLE".to_owned()
            } else {
                with_filters("MUTABLE_WITH_EXCLUSION", &others)
            }
        }
        other => {
            let mut filters = match other {
                Mutability::ImmutableExcept(filters) => filters.clone(),
                _ => Vec::new(),
            };
            filters.push("latest".to_owned());
            with_filters("IMMUTABLE_WITH_EXCLUSION", &filters)
        }
    };
    Fix::run(
        "Let latest move; everything else stays as you set it.",
        stack.aws(format_args!(
            "ecr put-image-tag-mutability --repository-name {} --image-tag-mutability {setting}",
            quoted(&repository.name)
        )),
    )
}

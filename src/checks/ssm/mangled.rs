//! Names that a shell took for a path.

/// Git Bash turns `/news-api/X` into `C:/Program Files/Git/news-api/X` before `aws` sees it.
pub(in crate::checks) fn is_mangled(other: &str, wanted: &str) -> bool {
    other
        .strip_suffix(wanted)
        .filter(|_| wanted.starts_with('/'))
        .is_some_and(|before| {
            let drive = before.as_bytes().get(1) == Some(&b':');
            drive || before.to_ascii_lowercase().ends_with("/git")
        })
}

#[cfg(test)]
mod tests {
    use super::is_mangled;

    #[test]
    fn a_windows_path_in_front_is_a_mangled_name_and_another_path_is_not() {
        let wanted = "/news-api/DATABASE_URL";
        assert!(is_mangled(
            "C:/Program Files/Git/news-api/DATABASE_URL",
            wanted
        ));
        assert!(is_mangled("/c/tools/git/news-api/DATABASE_URL", wanted));
        assert!(!is_mangled("/prod/news-api/DATABASE_URL", wanted));
        assert!(!is_mangled(wanted, wanted));
    }
}

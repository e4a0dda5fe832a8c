//! What kind of tag a tag is: a release has three of them, `latest`, a version and its commit's SHA.

/// A version as a tag spells it: `v1.0.0` or `1.0.0`, with or without a pre-release (`1.0.0-rc.1`). Tags cannot hold the
/// `+` of build metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    numbers: [u64; 3],
    stage: Stage,
}

/// How far a version has come. A pre-release comes before its release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    PreRelease,
    Release,
}

impl Version {
    /// The version that a tag names, if it names one.
    pub fn of(tag: &str) -> Option<Self> {
        let tag = tag.strip_prefix('v').unwrap_or(tag);
        let (core, pre_release) = match tag.split_once('-') {
            Some((core, pre_release)) => (core, Some(pre_release)),
            None => (tag, None),
        };
        let is_identifier = |text: &str| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if pre_release.is_some_and(|text| !text.split('.').all(is_identifier)) {
            return None;
        }
        let mut numbers = core.split('.').map(|number| {
            let canonical = number == "0" || !number.starts_with('0');
            (canonical && number.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| number.parse().ok())
                .flatten()
        });
        let parts = [numbers.next()??, numbers.next()??, numbers.next()??];
        let stage = match pre_release {
            Some(_) => Stage::PreRelease,
            None => Stage::Release,
        };
        numbers.next().is_none().then_some(Version {
            numbers: parts,
            stage,
        })
    }

    /// Whether it is a release or only on the way to one.
    pub const fn stage(self) -> Stage {
        self.stage
    }
}

/// Whether a tag has the shape of a commit's SHA: 7 to 40 hex digits.
pub fn looks_like_commit(tag: &str) -> bool {
    (7..=40).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a tag that could be a commit is far more likely a day, as build scripts stamp it: `20261126`, with or without
/// the time (`202611261430`, `20261126143000`).
pub fn looks_like_date(tag: &str) -> bool {
    let number =
        |from: usize, to: usize| tag.get(from..to).and_then(|text| text.parse::<u32>().ok());
    let digits = tag.bytes().all(|byte| byte.is_ascii_digit());
    digits
        && matches!(tag.len(), 8 | 10 | 12 | 14)
        && number(0, 4).is_some_and(|year| (2000..2100).contains(&year))
        && number(4, 6).is_some_and(|month| (1..=12).contains(&month))
        && number(6, 8).is_some_and(|day| (1..=31).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_from_other_tags() {
        for tag in ["v1.0.0", "1.0.0", "v10.20.30", "1.0.0-rc.1"] {
            assert!(Version::of(tag).is_some(), "{tag}");
        }
        for tag in [
            "latest",
            "v1",
            "1.0",
            "v1.0.0.0",
            "1.0.x",
            "01.0.0",
            "1.0.0-",
            "release-1.0.0",
            "V1.0.0",
            "",
        ] {
            assert_eq!(Version::of(tag), None, "{tag}");
        }
    }

    #[test]
    fn a_pre_release_comes_before_its_release_and_numbers_are_not_text() {
        let order = ["v1.9.0", "v1.10.0-rc.1", "v1.10.0", "2.0.0"].map(Version::of);
        assert!(order.is_sorted(), "{order:?}");
        assert_eq!(order[1].unwrap().stage(), Stage::PreRelease);
        assert_eq!(order[2].unwrap().stage(), Stage::Release);
    }

    #[test]
    fn a_commit_is_seven_to_forty_hex_digits() {
        assert!(looks_like_commit("91ab3d0"));
        assert!(looks_like_commit(&"a".repeat(40)));
        assert!(!looks_like_commit("91ab3d"));
        assert!(!looks_like_commit(&"a".repeat(41)));
        assert!(!looks_like_commit("latest1"));
    }

    #[test]
    fn a_day_is_told_from_a_commit_that_happens_to_have_only_digits() {
        for tag in ["20261126", "2026112614", "202611261430", "20261126143000"] {
            assert!(looks_like_date(tag), "{tag}");
        }
        for tag in [
            "1234567", "20261326", "20261132", "99999999", "2026112", "4f9c2e17",
        ] {
            assert!(!looks_like_date(tag), "{tag}");
        }
    }
}

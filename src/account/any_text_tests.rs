//! Whatever text AWS, a learner or a file gives: the readers of this room neither panic nor hang.

use super::wildcard::{action_matches, glob, resource_matches};
use super::*;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Text of the kind that these readers look for, and text of any other.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-zA-Z0-9:/@._*?%=-]{0,80}",
        "arn:(aws|aws-cn)?:[a-z]{0,5}:[a-z0-9-]{0,12}:[0-9]{0,12}:[a-z0-9/:-]{0,30}",
        "([0-9]{0,13}\\.dkr\\.ecr\\.[a-z0-9-]{0,12}\\.amazonaws\\.com(\\.cn)?/)?[a-z0-9/]{0,12}(:[a-zA-Z0-9._-]{0,9})?(@sha256:[0-9a-f]{0,9})?",
        "([a-z]{0,8}:){0,2}//[^ ]{0,20}@?[a-z0-9.-]{0,20}(:[0-9]{0,7})?/?[a-z?=&]{0,10}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in text(), other in text()) {
        let arn = Arn::from(text.as_str());
        let _ = (arn.account(), arn.region(), arn.partition(), arn.service(), arn.resource());
        let _ = Principal::from_arn(&arn);
        let revision = RevisionArn::from(text.as_str());
        let _ = (revision.family(), revision.number(), revision.short());
        let image = ImageReference::parse(&text);
        let _ = (image.effective_tag(), image.follows_latest(), image.short_name());
        let _ = ValueFrom::parse(&text);
        let known = Known {
            databases: vec![other.clone()],
            caches: vec![text.clone()],
            database_name: other.clone(),
        };
        let _ = classify(&text, &known);
        let _ = command_words(&[&text, &other], &known);
        let _ = (action_matches(&text, &other), resource_matches(&other, &text));
    }

    /// A pattern from a policy is matched in no time, however many stars it has.
    #[test]
    fn any_pattern_is_matched_soon(stars in 1..200_usize, tail in "[ab*?]{0,10}") {
        let pattern = format!("{}{tail}", "a*".repeat(stars));
        let text = "a".repeat(5_000);
        let began = Instant::now();
        let _ = glob(&pattern, &text);
        prop_assert!(began.elapsed() < Duration::from_secs(5));
    }
}

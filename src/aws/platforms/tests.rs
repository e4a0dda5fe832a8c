use super::manifest::Entry;
use super::*;

fn entries(text: &str) -> Vec<Entry> {
    let manifest: Manifest = serde_json::from_str(text).unwrap();
    manifest.manifests.unwrap()
}

fn index(text: &str) -> Vec<String> {
    of_index(&entries(text))
        .iter()
        .map(Platform::to_string)
        .collect()
}

#[test]
fn attestations_are_left_out_of_an_index() {
    let text = r#"{"manifests":[{"platform":{"os":"linux","architecture":"amd64"}},
        {"platform":{"os":"unknown","architecture":"unknown"}},
        {"annotations":{"vnd.docker.reference.type":"attestation-manifest","vnd.docker.reference.digest":"sha256:1"}},
        {"artifactType":"application/vnd.dev.cosign.artifact.sig.v1+json"},
        {"platform":{"os":"linux","architecture":"arm64","variant":"v8"}}]}"#;
    assert_eq!(index(text), ["linux/amd64", "linux/arm64"]);
}

#[test]
fn an_index_that_does_not_say_is_not_guessed_at() {
    let platforms = of_index(&entries(r#"{"manifests":[{"digest":"sha256:1"}]}"#));
    assert_eq!(platforms, [Platform::unsaid()]);
}

#[test]
fn the_images_that_an_index_holds_are_known_by_their_digest() {
    let text = r#"{"manifests":[{"digest":"sha256:1","platform":{"os":"linux","architecture":"amd64"}},
        {"digest":"sha256:2","platform":{"os":"unknown","architecture":"unknown"}},{"digest":"sha256:3"}]}"#;
    let children: Vec<String> = children_of(&entries(text))
        .into_iter()
        .map(|(digest, platform)| format!("{digest} {platform}"))
        .collect();
    assert_eq!(children, ["sha256:1 linux/amd64"]);
}

fn image(digest: &str, tags: &[&str], minute: i64) -> Image {
    Image {
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        pushed_at: Some(jiff::Timestamp::from_second(minute * 60).unwrap()),
        ..untagged(Digest::from(digest))
    }
}

#[test]
fn an_old_release_is_looked_at_however_many_images_came_after_it() {
    let mut images: Vec<Image> = (1..=40)
        .map(|number| image(&format!("sha256:{number}"), &["dev"], 1000 - number))
        .collect();
    images.push(image("sha256:release", &["v1.0.0", "latest"], 0));
    images.push(image("sha256:named", &["by-name"], 0));
    let named = BTreeSet::from(["by-name".to_owned(), "sha256:child".to_owned()]);
    let wanted = chosen(&images, &named);
    for digest in ["sha256:release", "sha256:named", "sha256:child", "sha256:1"] {
        assert!(wanted.contains(&Digest::from(digest)), "{digest}");
    }
    assert_eq!(wanted.len(), 3 + MOST_IMAGES);
}

#[test]
fn only_ecrs_own_word_makes_an_image_absent() {
    let answer: BatchGetImage = serde_json::from_str(
        r#"{"images":[],"failures":[{"imageId":{"imageDigest":"sha256:1"},"failureCode":"ImageNotFound"},
            {"imageId":{"imageDigest":"sha256:2"},"failureCode":"KmsError"}]}"#,
    )
    .unwrap();
    assert!(answer.has_not(&Digest::from("sha256:1")));
    assert!(!answer.has_not(&Digest::from("sha256:2")));
    assert!(!answer.has_not(&Digest::from("sha256:3")));
}

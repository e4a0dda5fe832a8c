//! What `docker push` would leave in ECR, put there without docker.

use super::learner::Learner;
use serde_json::{Value, json};
use std::fs;

/// How the image is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One manifest, whose config names the platform.
    Manifest,
    /// What buildx pushes by default: an index of the image and an attestation about it.
    Index,
}

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const INDEX: &str = "application/vnd.oci.image.index.v1+json";
/// sha256 of the config below: any digest will do, as nothing computes it again.
const CONFIG: &str = "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";

/// Pushes one build under three tags: the version, the commit, `latest`.
pub fn push(learner: &Learner<'_>, shape: Shape) {
    let config = json!({"architecture": "amd64", "os": "linux", "config": {"ExposedPorts": {"8000/tcp": {}}}});
    learner
        .emulator
        .switch(&json!({ "blobs": { CONFIG: config.to_string() } }));
    let commit = learner.must("git rev-parse --short HEAD");
    let image = manifest("layer", "application/vnd.oci.image.layer.v1.tar+gzip");
    let tagged = match shape {
        Shape::Manifest => image,
        Shape::Index => {
            let about = manifest("provenance", "application/vnd.in-toto+json");
            let parts = [
                json!({"mediaType": MANIFEST, "size": 480, "digest": put(learner, &image, None),
                       "platform": {"architecture": "amd64", "os": "linux"}}),
                json!({"mediaType": MANIFEST, "size": 480, "digest": put(learner, &about, None),
                       "platform": {"architecture": "unknown", "os": "unknown"},
                       "annotations": {"vnd.docker.reference.type": "attestation-manifest"}}),
            ];
            json!({"schemaVersion": 2, "mediaType": INDEX, "manifests": parts})
        }
    };
    for tag in ["v1.0.0", commit.as_str(), "latest"] {
        put(learner, &tagged, Some(tag));
    }
}

fn manifest(name: &str, media_type: &str) -> Value {
    let digit = name.len() % 10;
    json!({
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "size": 120, "digest": CONFIG},
        "layers": [{"mediaType": media_type, "size": 31_000_000,
                    "digest": format!("sha256:{}", digit.to_string().repeat(64))}],
    })
}

/// Gives the digest.
fn put(learner: &Learner<'_>, manifest: &Value, tag: Option<&str>) -> String {
    let file = learner.path("manifest.json");
    fs::write(&file, manifest.to_string()).unwrap();
    let tag = tag
        .map(|tag| format!("--image-tag '{tag}'"))
        .unwrap_or_default();
    learner.must(&format!(
        "aws ecr put-image --repository-name news-aggregator-api {tag} \
         --image-manifest \"$(cat '{}')\" --query image.imageId.imageDigest --output text",
        file.display()
    ))
}

//! What a page may load and run: nothing but its own style, and the one script that it was made with.

use sha2::{Digest, Sha256};

/// The policy. A script is named by its digest (<https://www.w3.org/TR/CSP3/#grammardef-hash-source>), so that no other one
/// runs, whatever a student is called.
pub(super) fn policy(script: Option<&str>) -> String {
    let script = script.map_or_else(String::new, |script| {
        format!(" script-src 'sha256-{}';", base64(&Sha256::digest(script)))
    });
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:;{script} base-uri 'none'; form-action 'none'"
    )
}

/// A browser takes every line break for a line feed before it looks at the digest; our source may lie here with others.
pub(super) fn as_browsers_read(script: &str) -> String {
    script.replace("\r\n", "\n")
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number = three
            .iter()
            .fold(0_u32, |number, byte| number << 8 | u32::from(*byte))
            << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(number >> (18 - 6 * place) & 63) as usize];
            text.push(if place > three.len() {
                '='
            } else {
                char::from(letter)
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648, section 10.
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
    }

    #[test]
    fn a_script_is_named_by_its_digest_and_without_one_none_may_run() {
        // `printf 'alert(1)' | openssl dgst -sha256 -binary | base64`
        let with = policy(Some("alert(1)"));
        assert!(
            with.contains("script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=';"),
            "{with}"
        );
        assert!(!policy(None).contains("script-src"));
    }
}

//! The text of a piece of evidence comes in; what tells it from every other edition goes out.

use sha2::{Digest, Sha256};

/// `sha256:` and the digest of a text.
pub(super) fn revision(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let hex = digest.iter().map(|byte| format!("{byte:02x}"));
    format!("sha256:{}", hex.collect::<String>())
}

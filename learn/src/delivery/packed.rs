//! A text comes in that may hold events in base64, packed with gzip or not, as streams and log subscriptions carry them;
//! the bytes that it holds go out.

use super::MAX_EVENT;
use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use flate2::read::MultiGzDecoder;
use std::io::Read;

/// How many bytes are unpacked for each that is packed: logs have twenty.
const MOST: u64 = 200;

/// The JSON that a text holds. None where it does not begin as JSON or gzip do in base64.
pub(super) fn unpack(text: &str) -> Option<Vec<u8>> {
    const JSON: [&str; 6] = ["ey", "ew", "W3", "W1", "Wy", "IH"];
    const GZIP: &str = "H4sI";
    let is_gzip = text.starts_with(GZIP);
    if !is_gzip && !JSON.iter().any(|start| text.starts_with(start)) {
        return None;
    }
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let alphabet = match text.contains(['-', '_']) {
        true => &URL_SAFE,
        false => &STANDARD,
    };
    let bytes = GeneralPurpose::new(alphabet, config).decode(text).ok()?;
    match is_gzip {
        true => gunzip(&bytes),
        false => Some(bytes),
    }
}

fn gunzip(packed: &[u8]) -> Option<Vec<u8>> {
    let most = (packed.len() as u64 * MOST).min(MAX_EVENT as u64);
    let mut bytes = Vec::new();
    let read = MultiGzDecoder::new(packed)
        .take(most + 1)
        .read_to_end(&mut bytes);
    (read.is_ok() && bytes.len() as u64 <= most).then_some(bytes)
}

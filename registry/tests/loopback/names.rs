//! Names as they go over the wire come in; names as they are meant go out, and the other way round.

use super::ACCOUNT;
use std::collections::BTreeMap;

/// `my.kiln%40Fired` as `my.kiln@Fired`.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = (*first == b'%')
            .then(|| std::str::from_utf8(tail.get(..2)?).ok())
            .flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// `my.kiln@Fired` as `my.kiln%40Fired`.
pub(crate) fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// The parameters of a query.
pub(crate) fn parameters(query: &str) -> BTreeMap<String, String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(key, value)| (decoded(key), decoded(value)))
        .collect()
}

/// The key of a registry that is named by itself or by its ARN; one of another account is never listed.
pub(crate) fn registry_key(name: &str) -> String {
    match name
        .strip_prefix("arn:")
        .and_then(|arn| arn.rsplit_once(":registry/"))
    {
        Some((head, name)) if head.ends_with(ACCOUNT) => name.to_owned(),
        Some((head, name)) => format!("{}/{name}", head.rsplit(':').next().unwrap()),
        None => name.to_owned(),
    }
}

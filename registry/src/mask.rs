//! A text comes in; whether somebody hid a part of it before handing it out goes out: `***` of a build log,
//! `123456789012` as `************`.

/// Whether a part of a text is hidden behind asterisks.
pub fn is_masked(text: &str) -> bool {
    text.contains("***")
}

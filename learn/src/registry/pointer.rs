//! A `$ref` comes in; what it refers to goes out, or the names that there are in its place.

use crate::json::{Node, Value};
use crate::nearest::did_you_mean;

/// What a reference such as `#/components/schemas/Tags` means.
///
/// # Errors
///
/// What is wrong with it, and how to go on.
pub(super) fn resolve<'d>(
    document: &'d Node,
    reference: &str,
) -> Result<&'d Node, (String, Option<String>)> {
    let Some(path) = reference.strip_prefix('#') else {
        let message = format!("`{reference}` refers to another document");
        let help = "documents of the registry refer to their own parts: \"#/…\"";
        return Err((message, Some(help.to_owned())));
    };
    let mut node = document;
    for step in path.split('/').skip(1) {
        let step = unescaped(step);
        node = match below(node, &step) {
            Some(inner) => inner,
            None => return Err(missing(node, reference, &step)),
        };
    }
    Ok(node)
}

fn below<'d>(node: &'d Node, step: &str) -> Option<&'d Node> {
    match &node.value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => node.get(step),
    }
}

fn missing(node: &Node, reference: &str, step: &str) -> (String, Option<String>) {
    let names = node.members().iter().map(|member| member.key.as_str());
    let message = format!("`{reference}` refers to nothing: there is no `{step}`");
    (message, did_you_mean(step, names))
}

/// A step of a JSON pointer inside a URI: `a~1b`, `a%20b`.
fn unescaped(step: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = step.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let pair = [ahead.next(), ahead.next()];
        match (byte, pair) {
            (b'%', [Some(high), Some(low)]) => match (digit(high), digit(low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high * 16 + low);
                    rest = ahead;
                }
                _ => bytes.push(byte),
            },
            _ => bytes.push(byte),
        }
    }
    let text = String::from_utf8_lossy(&bytes);
    text.replace("~1", "/").replace("~0", "~")
}

fn digit(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16)?;
    u8::try_from(digit).ok()
}

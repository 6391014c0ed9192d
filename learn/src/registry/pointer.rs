//! A `$ref` comes in; what it refers to goes out, or the names that there are in its place.

use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::nearest::did_you_mean;
use std::collections::HashMap;

/// A document, and where the keys of the objects on the way of its references stand.
pub(super) struct Pointers<'d> {
    document: &'d Node,
    /// Of each object that a reference goes through, by its place in memory.
    keys: HashMap<*const Node, HashMap<&'d str, &'d Node>>,
    /// What was found.
    known: HashMap<&'d str, &'d Node>,
}

impl<'d> Pointers<'d> {
    pub(super) fn new(document: &'d Node) -> Self {
        Pointers {
            document,
            keys: HashMap::new(),
            known: HashMap::new(),
        }
    }

    /// What a reference such as `#/components/schemas/Tags` means.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and how to go on.
    pub(super) fn resolve(
        &mut self,
        reference: &'d str,
    ) -> Result<&'d Node, (String, Option<String>)> {
        if let Some(known) = self.known.get(reference) {
            return Ok(known);
        }
        let Some(path) = reference.strip_prefix('#') else {
            let message = format!("`{reference}` refers to another document");
            let help = "documents of the registry refer to their own parts: \"#/…\"";
            return Err((message, Some(help.to_owned())));
        };
        let mut node = self.document;
        for step in path.split('/').skip(1) {
            let step = unescaped(step);
            node = match self.below(node, &step) {
                Some(inner) => inner,
                None => return Err(missing(node, reference, &step)),
            };
        }
        self.known.insert(reference, node);
        Ok(node)
    }

    fn below(&mut self, node: &'d Node, step: &str) -> Option<&'d Node> {
        match &node.value {
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            _ if node.members().len() <= FEW => node.get(step),
            _ => {
                let keys = self.keys.entry(node).or_insert_with(|| keys_of(node));
                keys.get(step).copied()
            }
        }
    }
}

/// The keys of larger objects are looked up in an index.
const FEW: usize = 8;

/// Of a key that stands twice the first counts, as everywhere.
fn keys_of(node: &Node) -> HashMap<&str, &Node> {
    let members = node.members().iter().rev();
    members
        .map(|member| (member.key.as_str(), &member.node))
        .collect()
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

//! A [`Node`] comes in, JSON text as a person would lay it out goes out.

use super::{Member, Node, Value};
use crate::text;

/// The longest line a container may stand on.
const WIDTH: usize = 100;

/// Writes a value: what fits on a line stands on one, but for the outermost object, whose members
/// always have lines of their own. A placeholder becomes a string. Ends with a line break.
pub fn write(node: &Node) -> String {
    write_within(node, WIDTH)
}

/// As [`write()`], on lines of another width.
pub fn write_within(node: &Node, width: usize) -> String {
    let out = String::new();
    let mut writer = Writer { out, width };
    match &node.value {
        Value::Object(members) if !members.is_empty() => writer.broken(node, 0),
        _ => writer.value(node, 0, 0),
    }
    writer.out.push('\n');
    writer.out
}

/// Writes a value on one line, without a space or a line break that JSON does not need.
pub fn compact(node: &Node) -> String {
    let list = |open: char, parts: Vec<String>, close: char| {
        let parts = parts.join(",");
        format!("{open}{parts}{close}")
    };
    match &node.value {
        Value::Object(members) => {
            let parts = members.iter();
            let part = |member: &Member| {
                let value = compact(&member.node);
                format!("{}:{value}", quote(&member.key))
            };
            list('{', parts.map(part).collect(), '}')
        }
        Value::Array(items) => list('[', items.iter().map(compact).collect(), ']'),
        scalar => self::scalar(scalar),
    }
}

struct Writer {
    out: String,
    width: usize,
}

impl Writer {
    /// Writes a value behind what stands on its line up to `column`.
    fn value(&mut self, node: &Node, indent: usize, column: usize) {
        match inline(node, self.width.saturating_sub(column)) {
            Some(line) => self.out.push_str(&line),
            None => self.broken(node, indent),
        }
    }

    fn broken(&mut self, node: &Node, indent: usize) {
        let (open, close, length) = match &node.value {
            Value::Object(members) => ('{', '}', members.len()),
            Value::Array(items) => ('[', ']', items.len()),
            scalar => return self.out.push_str(&self::scalar(scalar)),
        };
        self.out.push(open);
        for index in 0..length {
            self.line(indent + 2);
            self.part(node, index, indent + 2);
            if index + 1 < length {
                self.out.push(',');
            }
        }
        self.line(indent);
        self.out.push(close);
    }

    /// Writes a member or an item on a line of its own.
    fn part(&mut self, node: &Node, index: usize, indent: usize) {
        // One column is for the comma.
        match &node.value {
            Value::Object(members) => {
                let key = format!("{}: ", quote(&members[index].key));
                self.out.push_str(&key);
                self.value(
                    &members[index].node,
                    indent,
                    indent + key.chars().count() + 1,
                );
            }
            _ => self.value(&node.items()[index], indent, indent + 1),
        }
    }

    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
    }
}

/// A value on one line, if it takes no more than `room` characters or cannot be broken.
fn inline(node: &Node, room: usize) -> Option<String> {
    let (open, close, parts) = match &node.value {
        Value::Object(members) if members.is_empty() => return Some("{}".into()),
        Value::Array(items) if items.is_empty() => return Some("[]".into()),
        _ if node.members().len().max(node.items().len()) > room => return None,
        Value::Object(members) => {
            let parts = members
                .iter()
                .map(|member| (format!("{}: ", quote(&member.key)), &member.node));
            ("{ ", " }", parts.collect::<Vec<_>>())
        }
        Value::Array(items) => (
            "[",
            "]",
            items.iter().map(|item| (String::new(), item)).collect(),
        ),
        scalar => return Some(self::scalar(scalar)),
    };
    joined(open, close, &parts, room)
}

fn joined(open: &str, close: &str, parts: &[(String, &Node)], room: usize) -> Option<String> {
    let mut line = open.to_string();
    let mut left = room.checked_sub(open.len() + close.len())?;
    for (index, (key, node)) in parts.iter().enumerate() {
        let separator = if index > 0 { ", " } else { "" };
        left = left.checked_sub(separator.len() + key.chars().count())?;
        let value = inline(node, left)?;
        left = left.checked_sub(value.chars().count())?;
        line.extend([separator, key, &value]);
    }
    line.push_str(close);
    Some(line)
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.clone(),
        Value::String(text) | Value::Placeholder(text) => quote(text),
        Value::Null | Value::Array(_) | Value::Object(_) => "null".into(),
    }
}

/// Text in quotes, with no escape it does not need; what is not seen as itself needs one.
pub fn quote(string: &str) -> String {
    let mut out = String::with_capacity(string.len() + 2);
    out.push('"');
    for c in string.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if text::is_unseen(c) => out.push_str(&text::json_escape(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{read, read_strict};

    #[test]
    fn what_fits_stands_on_one_line() {
        let pair = Node::object([
            ("a", Node::from(1)),
            ("b", Node::array([Node::from(1), Node::from(2)])),
        ]);
        let long = Node::array((0..3).map(|_| Node::string("x".repeat(40))));
        let root = Node::object([
            ("pair", pair),
            ("none", Node::object::<String>([])),
            ("long", long),
            ("no", Node::array([])),
        ]);
        let x = "x".repeat(40);
        let expected = format!(
            "{{\n  \"pair\": {{ \"a\": 1, \"b\": [1, 2] }},\n  \"none\": {{}},\n  \"long\": [\n    \"{x}\",\n    \"{x}\",\n    \"{x}\"\n  ],\n  \"no\": []\n}}\n"
        );
        assert_eq!(write(&root), expected);
        assert_eq!(write(&Node::object::<String>([])), "{}\n");
        assert_eq!(write(&Node::array([Node::from(true)])), "[true]\n");
    }

    #[test]
    fn what_is_compact_says_the_same() {
        let text = r#"{"a":[1,{}],"b, c":"d: \"e\"","f":[],"g":null}"#;
        assert_eq!(compact(&read_strict(text).unwrap()), text);
    }

    #[test]
    fn lines_are_a_hundred_columns_at_most() {
        // Key, quotes and brackets take 11 columns besides the text, a comma behind it one more.
        for (length, lines) in [(88, 4), (89, 6)] {
            let item = || Node::array([Node::string("é".repeat(length))]);
            let root = Node::object([("k", item()), ("l", item())]);
            assert_eq!(
                write(&root).lines().count(),
                lines + 2 * (lines / 6),
                "{length}"
            );
        }
    }

    #[test]
    fn only_what_must_be_escaped_is() {
        let text = "\"\\/é\u{7f}\n\t\r\u{1}\u{1f}";
        let written = "\"\\\"\\\\/é\\u007f\\n\\t\\r\\u0001\\u001f\"\n";
        assert_eq!(write(&Node::string(text)), written);
    }

    #[test]
    fn what_was_written_is_read_again() {
        let mut chance = Chance(7);
        for _ in 0..500 {
            let node = chance.node(0);
            let text = write(&node);
            let strict = read_strict(&text).unwrap();
            assert_eq!(without_spans(&strict), node, "{text}");
            assert_eq!(write(&strict), text);
            if matches!(node.value, Value::Object(_) | Value::Array(_)) {
                let reading = read(&text, 0).unwrap();
                assert_eq!((&reading.node, reading.repairs), (&strict, Vec::new()));
            }
            let theirs: serde_json::Value = serde_json::from_str(&text).unwrap();
            let again = read_strict(&theirs.to_string()).unwrap();
            assert_eq!(again.items().len(), node.items().len());
            assert!(
                text.lines()
                    .all(|line| line.chars().count() <= 100 || !line.contains(", "))
            );
        }
    }

    fn without_spans(node: &Node) -> Node {
        Node::new(match &node.value {
            Value::Array(items) => Value::Array(items.iter().map(without_spans).collect()),
            Value::Object(members) => Value::Object(members.iter().map(without_span).collect()),
            scalar => scalar.clone(),
        })
    }

    fn without_span(member: &Member) -> Member {
        let (key, node) = (member.key.clone(), without_spans(&member.node));
        Member {
            key,
            key_span: 0..0,
            node,
        }
    }

    /// A linear congruential generator: the same nodes on every run.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, limit: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap() % limit
        }

        fn node(&mut self, depth: usize) -> Node {
            let kinds = if depth < 5 { 7 } else { 4 };
            match self.below(kinds) {
                0 => Node::new(Value::Null),
                1 => Node::from(self.below(2) == 0),
                2 => Node::new(Value::Number(self.number())),
                3 => Node::string(self.text()),
                4 => Node::array(
                    (0..self.below(5))
                        .map(|_| self.node(depth + 1))
                        .collect::<Vec<_>>(),
                ),
                _ => self.object(depth),
            }
        }

        fn object(&mut self, depth: usize) -> Node {
            let keys = (0..self.below(5))
                .map(|index| format!("{index}{}", self.text()))
                .collect::<Vec<_>>();
            Node::object(
                keys.into_iter()
                    .map(|key| (key, self.node(depth + 1)))
                    .collect::<Vec<_>>(),
            )
        }

        fn number(&mut self) -> String {
            const NUMBERS: [&str; 7] = ["0", "-0", "12", "1.0", "1635195148181", "-1.5e-3", "1E+9"];
            NUMBERS[self.below(NUMBERS.len())].to_string()
        }

        fn text(&mut self) -> String {
            const PIECES: [&str; 16] = [
                "a", "é", "😀", "\"", "\\", "\n", "\u{0}", "# ", "//", "{", "]", ",", ": ", "'",
                "or ", "\u{a0}",
            ];
            (0..self.below(12))
                .map(|_| PIECES[self.below(PIECES.len())])
                .collect()
        }
    }
}

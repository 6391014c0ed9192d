//! Bytes of JSON come in one by one; whether a value goes on, ends, or can never become one goes out.
//!
//! Only brackets, commas, colons and strings are followed; what numbers and words are is left to who reads the value.

/// What a byte makes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The value goes on.
    More,
    /// The value ends with this byte.
    Done,
    /// No value has this byte here.
    Wrong,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Next {
    #[default]
    Value,
    ValueOrEnd,
    KeyOrEnd,
    Key,
    Colon,
    CommaOrEnd,
}

/// A value so far.
#[derive(Debug, Default)]
pub(super) struct Structure {
    /// What is open: whether it is an object.
    open: Vec<bool>,
    next: Next,
    in_string: bool,
    is_escaped: bool,
    in_scalar: bool,
}

impl Structure {
    /// How much is open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether it is inside of a string, and not behind a backslash.
    pub(super) fn is_in_text(&self) -> bool {
        self.in_string && !self.is_escaped
    }

    pub(super) fn take(&mut self, byte: u8) -> Step {
        if self.in_string {
            return self.in_string(byte);
        }
        if self.in_scalar {
            if is_scalar(byte) {
                return Step::More;
            }
            self.in_scalar = false;
        }
        match (byte, self.next) {
            (b' ' | b'\t' | b'\r' | b'\n', _) => Step::More,
            (b'{', Next::Value | Next::ValueOrEnd) => self.push(true, Next::KeyOrEnd),
            (b'[', Next::Value | Next::ValueOrEnd) => self.push(false, Next::ValueOrEnd),
            (b'"', Next::Value | Next::ValueOrEnd) => self.string(Next::CommaOrEnd),
            (b'"', Next::Key | Next::KeyOrEnd) => self.string(Next::Colon),
            (b':', Next::Colon) => self.then(Next::Value),
            (b',', Next::CommaOrEnd) => match self.open.last() {
                Some(true) => self.then(Next::Key),
                Some(false) => self.then(Next::Value),
                None => Step::Wrong,
            },
            (b'}', Next::CommaOrEnd | Next::KeyOrEnd) => self.close(true),
            (b']', Next::CommaOrEnd | Next::ValueOrEnd) => self.close(false),
            (_, Next::Value | Next::ValueOrEnd) if is_scalar(byte) && !self.open.is_empty() => {
                self.in_scalar = true;
                self.then(Next::CommaOrEnd)
            }
            _ => Step::Wrong,
        }
    }

    fn in_string(&mut self, byte: u8) -> Step {
        match byte {
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' => self.is_escaped = true,
            b'"' => {
                self.in_string = false;
                if self.open.is_empty() {
                    return Step::Done;
                }
            }
            0..0x20 => return Step::Wrong,
            _ => {}
        }
        Step::More
    }

    fn then(&mut self, next: Next) -> Step {
        self.next = next;
        Step::More
    }

    fn string(&mut self, next: Next) -> Step {
        self.in_string = true;
        self.then(next)
    }

    fn push(&mut self, is_object: bool, next: Next) -> Step {
        self.open.push(is_object);
        self.then(next)
    }

    fn close(&mut self, is_object: bool) -> Step {
        match self.open.pop() {
            Some(open) if open == is_object => {}
            _ => return Step::Wrong,
        }
        if self.open.is_empty() {
            return Step::Done;
        }
        self.then(Next::CommaOrEnd)
    }
}

fn is_scalar(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the last byte that counts makes of the text, and where it stands.
    fn end(text: &str) -> (Step, usize) {
        let mut structure = Structure::default();
        for (at, byte) in text.bytes().enumerate() {
            match structure.take(byte) {
                Step::More => {}
                step => return (step, at),
            }
        }
        (Step::More, text.len())
    }

    #[test]
    fn values_end_where_they_end() {
        for text in [
            "{}",
            r#"{"a": [1, -2.5e3, true, {"b": "\"}"}], "c": null}"#,
            "[\n]",
            r#""a\\""#,
        ] {
            assert_eq!(
                end(&format!("{text} x")),
                (Step::Done, text.len() - 1),
                "{text}"
            );
        }
    }

    #[test]
    fn what_can_become_no_value_is_told_at_its_first_byte() {
        for (text, at) in [
            ("{\"a\n", 3),
            ("{\"a\": 1\n{", 8),
            ("{\"a\": 1,}", 8),
            ("{\"a\": (", 6),
            ("{a", 1),
            ("[1 2", 3),
            ("[1}", 2),
            ("x", 0),
        ] {
            assert_eq!(end(text), (Step::Wrong, at), "{text}");
        }
        assert_eq!(end("{\"a\": [1"), (Step::More, 8));
    }
}

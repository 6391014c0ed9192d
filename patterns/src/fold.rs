//! The text of an equals-ignore-case comes in; what matches the strings that it allows goes out.
//!
//! Each character of the pattern allows its lower-case and its upper-case mapping, whole and as bytes, and
//! nothing else. That is not symmetric: `ß` allows `SS`, and `SS` does not allow `ß`.

/// A text whose characters allow two spellings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Fold {
    /// What is written in the pattern.
    pub(crate) text: Box<str>,
}

impl Fold {
    pub(crate) fn new(text: &[u8]) -> Self {
        Self {
            text: String::from_utf8_lossy(text).into(),
        }
    }

    /// Whether the whole value is allowed.
    pub(crate) fn equals(&self, value: &[u8]) -> bool {
        self.after(value).is_some_and(|rest| rest.is_empty())
    }

    /// Whether a value starts so. The engine sees the closing quote as a last character.
    pub(crate) fn starts(&self, value: &[u8]) -> bool {
        match self.text.strip_suffix('"') {
            Some(before) if Self::new(before.as_bytes()).equals(value) => true,
            _ => self.after(value).is_some(),
        }
    }

    /// Whether a value ends so. The engine sees the opening quote as a first character.
    pub(crate) fn ends(&self, value: &[u8]) -> bool {
        match self.text.strip_prefix('"') {
            Some(after) if Self::new(after.as_bytes()).equals(value) => true,
            _ => self.before(value).is_some(),
        }
    }

    fn after<'a>(&self, value: &'a [u8]) -> Option<&'a [u8]> {
        self.text.chars().try_fold(value, |rest, char| {
            strip(char, |spelling| rest.strip_prefix(spelling))
        })
    }

    fn before<'a>(&self, value: &'a [u8]) -> Option<&'a [u8]> {
        self.text.chars().rev().try_fold(value, |rest, char| {
            strip(char, |spelling| rest.strip_suffix(spelling))
        })
    }
}

/// Tries a character's spellings. None is the start or the end of the other, so the first that fits is right.
fn strip<'a>(char: char, take: impl Fn(&[u8]) -> Option<&'a [u8]>) -> Option<&'a [u8]> {
    if char.is_ascii() {
        let byte = char as u8;
        return take(&[byte.to_ascii_lowercase()]).or_else(|| take(&[byte.to_ascii_uppercase()]));
    }
    take(spell(char.to_lowercase()).bytes()).or_else(|| take(spell(char.to_uppercase()).bytes()))
}

/// A mapping's characters as bytes; there are three at most.
struct Spelling {
    bytes: [u8; 12],
    length: usize,
}

impl Spelling {
    fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or(&[])
    }
}

fn spell(chars: impl Iterator<Item = char>) -> Spelling {
    let mut spelling = Spelling {
        bytes: [0; 12],
        length: 0,
    };
    for char in chars {
        if let Some(room) = spelling.bytes.get_mut(spelling.length..)
            && room.len() >= char.len_utf8()
        {
            spelling.length += char.encode_utf8(room).len();
        }
    }
    spelling
}

/// Appends a text's characters, each as the one that stands for all its cases.
pub(crate) fn fold(text: &[u8], out: &mut Vec<u8>) {
    if text.is_ascii() {
        out.extend(text.iter().map(u8::to_ascii_lowercase));
        return;
    }
    for chunk in text.utf8_chunks() {
        for char in chunk.valid().chars() {
            push(representative(char), out);
        }
        out.extend_from_slice(chunk.invalid());
    }
}

/// The runs of a pattern's text, folded, whose characters have one representative however they are spelled.
/// There is always one, and between two of them stand characters that are spelled too differently.
pub(crate) fn runs(text: &str) -> Vec<Vec<u8>> {
    let mut runs = vec![Vec::new()];
    for char in text.chars() {
        match (same(char), runs.last_mut()) {
            (Some(char), Some(run)) => push(char, run),
            _ => runs.push(Vec::new()),
        }
    }
    runs
}

/// The representative of both spellings of a character, if they have one.
fn same(char: char) -> Option<char> {
    let lower = only(char.to_lowercase())?;
    let upper = only(char.to_uppercase())?;
    let one = representative(lower);
    (one == representative(upper)).then_some(one)
}

fn representative(char: char) -> char {
    only(char.to_lowercase()).unwrap_or(char)
}

fn only(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

fn push(char: char, out: &mut Vec<u8>) {
    out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn equals(pattern: &str, value: &str) -> bool {
        Fold::new(pattern.as_bytes()).equals(value.as_bytes())
    }

    #[test]
    fn spellings_are_those_of_the_pattern() {
        assert!(equals("aBc1", "AbC1"));
        assert!(equals("ß", "SS") && !equals("SS", "ß") && !equals("ß", "ss"));
        assert!(equals("\u{212a}", "k") && !equals("\u{212a}", "K"));
        assert!(equals("σ", "Σ") && equals("ς", "Σ") && !equals("σ", "ς"));
        assert!(equals("😀", "😀") && !equals("😀", "??"));
        assert!(equals("", "") && !equals("", "a"));
    }

    #[test]
    fn both_ends() {
        let fold = |text: &str| Fold::new(text.as_bytes());
        assert!(fold("").starts(b"x") && fold("").ends(b""));
        assert!(fold("AB").starts(b"abc") && fold("BC").ends(b"abc"));
        assert!(fold("ab\"").starts(b"AB") && fold("\"ab").ends(b"AB"));
        assert!(!fold("abcd").starts(b"abc") && !fold("xabc").ends(b"abc"));
    }
}

//! The brackets of a text come in; which of them would close what is open somewhere goes out.

/// The two kinds of brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Curly,
    Square,
}

impl Bracket {
    pub(super) fn opened_by(c: char) -> Option<Self> {
        match c {
            '{' => Some(Bracket::Curly),
            '[' => Some(Bracket::Square),
            _ => None,
        }
    }

    pub(super) fn closed_by(c: char) -> Option<Self> {
        match c {
            '}' => Some(Bracket::Curly),
            ']' => Some(Bracket::Square),
            _ => None,
        }
    }

    /// How it closes.
    pub(super) fn close(self) -> char {
        match self {
            Bracket::Curly => '}',
            Bracket::Square => ']',
        }
    }
}

/// Every bracket outside strings and comments, whatever its kind, and for each the closing bracket
/// of what is open before it.
pub(super) struct Brackets {
    found: Vec<Found>,
    /// For each bracket the first one from there on that closes more than was opened since.
    closers: Vec<Option<usize>>,
}

struct Found {
    at: usize,
    bracket: Bracket,
    opens: bool,
}

impl Brackets {
    /// The brackets of `text[start..]`; a comment ends its line, but not on the `flattened` part.
    pub(super) fn of(text: &str, start: usize, flattened_end: usize) -> Self {
        let found = scan(text, start, flattened_end);
        let mut closers = vec![None; found.len()];
        let mut unmatched = Vec::new();
        for (index, bracket) in found.iter().enumerate().rev() {
            if bracket.opens {
                unmatched.pop();
            } else {
                unmatched.push(index);
            }
            closers[index] = unmatched.last().copied();
        }
        Brackets { found, closers }
    }

    /// The kind of bracket that closes what is open at `at`.
    pub(super) fn closer(&self, at: usize) -> Option<Bracket> {
        self.closer_from(self.index(at))
            .map(|index| self.found[index].bracket)
    }

    /// Whether so many levels, open at `at`, all get a closing bracket.
    pub(super) fn close(&self, at: usize, levels: usize) -> bool {
        let mut next = self.index(at);
        (0..levels).all(|_| match self.closer_from(next) {
            Some(index) => {
                next = index + 1;
                true
            }
            None => false,
        })
    }

    fn index(&self, at: usize) -> usize {
        self.found.partition_point(|bracket| bracket.at < at)
    }

    fn closer_from(&self, index: usize) -> Option<usize> {
        self.closers.get(index).copied().flatten()
    }
}

/// Finds brackets, taking a quote that is still open at the end of its line as closed there.
fn scan(text: &str, start: usize, flattened_end: usize) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut at, mut quoted) = (start, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\n' => quoted = false,
            b'"' => quoted = !quoted,
            b'\\' if quoted && bytes.get(at + 1) != Some(&b'\n') => at += 1,
            b'#' | b'/' if !quoted && at >= flattened_end && comment_begins(bytes, at) => {
                at = line_end(bytes, at) - 1
            }
            _ if !quoted => found.extend(bracket(byte, at)),
            _ => {}
        }
        at += 1;
    }
    found
}

fn bracket(byte: u8, at: usize) -> Option<Found> {
    let c = char::from(byte);
    let opening = Bracket::opened_by(c).map(|bracket| Found {
        at,
        bracket,
        opens: true,
    });
    opening.or_else(|| {
        Bracket::closed_by(c).map(|bracket| Found {
            at,
            bracket,
            opens: false,
        })
    })
}

fn comment_begins(bytes: &[u8], at: usize) -> bool {
    let apart = at == 0 || bytes[at - 1].is_ascii_whitespace();
    apart && (bytes[at] == b'#' || bytes.get(at + 1) == Some(&b'/'))
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..]
        .iter()
        .position(|&byte| byte == b'\n')
        .map_or(bytes.len(), |length| at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_brackets_are_found_outside_strings_and_comments() {
        let text = "{ \"a]\": [ 1, {} # }\n } ]";
        let brackets = Brackets::of(text, 0, 0);
        assert_eq!(brackets.closer(9), Some(Bracket::Curly));
        assert!(brackets.close(9, 2));
        assert!(!brackets.close(9, 3));
    }
}

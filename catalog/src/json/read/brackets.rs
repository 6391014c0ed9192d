//! The brackets of a text come in; which of them would close what is open somewhere goes out.

/// The two kinds of brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Curly,
    Square,
}

impl Bracket {
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

/// Every bracket of a text outside strings and comments, whatever its kind, and for each the closing bracket of what
/// is open before it. All readings of one text share it: a text may be made of values that end wrong.
#[derive(Debug)]
pub(super) struct Brackets<'t> {
    text: &'t str,
    found: Vec<Found>,
    /// For each bracket the first one from there on that closes more than was opened since.
    closers: Vec<Option<usize>>,
    /// The line in which a value begins, read without comments.
    line: FirstLine,
}

#[derive(Debug)]
struct Found {
    at: usize,
}

/// The brackets of one line, for whatever place of it a value begins at: whether a bracket counts depends on the quotes
/// since there, so each place is answered for both cases, within and outside a string.
#[derive(Debug, Default)]
struct FirstLine {
    start: usize,
    end: usize,
    /// For each place the closing bracket, by its place in the text; within a string, and outside.
    closers: [Vec<u32>; 2],
    /// Where the value begins for which the quotes are known, and where they stand.
    from: usize,
    quotes: Vec<usize>,
    quotes_end: usize,
}

const NONE: u32 = u32::MAX;

/// Where a value is being read.
#[derive(Clone, Copy)]
pub(super) struct Around {
    /// Where it begins.
    pub(super) start: usize,
    /// Where its first line ends; a comment ends other lines, but not this one.
    pub(super) line_end: usize,
}

impl<'t> Brackets<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let found = scan(text);
        let mut closers = vec![None; found.len()];
        let mut unmatched = Vec::new();
        for (index, Found { at }) in found.iter().enumerate().rev() {
            if is_closing(text.as_bytes()[*at]) {
                unmatched.push(index);
            } else {
                unmatched.pop();
            }
            closers[index] = unmatched.last().copied();
        }
        Brackets {
            text,
            found,
            closers,
            line: FirstLine::default(),
        }
    }

    /// The kind of bracket that closes what is open at `at`.
    pub(super) fn closer(&mut self, around: Around, at: usize) -> Option<Bracket> {
        let closer = self.closer_at(around, at)?;
        Bracket::closed_by(char::from(self.text.as_bytes()[closer]))
    }

    /// Whether so many levels, open at `at`, all get a closing bracket.
    pub(super) fn close(&mut self, around: Around, at: usize, levels: usize) -> bool {
        let mut next = self.closer_at(around, at);
        for _ in 1..levels {
            next = next.and_then(|closer| self.closer_after(closer));
        }
        levels == 0 || next.is_some()
    }

    fn closer_at(&mut self, around: Around, at: usize) -> Option<usize> {
        if at >= around.line_end {
            return self.closer_below(at);
        }
        self.read_line(around);
        let quoted = self.line.is_quoted(self.text.as_bytes(), around.start, at);
        self.line.closer(at, quoted)
    }

    /// What closes the level around a closing bracket.
    fn closer_after(&self, closer: usize) -> Option<usize> {
        if (self.line.start..self.line.end).contains(&(closer + 1)) {
            self.line.closer(closer + 1, false)
        } else {
            self.closer_below(closer + 1)
        }
    }

    /// The same for lines that are not the first.
    fn closer_below(&self, at: usize) -> Option<usize> {
        let index = self.found.partition_point(|bracket| bracket.at < at);
        let closer = self.closers.get(index).copied().flatten()?;
        Some(self.found[closer].at)
    }

    /// Reads the first line from its end, if it is another one than before.
    fn read_line(&mut self, around: Around) {
        if (self.line.start..self.line.end).contains(&around.start) {
            return;
        }
        let bytes = self.text.as_bytes();
        let before = &bytes[..around.start];
        let start = before
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |at| at + 1);
        let length = around.line_end - start;
        let none = || vec![NONE; length];
        let mut line = FirstLine {
            start,
            end: around.line_end,
            closers: [none(), none()],
            from: usize::MAX,
            ..FirstLine::default()
        };
        std::mem::swap(&mut self.line, &mut line);
        for at in (start..around.line_end).rev() {
            for quoted in [false, true] {
                let closer = self.step(at, quoted).and_then(|at| u32::try_from(at).ok());
                self.line.closers[usize::from(quoted)][at - start] = closer.unwrap_or(NONE);
            }
        }
    }

    /// What closes the level that is open at a place, if what stands behind it is known.
    fn step(&self, at: usize, quoted: bool) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let from = |at: usize, quoted: bool| {
            if at < self.line.end {
                self.line.closer(at, quoted)
            } else {
                self.closer_below(at)
            }
        };
        match bytes[at] {
            b'"' => from(at + 1, !quoted),
            b'\\' if quoted && bytes.get(at + 1) != Some(&b'\n') => from(at + 2, quoted),
            byte if !quoted && is_closing(byte) => Some(at),
            b'{' | b'[' if !quoted => {
                let own = from(at + 1, false)?;
                from(own + 1, false)
            }
            _ => from(at + 1, quoted),
        }
    }
}

impl FirstLine {
    fn closer(&self, at: usize, quoted: bool) -> Option<usize> {
        let closer = self.closers[usize::from(quoted)].get(at - self.start)?;
        (*closer != NONE).then_some(*closer as usize)
    }

    /// Whether a place of the line stands within a string of the value that begins at `start`.
    fn is_quoted(&mut self, bytes: &[u8], start: usize, at: usize) -> bool {
        if self.from != start {
            self.from = start;
            self.quotes.clear();
            self.quotes_end = start;
        }
        while self.quotes_end < at {
            let within = self.quotes.len() % 2 == 1;
            match bytes[self.quotes_end] {
                b'"' => self.quotes.push(self.quotes_end),
                b'\\' if within => self.quotes_end += 1,
                _ => {}
            }
            self.quotes_end += 1;
        }
        self.quotes.partition_point(|&quote| quote < at) % 2 == 1
    }
}

/// Finds brackets, taking a quote that is still open at the end of its line as closed there. A comment ends its line.
fn scan(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut at, mut quoted) = (0, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\n' => quoted = false,
            b'"' => quoted = !quoted,
            b'\\' if quoted && bytes.get(at + 1) != Some(&b'\n') => at += 1,
            b'#' | b'/' if !quoted && comment_begins(bytes, at) => at = line_end(bytes, at) - 1,
            b'{' | b'[' | b'}' | b']' if !quoted => found.push(Found { at }),
            _ => {}
        }
        at += 1;
    }
    found
}

fn is_closing(byte: u8) -> bool {
    matches!(byte, b'}' | b']')
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
        let around = |line_end| Around { start: 0, line_end };
        let mut brackets = Brackets::of(text);
        assert_eq!(brackets.closer(around(0), 9), Some(Bracket::Curly));
        assert!(brackets.close(around(0), 9, 2));
        assert!(!brackets.close(around(0), 9, 3));
        let line_end = text.find('\n').unwrap();
        assert!(
            brackets.close(around(line_end), 9, 3),
            "no comment ends the first line"
        );
    }

    /// As it is defined: by reading on from where the value begins.
    fn slowly(text: &str, around: Around, at: usize, levels: usize) -> bool {
        let bytes = text.as_bytes();
        let (mut place, mut quoted, mut open, mut closed) = (around.start, false, 0, 0);
        while let Some(&byte) = bytes.get(place) {
            let counts = !quoted && place >= at;
            match byte {
                b'\n' => quoted = false,
                b'"' => quoted = !quoted,
                b'\\' if quoted && bytes.get(place + 1) != Some(&b'\n') => place += 1,
                b'#' if !quoted && place >= around.line_end && comment_begins(bytes, place) => {
                    place = line_end(bytes, place) - 1;
                }
                b'{' | b'[' if counts => open += 1,
                b'}' | b']' if counts && open > 0 => open -= 1,
                b'}' | b']' if counts => closed += 1,
                _ => {}
            }
            place += 1;
        }
        closed >= levels
    }

    #[test]
    fn all_values_of_a_text_share_what_is_found() {
        let letters = ['{', '}', '[', ']', '"', '\\', '\n', ' ', '#', 'a'];
        let mut seed = 7_usize;
        let mut roll = |sides: usize| {
            seed = seed
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (seed >> 33) % sides
        };
        for _ in 0..3_000 {
            let text: String = (0..24).map(|_| letters[roll(letters.len())]).collect();
            let mut brackets = Brackets::of(&text);
            let starts = text.match_indices(['{', '[']).map(|(at, _)| at);
            for start in starts {
                let line_end = line_end(text.as_bytes(), start);
                let around = Around { start, line_end };
                let places = text
                    .match_indices(['{', '}', '[', ']'])
                    .map(|(at, _)| at + 1);
                for at in places.filter(|&at| at > start) {
                    for levels in 1..4 {
                        let expected = slowly(&text, around, at, levels);
                        let found = brackets.close(around, at, levels);
                        assert_eq!(found, expected, "{text:?} from {start}, {levels} at {at}");
                    }
                }
            }
        }
    }
}

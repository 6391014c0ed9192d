//! Short pieces come in; those that occur anywhere in a value go out.
//!
//! A wildcard that neither starts nor ends with text of its own stands under a piece of what it has inside.

/// The longest piece.
const LONGEST: usize = 8;

/// How long the pieces of a text are: of long texts long, so that few others have them.
pub(crate) fn length(text: &[u8]) -> usize {
    match text.len() {
        LONGEST.. => LONGEST,
        4.. => 4,
        short => short.max(1),
    }
}

const WORDS: usize = 64;

/// Which pieces there are: their lengths, and a filter that knows most others apart.
#[derive(Clone, Debug)]
pub(crate) struct Grams {
    lengths: [bool; LONGEST + 1],
    filter: Box<[u64]>,
}

impl Default for Grams {
    fn default() -> Self {
        Self {
            lengths: [false; LONGEST + 1],
            filter: Box::default(),
        }
    }
}

impl Grams {
    /// Adds a piece.
    pub(crate) fn insert(&mut self, gram: &[u8]) {
        if self.filter.is_empty() {
            self.filter = vec![0; WORDS].into();
        }
        if let Some(length) = self.lengths.get_mut(gram.len()) {
            *length = true;
        }
        let (word, bit) = place(gram);
        if let Some(word) = self.filter.get_mut(word) {
            *word |= bit;
        }
    }

    fn may_have(&self, gram: &[u8]) -> bool {
        let (word, bit) = place(gram);
        self.filter.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Gives the pieces of a value that may be there.
    pub(crate) fn visit(&self, value: &[u8], mut give: impl FnMut(&[u8])) {
        for (length, _) in self
            .lengths
            .iter()
            .enumerate()
            .filter(|(_, is_there)| **is_there)
        {
            let pieces = value.windows(length.max(1));
            pieces
                .filter(|piece| self.may_have(piece))
                .for_each(&mut give);
        }
    }
}

fn place(gram: &[u8]) -> (usize, u64) {
    let number = gram.iter().fold(gram.len() as u64, |number, &byte| {
        number << 7 ^ u64::from(byte) ^ number >> 57
    });
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 52;
    (mixed as usize / 64, 1 << (mixed % 64))
}

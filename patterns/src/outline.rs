//! The outline of an event: where its strings, keys, arrays and objects begin and end.
//!
//! An event that is checked has all of its outline before anybody goes along it. Of an event that is taken for
//! well-formed as much is there as somebody has asked for.

/// Where things are in one event.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline {
    /// What was found in each block of sixty-four bytes; behind the last that is known, what another event left.
    pub(crate) marks: Vec<Marks>,
    /// How many blocks are known.
    pub(crate) known: usize,
    /// How many there are.
    pub(crate) count: usize,
    /// Whether a backslash has been met.
    pub(crate) has_escapes: bool,
    /// Whether the event is taken for well-formed, and for one without keys that repeat.
    pub(crate) is_trusted: bool,
    pub(crate) carry: Carry,
    /// What the scan works with.
    pub(crate) kinds: Vec<Kinds>,
}

/// A bit for each byte of a block where something stands that leads through an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// The quotes of strings, so that the first behind an opening one is the closing one.
    pub(crate) quote: u64,
    /// Outside of strings: colons, and what opens and closes arrays and objects.
    pub(crate) stop: u64,
    pub(crate) open: u64,
    pub(crate) close: u64,
    pub(crate) backslash: u64,
}

/// What goes on from one block to the next, where what is known ends.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Carry {
    /// The lowest bit, if a backslash came last.
    pub(crate) escape: u64,
    /// All bits within a string.
    pub(crate) in_string: u64,
}

/// A bit for each byte of a block that is of a kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Kinds {
    pub(crate) quote: u64,
    /// From the opening quotes on, without the closing ones.
    pub(crate) in_string: u64,
    /// Brackets, braces, colons and commas outside of strings. Of the three below, only what they say of these
    /// counts.
    pub(crate) outside: u64,
    /// Brackets and braces.
    pub(crate) bracket: u64,
    /// Commas, and what closes.
    pub(crate) later: u64,
    /// Braces.
    pub(crate) brace: u64,
    /// Numbers and literals.
    pub(crate) scalar: u64,
    pub(crate) white: u64,
}

impl Outline {
    /// Forgets the last event; nothing is known yet of one of so many bytes.
    pub(crate) fn begin(&mut self, length: usize, is_trusted: bool) {
        self.known = 0;
        self.count = length / 64 + 1;
        self.has_escapes = false;
        self.is_trusted = is_trusted;
        self.carry = Carry::default();
    }

    /// What a block has that is known.
    #[inline(always)]
    pub(crate) fn marks_of(&self, block: usize) -> Option<&Marks> {
        if block < self.known {
            return self.marks.get(block);
        }
        None
    }

    /// Whether a backslash stands in the block of a place or in the one before.
    #[inline(always)]
    pub(crate) fn is_near_escape(&self, at: usize) -> bool {
        let block = at / 64;
        let has = |block: usize| {
            self.marks_of(block)
                .is_some_and(|marks| marks.backslash != 0)
        };
        self.has_escapes && (has(block) || has(block.wrapping_sub(1)))
    }
}

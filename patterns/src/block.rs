//! Sixty-four bytes of an event as bits, one for each byte of a kind, and what a machine does to get them.

/// A bit for each byte of the kinds that the grammar of JSON goes by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tokens {
    pub(crate) quote: u64,
    /// Brackets, braces, colons and commas. Of the three below, only what they say of these counts.
    pub(crate) mark: u64,
    /// Brackets and braces.
    pub(crate) bracket: u64,
    /// Commas, and what closes.
    pub(crate) later: u64,
    /// Braces.
    pub(crate) brace: u64,
    /// Whether there is anything of the kinds that are rare.
    pub(crate) has_rare: bool,
}

/// A bit for each byte of the kinds that most blocks have none of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rare {
    pub(crate) backslash: u64,
    /// Control characters.
    pub(crate) control: u64,
    /// What is not ASCII.
    pub(crate) high: u64,
}

/// A bit for each byte of the kinds that numbers are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plain {
    pub(crate) digit: u64,
    pub(crate) zero: u64,
    pub(crate) dot: u64,
    pub(crate) minus: u64,
}

/// Looks at blocks in one of the ways that machines have.
#[derive(Clone, Copy)]
pub(crate) struct Machine<T, R, P, W, X> {
    pub(crate) tokens: T,
    pub(crate) rare: R,
    pub(crate) plain: P,
    /// A bit for each byte of white space.
    pub(crate) white: W,
    /// Sets a bit when an odd number of bits up to it are set.
    pub(crate) odd: X,
}

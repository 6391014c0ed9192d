//! A small seeded generator, so that a failure can be repeated. Tests of every crate name this file as a module of
//! theirs, and teach it what they need: `impl Dice { fn event(…) }`.

/// Dice that fall the same way each time, on every machine (xorshift). The seed is not 0.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        (self.bits() >> 11) as usize % sides.max(1)
    }

    /// Sixty-four bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

//! Keys that are data come in; what stands under them goes out, as the values of a map.
//!
//! Where one key of an object that arrived is data, or there are too many keys, all of them are taken for data: the
//! shapes under them are joined and the keys forgotten. That is a join as well: what folds stays folded, and it does
//! not matter whether keys are folded before shapes are joined or after.

use super::{Keys, MAX_KEYS, Shape, Words};

impl Shape {
    /// Adds what another part of the deliveries shows. The keys of a detail itself are fields, whatever is among them.
    pub(crate) fn join_delivered(&mut self, other: Shape) {
        self.join_as(other, Keys::Bounded, Keys::Folded);
    }

    /// Adds what stands under a key that is data. It has no words: the key tells no state.
    pub(crate) fn join_value(&mut self, mut value: Shape) {
        value.forget_words();
        self.join_as(value, Keys::Folded, Keys::Folded);
    }

    fn forget_words(&mut self) {
        self.words = Words::default();
        self.items.iter_mut().for_each(|items| items.forget_words());
    }

    /// Keeps no more keys than are kept.
    pub(crate) fn bound_keys(&mut self) {
        self.keys_overflow |= self.fields.len() > MAX_KEYS;
        while self.fields.len() > MAX_KEYS {
            self.fields.pop_last();
        }
    }

    /// Forgets the keys, if they are data.
    pub(crate) fn fold_keys(&mut self) {
        self.keys_overflow |= self.fields.len() > MAX_KEYS;
        if !self.keys_overflow {
            return;
        }
        for field in std::mem::take(&mut self.fields).into_values() {
            self.values.get_or_insert_default().join_value(field.shape);
        }
    }

    /// Forgets the keys that are data in a detail, wherever it was saved.
    pub(crate) fn fold_detail(&mut self) {
        self.below().for_each(Shape::fold);
    }

    fn fold(&mut self) {
        self.below().for_each(Shape::fold);
        self.fold_keys();
    }

    fn below(&mut self) -> impl Iterator<Item = &mut Shape> {
        let fields = self.fields.values_mut().map(|field| &mut field.shape);
        let boxed = [&mut self.items, &mut self.values].into_iter().flatten();
        fields.chain(boxed.map(|inner| &mut **inner))
    }
}

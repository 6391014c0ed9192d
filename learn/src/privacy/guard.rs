//! The shape of a detail that was saved comes in; it goes out without what is not kept of deliveries, whoever saved
//! it, and by whichever version of this tool.

use super::{Customers, is_data, is_state, is_variable, tells_a_state};
use crate::shape::{Shape, Words};

/// Lets go of keys that are data, and of words that are none of states.
pub(crate) fn guard(detail: &mut Shape) {
    let count = detail.fields.len();
    detail.fields.retain(|key, _| !is_data(key));
    detail.keys_overflow |= detail.fields.len() < count;
    detail.words = Words::default();
    for (key, field) in &mut detail.fields {
        below(&mut field.shape, tells_a_state(key), Customers::below(key));
    }
    detail.fold_detail();
}

fn below(shape: &mut Shape, is_list_of_words: bool, customers: Customers) {
    match is_list_of_words {
        true => shape.words.seen.retain(|word, _| is_state(word)),
        false => shape.words = Words::default(),
    }
    let is_odd = |key: &String| customers.choose(key) || is_data(key) || is_variable(key);
    shape.keys_overflow |= shape.fields.keys().any(is_odd);
    for (key, field) in &mut shape.fields {
        let inner = customers.or(Customers::below(key));
        below(&mut field.shape, tells_a_state(key), inner);
    }
    if let Some(items) = &mut shape.items {
        below(items, is_list_of_words, customers.of_items());
    }
    if let Some(values) = &mut shape.values {
        below(values, false, customers.or(Customers::ChooseNone));
    }
}

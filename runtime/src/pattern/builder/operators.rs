//! What a value must be like comes in; the operator of event patterns that says so goes out.

use super::{Literal, Number, OfAll, OfNumbers, OfText};
use serde_json::{Value, json};
use std::marker::PhantomData;

/// What a field must hold, made by an operator of this module.
#[derive(Clone, Debug)]
pub struct Condition<O> {
    pub(super) json: Value,
    operator: PhantomData<O>,
}

fn condition<O>(json: Value) -> Condition<O> {
    Condition {
        json,
        operator: PhantomData,
    }
}

/// Text that begins so.
pub fn prefix(text: &str) -> Condition<OfText> {
    condition(json!({"prefix": text}))
}

/// Text that ends so.
pub fn suffix(text: &str) -> Condition<OfText> {
    condition(json!({"suffix": text}))
}

/// Text that begins so, in upper or lower case.
pub fn prefix_ignore_case(text: &str) -> Condition<OfText> {
    condition(json!({"prefix": {"equals-ignore-case": text}}))
}

/// Text that ends so, in upper or lower case.
pub fn suffix_ignore_case(text: &str) -> Condition<OfText> {
    condition(json!({"suffix": {"equals-ignore-case": text}}))
}

/// This text, in upper or lower case.
pub fn equals_ignore_case(text: &str) -> Condition<OfText> {
    condition(json!({"equals-ignore-case": text}))
}

/// Text with anything at each `*`. `\*` and `\\` stand for themselves.
pub fn wildcard(text: &str) -> Condition<OfText> {
    condition(json!({"wildcard": text}))
}

/// An IP address of this block: `10.0.0.0/8`.
pub fn cidr(block: &str) -> Condition<OfText> {
    condition(json!({"cidr": block}))
}

/// Anything but text that begins so.
pub fn not_prefix(text: &str) -> Condition<OfText> {
    condition(json!({"anything-but": {"prefix": text}}))
}

/// Anything but text that ends so.
pub fn not_suffix(text: &str) -> Condition<OfText> {
    condition(json!({"anything-but": {"suffix": text}}))
}

/// Anything but this text, in upper or lower case.
pub fn not_ignore_case(text: &str) -> Condition<OfText> {
    condition(json!({"anything-but": {"equals-ignore-case": text}}))
}

/// Anything but text with anything at each `*`.
pub fn not_wildcard(text: &str) -> Condition<OfText> {
    condition(json!({"anything-but": {"wildcard": text}}))
}

/// Anything but these texts.
pub fn not_text<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Condition<OfText> {
    let texts: Vec<Value> = texts
        .into_iter()
        .map(|text| Value::from(text.as_ref()))
        .collect();
    condition(json!({"anything-but": texts}))
}

/// Anything but these numbers.
pub fn not_number<T: Literal<Number>>(
    numbers: impl IntoIterator<Item = T>,
) -> Condition<OfNumbers> {
    let numbers: Vec<Value> = numbers.into_iter().map(Literal::json).collect();
    condition(json!({"anything-but": numbers}))
}

/// A number less than this.
pub fn less_than(number: impl Literal<Number>) -> Condition<OfNumbers> {
    condition(json!({"numeric": ["<", number.json()]}))
}

/// A number no greater than this.
pub fn at_most(number: impl Literal<Number>) -> Condition<OfNumbers> {
    condition(json!({"numeric": ["<=", number.json()]}))
}

/// A number greater than this.
pub fn greater_than(number: impl Literal<Number>) -> Condition<OfNumbers> {
    condition(json!({"numeric": [">", number.json()]}))
}

/// A number no less than this.
pub fn at_least(number: impl Literal<Number>) -> Condition<OfNumbers> {
    condition(json!({"numeric": [">=", number.json()]}))
}

/// A number from the first, included, to the second, left out.
pub fn between(from: impl Literal<Number>, to: impl Literal<Number>) -> Condition<OfNumbers> {
    condition(json!({"numeric": [">=", from.json(), "<", to.json()]}))
}

/// Whatever, if the field is there.
pub fn exists() -> Condition<OfAll> {
    condition(json!({"exists": true}))
}

/// The field is not there.
pub fn absent() -> Condition<OfAll> {
    condition(json!({"exists": false}))
}

/// `null`.
pub fn null() -> Condition<OfAll> {
    condition(Value::Null)
}

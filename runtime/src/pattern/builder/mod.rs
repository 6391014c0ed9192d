//! What the builders of patterns stand on: [`build`](super::build) shows it.

mod fields;
mod macros;
mod operators;
#[cfg(test)]
mod tests;

pub use fields::{EventFields, Fields};
pub use operators::*;

use crate::OpenEnum;
use serde_json::Value;
use std::marker::PhantomData;

/// A field that holds text.
#[derive(Clone, Copy, Debug)]
pub enum Text {}

/// A field that holds a number.
#[derive(Clone, Copy, Debug)]
pub enum Number {}

/// A field that holds `true` or `false`.
#[derive(Clone, Copy, Debug)]
pub enum Boolean {}

/// A field that holds an instant: text or a number, as it is on the wire.
#[derive(Clone, Copy, Debug)]
pub enum Instant {}

/// A field whose type is not known.
#[derive(Clone, Copy, Debug)]
pub enum Anything {}

/// A field with known values, those of an open enum.
#[derive(Clone, Copy, Debug)]
pub struct Choice<E>(PhantomData<E>);

/// An operator for text.
#[derive(Clone, Copy, Debug)]
pub enum OfText {}

/// An operator for numbers.
#[derive(Clone, Copy, Debug)]
pub enum OfNumbers {}

/// An operator for whatever a field holds.
#[derive(Clone, Copy, Debug)]
pub enum OfAll {}

/// Says which operators a kind of field allows.
pub trait Allows<O> {}

impl<K> Allows<OfAll> for K {}
impl Allows<OfText> for Text {}
impl Allows<OfText> for Instant {}
impl Allows<OfText> for Anything {}
impl<E> Allows<OfText> for Choice<E> {}
impl Allows<OfNumbers> for Number {}
impl Allows<OfNumbers> for Instant {}
impl Allows<OfNumbers> for Anything {}

/// A value that a kind of field may hold.
pub trait Literal<K> {
    /// As it is on the wire.
    fn json(self) -> Value;
}

macro_rules! literals {
    ($($ty:ty: $($kind:ty),*;)*) => {
        $($(impl Literal<$kind> for $ty {
            fn json(self) -> Value {
                Value::from(self)
            }
        })*)*
    };
}

literals! {
    &str: Text, Instant, Anything;
    String: Text, Instant, Anything;
    i32: Number, Instant, Anything;
    i64: Number, Instant, Anything;
    u32: Number, Instant, Anything;
    u64: Number, Instant, Anything;
    f64: Number, Instant, Anything;
    bool: Boolean, Anything;
}

/// One or several things of which a field must hold one: literals, operators, arrays and tuples of them.
pub trait Conditions<K> {
    /// Adds them to the alternatives of a field.
    fn add_to(self, alternatives: &mut Vec<Value>);
}

impl<K, O> Conditions<K> for Condition<O>
where
    K: Allows<O>,
{
    fn add_to(self, alternatives: &mut Vec<Value>) {
        alternatives.push(self.json);
    }
}

impl<K, T: Conditions<K>, const N: usize> Conditions<K> for [T; N] {
    fn add_to(self, alternatives: &mut Vec<Value>) {
        self.into_iter().for_each(|one| one.add_to(alternatives));
    }
}

impl<K, T: Conditions<K>> Conditions<K> for Vec<T> {
    fn add_to(self, alternatives: &mut Vec<Value>) {
        self.into_iter().for_each(|one| one.add_to(alternatives));
    }
}

impl<E: OpenEnum> Conditions<Choice<E>> for E {
    fn add_to(self, alternatives: &mut Vec<Value>) {
        alternatives.push(Value::from(self.as_ref()));
    }
}

macro_rules! single {
    ($($ty:ty),*) => {
        $(impl<K> Conditions<K> for $ty
        where
            $ty: Literal<K>,
        {
            fn add_to(self, alternatives: &mut Vec<Value>) {
                alternatives.push(self.json());
            }
        })*
    };
}

single!(String, i32, i64, u32, u64, f64, bool);

impl<'t, K> Conditions<K> for &'t str
where
    &'t str: Literal<K>,
{
    fn add_to(self, alternatives: &mut Vec<Value>) {
        alternatives.push(self.json());
    }
}

macro_rules! tuples {
    ($(($($name:ident),*))*) => {
        $(impl<K, $($name: Conditions<K>),*> Conditions<K> for ($($name,)*) {
            #[allow(non_snake_case)]
            fn add_to(self, alternatives: &mut Vec<Value>) {
                let ($($name,)*) = self;
                $($name.add_to(alternatives);)*
            }
        })*
    };
}

tuples! {
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, E)
    (A, B, C, D, E, F)
}

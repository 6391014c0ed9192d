//! Fields and what they must hold come in; an event pattern goes out, as EventBridge reads it.
//!
//! Generated packages have a builder for each event. Its methods are named after the event's fields and
//! take what a field's type allows and nothing else: a literal, an operator of this module, or several of
//! them as an array or a tuple, of which one must match.
//!
//! ```
//! use eventbridge_runtime::pattern::build::{Fields, Number, Text, at_least, exists, prefix};
//!
//! let mut detail = Fields::default();
//! detail.must::<Text>("state", ("failed", prefix("stop")));
//! detail.must::<Number>("count", at_least(3));
//! detail.must::<Text>("reason", exists());
//! assert_eq!(
//!     detail.to_string(),
//!     r#"{"state":["failed",{"prefix":"stop"}],"count":[{"numeric":[">=",3]}],"reason":[{"exists":true}]}"#
//! );
//! ```
//!
//! What a type does not allow does not compile:
//!
//! ```compile_fail
//! # use eventbridge_runtime::pattern::build::{Fields, Text, at_least};
//! Fields::default().must::<Text>("state", at_least(3));
//! ```

use crate::OpenEnum;
use serde_json::{Value, json};
use std::fmt;
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

/// What a field must hold, made by an operator of this module.
#[derive(Clone, Debug)]
pub struct Condition<O> {
    json: Value,
    operator: PhantomData<O>,
}

fn condition<O>(json: Value) -> Condition<O> {
    Condition {
        json,
        operator: PhantomData,
    }
}

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

/// The fields of one object of a pattern, in the order in which they were named.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, Part)>);

#[derive(Clone, Debug)]
enum Part {
    Alternatives(Vec<Value>),
    Object(Fields),
    Branches(Vec<Fields>),
}

impl Fields {
    /// A field must hold one of these. Said again, it replaces what was said.
    pub fn must<K>(&mut self, key: &str, conditions: impl Conditions<K>) {
        let mut alternatives = Vec::new();
        conditions.add_to(&mut alternatives);
        self.set(key, Part::Alternatives(alternatives));
    }

    /// The fields of an object, or of one element of an array of objects, must be so.
    pub fn object(&mut self, key: &str, fields: Fields) {
        self.set(key, Part::Object(fields));
    }

    /// The fields must be as in one of these as well.
    pub fn any_of(&mut self, branches: impl IntoIterator<Item = Fields>) {
        self.set("$or", Part::Branches(branches.into_iter().collect()));
    }

    /// A key of a map must hold one of these.
    pub fn key<K>(&mut self, map: &str, key: &str, conditions: impl Conditions<K>) {
        let known = self.0.iter_mut().find(|(name, _)| name == map);
        if let Some((_, Part::Object(keys))) = known {
            return keys.must(key, conditions);
        }
        let mut keys = Fields::default();
        keys.must(key, conditions);
        self.object(map, keys);
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn set(&mut self, key: &str, part: Part) {
        match self.0.iter_mut().find(|(known, _)| known == key) {
            Some((_, known)) => *known = part,
            None => self.0.push((key.to_owned(), part)),
        }
    }
}

impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        list(f, ['{', '}'], &self.0, |f, (key, part)| {
            write!(f, "{}:{part}", Value::from(key.as_str()))
        })
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Alternatives(values) => {
                list(f, ['[', ']'], values, |f, value| write!(f, "{value}"))
            }
            Part::Object(fields) => write!(f, "{fields}"),
            Part::Branches(branches) => {
                list(f, ['[', ']'], branches, |f, fields| write!(f, "{fields}"))
            }
        }
    }
}

fn list<T>(
    f: &mut fmt::Formatter<'_>,
    [open, close]: [char; 2],
    items: &[T],
    write: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    write!(f, "{open}")?;
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(",")?;
        }
        write(f, item)?;
    }
    write!(f, "{close}")
}

/// What the builder of an event's pattern keeps: what the envelope and what the detail must hold.
#[derive(Clone, Debug, Default)]
pub struct EventFields {
    /// Fields beside `detail`.
    pub envelope: Fields,
    /// Fields of `detail`.
    pub detail: Fields,
    any_of: Vec<Fields>,
}

impl EventFields {
    /// An event of this source and detail-type.
    pub fn of(source: &str, detail_type: &str) -> Self {
        let mut fields = EventFields::default();
        fields.envelope.must::<Text>("source", source);
        fields.envelope.must::<Text>("detail-type", detail_type);
        fields
    }

    /// The event must be as in one of these as well.
    pub fn any_of(&mut self, branches: impl IntoIterator<Item = EventFields>) {
        self.any_of = branches
            .into_iter()
            .map(|branch| branch.only_beyond(&self.envelope))
            .collect();
    }

    /// One object with the fields that the other envelope does not name in the same way.
    fn only_beyond(self, outer: &Fields) -> Fields {
        let same = |key: &str, part: &Part| {
            outer
                .0
                .iter()
                .any(|(known, other)| known == key && other.to_string() == part.to_string())
        };
        let mut fields = self.envelope;
        fields.0.retain(|(key, part)| !same(key, part));
        if !self.detail.is_empty() {
            fields.object("detail", self.detail);
        }
        if !self.any_of.is_empty() {
            fields.any_of(self.any_of);
        }
        fields
    }
}

impl fmt::Display for EventFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.clone().only_beyond(&Fields::default()).fmt(f)
    }
}

/// Declares the builder of one object's fields. What stands behind a key says what the field holds:
/// `(Kind)` a value, `[Kind]` a map of values, `{Builder}` an object with a builder of its own.
#[macro_export]
macro_rules! object_pattern {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[$field_meta:meta])* $field:ident = $key:literal $holds:tt,)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub struct $name($crate::pattern::build::Fields);

        impl $name {
            $($crate::pattern_method! { fields; $(#[$field_meta])* $field $key $holds })*

            /// The fields must be as in one of these as well.
            pub fn any_of(mut self, branches: impl IntoIterator<Item = Self>) -> Self {
                self.0.any_of(branches.into_iter().map(|branch| branch.0));
                self
            }

            #[allow(dead_code, clippy::needless_pass_by_ref_mut)]
            fn fields(&mut self) -> &mut $crate::pattern::build::Fields {
                &mut self.0
            }
        }

        impl ::core::convert::From<$name> for $crate::pattern::build::Fields {
            fn from(builder: $name) -> Self {
                builder.0
            }
        }
    };
}

/// Declares the builder of an event's pattern, as [`object_pattern!`] does with the fields of its detail.
#[macro_export]
macro_rules! event_pattern {
    ($(#[$meta:meta])* pub struct $name:ident of ($source:expr, $detail_type:expr) {
        $($(#[$field_meta:meta])* $field:ident = $key:literal $holds:tt,)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name($crate::pattern::build::EventFields);

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self($crate::pattern::build::EventFields::of($source, $detail_type))
            }
        }

        impl $name {
            $($crate::pattern_method! { fields; $(#[$field_meta])* $field $key $holds })*

            $crate::pattern_method! { envelope;
                /// The event source, in place of the service's own: tests and replays have others.
                source "source" ($crate::pattern::build::Text)
            }
            $crate::pattern_method! { envelope;
                /// The account that the event is of.
                account "account" ($crate::pattern::build::Text)
            }
            $crate::pattern_method! { envelope;
                /// The region that the event is of.
                region "region" ($crate::pattern::build::Text)
            }
            $crate::pattern_method! { envelope;
                /// The ARNs of what the event is about.
                resources "resources" ($crate::pattern::build::Text)
            }

            /// The event must be as in one of these as well.
            pub fn any_of(mut self, branches: impl IntoIterator<Item = Self>) -> Self {
                self.0.any_of(branches.into_iter().map(|branch| branch.0));
                self
            }

            /// The pattern, ready to match events.
            ///
            /// # Errors
            ///
            /// What EventBridge would refuse: a field without alternatives, a range whose ends are swapped.
            pub fn build(
                &self,
            ) -> ::core::result::Result<$crate::pattern::Pattern, $crate::pattern::PatternError> {
                $crate::pattern::Pattern::parse(&self.to_string())
            }

            #[allow(dead_code)]
            fn fields(&mut self) -> &mut $crate::pattern::build::Fields {
                &mut self.0.detail
            }

            fn envelope(&mut self) -> &mut $crate::pattern::build::Fields {
                &mut self.0.envelope
            }
        }

        impl ::core::fmt::Display for $name {
            /// The pattern as EventBridge reads it.
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

/// One method of a builder; see [`object_pattern!`].
#[doc(hidden)]
#[macro_export]
macro_rules! pattern_method {
    ($place:ident; $(#[$meta:meta])* $field:ident $key:literal ($kind:ty)) => {
        $(#[$meta])*
        pub fn $field(mut self, conditions: impl $crate::pattern::build::Conditions<$kind>) -> Self {
            self.$place().must::<$kind>($key, conditions);
            self
        }
    };
    ($place:ident; $(#[$meta:meta])* $field:ident $key:literal [$kind:ty]) => {
        $(#[$meta])*
        pub fn $field(
            mut self,
            key: &str,
            conditions: impl $crate::pattern::build::Conditions<$kind>,
        ) -> Self {
            self.$place().key::<$kind>($key, key, conditions);
            self
        }
    };
    ($place:ident; $(#[$meta:meta])* $field:ident $key:literal {$builder:ty}) => {
        $(#[$meta])*
        pub fn $field(mut self, fields: impl FnOnce($builder) -> $builder) -> Self {
            let fields = fields(<$builder as ::core::default::Default>::default());
            self.$place().object($key, fields.into());
            self
        }
    };
}

#[cfg(test)]
#[allow(unreachable_pub)] // the macros declare what generated packages export
mod tests {
    use super::*;

    crate::open_enum! {
        pub enum Heat {
            Cold = "COLD",
            Hot = "HOT",
        }
    }

    crate::object_pattern! {
        /// A cone in the kiln.
        pub struct ConePattern {
            name = "Name" (Text),
            grade = "Grade" (Number),
        }
    }

    crate::event_pattern! {
        /// A kiln.
        pub struct KilnPattern of ("my.kiln", "Kiln Firing") {
            heat = "Heat" (Choice<Heat>),
            name = "Name" (Text),
            since = "Since" (Instant),
            done = "Done" (Boolean),
            labels = "Labels" [Text],
            cones = "Cones" {ConePattern},
        }
    }

    fn pattern() -> KilnPattern {
        KilnPattern::default()
    }

    const HEAD: &str = r#""source":["my.kiln"],"detail-type":["Kiln Firing"]"#;

    #[test]
    fn every_kind_of_field_has_its_operators() {
        let pattern = pattern()
            .heat([Heat::Hot, Heat::from("MOLTEN")])
            .name((prefix("a"), suffix("z"), "b"))
            .since((at_least(1_635_195_148_181_i64), wildcard("2026-*")))
            .done(true)
            .labels("team", "clay")
            .labels("cost", absent())
            .cones(|cone| cone.name("c6").grade(between(1, 7)))
            .resources(prefix("arn:"));
        let detail = concat!(
            r#"{"Heat":["HOT","MOLTEN"],"Name":[{"prefix":"a"},{"suffix":"z"},"b"],"#,
            r#""Since":[{"numeric":[">=",1635195148181]},{"wildcard":"2026-*"}],"Done":[true],"#,
            r#""Labels":{"team":["clay"],"cost":[{"exists":false}]},"#,
            r#""Cones":{"Name":["c6"],"Grade":[{"numeric":[">=",1,"<",7]}]}}"#
        );
        let expected = format!(r#"{{{HEAD},"resources":[{{"prefix":"arn:"}}],"detail":{detail}}}"#);
        assert_eq!(pattern.to_string(), expected);
    }

    #[test]
    fn branches_say_only_what_is_theirs() {
        let pattern =
            pattern().any_of([pattern().heat(Heat::Hot), pattern().account("123456789012")]);
        let branches = r#"[{"detail":{"Heat":["HOT"]}},{"account":["123456789012"]}]"#;
        assert_eq!(
            pattern.to_string(),
            format!(r#"{{{HEAD},"$or":{branches}}}"#)
        );
        let event = br#"{"source":"my.kiln","detail-type":"Kiln Firing","account":"1","detail":{"Heat":"HOT"}}"#;
        assert!(pattern.build().unwrap().matches(event).unwrap());
    }

    #[test]
    fn what_is_said_again_replaces_what_was_said() {
        let pattern = pattern().source("my.test").name("a").name("b");
        assert_eq!(
            pattern.to_string(),
            r#"{"source":["my.test"],"detail-type":["Kiln Firing"],"detail":{"Name":["b"]}}"#
        );
    }

    #[test]
    fn every_operator_is_one_that_the_engine_takes() {
        let text = (
            (
                prefix("a"),
                suffix("a"),
                prefix_ignore_case("a"),
                suffix_ignore_case("a"),
                equals_ignore_case("a"),
            ),
            (
                wildcard("a*"),
                cidr("10.0.0.0/8"),
                not_prefix("a"),
                not_suffix("a"),
                not_ignore_case("a"),
            ),
            (
                not_wildcard("a*"),
                not_text(["a", "b"]),
                exists(),
                absent(),
                null(),
            ),
        );
        assert!(pattern().name(text).build().is_ok());
        let grade = (
            less_than(1),
            at_most(1.5),
            greater_than(1_u64),
            at_least(1),
            between(1, 2),
            not_number([1, 2]),
        );
        assert!(pattern().cones(|cone| cone.grade(grade)).build().is_ok());
        assert!(
            pattern()
                .cones(|cone| cone.grade(between(2, 1)))
                .build()
                .is_err()
        );
    }
}

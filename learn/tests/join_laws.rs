//! Learning is a join: commutative, associative, idempotent; and parts joined equal the whole.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../tests/support/dice.rs"]
mod dice;

use dice::Dice;
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::model::{Evidence, Origin, WireForm};
use eventbridge_learn::evidence::page::{EventSample, count_keys};
use eventbridge_learn::shape::{Field, MAX_KEYS, Position, SavedShape, Shape, ValueKind, Words};
use std::collections::BTreeSet;

impl Dice {
    fn value(&mut self, depth: usize) -> Node {
        match self.roll(if depth == 0 { 8 } else { 11 }) {
            0 => Node::new(Value::Null),
            1 => Node::from(true),
            2 => Node::from(self.roll(5)),
            3 => Node::new(Value::Number("1.0".to_owned())),
            4 => Node::string(["Failed", "Stopped", ""][self.roll(3)]),
            5 => Node::string("2026-01-02T03:04:05Z"),
            6 => Node::new(Value::Number("1635195148181".to_owned())),
            7 => Node::string("1635195148181"),
            8 => {
                let count = self.roll(3);
                Node::array(
                    (0..count)
                        .map(|_| self.value(depth - 1))
                        .collect::<Vec<_>>(),
                )
            }
            _ => self.object(depth - 1),
        }
    }

    fn object(&mut self, depth: usize) -> Node {
        let keys = ["Name", "Status", "CreationTime", "Tags", "Inner", "List"];
        let chosen: Vec<&str> = keys.into_iter().filter(|_| self.roll(2) == 0).collect();
        Node::object(
            chosen
                .into_iter()
                .map(|key| (key, self.value(depth)))
                .collect::<Vec<_>>(),
        )
    }

    /// What one piece of evidence of any kind says of a detail.
    fn shape(&mut self) -> Shape {
        match self.roll(3) {
            0 => self.sample(),
            1 => self.told(Origin::Delivery, 3),
            _ => self.told(Origin::Registry, 3),
        }
    }

    fn sample(&mut self) -> Shape {
        let event = Node::object([
            ("source", Node::string("my.kiln")),
            ("detail", self.object(3)),
        ]);
        let line = 1 + self.roll(40);
        let lines = (line..).take(count_keys(&event)).collect();
        let sample = EventSample {
            line,
            detail_type: "Kiln".to_owned(),
            lines,
            placeholders: Vec::new(),
            replaced: Vec::new(),
            repairs: Vec::new(),
            event: event.into(),
        };
        Shape::of_detail(["a.md", "b.txt", "c.html"][self.roll(3)], &sample)
    }

    /// A shape such as deliveries, registry documents and the API model give.
    fn told(&mut self, origin: Origin, depth: usize) -> Shape {
        let site = Evidence::named(origin, format!("site {}", self.roll(30)));
        let scalars = [
            ValueKind::Null,
            ValueKind::Integer,
            ValueKind::Number,
            ValueKind::UnformedInstant,
            ValueKind::Instant(WireForm::IntegerMillis),
            ValueKind::Map,
        ];
        match self.roll(if depth == 0 { 7 } else { 9 }) {
            0..6 => {
                let kind = scalars[self.roll(scalars.len())].clone();
                let values =
                    (kind == ValueKind::Map && depth > 0).then(|| self.told(origin, depth - 1));
                Shape {
                    values: values.map(Box::new),
                    ..Shape::one(kind, site, None)
                }
            }
            6 => Shape {
                words: Words::of(["Failed", "In progress", "STOPPED"][self.roll(3)], &site),
                ..Shape::one(ValueKind::Text, site, None)
            },
            7 => Shape {
                items: Some(Box::new(self.told(origin, depth - 1))),
                ..Shape::one(ValueKind::List, site, None)
            },
            _ => {
                let mut shape = Shape::one(ValueKind::Object, site.clone(), None);
                for key in ["Name", "Status", "Tags", "Inner"] {
                    if self.roll(2) == 0 {
                        let first = match origin {
                            Origin::Delivery => Position::Delivery(self.roll(9)),
                            _ => Position::Document(site.clone(), self.roll(9)),
                        };
                        let field = Field {
                            shape: self.told(origin, depth - 1),
                            missing: BTreeSet::new(),
                            first,
                        };
                        shape.fields.insert(key.to_owned(), Box::new(field));
                    }
                }
                shape
            }
        }
    }
}

fn joined<'s>(shapes: impl IntoIterator<Item = &'s Shape>) -> Shape {
    let mut whole = Shape::default();
    shapes
        .into_iter()
        .for_each(|shape| whole.join(shape.clone()));
    whole
}

#[test]
fn join_is_commutative_associative_and_idempotent() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for _ in 0..2_000 {
        let (a, b, c) = (dice.shape(), dice.shape(), dice.shape());
        assert_eq!(joined([&a, &b]), joined([&b, &a]));
        let (ab, bc) = (joined([&a, &b]), joined([&b, &c]));
        assert_eq!(joined([&ab, &c]), joined([&a, &bc]));
        assert_eq!(joined([&ab, &ab]), ab);
        assert_eq!(joined([&ab, &a]), ab);
    }
}

#[test]
fn any_split_in_any_order_gives_the_whole() {
    let mut dice = Dice(42);
    for _ in 0..200 {
        let shapes: Vec<Shape> = (0..12).map(|_| dice.shape()).collect();
        let whole = joined(&shapes);
        let mut parts = vec![Shape::default(), Shape::default(), Shape::default()];
        let mut left: Vec<&Shape> = shapes.iter().collect();
        while !left.is_empty() {
            let shape = left.swap_remove(dice.roll(left.len()));
            parts[dice.roll(3)].join(shape.clone());
        }
        assert_eq!(joined(&parts), whole);
    }
}

#[test]
fn a_saved_shape_is_restored_as_it_was() {
    let mut dice = Dice(7);
    for _ in 0..500 {
        let shape = joined(&[dice.shape(), dice.shape(), dice.shape()]);
        let text = serde_json::to_string(&SavedShape::from(&shape)).unwrap();
        let saved: SavedShape = serde_json::from_str(&text).unwrap();
        assert_eq!(saved.restore().unwrap(), shape, "{text}");
    }
}

/// An object whose keys are data, as tags are.
fn crowd(numbers: impl Iterator<Item = usize>) -> Shape {
    let mut whole = Shape::default();
    for number in numbers {
        let site = Evidence::named(Origin::Delivery, number.to_string());
        let mut one = Shape::one(ValueKind::Object, site.clone(), None);
        let field = Field {
            shape: Shape::one(ValueKind::Text, site, None),
            missing: BTreeSet::new(),
            first: Position::Delivery(0),
        };
        one.fields.insert(format!("key {number}"), Box::new(field));
        whole.join(one);
    }
    whole
}

#[test]
fn bounds_do_not_break_the_laws() {
    let count = MAX_KEYS * 2;
    let whole = crowd(0..count);
    assert!(whole.keys_overflow && whole.fields.len() == MAX_KEYS);
    let (front, back) = (crowd(0..count / 3), crowd(count / 3..count));
    assert_eq!(joined([&front, &back]), whole);
    assert_eq!(joined([&back, &front]), whole);
    assert_eq!(crowd((0..count).rev()), whole);
}

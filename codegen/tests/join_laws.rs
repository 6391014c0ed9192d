//! Learning is a join: commutative, associative, idempotent; and parts joined equal the whole.
#![cfg(feature = "learn")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use eventbridge_codegen::json::{Node, Value};
use eventbridge_codegen::learn::evidence::{EventSample, count_keys};
use eventbridge_codegen::learn::shape::Shape;

/// A small seeded generator (xorshift), so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

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

    fn shape(&mut self) -> Shape {
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
            repairs: Vec::new(),
            event,
        };
        Shape::of_detail(["a.md", "b.txt", "c.html"][self.roll(3)], &sample)
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

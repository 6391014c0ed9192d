//! A seed comes in, JSON that nobody would write goes out, always the same for the same seed.

use super::Dice;
use serde_json::{Map, Value, json};

impl Dice {
    pub(crate) fn byte(&mut self) -> u8 {
        self.roll(256) as u8
    }

    /// Any JSON, so deep at most.
    pub(crate) fn json(&mut self, depth: usize) -> Value {
        match self.roll(if depth == 0 { 8 } else { 11 }) {
            0 => Value::Null,
            1 => json!(self.roll(2) == 0),
            2 => json!(self.bits() as i64),
            3 => json!(self.bits()),
            4 => json!((self.bits() as i64) as f64 / 7e3),
            5 => json!(
                ["-0.0", "1e300", "5e-324", "0.1", "1.0", "-1.0"][self.roll(6)]
                    .parse::<f64>()
                    .unwrap()
            ),
            6 | 7 => json!(self.text()),
            8 => Value::Array((0..self.roll(4)).map(|_| self.json(depth - 1)).collect()),
            _ => {
                let members = (0..self.roll(5)).map(|_| (self.text(), self.json(depth - 1)));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }

    fn text(&mut self) -> String {
        const KEYS: [&str; 8] = [
            "Key",
            "Value",
            "Tags",
            "extra",
            "",
            "Status",
            "Name",
            "CreationTime",
        ];
        const CHARS: [char; 12] = [
            'a', '"', '\\', '\n', '\u{0}', '\u{1f}', 'é', '☃', '😀', '/', '\u{7f}', ' ',
        ];
        match self.roll(3) {
            0 => KEYS[self.roll(KEYS.len())].to_owned(),
            1 => "2024-01-01T00:00:00Z".to_owned(),
            _ => (0..self.roll(40))
                .map(|_| CHARS[self.roll(CHARS.len())])
                .collect(),
        }
    }
}

/// JSON pointers to a value and all within it.
pub(crate) fn places(value: &Value) -> Vec<String> {
    let mut places = vec![String::new()];
    let mut below = |step: String, value: &Value| {
        places.extend(
            self::places(value)
                .into_iter()
                .map(|rest| format!("/{step}{rest}")),
        );
    };
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(key, value)| below(key.replace('~', "~0").replace('/', "~1"), value)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, item)| below(index.to_string(), item)),
        _ => {}
    }
    places
}

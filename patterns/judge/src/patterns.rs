//! A random number generator comes in; an event pattern goes out, mostly one that is valid.

use crate::json::Json;
use crate::vocabulary::{block, chance, key, no_json, number, scalar, string, word};
use fastrand::Rng;

pub(crate) fn pattern(rng: &mut Rng) -> Json {
    match rng.u8(..200) {
        0 => no_json(rng),
        1 => scalar(rng),
        2 => Json::Array(vec![object(rng, 0)]),
        _ => object(rng, 0),
    }
}

fn object(rng: &mut Rng, depth: u32) -> Json {
    let mut members = Vec::new();
    let count = if chance(rng, 1) {
        0
    } else {
        1 + rng.usize(..3).min(rng.usize(..3))
    };
    for _ in 0..count {
        let key = key(rng);
        let value = field(rng, depth);
        members.push((key, value));
    }
    if chance(rng, 12) && depth < 4 {
        let place = rng.usize(..=members.len());
        members.insert(place, ("$or".to_owned(), alternatives(rng, depth)));
    }
    Json::Object(members)
}

fn alternatives(rng: &mut Rng, depth: u32) -> Json {
    match rng.u8(..50) {
        0 => object(rng, depth + 1),
        1 => values(rng),
        2 => scalar(rng),
        _ => {
            let count = if chance(rng, 4) {
                rng.usize(..2)
            } else {
                rng.usize(2..4)
            };
            Json::Array((0..count).map(|_| object(rng, depth + 1)).collect())
        }
    }
}

fn field(rng: &mut Rng, depth: u32) -> Json {
    match rng.u8(..100) {
        0 => scalar(rng),
        1..30 if depth < 4 => object(rng, depth + 1),
        _ => values(rng),
    }
}

fn values(rng: &mut Rng) -> Json {
    let count = match rng.u8(..100) {
        0 => 0,
        1 => rng.usize(..40),
        2..65 => 1,
        _ => rng.usize(2..4),
    };
    Json::Array((0..count).map(|_| value(rng)).collect())
}

fn value(rng: &mut Rng) -> Json {
    match rng.u8(..100) {
        0..28 => scalar(rng),
        28..36 => affix(rng, "prefix"),
        36..44 => affix(rng, "suffix"),
        44..52 => Json::member("equals-ignore-case", odd(rng, string)),
        52..62 => Json::member("wildcard", odd(rng, wildcard)),
        62..78 => Json::member("anything-but", anything_but(rng)),
        78..86 => Json::member("numeric", numeric(rng)),
        86..91 => Json::member(
            "exists",
            odd(rng, |rng| Json::token(rng.bool().to_string())),
        ),
        91..97 => Json::member("cidr", odd(rng, |rng| Json::Text(block(rng)))),
        97 => Json::member("exactly", odd(rng, string)),
        98 => malformed(rng),
        _ => {
            if chance(rng, 30) {
                no_json(rng)
            } else {
                scalar(rng)
            }
        }
    }
}

/// What `usual` gives, and rarely something that does not belong there.
fn odd(rng: &mut Rng, usual: fn(&mut Rng) -> Json) -> Json {
    match rng.u8(..200) {
        0 => scalar(rng),
        1 => Json::Array(vec![usual(rng)]),
        2 => Json::member(&key(rng), usual(rng)),
        _ => usual(rng),
    }
}

fn affix(rng: &mut Rng, operator: &str) -> Json {
    let operand = if chance(rng, 30) {
        Json::member("equals-ignore-case", odd(rng, string))
    } else {
        odd(rng, string)
    };
    Json::member(operator, operand)
}

fn wildcard(rng: &mut Rng) -> Json {
    let mut text = String::new();
    for _ in 0..rng.usize(..5) {
        match rng.u8(..12) {
            0..5 => text.push('*'),
            5 => text.push_str("\\*"),
            6 => text.push_str("\\\\"),
            7 if chance(rng, 20) => text.push('\\'),
            _ => text.push_str(&word(rng).replace(['*', '\\'], "")),
        }
    }
    if chance(rng, 95) {
        while text.contains("**") {
            text = text.replace("**", "*");
        }
    }
    Json::Text(text)
}

fn anything_but(rng: &mut Rng) -> Json {
    match rng.u8(..40) {
        0 => scalar(rng),
        1 => Json::Array(list(rng, scalar)),
        2 => Json::member(
            ["numeric", "cidr", "exists", "exactly"][rng.usize(..4)],
            odd(rng, string),
        ),
        3..9 => Json::Text(word(rng)),
        9..12 => Json::token(number(rng)),
        12..17 => Json::Array(list(rng, string)),
        17..20 => Json::Array(list(rng, |rng| Json::token(number(rng)))),
        20..25 => but_sub_form(rng, "prefix", string),
        25..30 => but_sub_form(rng, "suffix", string),
        30..35 => but_sub_form(rng, "equals-ignore-case", string),
        _ => but_sub_form(rng, "wildcard", wildcard),
    }
}

fn but_sub_form(rng: &mut Rng, operator: &str, operand: fn(&mut Rng) -> Json) -> Json {
    let operand = if rng.bool() {
        odd(rng, operand)
    } else {
        Json::Array(list(rng, operand))
    };
    Json::member(operator, operand)
}

fn list(rng: &mut Rng, item: fn(&mut Rng) -> Json) -> Vec<Json> {
    let count = if chance(rng, 2) { 0 } else { rng.usize(1..4) };
    (0..count).map(|_| item(rng)).collect()
}

fn numeric(rng: &mut Rng) -> Json {
    let mut terms = vec![sign(rng, &["=", "<", "<=", ">", ">="]), operand(rng)];
    match rng.u8(..40) {
        0 => terms.truncate(rng.usize(..2)),
        1 => terms.push(operand(rng)),
        2 => terms.extend([
            sign(rng, &["=", "<", "<=", ">", ">=", "==", "!"]),
            operand(rng),
        ]),
        3 => terms.swap(0, 1),
        4..20 => terms = range(rng),
        _ => {}
    }
    Json::Array(terms)
}

fn range(rng: &mut Rng) -> Vec<Json> {
    let mut terms = vec![
        sign(rng, &[">", ">="]),
        operand(rng),
        sign(rng, &["<", "<="]),
        operand(rng),
    ];
    if chance(rng, 90) {
        order(&mut terms);
    }
    terms
}

fn sign(rng: &mut Rng, signs: &[&str]) -> Json {
    Json::text(signs[rng.usize(..signs.len())])
}

fn operand(rng: &mut Rng) -> Json {
    odd(rng, |rng| Json::token(number(rng)))
}

/// Puts the lower of two bounds first.
fn order(terms: &mut [Json]) {
    let size = |term: &Json| match term {
        Json::Token(token) => token.parse::<f64>().ok(),
        _ => None,
    };
    if size(&terms[1]) > size(&terms[3]) {
        terms.swap(1, 3);
    }
}

fn malformed(rng: &mut Rng) -> Json {
    match rng.u8(..6) {
        0 => Json::Object(Vec::new()),
        1 => Json::Array(vec![value(rng)]),
        2 => Json::member(&word(rng), scalar(rng)),
        3 => Json::Object(vec![
            ("prefix".to_owned(), string(rng)),
            ("suffix".to_owned(), string(rng)),
        ]),
        4 => Json::member("prefix", Json::member("prefix", string(rng))),
        _ => Json::member(
            ["Prefix", "ignore-case", "equals", "regex"][rng.usize(..4)],
            string(rng),
        ),
    }
}

//! A disagreement comes in; whether a known fault of the engine explains it goes out.
//!
//! A fault explains a disagreement if it vanishes when just what triggers the fault is taken away.

use crate::engine::Pair;
use crate::tokens::{decoded, is_space, tokens};

/// What the engine does wrong, and we do not copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A block of one IP version matches addresses of the other, and bare numbers: both are compared as hex strings.
    Cidr,
    /// Ignoring case, characters outside the BMP never match: they are compared as two halves.
    Case,
    /// A number counts as comparable if Java prints its double with the same digits; before version 19 Java prints
    /// more digits than are needed for some (JDK-4511638: 2e23 as 1.9999999999999998E23).
    Java,
}

impl Fault {
    pub(crate) const ALL: [Fault; 3] = [Fault::Cidr, Fault::Case, Fault::Java];
}

/// The pairs on which both engines must agree if the fault explains this disagreement; none if it cannot.
pub(crate) fn controls(fault: Fault, pair: &Pair) -> Vec<Pair> {
    match fault {
        Fault::Cidr => cidr_controls(pair),
        Fault::Case => case_control(pair).into_iter().collect(),
        Fault::Java => Vec::new(),
    }
}

/// For each number of a pair the pattern that asks for it in the shortest digits of its double: refused by an engine on
/// a Java that prints more.
pub(crate) fn number_probes(pair: &Pair) -> Vec<(String, Pair)> {
    let texts = [&pair.pattern, &pair.event];
    let tokens = texts.into_iter().flat_map(|text| tokens(text));
    let probe = |token: &str| {
        let shortest = token
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())?;
        let pattern = format!(r#"{{"a":[{{"numeric":["=",{shortest:e}]}}]}}"#);
        Some((
            token.to_owned(),
            Pair {
                pattern,
                event: "{}".to_owned(),
            },
        ))
    };
    tokens.filter_map(probe).collect()
}

/// The pair with these numbers replaced by one that every Java prints alike.
pub(crate) fn without_numbers(pair: &Pair, numbers: &[String]) -> Pair {
    let replaced = |text: &str| {
        let tokens = tokens(text).into_iter();
        tokens
            .map(|token| {
                if numbers.iter().any(|number| number == token) {
                    "77"
                } else {
                    token
                }
            })
            .collect()
    };
    Pair {
        pattern: replaced(&pair.pattern),
        event: replaced(&pair.event),
    }
}

fn cidr_controls(pair: &Pair) -> Vec<Pair> {
    let (pattern, blocks) = without_blocks(&pair.pattern);
    if blocks.is_empty() {
        return Vec::new();
    }
    let event = without_strangers(&pair.event, &blocks);
    if event == pair.event {
        return Vec::new();
    }
    vec![
        Pair {
            pattern,
            event: pair.event.clone(),
        },
        Pair {
            pattern: pair.pattern.clone(),
            event,
        },
    ]
}

/// The pattern with each `cidr` replaced by what matches nothing, and the blocks that stood there.
fn without_blocks(pattern: &str) -> (String, Vec<String>) {
    let mut tokens = tokens(pattern);
    let mut blocks = Vec::new();
    for at in 0..tokens.len() {
        let operand = tokens[at..]
            .iter()
            .enumerate()
            .filter(|(_, token)| !token.starts_with(is_space))
            .nth(2);
        let Some((offset, operand)) = operand else {
            break;
        };
        if decoded(tokens[at]).as_deref() == Some("cidr")
            && let Some(block) = decoded(operand)
        {
            blocks.push(block);
            tokens[at] = "\"exactly\"";
            tokens[at + offset] = "\"\\u0001 nothing\"";
        }
    }
    (tokens.concat(), blocks)
}

/// The event without numbers and without addresses of the version that some block is not.
fn without_strangers(event: &str, blocks: &[String]) -> String {
    let is_stranger = |text: &str| {
        blocks
            .iter()
            .any(|block| block.contains(':') != text.contains(':'))
    };
    let replaced = tokens(event).into_iter().map(|token| match decoded(token) {
        Some(text) if text.contains(['.', ':']) && is_stranger(&text) => "\"nothing\"",
        None if token.parse::<f64>().is_ok() => "true",
        _ => token,
    });
    replaced.collect()
}

/// The pair with each character outside the BMP replaced by one in it that has no case.
fn case_control(pair: &Pair) -> Option<Pair> {
    let control = Pair {
        pattern: within_bmp(&pair.pattern),
        event: within_bmp(&pair.event),
    };
    let ignores_case = |token: &str| decoded(token).as_deref() == Some("equals-ignore-case");
    let concerned = control.pattern != pair.pattern
        && tokens(&pair.pattern)
            .iter()
            .any(|token| ignores_case(token));
    concerned.then_some(control)
}

fn within_bmp(text: &str) -> String {
    let replaced = tokens(text).into_iter().map(|token| match decoded(token) {
        Some(text) if text.chars().any(|character| character > '\u{ffff}') => {
            let text: String = text
                .chars()
                .map(|character| character.min('\u{e000}'))
                .collect();
            serde_json::Value::from(text).to_string()
        }
        _ => token.to_owned(),
    });
    replaced.collect()
}

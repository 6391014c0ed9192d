//! A pair on which the engines disagree comes in; a minimal one goes out on which they disagree the same way.

use crate::engine::Pair;
use crate::tokens::{brackets, decoded, tokens};
use std::io::Result;

/// The longest run of tokens that is taken out at once, besides whole objects and arrays.
const RUN: usize = 16;

/// Shrinks while some smaller pair is `still` bad; `still` answers for many at once.
pub(crate) fn shrink(
    mut pair: Pair,
    mut still: impl FnMut(&[Pair]) -> Result<Vec<bool>>,
) -> Result<Pair> {
    loop {
        let mut smaller = candidates(&pair);
        smaller.sort_by_key(size);
        smaller.dedup_by(|one, other| one.pattern == other.pattern && one.event == other.event);
        let bad = still(&smaller)?;
        match smaller.into_iter().zip(bad).find(|(_, bad)| *bad) {
            Some((smallest, _)) => pair = smallest,
            None => return Ok(pair),
        }
    }
}

fn size(pair: &Pair) -> (usize, usize) {
    // Of two texts of the same length the plainer one is smaller.
    let plain = |text: &str| {
        text.bytes()
            .map(|byte| usize::from(byte != b'a'))
            .sum::<usize>()
    };
    (
        pair.pattern.len() + pair.event.len(),
        plain(&pair.pattern) + plain(&pair.event),
    )
}

fn candidates(pair: &Pair) -> Vec<Pair> {
    let of_pattern = simpler(&pair.pattern).into_iter().map(|pattern| Pair {
        pattern,
        ..pair.clone()
    });
    let of_event = simpler(&pair.event).into_iter().map(|event| Pair {
        event,
        ..pair.clone()
    });
    let mut candidates: Vec<Pair> = of_pattern.chain(of_event).chain(renamed(pair)).collect();
    candidates.retain(|candidate| size(candidate) < size(pair));
    candidates
}

fn simpler(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut simpler = Vec::new();
    for from in 0..tokens.len() {
        let ends = (from + 1..=tokens.len()).take(RUN);
        simpler.extend(ends.map(|to| without(&tokens, from, to)));
    }
    simpler.extend(without_brackets(&tokens));
    for (at, token) in tokens.iter().enumerate() {
        for plainer in plainer(token) {
            let changed = [&tokens[..at], &[plainer.as_str()], &tokens[at + 1..]];
            simpler.push(changed.concat().concat());
        }
    }
    simpler
}

fn without(tokens: &[&str], from: usize, to: usize) -> String {
    [&tokens[..from], &tokens[to..]].concat().concat()
}

/// Without an object or an array, and without its brackets alone.
fn without_brackets(tokens: &[&str]) -> Vec<String> {
    let mut simpler = Vec::new();
    for (open, close) in brackets(tokens) {
        simpler.push(without(tokens, open, close + 1));
        // The value of a field, or the items, without what holds them.
        for skipped in [1, 3] {
            if open + skipped <= close {
                let kept = [
                    &tokens[..open],
                    &tokens[open + skipped..close],
                    &tokens[close + 1..],
                ];
                simpler.push(kept.concat().concat());
            }
        }
    }
    simpler
}

/// Simpler tokens in the place of one: fewer characters, plainer values.
fn plainer(token: &str) -> Vec<String> {
    let mut plainer = vec!["1".to_owned(), "\"a\"".to_owned()];
    if let Some(text) = decoded(token) {
        plainer.push(serde_json::Value::from(text).to_string());
    }
    let starts = token
        .char_indices()
        .map(|(at, character)| (at, character.len_utf8()));
    plainer.extend(starts.map(|(at, length)| format!("{}{}", &token[..at], &token[at + length..])));
    plainer
}

/// Strings of the pattern made shorter on both sides at once.
fn renamed(pair: &Pair) -> Vec<Pair> {
    let mut strings: Vec<String> = tokens(&pair.pattern)
        .into_iter()
        .filter_map(decoded)
        .collect();
    strings.sort();
    strings.dedup();
    let mut renamed = Vec::new();
    for string in &strings {
        let short = ["a", "b"].map(str::to_owned).into_iter();
        for name in short.chain(with_one_character_less(string)) {
            renamed.push(Pair {
                pattern: rename(&pair.pattern, string, &name),
                event: rename(&pair.event, string, &name),
            });
        }
    }
    renamed
}

fn with_one_character_less(string: &str) -> impl Iterator<Item = String> {
    (0..string.chars().count()).map(move |gone| {
        string
            .chars()
            .enumerate()
            .filter(|(at, _)| *at != gone)
            .map(|(_, kept)| kept)
            .collect()
    })
}

fn rename(text: &str, from: &str, to: &str) -> String {
    let renamed = tokens(text).into_iter().map(|token| match decoded(token) {
        Some(string) if string == from => serde_json::Value::from(to).to_string(),
        _ => token.to_owned(),
    });
    renamed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_matter_goes() {
        let pair = Pair {
            pattern: r#"{"x": [ {"prefix": "needle"}, 1 ], "detail": {"status": ["b", "needle"]}}"#
                .into(),
            event: r#"{"detail": [{"status": "needle"}, {"other": [1, 2]}]}"#.into(),
        };
        let small = shrink(pair, |pairs| {
            Ok(pairs
                .iter()
                .map(|pair| pair.pattern.contains("\"prefix\": ") && pair.event.contains("status"))
                .collect())
        });
        let small = small.unwrap();
        assert_eq!(
            (small.pattern.as_str(), small.event.as_str()),
            ("\"prefix\": ", "status")
        );
    }
}

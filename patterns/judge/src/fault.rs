//! A disagreement comes in; whether a known fault of the engine explains it goes out.
//!
//! A fault explains a disagreement if it vanishes when just what triggers the fault is taken away.

use crate::engine::Pair;
use crate::tokens::{brackets, decoded, is_space, tokens};

/// What the engine does wrong, and we do not copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EngineFault {
    /// Blocks of addresses are compared as hex strings.
    Cidr,
    /// Characters outside the BMP are folded as two halves.
    Case,
    /// Java 17 has the case pairs of Unicode 13.
    Unicode,
    /// Whether a number is comparable hangs on how Java prints its double (JDK-4511638).
    Java,
    /// The engine has two ways to walk an event.
    Finder,
    /// The engine contradicts its own answers to single values.
    Array,
    /// The engine turns strings around before it encodes them.
    Half,
    /// The engine goes by how many arrays it met before, whatever is in them.
    Numbering,
}

impl EngineFault {
    /// What happens.
    pub fn reason(self) -> &'static str {
        match self {
            EngineFault::Cidr => {
                "a block of one IP version matches addresses of the other, and bare numbers"
            }
            EngineFault::Case => "ignoring case, a character outside the BMP does not match itself",
            EngineFault::Unicode => {
                "ignoring case, Java 17 knows no pairs of letters of later versions of Unicode: \u{19b} and \u{a7dc}"
            }
            EngineFault::Java => {
                "Java before 19 prints some doubles with needless digits (1e23), and so takes their shortest form for inexact"
            }
            EngineFault::Finder => {
                "a path that leads through an array and is a dotted key too: StructuredFinder and ACFinder differ"
            }
            EngineFault::Array => {
                r#"a value's answer hangs on those before it: [{"wildcard":"*0"},{"equals-ignore-case":"a"}] matches "C""#
            }
            EngineFault::Numbering => {
                "which of two nested arrays binds a field hangs on their numbers: an empty array more, under a key that some rule names, turns the answer around"
            }
            EngineFault::Half => {
                r"half a character (\ud83d alone) becomes `?`, for a suffix after its string was turned around"
            }
        }
    }
}

/// The pairs on which both engines must agree if blocks are at fault; none if they cannot be.
pub(crate) fn cidr_controls(pair: &Pair) -> Vec<Pair> {
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

/// What stands behind a key `cidr`: the token, and its text.
fn block_of_cidr(tokens: &[&str], at: usize) -> Option<(usize, String)> {
    if decoded(tokens[at]).as_deref() != Some("cidr") {
        return None;
    }
    let mut solid = tokens[at..]
        .iter()
        .enumerate()
        .filter(|(_, token)| !token.starts_with(is_space));
    let (offset, operand) = solid.nth(2)?;
    Some((at + offset, decoded(operand)?))
}

/// The pattern with each `cidr` and each address replaced by what matches nothing, and what stood there.
fn without_blocks(pattern: &str) -> (String, Vec<String>) {
    let mut tokens = tokens(pattern);
    let mut blocks = Vec::new();
    for at in 0..tokens.len() {
        if let Some((operand, block)) = block_of_cidr(&tokens, at) {
            blocks.push(block);
            tokens[at] = "\"exactly\"";
            tokens[operand] = NOTHING;
        }
    }
    for token in &mut tokens {
        // An address is a block of one.
        if let Some(address) =
            decoded(token).filter(|text| text.parse::<std::net::IpAddr>().is_ok())
        {
            blocks.push(address);
            *token = NOTHING;
        }
    }
    (tokens.concat(), blocks)
}

/// A string that no event has.
const NOTHING: &str = r#""\u0001 nothing""#;

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
pub(crate) fn case_control(pair: &Pair) -> Option<Pair> {
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

/// Letters that got their other case after Unicode 13, and blocks of such.
const LATER: [std::ops::RangeInclusive<char>; 5] = [
    '\u{19b}'..='\u{19b}',
    '\u{264}'..='\u{264}',
    '\u{2c2f}'..='\u{2c2f}',
    '\u{2c5f}'..='\u{2c5f}',
    '\u{a7c0}'..='\u{a7dc}',
];

/// The pair with each letter that is younger than Java's Unicode, or whose other case is, replaced by one without case.
pub(crate) fn unicode_control(pair: &Pair) -> Option<Pair> {
    let old = |text: &str| -> String {
        let letters = text.chars();
        let is_later = |c: &char| LATER.iter().any(|block| block.contains(c));
        letters
            .map(|c| if is_later(&c) { '\u{e000}' } else { c })
            .collect()
    };
    let control = Pair {
        pattern: old(&pair.pattern),
        event: old(&pair.event),
    };
    (control.pattern != pair.pattern).then_some(control)
}

/// The pair with each half of a character replaced by `?`.
pub(crate) fn half_control(pair: &Pair) -> Option<Pair> {
    let control = Pair {
        pattern: without_halves(&pair.pattern),
        event: without_halves(&pair.event),
    };
    (control.pattern != pair.pattern || control.event != pair.event).then_some(control)
}

fn without_halves(text: &str) -> String {
    let mut whole = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\") {
        let (before, escape) = rest.split_at(at);
        whole.push_str(before);
        let length = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => 6,
            _ => escape.chars().take(2).map(char::len_utf8).sum(),
        };
        let (escape, after) = escape.split_at(length);
        let is_half = length == 6 && unit(escape).is_some();
        whole.push_str(if is_half { "?" } else { escape });
        rest = after;
    }
    whole + rest
}

/// The UTF-16 unit of an escape at the start of a text.
fn unit(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

/// How many empty arrays more are tried: after seven the engine's table of arrays is full and starts anew.
const EMPTY_ARRAYS: usize = 7;

/// The pair with arrays put before all else in the event that are empty, and so match nothing.
pub(crate) fn numbering_controls(pair: &Pair) -> Vec<Pair> {
    let tokens = tokens(&pair.event);
    let mut tokens = tokens.iter().filter(|token| !token.starts_with(is_space));
    let (Some(&"{"), Some((_, members))) = (tokens.next(), pair.event.split_once('{')) else {
        return Vec::new();
    };
    let tokens: Vec<&str> = tokens.copied().collect();
    let colons = tokens.windows(2).filter(|pair| pair[1] == ":");
    let mut keys: Vec<&str> = colons.map(|pair| pair[0]).collect();
    keys.sort_unstable();
    keys.dedup();
    let with = |key: &str, count: usize| Pair {
        pattern: pair.pattern.clone(),
        event: format!("{{{key}:[{}],{members}", vec!["[]"; count].join(",")),
    };
    let counts = 0..EMPTY_ARRAYS;
    keys.iter()
        .flat_map(|key| counts.clone().map(|count| with(key, count)))
        .collect()
}

/// For each number of a pair the pattern that asks for it in the shortest digits of its double: refused by an
/// engine on a Java that prints more.
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

/// How many patterns a pattern is taken apart into at most.
const APART: usize = 64;

/// The pattern with one value only in each of its arrays, in all ways; none if there is nothing to take apart.
pub(crate) fn apart(pair: &Pair) -> Vec<Pair> {
    let mut patterns = vec![pair.pattern.clone()];
    let mut array = 0;
    while let Some(alone) = patterns
        .first()
        .and_then(|pattern| values_alone(pattern, array))
    {
        let apart = patterns
            .iter()
            .filter_map(|pattern| values_alone(pattern, array))
            .flatten()
            .collect();
        patterns = apart;
        array += 1;
        if patterns.len() > APART || alone.is_empty() {
            return Vec::new();
        }
    }
    if patterns.len() < 2 {
        return Vec::new();
    }
    patterns
        .into_iter()
        .map(|pattern| Pair {
            pattern,
            event: pair.event.clone(),
        })
        .collect()
}

/// The pattern with each branch of its first `$or` beside one that lets nothing through; none if there is no `$or`.
pub(crate) fn branches_apart(pair: &Pair) -> Vec<Pair> {
    const NEVER: &str = r#",{"\u0001":["\u0001 nothing"]}"#;
    let tokens = tokens(&pair.pattern);
    let arrays = brackets(&tokens).into_iter();
    let branches = arrays.filter(|(open, _)| tokens[*open] == "[" && is_or(&tokens, *open));
    let Some(first) = branches.min() else {
        return Vec::new();
    };
    let patterns = each_alone(&tokens, first, NEVER).into_iter();
    let with = |pattern| Pair {
        pattern,
        event: pair.event.clone(),
    };
    patterns.map(with).collect()
}

/// The pattern with each value of its n-th array alone.
fn values_alone(pattern: &str, n: usize) -> Option<Vec<String>> {
    let tokens = tokens(pattern);
    let array = *arrays_of_values(&tokens).get(n)?;
    Some(each_alone(&tokens, array, ""))
}

/// The pattern with each item of an array alone, but for what stands beside it.
fn each_alone(tokens: &[&str], (open, close): (usize, usize), beside: &str) -> Vec<String> {
    let values = tokens[open + 1..close].iter().scan(0_i32, |depth, token| {
        *depth += i32::from(matches!(*token, "[" | "{")) - i32::from(matches!(*token, "]" | "}"));
        Some((*depth, *token))
    });
    let values: Vec<(i32, &str)> = values.collect();
    let values = values.split(|value| *value == (0, ","));
    let alone = values.map(|value| {
        let value = value.iter().map(|(_, token)| *token);
        let (before, after) = (&tokens[..=open], &tokens[close..]);
        before
            .iter()
            .copied()
            .chain(value)
            .chain([beside])
            .chain(after.iter().copied())
            .collect()
    });
    alone.collect()
}

/// Whether the array that opens at a token holds the branches of an `$or`.
fn is_or(tokens: &[&str], open: usize) -> bool {
    let before = tokens[..open].iter().rev();
    let mut before = before.filter(|token| !token.starts_with(is_space));
    before.next();
    before.next().and_then(|key| decoded(key)).as_deref() == Some("$or")
}

/// The arrays that stand for a field's values, not inside one another.
fn arrays_of_values(tokens: &[&str]) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = brackets(tokens)
        .into_iter()
        .filter(|(open, _)| tokens[*open] == "[")
        .collect();
    all.sort_unstable();
    let mut arrays: Vec<(usize, usize)> = Vec::new();
    for (open, close) in all {
        if !is_or(tokens, open) && arrays.last().is_none_or(|(_, last)| open > *last) {
            arrays.push((open, close));
        }
    }
    arrays
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(pattern: &str) -> Pair {
        Pair {
            pattern: pattern.to_owned(),
            event: r#"{"a":"😀"}"#.to_owned(),
        }
    }

    #[test]
    fn a_pattern_is_taken_apart() {
        let whole = pair(r#"{"a":[1,{"numeric":["<",2]}],"$or":[{"b":["x","y"]},{"c":[null]}]}"#);
        let apart: Vec<String> = apart(&whole).into_iter().map(|pair| pair.pattern).collect();
        assert_eq!(
            apart,
            [
                r#"{"a":[1],"$or":[{"b":["x"]},{"c":[null]}]}"#,
                r#"{"a":[1],"$or":[{"b":["y"]},{"c":[null]}]}"#,
                r#"{"a":[{"numeric":["<",2]}],"$or":[{"b":["x"]},{"c":[null]}]}"#,
                r#"{"a":[{"numeric":["<",2]}],"$or":[{"b":["y"]},{"c":[null]}]}"#,
            ]
        );
        assert!(super::apart(&pair(r#"{"a":[1]}"#)).is_empty());
    }

    #[test]
    fn branches_stand_beside_one_that_lets_nothing_through() {
        let whole = pair(r#"{"a":[1,2],"$or":[{"b":["x","y"]},{"$or":[{"c":[1]},{"d":[2]}]}]}"#);
        let apart = branches_apart(&whole).into_iter().map(|pair| pair.pattern);
        let never = r#"{"\u0001":["\u0001 nothing"]}"#;
        assert_eq!(
            apart.collect::<Vec<_>>(),
            [
                format!(r#"{{"a":[1,2],"$or":[{{"b":["x","y"]}},{never}]}}"#),
                format!(r#"{{"a":[1,2],"$or":[{{"$or":[{{"c":[1]}},{{"d":[2]}}]}},{never}]}}"#),
            ]
        );
        assert!(branches_apart(&pair(r#"{"a":[1,2]}"#)).is_empty());
    }

    #[test]
    fn letters_younger_than_java_go() {
        let young = pair(r#"{"a":[{"equals-ignore-case":"ƛb"}]}"#);
        let control = unicode_control(&young).map(|pair| pair.pattern);
        let old = r#"{"a":[{"equals-ignore-case":"_b"}]}"#.replace('_', "\u{e000}");
        assert_eq!(control, Some(old));
        assert!(unicode_control(&pair(r#"{"a":["b"]}"#)).is_none());
    }

    #[test]
    fn blocks_and_strangers_go() {
        let pair = Pair {
            pattern: r#"{"a":[{"cidr": "10.0.0.0/8"}]}"#.into(),
            event: r#"{"a":["::1",5,"10.0.0.1"]}"#.into(),
        };
        let controls = cidr_controls(&pair);
        assert_eq!(
            controls[0].pattern,
            r#"{"a":[{"exactly": "\u0001 nothing"}]}"#
        );
        assert_eq!(controls[1].event, r#"{"a":["nothing",true,"10.0.0.1"]}"#);
        assert!(cidr_controls(&super::tests::pair(r#"{"a":[1]}"#)).is_empty());
    }

    #[test]
    fn empty_arrays_come_first() {
        let controls = numbering_controls(&pair(r#"{"a":[1]}"#));
        assert_eq!(controls.len(), EMPTY_ARRAYS);
        assert_eq!(controls[0].event, r#"{"a":[],"a":"😀"}"#);
        assert_eq!(controls[2].event, r#"{"a":[[],[]],"a":"😀"}"#);
    }

    #[test]
    fn halves_go() {
        let text = r#"["\ud83d","\ude00\ud83dx","\ud83d\ude00","\\ud83d","\u0041\n"]"#;
        assert_eq!(
            without_halves(text),
            r#"["?","??x","\ud83d\ude00","\\ud83d","\u0041\n"]"#
        );
    }

    #[test]
    fn characters_outside_the_bmp_go() {
        assert!(case_control(&pair(r#"{"a":["😀"]}"#)).is_none());
        let control = case_control(&pair(r#"{"a":[{"equals-ignore-case":"😀"}]}"#)).unwrap();
        assert_eq!(control.event, "{\"a\":\"\u{e000}\"}");
    }
}

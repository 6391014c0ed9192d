//! A scalar of YAML without quotes comes in; what it is goes out, and what is odd about it.

use eventbridge_catalog::json::Value;

/// Which YAML a document is read as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Version {
    /// As CloudFormation reads it, and what deploys templates.
    #[default]
    V1_1,
    /// As the Serverless Framework reads it.
    V1_2,
}

/// What a scalar is.
pub(crate) fn plain(text: &str, version: Version) -> Value {
    match (text, version) {
        ("" | "~" | "null" | "Null" | "NULL", _) => Value::Null,
        ("true" | "True" | "TRUE", _) => Value::Bool(true),
        ("false" | "False" | "FALSE", _) => Value::Bool(false),
        ("yes" | "Yes" | "YES" | "on" | "On" | "ON", Version::V1_1) => Value::Bool(true),
        ("no" | "No" | "NO" | "off" | "Off" | "OFF", Version::V1_1) => Value::Bool(false),
        _ if is_json_number(text) => Value::Number(text.to_owned()),
        _ => match number(text, version) {
            Some(number) => Value::Number(number),
            None => Value::String(text.to_owned()),
        },
    }
}

/// What a scalar with a tag such as `!!str` is.
pub(crate) fn tagged(tag: &str, text: &str) -> Value {
    match tag {
        "null" => Value::Null,
        "bool" | "int" | "float" => plain(text, Version::V1_1),
        _ => Value::String(text.to_owned()),
    }
}

/// What a person should know, if a scalar is not what it looks like.
pub(crate) fn note(text: &str, value: &Value, version: Version) -> Option<String> {
    let read = match value {
        Value::Bool(truth) if !text.eq_ignore_ascii_case(&truth.to_string()) => truth.to_string(),
        Value::Number(number) if number != text => number.clone(),
        _ => return None,
    };
    let reader = match version {
        Version::V1_1 => "CloudFormation, which goes by YAML 1.1, does",
        Version::V1_2 => "the Serverless Framework does",
    };
    Some(format!(
        "`{text}` is read as {read}, as {reader}: quote it if it is a string"
    ))
}

fn is_json_number(text: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(text).is_ok()
}

/// A number as JSON spells it.
fn number(text: &str, version: Version) -> Option<String> {
    let (sign, digits) = signed(text);
    let clean = match version {
        Version::V1_1 => digits.replace('_', ""),
        Version::V1_2 => digits.to_owned(),
    };
    if !clean.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        || digits.starts_with('_')
    {
        return None;
    }
    let whole = match version {
        Version::V1_1 => whole_1_1(&clean),
        Version::V1_2 => whole_1_2(&clean),
    };
    let spelled = match whole {
        Some(whole) => whole.to_string(),
        None => float(&clean)?,
    };
    Some(format!("{sign}{spelled}"))
}

/// The sign of a number as JSON spells it, and what stands behind it.
fn signed(text: &str) -> (&'static str, &str) {
    match text.as_bytes().first() {
        Some(b'-') => ("-", &text[1..]),
        Some(b'+') => ("", &text[1..]),
        _ => ("", text),
    }
}

fn whole_1_1(digits: &str) -> Option<u128> {
    if let Some(binary) = digits.strip_prefix("0b") {
        return u128::from_str_radix(binary, 2).ok();
    }
    if let Some(hex) = digits.strip_prefix("0x") {
        return u128::from_str_radix(hex, 16).ok();
    }
    if let Some(octal) = digits.strip_prefix('0').filter(|rest| !rest.is_empty()) {
        return u128::from_str_radix(octal, 8).ok();
    }
    let mut parts = digits.split(':');
    let first = decimal(parts.next()?)?;
    parts.try_fold(first, |sum, part| {
        let part = decimal(part).filter(|&value| value < 60 && part.len() <= 2)?;
        sum.checked_mul(60)?.checked_add(part)
    })
}

fn whole_1_2(digits: &str) -> Option<u128> {
    for (start, radix) in [("0o", 8), ("0x", 16), ("0b", 2)] {
        if let Some(rest) = digits.strip_prefix(start) {
            return u128::from_str_radix(rest, radix).ok();
        }
    }
    decimal(digits)
}

fn decimal(digits: &str) -> Option<u128> {
    let is_decimal = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_decimal)
}

/// A number with a point that JSON does not spell so: `.5`, `5.`, `01.5`.
fn float(digits: &str) -> Option<String> {
    let (before, after) = digits.split_once('.')?;
    let (fraction, power) = match after.find(['e', 'E']) {
        Some(at) => after.split_at(at),
        None => (after, ""),
    };
    let whole = before.trim_start_matches('0');
    let spelled = format!(
        "{}.{}{power}",
        if whole.is_empty() { "0" } else { whole },
        if fraction.is_empty() { "0" } else { fraction },
    );
    (is_json_number(&spelled) && !(before.is_empty() && fraction.is_empty())).then_some(spelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str, version: Version) -> String {
        match plain(text, version) {
            Value::Null => "null".to_owned(),
            Value::Bool(truth) => truth.to_string(),
            Value::Number(number) => number,
            Value::String(text) => format!("'{text}'"),
            _ => String::new(),
        }
    }

    #[test]
    fn scalars_of_yaml_1_1() {
        for (text, read) in [
            ("NO", "false"),
            ("On", "true"),
            ("y", "'y'"),
            ("nO", "'nO'"),
            ("012345670123", "1402433619"),
            ("0128", "'0128'"),
            ("1_000", "1000"),
            ("_1", "'_1'"),
            ("0x1F", "31"),
            ("0b101", "5"),
            ("0o17", "'0o17'"),
            ("+5", "5"),
            ("-010", "-8"),
            (".5", "0.5"),
            ("5.", "5.0"),
            ("1e3", "1e3"),
            (".", "'.'"),
            ("12:30:45", "45045"),
            ("1:99", "'1:99'"),
            ("2026-01-01", "'2026-01-01'"),
            ("1.2.3", "'1.2.3'"),
            ("NULL", "null"),
            ("arn:aws", "'arn:aws'"),
        ] {
            assert_eq!(json(text, Version::V1_1), read, "{text}");
        }
    }

    #[test]
    fn scalars_of_yaml_1_2() {
        for (text, read) in [
            ("NO", "'NO'"),
            ("0123", "123"),
            ("0o17", "15"),
            ("1_000", "'1_000'"),
            ("12:30:45", "'12:30:45'"),
            ("+5", "5"),
        ] {
            assert_eq!(json(text, Version::V1_2), read, "{text}");
        }
    }

    #[test]
    fn what_looks_otherwise_is_noted() {
        let noted = |text: &str| {
            let value = plain(text, Version::V1_1);
            note(text, &value, Version::V1_1)
        };
        assert!(noted("NO").is_some_and(|note| note.contains("`NO` is read as false")));
        assert!(noted("0123").is_some_and(|note| note.contains("read as 83")));
        for text in ["True", "false", "12", "x", "~", "1e3"] {
            assert_eq!(noted(text), None, "{text}");
        }
    }
}

//! The committed samples of SageMaker's events come in; many events like them and rules that pick a few of
//! them go out.
//!
//! An event's name carries a number, and rules ask for numbers: with as many as there are, a rule matches
//! about one event in a hundred thousand, as a rule on one job does.

use super::Workload;
use fastrand::Rng;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use std::io::{Error, Result};
use std::path::Path;

const STATUSES: [&str; 5] = ["InProgress", "Completed", "Failed", "Stopping", "Stopped"];

/// How many jobs there are of a kind.
const NUMBERS: u32 = 1_333;

/// When the first job was created; each has its own second.
const FIRST_CREATION: u64 = 1_600_000_000_000;

#[derive(Deserialize)]
struct Page {
    /// Evidence of other kinds has none.
    #[serde(default)]
    events: Vec<Sample>,
}

#[derive(Deserialize)]
struct Sample {
    event: Box<RawValue>,
}

/// A sample with the places in it that rules look at.
struct Template {
    detail_type: String,
    /// Compact, in the order of the sample.
    event: String,
    name_key: String,
    name: String,
    status_key: String,
    /// A field that holds an instant in milliseconds.
    instant_key: Option<String>,
}

pub(super) fn mixed(events: usize, rules: usize) -> Result<Workload> {
    let templates = templates()?;
    Ok(Workload {
        events: all_events(&templates, events),
        rules: (0..rules).map(|id| mixed_rule(&templates, id)).collect(),
    })
}

pub(super) fn inexact(events: usize, rules: usize) -> Result<Workload> {
    let templates = templates()?;
    let rules = (0..rules).map(|id| inexact_rule(&templates, id)).collect();
    Ok(Workload {
        events: all_events(&templates, events),
        rules,
    })
}

/// Events of all types in turn; of some an instant is null.
pub(super) fn deliveries() -> Result<impl Iterator<Item = String>> {
    let mut rng = Rng::with_seed(3);
    let mut turn = 0;
    let templates = templates()?;
    Ok(std::iter::repeat_with(move || {
        let template = &templates[turn % templates.len()];
        turn += 1;
        let mut event = template.event(&mut rng);
        if let Some(key) = template.instant_key.as_ref().filter(|_| rng.u8(..7) == 0) {
            put(&mut event, key, "null");
        }
        event
    }))
}

fn templates() -> Result<Vec<Template>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/aws.sagemaker/samples");
    let mut files = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    files.sort();
    let mut templates = Vec::new();
    for file in files {
        let page: Page = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
        templates.extend(
            page.events
                .iter()
                .filter_map(|sample| template(sample.event.get())),
        );
    }
    if templates.is_empty() {
        Err(Error::other("there are no samples"))
    } else {
        Ok(templates)
    }
}

/// The first key of a text that ends so.
fn text_key(detail: &Map<String, Value>, end: &str) -> Option<String> {
    let texts = detail.iter().filter(|(_, value)| value.is_string());
    let mut keys = texts.map(|(key, _)| key);
    keys.find(|key| key.to_lowercase().ends_with(end)).cloned()
}

fn template(text: &str) -> Option<Template> {
    let event: Value = serde_json::from_str(text).ok()?;
    let detail = event["detail"].as_object()?;
    let name_key = text_key(detail, "name")?;
    let is_instant = |value: &Value| value.as_f64().is_some_and(|value| value > 1e12);
    Some(Template {
        detail_type: event["detail-type"].as_str()?.to_owned(),
        name: detail[&name_key].as_str()?.to_owned(),
        status_key: text_key(detail, "status")?,
        instant_key: detail
            .iter()
            .find(|(_, value)| is_instant(value))
            .map(|(key, _)| key.clone()),
        event: compact(text),
        name_key,
    })
}

fn put_envelope(event: &mut String, rng: &mut Rng) {
    let (first, last) = (rng.u32(..), rng.u64(..) >> 16);
    put(
        event,
        "id",
        &format!("\"{first:08x}-{:04x}-{last:012x}\"", rng.u16(..)),
    );
    put(
        event,
        "account",
        &format!("\"{:012}\"", rng.u64(..1_000_000_000_000)),
    );
    let (month, day, hour) = (rng.u8(1..13), rng.u8(1..29), rng.u8(..24));
    put(
        event,
        "time",
        &format!("\"2026-{month:02}-{day:02}T{hour:02}:00:00Z\""),
    );
}

impl Template {
    fn numbered(&self, number: u32) -> String {
        format!("{}-{number:05}-{:04x}", self.name, check(number))
    }

    fn event(&self, rng: &mut Rng) -> String {
        let number = rng.u32(..NUMBERS);
        let mut event = self.event.replace(
            &format!("{}\"", self.name),
            &format!("{}\"", self.numbered(number)),
        );
        put_envelope(&mut event, rng);
        put(
            &mut event,
            &self.status_key,
            &format!("\"{}\"", STATUSES[rng.usize(..STATUSES.len())]),
        );
        if let Some(key) = &self.instant_key {
            put(&mut event, key, &instant(number).to_string());
        }
        if rng.u8(..9) == 0 && event.ends_with("}}") {
            event.truncate(event.len() - 2);
            event.push_str(&format!(r#","FailureReason":"{}"}}}}"#, reason(rng)));
        }
        event
    }
}

/// Replaces the string or number at the first place where the key stands.
fn put(event: &mut String, key: &str, value: &str) {
    let key = format!("\"{key}\":");
    let Some(start) = event.find(&key).map(|at| at + key.len()) else {
        return;
    };
    let old = &event[start..];
    let length = match old.strip_prefix('"') {
        Some(text) => text.find('"').map(|end| end + 2),
        None => old.find([',', '}']),
    };
    if let Some(length) = length {
        event.replace_range(start..start + length, value);
    }
}

/// The text without the white space between its tokens, its keys in the order they had.
fn compact(json: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    let keeps = |character: &char| {
        let quote = *character == '"' && !escaped;
        escaped = inside && *character == '\\' && !escaped;
        inside ^= quote;
        inside || !character.is_ascii_whitespace()
    };
    json.chars().filter(keeps).collect()
}

/// Some digits that follow from a number, so that a suffix can tell it.
fn check(number: u32) -> u16 {
    (number.wrapping_mul(2_654_435_761) >> 16) as u16
}

fn instant(number: u32) -> u64 {
    FIRST_CREATION + u64::from(number) * 1_000
}

fn reason(rng: &mut Rng) -> String {
    let line = "AlgorithmError: the container exited with code 1; see the log for \\\"step\\\" ";
    format!("{}{}", line.repeat(rng.usize(6..20)), rng.u32(..))
}

fn all_events(templates: &[Template], count: usize) -> Vec<String> {
    let mut rng = Rng::with_seed(1);
    templates
        .iter()
        .cycle()
        .take(count)
        .map(|template| template.event(&mut rng))
        .collect()
}

/// 11 % prefix, 5 % each suffix, wildcard and anything-but, 3 % numeric, 2 % exists, the rest exact.
fn mixed_rule(templates: &[Template], id: usize) -> String {
    let mut rng = Rng::with_seed(0x5eed + id as u64);
    let template = &templates[rng.usize(..templates.len())];
    let number = rng.u32(..NUMBERS);
    let (name, base) = (template.numbered(number), &template.name);
    let mut status = json!([STATUSES[rng.usize(..STATUSES.len())]]);
    let mut extra = None;
    let name = match id * 37 % 100 {
        0..11 => json!([{ "prefix": format!("{base}-{number:05}-") }]),
        11..16 => json!([{ "suffix": format!("-{number:05}-{:04x}", check(number)) }]),
        16..21 => json!([{ "wildcard": format!("{base}-{number:05}-*") }]),
        21..26 => {
            status = json!([{ "anything-but": [status[0], "Deleted"] }]);
            json!([name])
        }
        26..29 if template.instant_key.is_some() => {
            let first = instant(number);
            extra = template.instant_key.clone().map(|key| {
                (
                    key,
                    json!([{ "numeric": [">=", first, "<", first + 1_000] }]),
                )
            });
            json!([{ "prefix": base }])
        }
        29..31 => {
            extra = Some(("FailureReason".to_owned(), json!([{ "exists": true }])));
            json!([name])
        }
        _ => json!([name]),
    };
    let mut rule = json!({ "source": ["aws.sagemaker"], "detail-type": [template.detail_type] });
    rule["detail"] = json!({ &template.status_key: status, &template.name_key: name });
    if let Some((key, values)) = extra {
        rule["detail"][key] = values;
    }
    rule.to_string()
}

/// Prefixes, suffixes, wildcards, anything-but and numeric ranges alone: not one value to look up, and not
/// even a detail-type.
fn inexact_rule(templates: &[Template], id: usize) -> String {
    let mut rng = Rng::with_seed(0x1d1d + id as u64);
    let template = &templates[rng.usize(..templates.len())];
    let number = rng.u32(..NUMBERS);
    let (base, key) = (&template.name, &template.name_key);
    let middle = base.len() / 2;
    let middle = (0..=middle)
        .rev()
        .find(|at| base.is_char_boundary(*at))
        .unwrap_or(0);
    let name = match id % 6 {
        0 => json!([{ "prefix": format!("{base}-{number:05}-") }]),
        1 => json!([{ "suffix": format!("-{number:05}-{:04x}", check(number)) }]),
        2 => json!([{ "wildcard": format!("{}*-{number:05}-*", &base[..middle]) }]),
        3 => {
            json!([{ "wildcard": format!("*{}-{number:05}*{:x}", &base[middle..], check(number) & 15) }])
        }
        4 => {
            let status =
                json!([{ "anything-but": [STATUSES[rng.usize(..5)], STATUSES[rng.usize(..5)]] }]);
            let name = json!([{ "prefix": format!("{base}-{number:05}") }]);
            return json!({ "detail": { &template.status_key: status, key: name } }).to_string();
        }
        _ => {
            let first = instant(number);
            let range = json!([{ "numeric": [">=", first, "<", first + 2_000] }]);
            let name = json!([{ "prefix": base }]);
            let instant_key = template.instant_key.as_deref().unwrap_or("CreationTime");
            return json!({ "detail": { instant_key: range, key: name } }).to_string();
        }
    };
    json!({ "detail": { key: name } }).to_string()
}

//! A field of `detail` that a pattern asks for comes in; that no event, or not every event of the rule, has it is told.

use super::Checker;
use super::envelope;
use super::leaves::{Leaf, Step};
use super::scope::Scope;
use crate::catalogue::{Missing, Standing, Target, elsewhere, is_documented};
use crate::finding::{Code, Fix, Found};
use crate::near;
use eventbridge_catalog::model::{EventType, Field};
use std::collections::BTreeSet;

/// What stands at a field's path in the events of all scopes.
#[derive(Default)]
struct Seen<'m> {
    targets: Vec<Target<'m>>,
    /// Whether some described event leaves open what stands there.
    is_open: bool,
    /// Whether something may stand there of which nothing is known.
    is_elsewhere: bool,
    /// Events that have it, and that do not.
    with: Vec<&'m EventType>,
    without: Vec<(&'m EventType, Standing<'m>)>,
}

impl<'m> Seen<'m> {
    fn of(scopes: &[&Scope<'m>], names: &[&str]) -> Self {
        let mut seen = Seen::default();
        for scope in scopes {
            seen.is_elsewhere |= scope.is_open;
            for event in &scope.events {
                if event.detail.is_empty() {
                    seen.is_elsewhere = true;
                } else if !seen.has(event) {
                    seen.add(event, names);
                }
            }
        }
        seen
    }

    fn has(&self, event: &EventType) -> bool {
        let without = self.without.iter().map(|(event, _)| event);
        let mut known = self.with.iter().chain(without);
        known.any(|known| std::ptr::eq(*known, event))
    }

    fn add(&mut self, event: &'m EventType, names: &[&str]) {
        let standing = Standing::in_detail(event, names);
        self.is_open |= standing.is_open;
        if standing.is_there() {
            self.with.push(event);
            self.targets.extend(standing.targets);
        } else {
            self.without.push((event, standing));
        }
    }

    /// The step at which the events that come farthest do not have the path, and the objects that lack it.
    fn farthest(&self) -> Option<(usize, Vec<&Missing<'m>>)> {
        let missing = || {
            self.without
                .iter()
                .flat_map(|(_, standing)| &standing.missing)
        };
        let step = missing().map(|missing| missing.step).max()?;
        Some((
            step,
            missing().filter(|missing| missing.step == step).collect(),
        ))
    }

    fn below(&self) -> Option<usize> {
        self.without
            .iter()
            .filter_map(|(_, standing)| standing.below)
            .max()
    }
}

impl<'m> Checker<'_, 'm> {
    /// A field below `detail`; `steps` are those behind it.
    pub(super) fn detail(&mut self, leaf: &Leaf<'_>, steps: &[Step<'_>], scopes: &[&Scope<'m>]) {
        if let Some(step) = steps.iter().find(|step| is_path(step.name)) {
            return self.path_key(step);
        }
        let names: Vec<&str> = steps.iter().map(|step| step.name).collect();
        let seen = Seen::of(scopes, &names);
        if seen.with.is_empty() {
            return self.absent(steps, &seen, scopes);
        }
        if !leaf.is_absent() {
            self.partial(steps, scopes, &names);
        }
        if !seen.is_open && !scopes.iter().any(|scope| scope.is_open) {
            self.map_keys(steps, &seen.targets, &seen.with);
            self.values(leaf, &seen.targets);
        }
    }

    /// A field that no described event of the rule has.
    fn absent(&mut self, steps: &[Step<'_>], seen: &Seen<'m>, scopes: &[&Scope<'m>]) {
        if seen.without.is_empty() || scopes.iter().any(|scope| scope.is_open) {
            return self.envelope_key_inside(steps, seen);
        }
        let farthest = seen.farthest();
        let below = seen.below();
        match farthest {
            Some((at, missing)) if below.is_none_or(|below| below <= at) => {
                self.missing(steps, at, &missing, seen);
            }
            _ => {
                if let Some((at, step)) = below.and_then(|at| Some((at, steps.get(at)?))) {
                    let above = at.checked_sub(1).and_then(|at| steps.get(at));
                    let above = above.map_or("detail", |step| step.name);
                    let message =
                        format!("`{above}` has no fields, so `{}` is never there", step.name);
                    self.tell(Found::error(step.span(), Code::NotAnObject, message));
                }
            }
        }
    }

    fn missing(
        &mut self,
        steps: &[Step<'_>],
        at: usize,
        missing: &[&Missing<'m>],
        seen: &Seen<'m>,
    ) {
        let Some(step) = steps.get(at) else {
            return;
        };
        let fields = || missing.iter().flat_map(|missing| missing.fields);
        let is_item = missing.iter().all(|missing| missing.is_item);
        if is_item && step.name.bytes().all(|b| b.is_ascii_digit()) {
            return self.array_index(step);
        }
        if is_item
            && missing.iter().all(|missing| missing.is_pair)
            && !is_near_any(step.name, fields())
        {
            return self.pairs(step, missing);
        }
        let meant = near::meant(step.name, fields().map(|field| field.key.as_str()));
        let events: Vec<&EventType> = seen.without.iter().map(|(event, _)| *event).collect();
        let places = elsewhere(&events, step.name);
        // Of an event that is known by name alone nothing can be said but what is plain.
        if seen.is_elsewhere && at == 0 && meant.is_none() && places.is_empty() {
            return self.envelope_key_inside(steps, seen);
        }
        let have = events_have(&events, steps, at);
        let message = format!("{have} no field `{}`", step.name);
        let is_sure = !seen.is_elsewhere && events.iter().any(|event| is_documented(event));
        let found = if is_sure {
            Found::error(step.span(), Code::UnknownField, message)
        } else {
            Found::warning(step.span(), Code::UnknownField, message)
        };
        self.tell(instead(
            found,
            step,
            meant.map(|(key, _)| key),
            &places,
            fields(),
        ));
    }

    fn array_index(&mut self, step: &Step<'_>) {
        let message = format!(
            "`{}` is no key: a field of an array is looked for in all of its items, so leave the number out",
            step.name
        );
        self.tell(Found::error(step.span(), Code::ArrayIndex, message));
    }

    /// A key of a list of pairs that is no `Key` and `Value`.
    fn pairs(&mut self, step: &Step<'_>, missing: &[&Missing<'m>]) {
        let keys: Vec<&str> = missing
            .iter()
            .flat_map(|missing| missing.fields)
            .map(|field| field.key.as_str())
            .take(2)
            .collect();
        if let [key, value] = keys.as_slice() {
            let name = step.name;
            let message = format!(
                "this is a list of pairs here, not a map: write {{\"{key}\": [\"{name}\"], \"{value}\": […]}}"
            );
            self.tell(Found::warning(step.span(), Code::TagsForm, message));
        }
    }

    /// `source` or `detail-type` within `detail`, of which not all is known.
    fn envelope_key_inside(&mut self, steps: &[Step<'_>], seen: &Seen<'m>) {
        let Some(step) = steps.last().filter(|step| is_envelope_alone(step.name)) else {
            return;
        };
        if !self.has_top(step.name) && (!seen.without.is_empty() || self.is_known_value(step)) {
            let message = format!("`{}` stands beside `detail`, not in it", step.name);
            self.tell(Found::error(step.span(), Code::UnknownField, message));
        }
    }

    /// A field that some of the events lack which the rule lists.
    fn partial(&mut self, steps: &[Step<'_>], scopes: &[&Scope<'m>], names: &[&str]) {
        let mut lacking: Vec<&str> = Vec::new();
        for scope in scopes.iter().filter(|scope| scope.is_listed) {
            let described = scope.events.iter().filter(|event| !event.detail.is_empty());
            let without = described.filter(|event| !Standing::in_detail(event, names).is_there());
            lacking.extend(without.map(|event| event.detail_type.as_str()));
        }
        lacking.sort_unstable();
        lacking.dedup();
        if let (Some(step), [first, more @ ..]) = (steps.last(), lacking.as_slice()) {
            let more = match more.len() {
                0 => String::new(),
                more => format!(" and {more} more of the rule's detail-types"),
            };
            let message = format!(
                "`{}` is no field of \"{first}\"{more}, so the rule never lets them through",
                step.name
            );
            self.tell(Found::warning(step.span(), Code::PartialField, message));
        }
    }

    /// Keys of maps that are fields of the event, or the two of a pair.
    fn map_keys(&mut self, steps: &[Step<'_>], targets: &[Target<'m>], events: &[&'m EventType]) {
        let Some(at) = targets
            .iter()
            .map(|target| target.map_key)
            .reduce(|one, other| one.filter(|_| one == other))
        else {
            return;
        };
        let Some(step) = at.flatten_step(steps) else {
            return;
        };
        if matches!(step.name, "Key" | "Value")
            && step.has_sibling("Key")
            && step.has_sibling("Value")
        {
            let message =
                "this is a map here, not a list of pairs: write {\"the key\": [\"the value\"]}";
            return self.tell(Found::warning(step.span(), Code::TagsForm, message));
        }
        self.misplaced(step, events);
    }

    /// The key of a map that is a field of the event.
    fn misplaced(&mut self, step: &Step<'_>, events: &[&'m EventType]) {
        let is_field = events
            .iter()
            .any(|event| event.detail.iter().any(|field| field.key == step.name));
        if is_field && is_composed(step.name) {
            let message = format!(
                "`{}` is a field of `detail` itself, and here the key of a map",
                step.name
            );
            self.tell(Found::warning(step.span(), Code::MisplacedKey, message));
        }
    }
}

fn word(from: &str, to: &str) -> Fix {
    Fix::Word {
        from: from.to_owned(),
        to: to.to_owned(),
    }
}

/// What to write in the place of a field that is not there.
fn instead<'f>(
    found: Found,
    step: &Step<'_>,
    meant: Option<&str>,
    places: &BTreeSet<String>,
    fields: impl Iterator<Item = &'f Field>,
) -> Found {
    match meant.filter(|key| step.is_whole_key() && !step.has_sibling(key)) {
        Some(key) => found
            .more(&format!("`{key}` is meant"))
            .fix(word(step.name, key)),
        _ if is_envelope_alone(step.name) => found.more("it stands beside `detail`"),
        _ if !places.is_empty() => {
            let places = places.iter().take(3).map(|path| format!("`detail.{path}`"));
            found.more(&format!(
                "it stands at {}",
                places.collect::<Vec<_>>().join(", ")
            ))
        }
        _ => found.more(&known_fields(fields)),
    }
}

/// The step that a number stands for.
trait FlattenStep {
    fn flatten_step<'s, 't>(self, steps: &'s [Step<'t>]) -> Option<&'s Step<'t>>;
}

impl FlattenStep for Option<usize> {
    fn flatten_step<'s, 't>(self, steps: &'s [Step<'t>]) -> Option<&'s Step<'t>> {
        steps.get(self?)
    }
}

fn is_path(name: &str) -> bool {
    name.starts_with('$') && name != "$or"
}

/// Whether a word is a key of the envelope that hardly any detail has.
fn is_envelope_alone(name: &str) -> bool {
    matches!(name, "detail-type" | "source" | "account" | "resources")
        && envelope::KEYS.contains(&name)
}

/// Whether a name is of several words, which no key of a map is by chance.
fn is_composed(name: &str) -> bool {
    let capitals = name
        .chars()
        .skip(1)
        .filter(char::is_ascii_uppercase)
        .count();
    name.len() >= 8 && (capitals > 0 || name.contains(['-', '_']))
}

fn is_near_any<'m>(name: &str, fields: impl Iterator<Item = &'m Field>) -> bool {
    near::meant(name, fields.map(|field| field.key.as_str())).is_some()
}

fn events_have(events: &[&EventType], steps: &[Step<'_>], at: usize) -> String {
    let names: Vec<&str> = steps.iter().take(at).map(|step| step.name).collect();
    match (events, names.as_slice()) {
        ([event], []) => format!("\"{}\" has", event.detail_type),
        ([event], names) => format!("`{}` of \"{}\" has", names.join("."), event.detail_type),
        (_, []) => "the events of this rule have".to_owned(),
        (_, names) => format!("`{}` has", names.join(".")),
    }
}

fn known_fields<'m>(fields: impl Iterator<Item = &'m Field>) -> String {
    const FEW: usize = 8;
    let mut keys: Vec<&str> = fields.map(|field| field.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    match keys.len() {
        0..=FEW => format!("its fields are {}", keys.join(", ")),
        more => format!(
            "its fields are {} and {} more",
            keys[..FEW].join(", "),
            more - FEW
        ),
    }
}

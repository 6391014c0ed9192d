//! All evidence of a source comes in; what is known of each of its events goes out.

pub mod event;
mod former;
mod pattern;

use super::evidence::SourceEvidence;
use super::evidence::page::{PageEvidence, ProseField, ValueList, ValueLists};
use super::evidence::shapes::ShapeEvidence;
use super::kind_word;
use super::shape::{Field, Position, Shape, ValueKind};
use event::{EventKnowledge, Values};
use eventbridge_catalog::model::{Evidence, Origin};
use eventbridge_catalog::path::{self, Step};
use std::collections::{BTreeMap, BTreeSet};

/// A list of values that cannot be trusted, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// Where the list begins.
    pub site: Evidence,
    /// What is odd about it.
    pub message: String,
}

/// Joins all evidence of a source, with the lists of values of its pages as events spell them. The order of evidence
/// does not matter.
pub fn join(
    evidence: &SourceEvidence,
    lists: &ValueLists,
) -> (BTreeMap<String, EventKnowledge>, Vec<Doubt>) {
    let mut events: BTreeMap<String, EventKnowledge> = BTreeMap::new();
    for page in evidence.pages.values() {
        add_samples(page, &mut events);
        former::add_former(page, &mut events);
        former::add_dates(page, &mut events);
    }
    let (exports, shapes): (Vec<_>, Vec<_>) = evidence
        .shapes
        .values()
        .partition(|shapes| shapes.is_export());
    for shapes in shapes {
        add_shapes(shapes, |_| true, &mut events);
    }
    let shown: BTreeSet<String> = events.keys().cloned().collect();
    for shapes in exports {
        add_shapes(
            shapes,
            |detail_type| !shown.contains(detail_type),
            &mut events,
        );
    }
    for page in evidence.pages.values() {
        add_marked(page, &mut events);
    }
    let mut doubts = Vec::new();
    for page in evidence.pages.values() {
        add_fields(page, &mut events);
        let lists = lists.get(&page.page).unwrap_or(&page.values);
        add_values(page, lists, &mut events, &mut doubts);
    }
    for page in evidence.pages.values() {
        add_pattern_values(page, &mut events);
        former::add_former_values(page, &mut events);
    }
    (events, doubts)
}

fn add_samples(page: &PageEvidence, events: &mut BTreeMap<String, EventKnowledge>) {
    for sample in &page.events {
        let event = events.entry(sample.detail_type.clone()).or_default();
        event.documented.insert((page.site(sample.line), "event"));
        event.detail.join(Shape::of_detail(&page.page, sample));
    }
    for sample in &page.patterns {
        for detail_type in &sample.detail_types {
            let event = events.entry(detail_type.clone()).or_default();
            event.documented.insert((page.site(sample.line), "pattern"));
        }
    }
    for (name, line) in &page.names {
        let event = events.entry(name.clone()).or_default();
        event.documented.insert((page.site(*line), "name"));
    }
}

/// What a pattern marks confirms an event that other evidence names; it names none itself.
fn add_marked(page: &PageEvidence, events: &mut BTreeMap<String, EventKnowledge>) {
    for sample in &page.patterns {
        for name in &sample.marked {
            if let Some(event) = events.get_mut(name) {
                event.documented.insert((page.site(sample.line), "pattern"));
            }
        }
    }
}

/// Adds what shapes tell of events that are wanted.
fn add_shapes(
    evidence: &ShapeEvidence,
    is_wanted: impl Fn(&str) -> bool,
    events: &mut BTreeMap<String, EventKnowledge>,
) {
    let what = if evidence.origin.shows_events() {
        "event"
    } else {
        "schema"
    };
    let told = evidence.shapes.values().flatten();
    for (detail_type, shape) in told.filter(|(detail_type, _)| is_wanted(detail_type)) {
        let event = events.entry(detail_type.clone()).or_default();
        let sites = shape.seen.values().flatten().map(|seen| seen.site.clone());
        event.documented.extend(sites.map(|site| (site, what)));
        add_listed(shape, "", &mut event.values);
        event.detail.join(shape.clone());
    }
}

/// The values that a document lists.
fn add_listed(shape: &Shape, path: &str, values: &mut BTreeMap<String, Values>) {
    for (word, sites) in &shape.words.seen {
        for site in sites.iter().filter(|site| !site.origin.shows_events()) {
            let known = values.entry(path.to_owned()).or_default();
            known.add(word, site.clone(), 0);
        }
    }
    for (key, field) in &shape.fields {
        add_listed(&field.shape, &path::key(path, key), values);
    }
    if let Some(items) = &shape.items {
        add_listed(items, &format!("{path}[]"), values);
    }
}

fn add_fields(page: &PageEvidence, events: &mut BTreeMap<String, EventKnowledge>) {
    for (ordinal, named) in page.fields.iter().enumerate() {
        let Some(event) = events.get_mut(&named.detail_type) else {
            continue;
        };
        if let Some(condition) = &named.condition {
            let known = event.conditions.entry(named.field.clone());
            known
                .and_modify(|known| known.join(condition.clone()))
                .or_insert_with(|| condition.clone());
        }
        let site = page.site(named.line);
        let first = Position::Prose(site.clone(), ordinal);
        let steps = path::steps(&named.field).unwrap_or_default();
        let told = named.kind.is_some() || named.required.is_some();
        let shown = told && event.detail.at(&named.field).is_some_and(is_shown);
        let missing = match shown && named.condition.is_none() {
            true => BTreeSet::new(),
            false => BTreeSet::from([Origin::Page]),
        };
        let shape = described(named, site);
        event.detail.join(at_steps(&steps, shape, &missing, &first));
    }
}

/// Whether events show a value at a place.
fn is_shown(shape: &Shape) -> bool {
    let mut seen = shape.seen.keys();
    seen.any(|(origin, kind)| origin.shows_events() && *kind != ValueKind::Prose)
}

/// What prose says of a field as a shape: that it is there, and a word for its kind.
fn described(named: &ProseField, site: Evidence) -> Shape {
    let required = named.required.map(|required| match required {
        true => "required".to_owned(),
        false => "not required".to_owned(),
    });
    let mut shape = Shape::one(ValueKind::Prose, site.clone(), required);
    if let Some(kind) = &named.kind {
        let is_map = kind == "map";
        shape.join(match is_map {
            true => Shape::one(ValueKind::Map, site.clone(), None),
            false => Shape::one(
                ValueKind::Word(kind.clone()),
                site.clone(),
                Some(kind.clone()),
            ),
        });
        if let Some(item) = kind_word::items(kind) {
            let word = ValueKind::Word(item.to_owned());
            shape.items = Some(Box::new(Shape::one(word, site, Some(item.to_owned()))));
        }
    }
    shape
}

/// A shape behind steps.
fn at_steps(steps: &[Step], shape: Shape, missing: &BTreeSet<Origin>, first: &Position) -> Shape {
    let Some((step, rest)) = steps.split_first() else {
        return shape;
    };
    let inner = at_steps(rest, shape, missing, first);
    let mut outer = Shape::default();
    match step {
        Step::Items => outer.items = Some(Box::new(inner)),
        Step::Values => outer.values = Some(Box::new(inner)),
        Step::Key(key) => {
            let last = rest
                .iter()
                .all(|step| *step != Step::Items && !matches!(step, Step::Key(_)));
            let field = Field {
                first: first.clone(),
                shape: inner,
                missing: match last {
                    true => missing.clone(),
                    false => BTreeSet::new(),
                },
            };
            outer.fields.insert(key.clone(), Box::new(field));
        }
    }
    outer
}

/// The values that patterns list are values of their fields.
fn add_pattern_values(page: &PageEvidence, events: &mut BTreeMap<String, EventKnowledge>) {
    for sample in &page.patterns {
        for name in sample.detail_types.iter().chain(&sample.marked) {
            let Some(event) = events.get_mut(name) else {
                continue;
            };
            for (path, listed) in pattern::values(&sample.pattern, &event.detail) {
                let values = event.values.entry(path).or_default();
                for (ordinal, value) in (PATTERNS..).zip(listed) {
                    values.add(&value, page.site(sample.line), ordinal);
                }
            }
        }
    }
}

/// Values of patterns come behind those of lists.
const PATTERNS: usize = usize::MAX / 2;

fn add_values(
    page: &PageEvidence,
    lists: &[ValueList],
    events: &mut BTreeMap<String, EventKnowledge>,
    doubts: &mut Vec<Doubt>,
) {
    let shown = shown_values(page);
    let mut ordinal = 0;
    for list in lists {
        let first = ordinal;
        ordinal += list.values.len();
        let Some(event) = events.get_mut(&list.detail_type) else {
            continue;
        };
        if let Some(message) = doubt(list, &shown) {
            let line = list.values.first().map_or(1, |(_, line)| *line);
            doubts.push(Doubt {
                site: page.site(line),
                message,
            });
            continue;
        }
        for path in &list.fields {
            let values = event.values.entry(path.clone()).or_default();
            for (ordinal, (value, line)) in (first..).zip(&list.values) {
                values.add(value, page.site(*line), ordinal);
            }
        }
    }
}

/// What speaks against a list: a value that no program would write, or samples of the same page that
/// show more values it lacks than values it has. Both betray a translated list.
fn doubt(list: &ValueList, shown: &Shown<'_>) -> Option<String> {
    let listed: BTreeSet<&str> = list
        .values
        .iter()
        .map(|(value, _)| value.as_str())
        .collect();
    let fields = list.fields.join(", ");
    if let Some(odd) = listed.iter().find(|value| !value.is_ascii()) {
        return Some(format!(
            "\"{odd}\" is listed as a value of {fields}, but looks translated"
        ));
    }
    let places = list.fields.iter();
    let shown: BTreeSet<&str> = places
        .filter_map(|path| shown.get(&(list.detail_type.as_str(), path.as_str())))
        .flatten()
        .map(String::as_str)
        .collect();
    let lacking: Vec<&str> = shown
        .iter()
        .copied()
        .filter(|value| !listed.contains(value))
        .collect();
    let contradicted = !lacking.is_empty() && lacking.len() * 2 >= shown.len();
    contradicted.then(|| {
        let lacking = lacking.join(", ");
        format!(
            "the list of values for {fields} lacks {lacking}, which a sample shows: translated?"
        )
    })
}

/// The values that samples of a page show, by detail-type and path.
type Shown<'p> = BTreeMap<(&'p str, &'p str), BTreeSet<String>>;

/// The values that samples of the page show for the fields that its lists name.
fn shown_values(page: &PageEvidence) -> Shown<'_> {
    let mut listed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for list in &page.values {
        let fields = listed.entry(&list.detail_type).or_default();
        fields.extend(list.fields.iter().map(String::as_str));
    }
    let mut shown = Shown::new();
    for sample in &page.events {
        let Some((detail_type, fields)) = listed.get_key_value(sample.detail_type.as_str()) else {
            continue;
        };
        let shape = Shape::of_detail(&page.page, sample);
        let fields = fields
            .iter()
            .filter(|path| !sample.replaced.iter().any(|it| it == **path));
        for path in fields {
            let values = shown.entry((detail_type, path)).or_default();
            values.extend(values_at(&shape, path));
        }
    }
    shown
}

/// The values seen at a path, without placeholders such as `status` for a field that ends in `Status`.
fn values_at<'s>(shape: &'s Shape, path: &'s str) -> impl Iterator<Item = String> + 's {
    let key = path::last_key(path).to_ascii_lowercase();
    let sightings = shape.at(path).into_iter().flat_map(Shape::sightings);
    sightings
        .filter(|(kind, _)| **kind == ValueKind::Text)
        .filter_map(|(_, sighting)| sighting.value.clone())
        .filter(move |value| !value.contains(' ') && !key.contains(&value.to_ascii_lowercase()))
}

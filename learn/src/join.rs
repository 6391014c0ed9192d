//! All evidence of a source comes in; what is known of each of its events goes out.

use super::api_model::ApiModel;
use super::corrections::Corrections;
use super::evidence::{PageEvidence, ProseField, ValueList};
use super::shape::{Field, Kind, Position, Shape};
use super::told::Told;
use eventbridge_catalog::model::{Condition, Evidence, Origin};
use eventbridge_catalog::path;
use std::collections::{BTreeMap, BTreeSet};

/// All evidence of one source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceEvidence {
    /// Pages by file name.
    pub pages: BTreeMap<String, PageEvidence>,
    /// Deliveries and documents by name.
    pub told: BTreeMap<String, Told>,
    /// The model of the service's API, or the extract of it that is kept.
    pub api: Option<ApiModel>,
}

impl SourceEvidence {
    /// Keeps a page, in the place of what it said before.
    pub fn keep_page(&mut self, page: PageEvidence) {
        self.pages.insert(page.page.clone(), page);
    }

    /// Keeps what is told: deliveries add up, a document takes the place of what it said before.
    pub fn keep_told(&mut self, told: Told) {
        match self.told.get_mut(&told.name) {
            Some(known) if told.revision.is_none() => known.join(told),
            _ => drop(self.told.insert(told.name.clone(), told)),
        }
    }

    /// Whether there is any.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.told.is_empty() && self.api.is_none()
    }
}

impl FromIterator<PageEvidence> for SourceEvidence {
    fn from_iter<T: IntoIterator<Item = PageEvidence>>(pages: T) -> Self {
        let mut evidence = SourceEvidence::default();
        pages.into_iter().for_each(|page| evidence.keep_page(page));
        evidence
    }
}

/// What is known of one event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Event {
    /// The shape of its detail. Without fields: documented by name alone.
    pub detail: Shape,
    /// Where it is documented, and by what: `event`, `pattern`.
    pub documented: BTreeSet<(Evidence, &'static str)>,
    /// The known values at each path.
    pub values: BTreeMap<String, Values>,
    /// When a field at the top of the detail is there.
    pub conditions: BTreeMap<String, Condition>,
    /// Paths where an object is a map, and the type of its values; set when corrections are applied.
    pub maps: BTreeMap<String, Option<String>>,
}

/// The known values of a field: those that pages and documents list, in the order of the first list, then
/// those that the API alone lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    documented: BTreeMap<String, BTreeSet<(Evidence, usize)>>,
    derived: BTreeMap<String, Derived>,
}

/// A value that the API lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// As events spell it.
    pub value: String,
    /// Its place in the list of the API.
    pub rank: usize,
    /// Who says so, and how the API spells it if otherwise.
    pub facts: BTreeSet<(Evidence, Option<String>)>,
}

impl Values {
    fn add(&mut self, value: &str, site: Evidence, ordinal: usize) {
        self.documented
            .entry(value.to_owned())
            .or_default()
            .insert((site, ordinal));
    }

    /// Adds a value that the API lists.
    pub fn derive(&mut self, value: Derived) {
        self.derived.insert(value.value.clone(), value);
    }

    /// The values, whoever lists them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.documented()
            .chain(self.derived.keys().map(String::as_str))
    }

    /// The values that pages and documents list.
    pub fn documented(&self) -> impl Iterator<Item = &str> {
        self.documented.keys().map(String::as_str)
    }

    /// The values in order, each with what is said of it: `value Completed`.
    pub fn ordered(&self) -> Vec<(&str, BTreeSet<(Evidence, String)>)> {
        let mut documented: Vec<_> = self.documented.iter().collect();
        documented.sort_by_key(|(value, places)| (places.first(), *value));
        let documented = documented.into_iter().map(|(value, _)| value.as_str());
        let alone = |value: &&Derived| !self.documented.contains_key(&value.value);
        let mut derived: Vec<_> = self.derived.values().filter(alone).collect();
        derived.sort_by_key(|value| (value.rank, &value.value));
        let derived = derived.into_iter().map(|value| value.value.as_str());
        let all = documented.chain(derived);
        all.map(|value| (value, self.facts(value))).collect()
    }

    fn facts(&self, value: &str) -> BTreeSet<(Evidence, String)> {
        let listed = self.documented.get(value).into_iter().flatten();
        let listed = listed.map(|(site, _)| (site.clone(), format!("value {value}")));
        let derived = self.derived.get(value).into_iter();
        let derived = derived.flat_map(|derived| &derived.facts);
        let derived = derived.map(|(site, other)| match other {
            Some(other) => (site.clone(), format!("value {value} (as {other})")),
            None => (site.clone(), format!("value {value}")),
        });
        listed.chain(derived).collect()
    }
}

/// A list of values that cannot be trusted, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// Where the list begins.
    pub site: Evidence,
    /// What is odd about it.
    pub message: String,
}

/// Joins all evidence of a source, its lists of values corrected. The order of evidence does not matter.
pub fn join(
    evidence: &SourceEvidence,
    corrections: &mut Corrections,
) -> (BTreeMap<String, Event>, Vec<Doubt>) {
    let mut events: BTreeMap<String, Event> = BTreeMap::new();
    for page in evidence.pages.values() {
        add_samples(page, &mut events);
    }
    for told in evidence.told.values() {
        add_told(told, &mut events);
    }
    for page in evidence.pages.values() {
        add_marked(page, &mut events);
    }
    let mut doubts = Vec::new();
    for page in evidence.pages.values() {
        add_fields(page, &mut events);
        add_values(page, corrections, &mut events, &mut doubts);
    }
    (events, doubts)
}

fn add_samples(page: &PageEvidence, events: &mut BTreeMap<String, Event>) {
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
fn add_marked(page: &PageEvidence, events: &mut BTreeMap<String, Event>) {
    for sample in &page.patterns {
        for name in &sample.marked {
            if let Some(event) = events.get_mut(name) {
                event.documented.insert((page.site(sample.line), "pattern"));
            }
        }
    }
}

fn add_told(told: &Told, events: &mut BTreeMap<String, Event>) {
    let what = if told.origin.shows_events() {
        "event"
    } else {
        "schema"
    };
    for (detail_type, shape) in told.shapes.values().flatten() {
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

fn add_fields(page: &PageEvidence, events: &mut BTreeMap<String, Event>) {
    for (ordinal, named) in page.fields.iter().enumerate() {
        let ProseField {
            detail_type,
            field,
            line,
            condition,
        } = named;
        let Some(event) = events.get_mut(detail_type) else {
            continue;
        };
        if let Some(condition) = condition {
            let known = event
                .conditions
                .entry(field.clone())
                .or_insert_with(|| condition.clone());
            *known = known.clone().min(condition.clone());
        }
        let site = page.site(*line);
        let mut named = BTreeMap::new();
        let prose = Field {
            first: Position::Prose(site.clone(), ordinal),
            shape: Shape::one(Kind::Prose, site, None),
            missing: BTreeSet::from([Origin::Page]),
        };
        named.insert(field.clone(), prose);
        event.detail.join(Shape {
            fields: named,
            ..Shape::default()
        });
    }
}

fn add_values(
    page: &PageEvidence,
    corrections: &mut Corrections,
    events: &mut BTreeMap<String, Event>,
    doubts: &mut Vec<Doubt>,
) {
    let shown = shown_values(page);
    let mut ordinal = 0;
    for list in &page.values {
        let first = ordinal;
        ordinal += list.values.len();
        let list = corrections.restore(&page.page, list);
        let Some(event) = events.get_mut(&list.detail_type) else {
            continue;
        };
        if let Some(message) = doubt(&list, &shown) {
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
        .filter(|(kind, _)| **kind == Kind::Text)
        .filter_map(|(_, sighting)| sighting.value.clone())
        .filter(move |value| !value.contains(' ') && !key.contains(&value.to_ascii_lowercase()))
}

//! A model and the pages of its evidence come in; what the page of each event says goes out.

use crate::claim::{self, Place};
use crate::code::{self, Tab};
use crate::fields::{self, Row};
use crate::history::{self, History};
use crate::names::Names;
use crate::sample::{self, Line};
use eventbridge_catalog::json::{self, Node};
use eventbridge_catalog::model::{EventType, Model};
use eventbridge_catalog::schema_set::editions::DatedPage;
use eventbridge_catalog::text::is_address;
use eventbridge_codegen::{subject_in_words, whole_sample};
use serde::Serialize;

/// What lists say of an event.
#[derive(Clone, Serialize)]
pub(crate) struct Summary<'m> {
    pub(crate) name: &'m str,
    /// What its files are called, without ends.
    pub(crate) file: String,
    pub(crate) detail_type: &'m str,
    pub(crate) source: &'m str,
    /// What it is about.
    pub(crate) group: String,
    /// From the root of the site.
    pub(crate) url: String,
    /// What it means.
    pub(crate) text: Option<&'m str>,
    /// How many fields are known; of none, it is known by name alone.
    pub(crate) fields: usize,
    /// Whether it is no longer documented.
    pub(crate) former: bool,
    pub(crate) first: Option<String>,
    pub(crate) last: Option<String>,
    /// The kinds of evidence that name it.
    pub(crate) kinds: Vec<&'static str>,
}

/// What the page of an event says.
#[derive(Serialize)]
pub(crate) struct EventPage<'m> {
    #[serde(skip)]
    pub(crate) event: &'m EventType,
    pub(crate) summary: Summary<'m>,
    documentation: Option<&'m str>,
    pub(crate) rows: Vec<Row>,
    envelope: Vec<EnvelopeRow>,
    lines: Vec<Line>,
    /// The sample as JSON text.
    #[serde(skip)]
    pub(crate) sample: String,
    tabs: Vec<Tab>,
    places: Vec<Place>,
    /// How many fields have evidence that says otherwise.
    conflicts: usize,
    history: History,
}

/// A field that every event has.
#[derive(Serialize)]
struct EnvelopeRow {
    id: String,
    key: &'static str,
    holds: &'static str,
    text: &'static str,
}

/// What EventBridge puts around every detail, in the order of samples.
const ENVELOPE: [(&str, &str, &str); 9] = [
    ("version", "string", "The version of the envelope: `0`."),
    (
        "id",
        "string",
        "Unique to the event; an event that is delivered twice has it twice.",
    ),
    ("detail-type", "string", "With `source`, which event it is."),
    ("source", "string", "The service that sent it."),
    (
        "account",
        "string",
        "The account that it happened in, twelve digits.",
    ),
    (
        "time",
        "string",
        "When it happened, as the service says: date and time in UTC.",
    ),
    ("region", "string", "The region that it happened in."),
    (
        "resources",
        "list of strings",
        "ARNs of what it is about; may be empty.",
    ),
    (
        "detail",
        "object",
        "What the service says: the fields above.",
    ),
];

/// The pages of all events, in the order of the model.
pub(crate) fn pages<'m>(model: &'m Model, dated: &[DatedPage]) -> Vec<EventPage<'m>> {
    let mut names = Names::default();
    let events = model.events.iter().zip(code::tabs(model));
    let pages = events.map(|(event, tabs)| page(event, tabs, names.claim(&event.name), dated));
    pages.collect()
}

fn page<'m>(
    event: &'m EventType,
    tabs: Vec<Tab>,
    file: String,
    dated: &[DatedPage],
) -> EventPage<'m> {
    let mut rows = fields::rows(event);
    let sample = whole_sample(event);
    let envelope = envelope();
    let known: Vec<(String, String)> = envelope
        .iter()
        .map(|row| (row.key.to_owned(), row.id.clone()))
        .collect();
    let lines = sample::lines(&sample, &mut rows, &known);
    let history = history::history(event, dated);
    EventPage {
        event,
        summary: summary(event, file, rows.len(), &history),
        documentation: event.documentation.as_deref().filter(|it| is_address(it)),
        conflicts: rows.iter().filter(|row| row.overruled > 0).count(),
        rows,
        envelope,
        lines,
        sample: text(&sample),
        tabs,
        places: claim::of_event(&event.evidence),
        history,
    }
}

fn text(sample: &Node) -> String {
    json::write_within(sample, 60)
}

fn envelope() -> Vec<EnvelopeRow> {
    let row = |(key, holds, text): &(&'static str, &'static str, &'static str)| EnvelopeRow {
        id: format!("envelope.{key}"),
        key,
        holds,
        text,
    };
    ENVELOPE.iter().map(row).collect()
}

fn summary<'m>(
    event: &'m EventType,
    file: String,
    fields: usize,
    history: &History,
) -> Summary<'m> {
    Summary {
        name: &event.name,
        url: format!("events/{file}.html"),
        file,
        detail_type: &event.detail_type,
        source: &event.source,
        group: subject_in_words(event),
        text: event.description.as_deref(),
        fields,
        former: event.is_former(),
        first: history.first.clone(),
        last: history.last.clone(),
        kinds: claim::kinds(&event.evidence),
    }
}

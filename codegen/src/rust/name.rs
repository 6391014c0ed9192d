//! Keys, values and names of a model come in as events spell them; identifiers that Rust accepts, that a
//! person would choose, and that are unique in their scope go out.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::groups::{self, Tells};
use crate::names::plural_acronyms;
use eventbridge_catalog::model::{Body, EventType, Field, KnownValue, Model};
use eventbridge_catalog::text::is_unseen;

/// What a generated file may mean by a name of its own accord: no type is called so.
const TAKEN_TYPES: &str = "\
    Anything AsRef Boolean Box Choice Clone Copy Debug Default Detail Difference Drop Eq Err Event EventOf Extra From \
    Instant Into Iterator Json LazyEvent Map None Number Object Ok Option Ord Pairs ParseError PartialEq PartialOrd \
    Reason Result Roles Send Some String Subject Text Timestamp Unknown Vec What";

/// The names of one event.
pub(super) struct EventNames {
    /// The module of its group: `training_job`
    pub(super) module: String,
    /// `TrainingJobStateChange`
    pub(super) ty: String,
    /// What each definition becomes, in the order of the event.
    definitions: Vec<DefinitionNames>,
    /// What builds the event's patterns.
    pub(super) builder: String,
}

/// The names of one definition.
#[derive(Clone)]
pub(super) struct DefinitionNames {
    /// As the model has it.
    name: String,
    /// `AlgorithmSpecification`
    pub(super) ty: String,
    /// What builds what a pattern asks of it, if it is an object.
    pub(super) builder: String,
    /// Its values, if it is an enum: those that other events of the group know of the same enum as well.
    pub(super) values: Vec<KnownValue>,
    /// Whether another event of the group brings it.
    pub(super) is_borrowed: bool,
}

impl EventNames {
    /// What a definition becomes.
    pub(super) fn definition(&self, name: &str) -> Result<&DefinitionNames, String> {
        let found = self.definitions.iter().find(|part| part.name == name);
        found.ok_or_else(|| format!("{} refers to {name}, which it does not define", self.ty))
    }

    /// The types of the detail and of each definition, in their order.
    pub(super) fn type_at(&self, index: usize) -> Option<&str> {
        match index.checked_sub(1) {
            None => Some(&self.ty),
            Some(index) => self.definitions.get(index).map(|part| part.ty.as_str()),
        }
    }
}

/// The names of all events, in the order of the model. Types of details are unique in the crate, all others in the
/// module of their group.
pub(super) fn events(model: &Model) -> Vec<EventNames> {
    let mut types = Scope::of(TAKEN_TYPES.split_whitespace());
    let types = model.events.iter().map(|event| {
        let ty = pascal(&event.name, "Event");
        let suffix = if ty.ends_with("Event") {
            "Detail"
        } else {
            "Event"
        };
        (event, types.take(ty, suffix))
    });
    let types: Vec<(&EventType, String)> = types.collect();
    let mut groups: BTreeMap<String, Vec<(usize, &EventType, &str)>> = BTreeMap::new();
    for (index, (event, ty)) in types.iter().enumerate() {
        let group = groups.entry(groups::name(event)).or_default();
        group.push((index, event, ty));
    }
    let mut names: BTreeMap<usize, EventNames> = BTreeMap::new();
    for (module, mut events) in groups {
        events.sort_by_key(|(_, event, _)| groups::tells(event));
        let mut group = GroupScope::of(&events);
        for (index, event, ty) in &events {
            names.insert(*index, group.event(&module, event, ty));
        }
        for (index, _, _) in &events {
            if let Some(names) = names.get_mut(index) {
                group.complete(names);
            }
        }
    }
    names.into_values().collect()
}

/// The names of a group's module.
struct GroupScope {
    types: Scope,
    /// The values of each enum.
    values: BTreeMap<String, Vec<KnownValue>>,
}

impl GroupScope {
    fn of(events: &[(usize, &EventType, &str)]) -> Self {
        let own = events.iter().map(|(_, _, ty)| *ty);
        Self {
            types: Scope::of(TAKEN_TYPES.split_whitespace().chain(own)),
            values: BTreeMap::new(),
        }
    }

    fn event(&mut self, module: &str, event: &EventType, ty: &str) -> EventNames {
        let is_deed = groups::tells(event) == Tells::Deed;
        let definitions = event.definitions.iter().map(|part| {
            let plain = pascal(&part.name, "Type");
            let own = format!("{ty}{plain}");
            let values = match &part.body {
                Body::Values(values) => Some(distinct(values)),
                Body::Object(_) => None,
            };
            let name = if is_deed { own.clone() } else { plain };
            let (ty, is_borrowed) = match values {
                Some(values) => self.values(&name, own, values),
                None => (self.object(name, own), false),
            };
            DefinitionNames {
                name: part.name.clone(),
                ty,
                builder: String::new(),
                values: Vec::new(),
                is_borrowed,
            }
        });
        EventNames {
            module: module.to_owned(),
            ty: ty.to_owned(),
            definitions: definitions.collect(),
            builder: String::new(),
        }
    }

    /// Adds what is known once all types of the group have their names.
    fn complete(&mut self, event: &mut EventNames) {
        let mut builder = |ty: &str| self.types.take(format!("{ty}Pattern"), "Builder");
        event.builder = builder(&event.ty);
        for part in &mut event.definitions {
            match self.values.get(&part.ty) {
                Some(values) => part.values.clone_from(values),
                None => part.builder = builder(&part.ty),
            }
        }
    }

    /// The name, or that with the event's before it if another event's part has it.
    fn object(&mut self, name: String, own: String) -> String {
        let name = if self.types.has(&name) { own } else { name };
        self.types.take(name, "Type")
    }

    /// Enums of one name are one in a group.
    fn values(&mut self, name: &str, own: String, values: Vec<KnownValue>) -> (String, bool) {
        if let Some(known) = self.values.get_mut(name) {
            known.extend(values);
            *known = distinct(known);
            return (name.to_owned(), true);
        }
        let ty = self.object(name.to_owned(), own);
        self.values.insert(ty.clone(), values);
        (ty, false)
    }
}

/// The values, each spelling once.
fn distinct(values: &[KnownValue]) -> Vec<KnownValue> {
    let mut seen = BTreeSet::new();
    let values = values.iter().filter(|value| seen.insert(&value.value));
    values.cloned().collect()
}

/// The identifiers of an object's fields.
pub(super) fn fields(fields: &[Field]) -> Vec<String> {
    let mut scope = Scope::of(["extra"]);
    fields
        .iter()
        .map(|field| scope.take(snake(&field.key, "field"), "_"))
        .collect()
}

/// The methods of an event's pattern builder. Those of the envelope stand beside them.
pub(super) fn event_methods(fields: &[Field]) -> Vec<String> {
    methods(
        fields,
        &[
            "account",
            "any_of",
            "build",
            "envelope",
            "fields",
            "matches",
            "region",
            "resources",
            "source",
        ],
    )
}

/// The methods of an object's pattern builder.
pub(super) fn object_methods(fields: &[Field]) -> Vec<String> {
    methods(fields, &["any_of", "fields"])
}

fn methods(fields: &[Field], own: &[&str]) -> Vec<String> {
    let mut scope = Scope::of(own.iter().copied());
    let method = |field: &Field| {
        let ident = snake(&field.key, "field");
        let prefix = if own.contains(&ident.as_str()) {
            "detail_"
        } else {
            ""
        };
        scope.take(format!("{prefix}{ident}"), "_")
    };
    fields.iter().map(method).collect()
}

/// The method that gives a detail of a type: `DoorOpened` → `as_door_opened`.
pub(super) fn view(ty: &str) -> String {
    format!("as_{}", ty.to_snake_case())
}

/// The identifiers of an enum's variants.
pub(super) fn variants(values: &[KnownValue]) -> Vec<String> {
    let mut scope = Scope::of(["Unknown"]);
    let name = |value: &KnownValue| match value.value.as_str() {
        "" => scope.take("Empty".to_owned(), "Value"),
        value => scope.take(pascal(value, "Value"), "Value"),
    };
    values.iter().map(name).collect()
}

/// Identifiers that are in use in one place.
struct Scope {
    taken: BTreeSet<String>,
    /// What language and crate keep for themselves, rather than another name of the model.
    reserved: BTreeSet<String>,
    /// The number that comes next behind a name.
    next: BTreeMap<String, usize>,
}

impl Scope {
    fn of<'a>(reserved: impl IntoIterator<Item = &'a str>) -> Self {
        let reserved: BTreeSet<String> = reserved.into_iter().map(str::to_owned).collect();
        Self {
            taken: reserved.clone(),
            reserved,
            next: BTreeMap::new(),
        }
    }

    /// Whether another name of the model is so.
    fn has(&self, ident: &str) -> bool {
        self.taken.contains(ident) && !self.reserved.contains(ident)
    }

    /// Takes an identifier: with the suffix if it is reserved, with a number if it is in use.
    fn take(&mut self, ident: String, suffix: &str) -> String {
        let reserved = self.reserved.contains(&ident) || is_keyword(&ident);
        let ident = if reserved {
            format!("{ident}{suffix}")
        } else {
            ident
        };
        let joint = if suffix.starts_with('_') { "_" } else { "" };
        let stem = format!("{}{joint}", ident.trim_end_matches('_'));
        let from = self.next.get(&stem).copied().unwrap_or(2);
        let numbered = (from..).map(|number| (format!("{stem}{number}"), number + 1));
        let mut free = std::iter::once((ident, from))
            .chain(numbered)
            .filter(|(ident, _)| !self.taken.contains(ident));
        let (ident, next) = free.next().unwrap_or_default();
        self.next.insert(stem, next);
        self.taken.insert(ident.clone());
        ident
    }
}

fn is_keyword(ident: &str) -> bool {
    ident == "gen" || syn::parse_str::<syn::Ident>(ident).is_err()
}

/// `VolumeSizeInGB` → `volume_size_in_gb`
fn snake(text: &str, kind: &str) -> String {
    let ident = clean(&plural_acronyms(text).to_snake_case());
    match ident.chars().next() {
        None => kind.to_owned(),
        Some(first) if starts(first) => ident,
        Some(_) => format!("{kind}_{ident}"),
    }
}

/// `IN_SERVICE` → `InService`
fn pascal(text: &str, kind: &str) -> String {
    let ident = clean(&plural_acronyms(text).to_upper_camel_case());
    match ident.chars().next() {
        Some(first) if starts(first) => ident,
        _ => format!("{kind}{ident}"),
    }
}

/// Drops what no identifier may hold.
fn clean(text: &str) -> String {
    text.chars()
        .map(composed)
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_' || continues(*c))
        .collect()
}

fn starts(c: char) -> bool {
    c.is_ascii_alphabetic() || syn::parse_str::<syn::Ident>(&c.to_string()).is_ok()
}

/// Rust takes two identifiers for one that Unicode composes alike: what composes with others is dropped, marks
/// and parts of syllables. So is what stands for other letters, and what is not seen.
fn continues(c: char) -> bool {
    let composes = !c.is_alphanumeric()
        || matches!(c,
            'ª' | 'º' | 'ſ' | '\u{1100}'..='\u{11ff}' | '\u{2070}'..='\u{209f}' | '\u{2100}'..='\u{218f}'
            | '\u{2460}'..='\u{24ff}' | '\u{3130}'..='\u{318f}' | '\u{3200}'..='\u{33ff}'
            | '\u{f900}'..='\u{fb4f}' | '\u{fe70}'..='\u{ffef}' | '\u{1d400}'..='\u{1d7ff}'
            | '\u{2f800}'..='\u{2fa1f}');
    !c.is_ascii()
        && !composes
        && !is_unseen(c)
        && syn::parse_str::<syn::Ident>(&format!("a{c}")).is_ok()
}

/// The letter that Unicode composes a sign of the same look to: micro, ohm, kelvin, ångström.
fn composed(c: char) -> char {
    match c {
        'µ' => '\u{3bc}',
        '\u{2126}' => '\u{3a9}',
        '\u{212a}' => 'K',
        '\u{212b}' => '\u{c5}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(keys: &[&str]) -> Vec<String> {
        let field = |key: &&str| Field {
            description: None,
            key: (*key).to_owned(),
            path: String::new(),
            ty: eventbridge_catalog::model::Type::Any,
            required: false,
            example: None,
            condition: None,
            evidence: vec![],
            claims: Vec::new(),
        };
        fields(&keys.iter().map(field).collect::<Vec<_>>())
    }

    fn values(values: &[&str]) -> Vec<String> {
        let value = |value: &&str| KnownValue {
            value: (*value).to_owned(),
            evidence: vec![],
        };
        variants(&values.iter().map(value).collect::<Vec<_>>())
    }

    #[test]
    fn keys_become_fields() {
        for (key, ident) in [
            ("TrainingJobName", "training_job_name"),
            ("S3Uri", "s3_uri"),
            ("VolumeSizeInGB", "volume_size_in_gb"),
            ("MaxPayloadInMB", "max_payload_in_mb"),
            (
                "SupportedResponseMIMETypes",
                "supported_response_mime_types",
            ),
            ("build-id", "build_id"),
            ("snapshot_id", "snapshot_id"),
            ("KeyARNs", "key_arns"),
            ("GPUsUsed", "gpus_used"),
            ("IDs", "ids"),
            ("VPCsettings", "vp_csettings"),
            ("2xx", "field_2xx"),
            ("type", "type_"),
            ("Self", "self_"),
            ("gen", "gen_"),
            ("", "field"),
            ("...", "field"),
            ("größe²", "größe"),
            ("e\u{301}", "e"),
            ("k\u{3164}\u{200b}", "k"),
            ("名前", "名前"),
        ] {
            assert_eq!(keys(&[key]), [ident], "{key}");
        }
    }

    #[test]
    fn fields_that_meet_are_told_apart() {
        assert_eq!(
            keys(&["source", "Source", "SOURCE"]),
            ["source", "source_2", "source_3"]
        );
        assert_eq!(
            keys(&["Extra", "type", "Type"]),
            ["extra_", "type_", "type_2"]
        );
        assert_eq!(keys(&["a_2", "a", "A"]), ["a_2", "a", "a_3"]);
    }

    #[test]
    fn values_become_variants() {
        for (value, ident) in [
            ("cancelled_running", "CancelledRunning"),
            ("IN_SERVICE", "InService"),
            ("Client.UserInitiated", "ClientUserInitiated"),
            ("0", "Value0"),
            ("", "Empty"),
            ("*", "Value"),
            ("Self", "SelfValue"),
            ("Unknown", "UnknownValue"),
            ("Ausgeführt", "Ausgeführt"),
        ] {
            assert_eq!(values(&[value]), [ident], "{value}");
        }
        assert_eq!(
            values(&["failed", "FAILED", "Failed2"]),
            ["Failed", "Failed2", "Failed22"]
        );
    }

    #[test]
    fn every_name_is_an_identifier() {
        for text in [
            "\u{0}", "a b", "`", "\"", "r#x", "_", "__", "ª", "1", "é", "\u{301}", "🙂",
        ] {
            for ident in [keys(&[text]), values(&[text])].concat() {
                assert!(!is_keyword(&ident), "{text:?} became {ident:?}");
            }
        }
    }
}

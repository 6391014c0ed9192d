//! Keys, values and names of a model come in as events spell them; identifiers that Rust accepts, that a
//! person would choose, and that are unique in their scope go out.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToSnakeCase, ToUpperCamelCase};

use eventbridge_catalog::model::{EventType, Field, KnownValue, Model};
use eventbridge_catalog::schema_set::device;
use eventbridge_catalog::text::is_unseen;

/// What a generated file may mean by a name of its own accord: no type is called so.
const TAKEN_TYPES: &str = "\
    Anything AsRef Boolean Box Choice Clone Copy Debug Default Detail Difference Drop Eq Err Event EventOf Extra From Instant Into \
    Iterator Json LazyEvent Map None Number Ok Option Ord Pairs ParseError PartialEq PartialOrd Reason Result Send \
    Some String Subject Text Timestamp Unknown Vec What";

/// What a crate may mean by a path's first name: no module is called so.
const TAKEN_MODULES: [&str; 6] = [
    "alloc",
    "core",
    "detail",
    "eventbridge_runtime",
    "pattern",
    "std",
];

/// The names of one event.
pub(super) struct EventNames {
    /// `training_job_state_change`
    pub(super) module: String,
    /// `TrainingJobStateChange`
    pub(super) ty: String,
    /// The type of each definition.
    definitions: BTreeMap<String, String>,
    /// What builds patterns of each type, and which in their order the type is.
    builders: BTreeMap<String, (String, usize)>,
}

impl EventNames {
    /// The type that a definition becomes.
    pub(super) fn definition(&self, name: &str) -> Result<&str, String> {
        let found = self.definitions.get(name).map(String::as_str);
        found.ok_or_else(|| format!("{} refers to {name}, which it does not define", self.ty))
    }

    /// The type that builds the event's patterns.
    pub(super) fn builder(&self) -> &str {
        self.builder_of(&self.ty)
    }

    /// The type that builds what a pattern asks of a definition.
    pub(super) fn definition_builder(&self, name: &str) -> Result<&str, String> {
        self.definition(name).map(|ty| self.builder_of(ty))
    }

    fn builder_of(&self, ty: &str) -> &str {
        self.builders.get(ty).map_or("", |(builder, _)| builder)
    }

    /// The name by which typify knows a type of the event.
    pub(super) fn placeholder(&self, ty: &str) -> String {
        let index = self.builders.get(ty).map_or(0, |(_, index)| *index);
        format!("Type{index}")
    }

    /// The types of the event, by the names that typify has for them.
    pub(super) fn by_placeholder(&self) -> BTreeMap<String, &str> {
        let types = self.builders.keys().enumerate();
        types
            .map(|(index, ty)| (format!("Type{index}"), ty.as_str()))
            .collect()
    }
}

/// The names of all events, in the order of the model.
pub(super) fn events(model: &Model) -> Vec<EventNames> {
    let mut types = Scope::of(TAKEN_TYPES.split(' '));
    let mut modules = Scope::of(TAKEN_MODULES);
    let name = |event: &EventType| {
        let ty = pascal(&event.name, "Event");
        let suffix = if ty.ends_with("Event") {
            "Detail"
        } else {
            "Event"
        };
        let ty = types.take(ty, suffix);
        let module = snake(&ty, "event");
        let module = if device(&module) {
            format!("{module}_event")
        } else {
            module
        };
        let module = modules.take(module, "_event");
        let definitions = definitions(event, &ty);
        let builders = builders(&ty, &definitions);
        EventNames {
            module,
            ty,
            definitions,
            builders,
        }
    };
    model.events.iter().map(name).collect()
}

fn definitions(event: &EventType, own: &str) -> BTreeMap<String, String> {
    let mut scope = Scope::of(TAKEN_TYPES.split(' ').chain([own]));
    let names = event.definitions.iter().map(|definition| &definition.name);
    names
        .map(|name| (name.clone(), scope.take(pascal(name, "Type"), "Type")))
        .collect()
}

/// A name for the builder of each type of an event, that none of the types has.
fn builders(
    own: &str,
    definitions: &BTreeMap<String, String>,
) -> BTreeMap<String, (String, usize)> {
    let types = || definitions.values().map(String::as_str).chain([own]);
    let mut scope = Scope::of(TAKEN_TYPES.split(' ').chain(types()));
    let named: BTreeMap<&str, String> = types()
        .map(|ty| (ty, scope.take(format!("{ty}Pattern"), "Builder")))
        .collect();
    let named = named.into_iter().enumerate();
    named
        .map(|(index, (ty, builder))| (ty.to_owned(), (builder, index)))
        .collect()
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

/// `KeyARNs` → `KeyArns`, which is two words rather than `KeyAR` and `Ns`.
fn plural_acronyms(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let within = index > 0 && letters[index - 1].is_uppercase();
        if within && letter.is_uppercase() && is_plural(&letters[index..]) {
            out.extend(letter.to_lowercase());
        } else {
            out.push(*letter);
        }
    }
    out
}

/// Whether capitals, an `s` and the end of a word follow.
fn is_plural(letters: &[char]) -> bool {
    let capitals = letters
        .iter()
        .take_while(|letter| letter.is_uppercase())
        .count();
    let after = letters.get(capitals + 1);
    letters.get(capitals) == Some(&'s') && after.is_none_or(|next| !next.is_lowercase())
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

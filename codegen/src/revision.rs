//! A model comes in; what tells it from every other goes out, for packages to say what they were made of.

use eventbridge_catalog::model::{Body, Definition, EventType, Evidence, Field, KnownValue, Model};
use eventbridge_catalog::surface;

/// A hash of all that is known of events; not of where it is known from, which moves with every edition of a page.
pub(crate) fn revision(model: &Model) -> String {
    // The same for all packages, whether they give statuses a type or not.
    let known: Vec<EventType> = surface::as_text(model).events.iter().map(bare).collect();
    let known = serde_json::to_vec(&known).unwrap_or_default();
    format!("{:016x}", hash(&known))
}

/// When the newest page documented an event, where pages have dates.
pub(crate) fn date(model: &Model) -> Option<&str> {
    let dates = model
        .events
        .iter()
        .filter_map(|event| event.documented.as_ref());
    dates.map(|dates| dates.last.as_str()).max()
}

/// An event without its evidence.
fn bare(event: &EventType) -> EventType {
    let mut definitions: Vec<Definition> = event.definitions.iter().map(definition).collect();
    definitions.sort_by(|a, b| a.name.cmp(&b.name));
    EventType {
        detail: event.detail.iter().map(field).collect(),
        definitions: definitions.into(),
        documented: None,
        evidence: mark(event.is_former()),
        ..event.clone()
    }
}

fn definition(definition: &Definition) -> Definition {
    let value = |known: &KnownValue| KnownValue {
        value: known.value.clone(),
        evidence: mark(known.is_former()),
    };
    Definition {
        body: match &definition.body {
            Body::Object(fields) => Body::Object(fields.iter().map(field).collect()),
            Body::Values(values) => Body::Values(values.iter().map(value).collect()),
        },
        ..definition.clone()
    }
}

fn field(field: &Field) -> Field {
    Field {
        example: None,
        evidence: mark(field.is_former()),
        claims: Vec::new(),
        ..field.clone()
    }
}

/// Of evidence this alone: whether something is no longer documented.
fn mark(is_former: bool) -> Vec<Evidence> {
    is_former
        .then(|| Evidence::former_page("", None))
        .into_iter()
        .collect()
}

/// FNV-1a: the same on every machine, and no crate more for who builds with this one.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn the_hash_is_that_of_others() {
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(b"foobar"), 0x8594_4171_f739_67e8);
    }
}

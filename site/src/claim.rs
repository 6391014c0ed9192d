//! What evidence says of a fact comes in; where it stands and what stands there goes out, for a list below the fact.

use eventbridge_catalog::model::{Claim, Evidence, KnownValue, Origin};
use serde::Serialize;
use std::collections::BTreeMap;

/// One place of evidence.
#[derive(Serialize)]
pub(crate) struct Place {
    /// `page`
    origin: &'static str,
    /// `documentation page`
    kind: &'static str,
    /// `en-2026-07.md`
    name: String,
    line: Option<usize>,
    /// What stands there: `string Completed`.
    says: String,
    /// Whether the schema follows it.
    followed: bool,
}

impl Place {
    fn of(evidence: &Evidence, says: &str, followed: bool) -> Place {
        Place {
            origin: evidence.origin.name(),
            kind: kind(evidence.origin),
            name: evidence.name.clone(),
            line: evidence.line,
            says: says.to_owned(),
            followed,
        }
    }
}

/// What a kind of evidence is called.
pub(crate) fn kind(origin: Origin) -> &'static str {
    match origin {
        Origin::Delivery => "event that arrived",
        Origin::Page => "documentation page",
        Origin::Registry => "Schema Registry",
        Origin::Formerly => "older edition of a page",
        Origin::Api => "API model",
        Origin::List => "list of events",
    }
}

/// The kinds of evidence, the most believed first.
pub(crate) fn kinds(evidence: &[Evidence]) -> Vec<&'static str> {
    let named = |origin: &Origin| evidence.iter().any(|it| it.origin == *origin);
    let kinds = Origin::ALL.into_iter().filter(named);
    kinds.map(kind).collect()
}

/// What each piece of evidence says of a field.
pub(crate) fn of_claims(claims: &[Claim]) -> Vec<Place> {
    let places = claims.iter().filter_map(|claim| {
        let (evidence, says) = Evidence::parse_fact(&claim.fact)?;
        Some(Place::of(&evidence, says, claim.followed))
    });
    places.collect()
}

/// Where values are named; those that stand at the same place, together.
pub(crate) fn of_values(known: &[KnownValue]) -> Vec<Place> {
    let mut at: BTreeMap<&Evidence, Vec<&str>> = BTreeMap::new();
    for value in known {
        for evidence in &value.evidence {
            at.entry(evidence).or_default().push(&value.value);
        }
    }
    let places = at.into_iter().map(|(evidence, values)| {
        let word = if values.len() == 1 { "value" } else { "values" };
        let says = format!("{word} {}", values.join(", "));
        Place::of(evidence, &says, true)
    });
    places.collect()
}

/// Where an event is named.
pub(crate) fn of_event(evidence: &[Evidence]) -> Vec<Place> {
    let places = evidence.iter();
    places.map(|it| Place::of(it, "", true)).collect()
}

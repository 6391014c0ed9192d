//! The shape of one place comes in; what the schema says of it goes out: the kinds of value that it allows,
//! and what evidence said otherwise.
//!
//! Evidence is believed in the order of [`Origin`]: what arrived, then pages, then the registry, then the
//! API model. That order decides which scalar stands at a place and in which form an instant is written.
//! What differs in structure, a list here and an object there, is allowed side by side: refusing what
//! somebody saw helps nobody. The API model alone adds no structure to what others describe.

use super::instant;
use super::shape::{Kind, Shape};
use eventbridge_catalog::model::{Origin, WireForm};
use std::collections::BTreeSet;

/// What the evidence of a place comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// The kinds of value that stand there.
    pub kinds: BTreeSet<Kind>,
    /// If it is an instant: the forms that the most believed evidence shows.
    pub instant: Option<BTreeSet<WireForm>>,
    /// What less believed evidence says, and is not followed in.
    pub overruled: BTreeSet<(Origin, Kind)>,
}

/// Weighs what was seen under a key.
pub fn settle(key: &str, shape: &Shape) -> Settled {
    let instant = instant_forms(key, shape);
    let followed = |origin: Origin, kind: &Kind| match &instant {
        Some(forms) => is_instant(forms, kind),
        None => is_followed(shape, origin, kind),
    };
    let mut settled = Settled::default();
    let seen = shape.seen.keys().filter(|(_, kind)| *kind != Kind::Prose);
    for (origin, kind) in seen {
        if let Kind::Misprint { meant, .. } = kind {
            settled.kinds.insert(Kind::Instant(*meant));
        }
        if followed(*origin, kind) {
            settled.kinds.insert(kind.clone());
        } else {
            settled.overruled.insert((*origin, kind.clone()));
        }
    }
    let agreed = &settled.kinds;
    settled.overruled.retain(|(_, kind)| !agreed.contains(kind));
    settled.instant = instant;
    settled
}

/// Whether what was seen is in line with an instant of these forms.
fn is_instant(forms: &BTreeSet<WireForm>, kind: &Kind) -> bool {
    match kind {
        Kind::Instant(form) => forms.contains(form),
        Kind::Null | Kind::Word(_) | Kind::Moment => true,
        _ => false,
    }
}

/// The wire forms of a place where all that was seen is an instant; those that the most believed evidence
/// shows. Under a key that names a time, other text and numbers are slips; elsewhere they are not.
fn instant_forms(key: &str, shape: &Shape) -> Option<BTreeSet<WireForm>> {
    let kinds = shape.kinds();
    let moment = kinds.iter().any(|kind| names_an_instant(kind));
    let slip = |kind: &&Kind| match kind {
        Kind::Null | Kind::Prose => true,
        Kind::Text | Kind::Integer | Kind::Number => instant::names_a_time(key),
        kind => names_an_instant(kind),
    };
    if !moment || !kinds.iter().all(slip) {
        return None;
    }
    let forms_of = |origin: &Origin| -> BTreeSet<WireForm> {
        let forms = shape.kinds_of(*origin).filter_map(|kind| match kind {
            Kind::Instant(form) | Kind::Misprint { meant: form, .. } => Some(*form),
            _ => None,
        });
        forms.collect()
    };
    let forms = Origin::ALL
        .iter()
        .map(forms_of)
        .find(|forms| !forms.is_empty());
    Some(forms.unwrap_or_default())
}

/// Whether a kind says that an instant stands there.
pub fn names_an_instant(kind: &Kind) -> bool {
    match kind {
        Kind::Instant(_) | Kind::Misprint { .. } | Kind::Moment => true,
        Kind::Word(word) => instant::names_the_type(word),
        _ => false,
    }
}

/// Whether the schema follows one kind of evidence in one kind of value.
fn is_followed(shape: &Shape, origin: Origin, kind: &Kind) -> bool {
    let others = |better: &Origin| *better < origin;
    let better = || Origin::ALL.into_iter().filter(others);
    match group(kind) {
        None => true,
        Some(_) if matches!(kind, Kind::Misprint { .. }) => false,
        Some(Group::Scalar) => {
            let told = |better: Origin| {
                let of = shape
                    .kinds_of(better)
                    .filter(|kind| group(kind) == Some(Group::Scalar));
                of.map(scalar).collect::<BTreeSet<_>>()
            };
            let structured = |better: Origin| {
                let mut of = shape.kinds_of(better).filter_map(group);
                origin == Origin::Api && of.any(|group| group != Group::Scalar)
            };
            let mut told_first = better().map(told).filter(|scalars| !scalars.is_empty());
            told_first
                .next()
                .is_none_or(|scalars| scalars.contains(&scalar(kind)))
                && !better().any(structured)
                && !(origin == Origin::Registry && *kind == Kind::Number && is_whole(shape))
        }
        Some(Group::Keyed) if *kind == Kind::Map => true,
        Some(own) if origin == Origin::Api => {
            let mut told = better()
                .flat_map(|better| shape.kinds_of(better))
                .filter_map(group);
            told.all(|group| group == own)
        }
        Some(_) => true,
    }
}

/// Whether events show whole numbers here and nobody a fraction: the registry calls every number a number.
fn is_whole(shape: &Shape) -> bool {
    let told = |origin: &Origin| shape.kinds_of(*origin).any(|kind| *kind == Kind::Integer);
    let fraction =
        |(origin, kind): &(Origin, Kind)| *kind == Kind::Number && *origin != Origin::Registry;
    Origin::ALL.iter().any(told) && !shape.seen.keys().any(fraction)
}

/// Kinds of value that exclude each other at one place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Scalar,
    List,
    Keyed,
}

fn group(kind: &Kind) -> Option<Group> {
    match kind {
        Kind::Boolean | Kind::Integer | Kind::Number | Kind::Text => Some(Group::Scalar),
        Kind::Instant(_) | Kind::Misprint { .. } | Kind::Moment => Some(Group::Scalar),
        Kind::List => Some(Group::List),
        Kind::Object | Kind::Map => Some(Group::Keyed),
        Kind::Null | Kind::Word(_) | Kind::Prose => None,
    }
}

/// Scalars that a schema tells apart: a whole number is a number.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Scalar {
    Boolean,
    Number,
    Text,
}

fn scalar(kind: &Kind) -> Scalar {
    match kind {
        Kind::Boolean => Scalar::Boolean,
        Kind::Integer | Kind::Number => Scalar::Number,
        Kind::Instant(form) | Kind::Misprint { meant: form, .. } => match form {
            WireForm::IntegerMillis | WireForm::FloatMillis => Scalar::Number,
            WireForm::StringMillis | WireForm::Rfc3339 => Scalar::Text,
        },
        _ => Scalar::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eventbridge_catalog::model::Evidence;

    fn shape(seen: &[(Origin, Kind)]) -> Shape {
        let mut shape = Shape::default();
        for (origin, kind) in seen {
            let site = Evidence::named(*origin, "somewhere");
            shape.join(Shape::one(kind.clone(), site, None));
        }
        shape
    }

    fn kinds(key: &str, seen: &[(Origin, Kind)]) -> Vec<Kind> {
        settle(key, &shape(seen)).kinds.into_iter().collect()
    }

    use Origin::{Api, Delivery, Page, Registry};

    #[test]
    fn the_most_believed_evidence_decides_the_scalar() {
        let seen = [
            (Registry, Kind::Boolean),
            (Page, Kind::Text),
            (Api, Kind::Integer),
        ];
        assert_eq!(kinds("Name", &seen), [Kind::Text]);
        let overruled = settle("Name", &shape(&seen)).overruled;
        let against = BTreeSet::from([(Registry, Kind::Boolean), (Api, Kind::Integer)]);
        assert_eq!(overruled, against);
        let arrived = [(Page, Kind::Text), (Delivery, Kind::Boolean)];
        assert_eq!(kinds("Name", &arrived), [Kind::Boolean]);
    }

    #[test]
    fn the_form_of_an_instant_is_the_most_believed_one() {
        let seen = [
            (Page, Kind::Instant(WireForm::StringMillis)),
            (Page, Kind::Instant(WireForm::Rfc3339)),
            (Registry, Kind::Instant(WireForm::IntegerMillis)),
            (Api, Kind::Moment),
        ];
        let settled = settle("CreationTime", &shape(&seen));
        let forms = [WireForm::StringMillis, WireForm::Rfc3339];
        assert_eq!(settled.instant, Some(BTreeSet::from(forms)));
        let against = (Registry, Kind::Instant(WireForm::IntegerMillis));
        assert_eq!(settled.overruled, BTreeSet::from([against]));
        let vague = settle(
            "CreationTime",
            &shape(&[(Page, Kind::Text), (Api, Kind::Moment)]),
        );
        assert_eq!(vague.instant, Some(BTreeSet::new()));
        assert_eq!(
            settle("Name", &shape(&[(Page, Kind::Text), (Api, Kind::Moment)])).instant,
            None
        );
    }

    #[test]
    fn a_number_is_whole_while_nobody_shows_a_fraction() {
        let whole = [(Page, Kind::Integer), (Registry, Kind::Number)];
        assert_eq!(kinds("Count", &whole), [Kind::Integer]);
        let fraction = [(Page, Kind::Integer), (Api, Kind::Number)];
        assert!(kinds("Weight", &fraction).contains(&Kind::Number));
        assert_eq!(kinds("Count", &[(Registry, Kind::Number)]), [Kind::Number]);
    }

    #[test]
    fn structures_stand_side_by_side_but_the_api_model_adds_none() {
        let seen = [(Page, Kind::Object), (Registry, Kind::List)];
        assert_eq!(kinds("Tags", &seen), [Kind::List, Kind::Object]);
        let api = [(Page, Kind::Object), (Api, Kind::List), (Api, Kind::Text)];
        assert_eq!(kinds("Tags", &api), [Kind::Object]);
        let map = [(Page, Kind::Object), (Api, Kind::Map)];
        assert_eq!(kinds("Environment", &map), [Kind::Object, Kind::Map]);
    }

    #[test]
    fn prose_and_null_say_nothing_of_the_kind() {
        assert_eq!(
            kinds("Reason", &[(Page, Kind::Prose), (Api, Kind::Text)]),
            [Kind::Text]
        );
        assert_eq!(
            kinds("Reason", &[(Delivery, Kind::Null), (Page, Kind::Text)]),
            [Kind::Null, Kind::Text]
        );
    }
}

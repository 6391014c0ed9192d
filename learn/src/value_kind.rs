//! The shape of one place comes in; what the schema says of it goes out: the kinds of value that it allows,
//! and what evidence said otherwise.
//!
//! Evidence is believed in the order of [`Origin`]: what arrived, then pages, then the registry, then the
//! API model. That order decides which scalar stands at a place and in which form an instant is written.
//! What differs in structure, a list here and an object there, is allowed side by side: refusing what
//! somebody saw helps nobody. The API model alone adds no structure to what others describe.
//!
//! Words that pages write instead of values say what stands at a place of which no value is known; beside values they
//! only tell that a number may have a fraction, or that an instant stands there.

use super::instant;
use super::kind_word;
use super::shape::{Shape, ValueKind};
use eventbridge_catalog::model::{Origin, WireForm};
use std::collections::BTreeSet;

/// What the evidence of a place comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Decision {
    /// The kinds of value that stand there.
    pub kinds: BTreeSet<ValueKind>,
    /// If it is an instant: the forms that the most believed evidence shows.
    pub instant: Option<BTreeSet<WireForm>>,
    /// What less believed evidence says, and is not followed in.
    pub overruled: BTreeSet<(Origin, ValueKind)>,
}

/// Weighs what was seen under a key. What pages no longer say counts where nobody says anything else; of an instant it
/// tells forms that may still arrive, where pages alone tell any.
pub(crate) fn decide(key: &str, shape: &Shape) -> Decision {
    let is_former = |(origin, _): &&(Origin, ValueKind)| *origin == Origin::Formerly;
    let former: Vec<_> = shape.seen.keys().filter(is_former).collect();
    let mut today = values(shape).filter(|(origin, _)| origin.is_present());
    if former.is_empty() || today.next().is_none() {
        return decide_all(key, shape);
    }
    let seen = shape.seen.iter().filter(|(key, _)| !is_former(key));
    let today = Shape {
        seen: seen
            .map(|(key, seen)| (key.clone(), seen.clone()))
            .collect(),
        ..Shape::default()
    };
    let mut decision = decide_all(key, &today);
    let mut others = values(&today).filter(|(origin, _)| *origin != Origin::Page);
    let told = others.any(|(origin, kind)| origin.is_present() && is_moment(kind));
    for (origin, kind) in former {
        if !told && let (Some(forms), ValueKind::Instant(form)) = (&mut decision.instant, kind) {
            forms.insert(*form);
            decision.kinds.insert(kind.clone());
        } else if !decision.kinds.contains(kind) && *kind != ValueKind::Prose {
            decision.overruled.insert((*origin, kind.clone()));
        }
    }
    decision
}

fn decide_all(key: &str, shape: &Shape) -> Decision {
    let mut decision = weigh(key, shape);
    if decision.instant.is_none() {
        let words = decision.kinds.iter().filter_map(|kind| match kind {
            ValueKind::Word(word) => Some(kind_word::kinds(word)),
            _ => None,
        });
        let meant: Vec<ValueKind> = words.flatten().collect();
        decision.kinds.extend(heard(shape, meant));
    }
    decision
        .kinds
        .retain(|kind| !matches!(kind, ValueKind::Word(_)));
    decision
}

/// What words add: all that they mean where no value is known. Beside whole numbers that a page shows, that there may
/// be a fraction.
fn heard(shape: &Shape, meant: Vec<ValueKind>) -> Vec<ValueKind> {
    if values(shape).next().is_none() {
        return meant;
    }
    let pages_alone = values(shape).all(|(origin, kind)| {
        *origin == Origin::Page && matches!(kind, ValueKind::Integer | ValueKind::Number)
    });
    let number = meant.into_iter().filter(|kind| *kind == ValueKind::Number);
    number.filter(|_| pages_alone).collect()
}

/// What was seen of values.
fn values(shape: &Shape) -> impl Iterator<Item = &(Origin, ValueKind)> {
    let said = |kind: &ValueKind| {
        matches!(
            kind,
            ValueKind::Null | ValueKind::Word(_) | ValueKind::Prose
        )
    };
    shape.seen.keys().filter(move |(_, kind)| !said(kind))
}

fn weigh(key: &str, shape: &Shape) -> Decision {
    let instant = instant_forms(key, shape);
    let followed = |origin: Origin, kind: &ValueKind| match &instant {
        Some(forms) => is_instant(forms, kind),
        None => is_followed(shape, origin, kind),
    };
    let mut decision = Decision::default();
    let seen = shape
        .seen
        .keys()
        .filter(|(_, kind)| *kind != ValueKind::Prose);
    for (origin, kind) in seen {
        if let ValueKind::Misprint { meant, .. } = kind {
            decision.kinds.insert(ValueKind::Instant(*meant));
        }
        if followed(*origin, kind) {
            decision.kinds.insert(kind.clone());
        } else {
            decision.overruled.insert((*origin, kind.clone()));
        }
    }
    let agreed = &decision.kinds;
    decision
        .overruled
        .retain(|(_, kind)| !agreed.contains(kind));
    decision.instant = instant;
    decision
}

/// Whether what was seen is in line with an instant of these forms.
fn is_instant(forms: &BTreeSet<WireForm>, kind: &ValueKind) -> bool {
    match kind {
        ValueKind::Instant(form) => forms.contains(form),
        ValueKind::Null | ValueKind::Word(_) | ValueKind::UnformedInstant => true,
        _ => false,
    }
}

/// The wire forms of a place where all that was seen is an instant; those that the most believed evidence
/// shows. Under a key that names a time, other text and numbers are slips; elsewhere they are not.
fn instant_forms(key: &str, shape: &Shape) -> Option<BTreeSet<WireForm>> {
    let arrived = arrives_as_instant(shape);
    let worded = word_of_instant(shape);
    let slip = |(origin, kind): &(Origin, ValueKind)| match kind {
        ValueKind::Text | ValueKind::Integer | ValueKind::Number => {
            arrived && *origin != Origin::Delivery
                || instant::names_a_time(key)
                || worded.is_some() && reads_as_instant(shape, *origin, kind)
        }
        kind => is_moment(kind),
    };
    let moment = || values(shape).any(|(_, kind)| is_moment(kind));
    if !(worded.is_some() || moment()) || !values(shape).all(slip) {
        return None;
    }
    let forms_of = |origin: &Origin| -> BTreeSet<WireForm> {
        let forms = shape.kinds_of(*origin).filter_map(|kind| match kind {
            ValueKind::Instant(form) | ValueKind::Misprint { meant: form, .. } => Some(*form),
            _ => None,
        });
        forms.collect()
    };
    let forms = Origin::ALL
        .iter()
        .map(forms_of)
        .find(|forms| !forms.is_empty());
    Some(forms.unwrap_or_else(|| worded.unwrap_or_default()))
}

/// Whether all values that arrived are instants.
fn arrives_as_instant(shape: &Shape) -> bool {
    let mut arrived = values(shape).filter(|(origin, _)| *origin == Origin::Delivery);
    let first = arrived.next();
    first.is_some_and(|(_, kind)| is_moment(kind)) && arrived.all(|(_, kind)| is_moment(kind))
}

/// The forms that words tell, if they are words for an instant.
fn word_of_instant(shape: &Shape) -> Option<BTreeSet<WireForm>> {
    let words = shape.kinds().into_iter().filter_map(|kind| match kind {
        ValueKind::Word(word) => Some(kind_word::kinds(word)),
        _ => None,
    });
    let meant: Vec<ValueKind> = words.flatten().collect();
    let forms = meant.iter().filter_map(|kind| match kind {
        ValueKind::Instant(form) => Some(*form),
        _ => None,
    });
    meant.iter().any(is_moment).then(|| forms.collect())
}

/// Whether all values of a kind have the digits of an instant, whatever the key.
fn reads_as_instant(shape: &Shape, origin: Origin, kind: &ValueKind) -> bool {
    let seen = shape.seen.get(&(origin, kind.clone()));
    let is_instant = |value: &str| instant::in_number("time", value).is_some();
    seen.into_iter()
        .flatten()
        .all(|sighting| sighting.value.as_deref().is_some_and(is_instant))
}

/// Whether a kind of value is an instant.
fn is_moment(kind: &ValueKind) -> bool {
    matches!(
        kind,
        ValueKind::Instant(_) | ValueKind::Misprint { .. } | ValueKind::UnformedInstant
    )
}

/// Whether the schema follows one kind of evidence in one kind of value.
fn is_followed(shape: &Shape, origin: Origin, kind: &ValueKind) -> bool {
    let others = |better: &Origin| *better < origin;
    let better = || Origin::ALL.into_iter().filter(others);
    match group(kind) {
        None => true,
        Some(_) if matches!(kind, ValueKind::Misprint { .. }) => false,
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
                && !(origin == Origin::Registry && *kind == ValueKind::Number && is_whole(shape))
        }
        Some(Group::Keyed) if *kind == ValueKind::Map => true,
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
    let told = |origin: &Origin| {
        shape
            .kinds_of(*origin)
            .any(|kind| *kind == ValueKind::Integer)
    };
    let fraction = |(origin, kind): &(Origin, ValueKind)| {
        *kind == ValueKind::Number && *origin != Origin::Registry
    };
    Origin::ALL.iter().any(told) && !shape.seen.keys().any(fraction)
}

/// Kinds of value that exclude each other at one place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Scalar,
    List,
    Keyed,
}

fn group(kind: &ValueKind) -> Option<Group> {
    match kind {
        ValueKind::Boolean | ValueKind::Integer | ValueKind::Number | ValueKind::Text => {
            Some(Group::Scalar)
        }
        ValueKind::Instant(_) | ValueKind::Misprint { .. } | ValueKind::UnformedInstant => {
            Some(Group::Scalar)
        }
        ValueKind::List => Some(Group::List),
        ValueKind::Object | ValueKind::Map => Some(Group::Keyed),
        ValueKind::Null | ValueKind::Word(_) | ValueKind::Prose => None,
    }
}

/// Scalars that a schema tells apart: a whole number is a number.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Scalar {
    Boolean,
    Number,
    Text,
}

fn scalar(kind: &ValueKind) -> Scalar {
    match kind {
        ValueKind::Boolean => Scalar::Boolean,
        ValueKind::Integer | ValueKind::Number => Scalar::Number,
        ValueKind::Instant(form) | ValueKind::Misprint { meant: form, .. } => match form {
            WireForm::IntegerMillis | WireForm::FloatMillis => Scalar::Number,
            WireForm::IntegerSeconds | WireForm::FloatSeconds => Scalar::Number,
            WireForm::StringMillis | WireForm::StringSeconds | WireForm::Rfc3339 => Scalar::Text,
        },
        _ => Scalar::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eventbridge_catalog::model::Evidence;

    fn shape(seen: &[(Origin, ValueKind)]) -> Shape {
        let mut shape = Shape::default();
        for (origin, kind) in seen {
            let site = Evidence::named(*origin, "somewhere");
            shape.join(Shape::one(kind.clone(), site, None));
        }
        shape
    }

    fn kinds(key: &str, seen: &[(Origin, ValueKind)]) -> Vec<ValueKind> {
        decide(key, &shape(seen)).kinds.into_iter().collect()
    }

    use Origin::{Api, Delivery, Page, Registry};

    #[test]
    fn the_most_believed_evidence_decides_the_scalar() {
        let seen = [
            (Registry, ValueKind::Boolean),
            (Page, ValueKind::Text),
            (Api, ValueKind::Integer),
        ];
        assert_eq!(kinds("Name", &seen), [ValueKind::Text]);
        let overruled = decide("Name", &shape(&seen)).overruled;
        let against = BTreeSet::from([(Registry, ValueKind::Boolean), (Api, ValueKind::Integer)]);
        assert_eq!(overruled, against);
        let arrived = [(Page, ValueKind::Text), (Delivery, ValueKind::Boolean)];
        assert_eq!(kinds("Name", &arrived), [ValueKind::Boolean]);
    }

    #[test]
    fn the_form_of_an_instant_is_the_most_believed_one() {
        let seen = [
            (Page, ValueKind::Instant(WireForm::StringMillis)),
            (Page, ValueKind::Instant(WireForm::Rfc3339)),
            (Registry, ValueKind::Instant(WireForm::IntegerMillis)),
            (Api, ValueKind::UnformedInstant),
        ];
        let decision = decide("CreationTime", &shape(&seen));
        let forms = [WireForm::StringMillis, WireForm::Rfc3339];
        assert_eq!(decision.instant, Some(BTreeSet::from(forms)));
        let against = (Registry, ValueKind::Instant(WireForm::IntegerMillis));
        assert_eq!(decision.overruled, BTreeSet::from([against]));
        let vague = decide(
            "CreationTime",
            &shape(&[(Page, ValueKind::Text), (Api, ValueKind::UnformedInstant)]),
        );
        assert_eq!(vague.instant, Some(BTreeSet::new()));
        assert_eq!(
            decide(
                "Name",
                &shape(&[(Page, ValueKind::Text), (Api, ValueKind::UnformedInstant)])
            )
            .instant,
            None
        );
    }

    #[test]
    fn a_number_is_whole_while_nobody_shows_a_fraction() {
        let whole = [(Page, ValueKind::Integer), (Registry, ValueKind::Number)];
        assert_eq!(kinds("Count", &whole), [ValueKind::Integer]);
        let fraction = [(Page, ValueKind::Integer), (Api, ValueKind::Number)];
        assert!(kinds("Weight", &fraction).contains(&ValueKind::Number));
        assert_eq!(
            kinds("Count", &[(Registry, ValueKind::Number)]),
            [ValueKind::Number]
        );
    }

    #[test]
    fn structures_stand_side_by_side_but_the_api_model_adds_none() {
        let seen = [(Page, ValueKind::Object), (Registry, ValueKind::List)];
        assert_eq!(kinds("Tags", &seen), [ValueKind::List, ValueKind::Object]);
        let api = [
            (Page, ValueKind::Object),
            (Api, ValueKind::List),
            (Api, ValueKind::Text),
        ];
        assert_eq!(kinds("Tags", &api), [ValueKind::Object]);
        let map = [(Page, ValueKind::Object), (Api, ValueKind::Map)];
        assert_eq!(
            kinds("Environment", &map),
            [ValueKind::Object, ValueKind::Map]
        );
    }

    fn word(word: &str) -> ValueKind {
        ValueKind::Word(word.to_owned())
    }

    #[test]
    fn a_word_for_a_kind_never_fights_a_value() {
        let said = |text, kind: ValueKind| kinds("glaze", &[(Page, word(text)), (Page, kind)]);
        assert_eq!(said("string", ValueKind::Boolean), [ValueKind::Boolean]);
        assert_eq!(
            said("number", ValueKind::Integer),
            [ValueKind::Integer, ValueKind::Number]
        );
        assert_eq!(
            kinds(
                "n",
                &[(Page, word("number")), (Delivery, ValueKind::Integer)]
            ),
            [ValueKind::Integer]
        );
        assert_eq!(kinds("n", &[(Page, word("number"))]), [ValueKind::Number]);
        assert_eq!(kinds("n", &[(Page, word("{...}"))]), [ValueKind::Object]);
    }

    #[test]
    fn what_arrives_as_an_instant_is_one() {
        let millis = WireForm::IntegerMillis;
        for said in [word("integer"), word("string"), ValueKind::Text] {
            let seen = [(Page, said), (Delivery, ValueKind::Instant(millis))];
            let decision = decide("fired", &shape(&seen));
            assert_eq!(decision.instant, Some(BTreeSet::from([millis])));
        }
        let told = decide("fired", &shape(&[(Page, word("timestamp"))]));
        assert_eq!(told.instant, Some(BTreeSet::new()));
        let unit = decide("fired", &shape(&[(Page, word("integer-seconds"))]));
        assert_eq!(
            unit.instant,
            Some(BTreeSet::from([WireForm::IntegerSeconds]))
        );
    }

    #[test]
    fn prose_and_null_say_nothing_of_the_kind() {
        assert_eq!(
            kinds(
                "Reason",
                &[(Page, ValueKind::Prose), (Api, ValueKind::Text)]
            ),
            [ValueKind::Text]
        );
        assert_eq!(
            kinds(
                "Reason",
                &[(Delivery, ValueKind::Null), (Page, ValueKind::Text)]
            ),
            [ValueKind::Null, ValueKind::Text]
        );
    }
}

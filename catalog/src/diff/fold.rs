//! Changes come in; findings go out: what changed alike in many places is one.

use super::{Change, What};
use std::collections::BTreeMap;

/// Of so many places a change is one finding.
const MANY: usize = 3;

/// What changed, and where: in one place, or alike in several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The places: source, detail-type, and the path of a field.
    pub places: Vec<(String, String, Option<String>)>,
    /// What changed in each.
    pub what: What,
}

impl Finding {
    /// Whether it is about fields.
    pub fn is_field(&self) -> bool {
        self.places.iter().any(|(_, _, path)| path.is_some())
    }
}

/// Tells what changed alike in many fields as one; events are told one by one. Texts are never told by place.
pub(super) fn folded(changes: Vec<Change>) -> Vec<Finding> {
    let mut alike: BTreeMap<What, Vec<(String, String, Option<String>)>> = BTreeMap::new();
    let mut findings = Vec::new();
    for change in changes {
        let place = (change.source, change.detail_type, change.path);
        match place.2.is_some() && is_mass(&change.what) {
            true => alike.entry(change.what).or_default().push(place),
            false => findings.push(Finding {
                places: vec![place],
                what: change.what,
            }),
        }
    }
    for (what, places) in alike {
        match places.len() >= MANY || what == What::Described {
            true => findings.push(Finding { places, what }),
            false => findings.extend(places.into_iter().map(|place| Finding {
                places: vec![place],
                what: what.clone(),
            })),
        }
    }
    findings.sort_by_key(|finding| {
        let rank = match finding.what {
            What::Described => 2,
            _ => usize::from(finding.is_field()),
        };
        (rank, finding.places.clone(), finding.what.clone())
    });
    findings
}

/// Whether the same change elsewhere may be the same edit: new fields are not, each is one of its own.
fn is_mass(what: &What) -> bool {
    !matches!(
        what,
        What::Added { .. } | What::Removed | What::Renamed { .. } | What::NameChanged { .. }
    )
}

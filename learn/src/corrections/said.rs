//! Corrections come in, one after the other; where one says something else of a place than one before it goes out.

use super::{Correction, ScalarType};
use eventbridge_catalog::model::WireForm;
use eventbridge_catalog::text::Place;
use std::collections::{BTreeMap, HashMap};

/// What corrections said, each at its place: of two that say different things the first is told.
#[derive(Default)]
pub(super) struct Said<'c> {
    maps: HashMap<&'c str, (Option<ScalarType>, Place)>,
    forms: BTreeMap<WireForm, (WireForm, Place)>,
    meant: BTreeMap<WireForm, Place>,
    values: HashMap<(&'c str, &'c str), (&'c str, Place)>,
}

impl<'c> Said<'c> {
    /// What an earlier correction says otherwise, and where that stands; this one is said from now on.
    pub(super) fn otherwise(
        &mut self,
        correction: &'c Correction,
        at: Place,
    ) -> Option<(&'c str, Place)> {
        match correction {
            Correction::Map { field, values, .. } => {
                let (said, place) = *self.maps.entry(field).or_insert((*values, at));
                (said != *values).then_some((field, place))
            }
            Correction::WireForm { shown, meant, .. } => self.form(*shown, *meant, at),
            Correction::Retired { .. } => None, // what ends ends, however often it is said
            Correction::Translated { page, values, .. } => {
                let mut found = None;
                for (value, meant) in values {
                    let said = self.values.entry((page, value)).or_insert((meant, at));
                    if said.0 != meant && found.is_none() {
                        found = Some((value.as_str(), said.1));
                    }
                }
                found
            }
        }
    }

    /// A form that means two others, that another undoes, or that is not as another means it.
    fn form(&mut self, shown: WireForm, meant: WireForm, at: Place) -> Option<(&'c str, Place)> {
        let differs = self.forms.get(&shown).filter(|(said, _)| *said != meant);
        let undone = self.forms.get(&meant).map(|(_, place)| *place);
        let undoes = self.meant.get(&shown).copied();
        let found = differs.map(|(_, place)| *place).or(undone).or(undoes);
        self.forms.entry(shown).or_insert((meant, at));
        self.meant.entry(meant).or_insert(at);
        found.map(|place| (shown.name(), place))
    }
}

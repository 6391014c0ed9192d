//! The names of all events come in; groups of them go out, each a feature of the crate, so that who reads
//! a few types compiles a few.

use crate::groups::{self, Group, OTHER};
use eventbridge_catalog::model::Model;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

/// The feature of each event.
#[derive(Default)]
pub(super) struct Features(BTreeMap<String, String>);

/// So many features at most: crates.io takes 300 of a crate.
const MOST: usize = 200;

impl Features {
    /// Each group is a feature. Where these are too many, those that share their first word are one, and of what is
    /// left those of a single event.
    pub(super) fn of(model: &Model) -> Self {
        let mut groups = groups::groups(model);
        if groups.len() > MOST {
            groups = groups::groups_by(model, groups::by_first_word);
        }
        let few = |group: &&Group<'_>| groups.len() <= MOST || group.events.len() > 1;
        let features = groups.iter().flat_map(|group| {
            let name = Some(group).filter(few).map_or(OTHER, |group| &group.name);
            let feature = name.replace('_', "-");
            let events = group.events.iter();
            events.map(move |event| (event.name.clone(), feature.clone()))
        });
        Self(features.collect())
    }

    /// All features.
    pub(super) fn all(&self) -> BTreeSet<&str> {
        self.0.values().map(String::as_str).collect()
    }

    /// The feature of an event, if there are features.
    pub(super) fn get(&self, event: &str) -> Option<&str> {
        self.0.get(event).map(String::as_str)
    }

    /// What makes an item of an event depend on its feature.
    pub(super) fn cfg(&self, event: &str) -> Option<TokenStream> {
        let feature = self.get(event)?;
        Some(quote!(#[cfg(feature = #feature)]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eventbridge_catalog::model::EventType;

    fn features(detail_types: &[&str]) -> Vec<String> {
        let event = |detail_type: &&str| EventType {
            description: None,
            documentation: None,
            source: "my.kitchen".to_owned(),
            detail_type: (*detail_type).to_owned(),
            name: detail_type
                .split(['-', ' '])
                .filter(|word| *word != "Kitchen")
                .collect(),
            detail: vec![],
            definitions: vec![].into(),
            roles: vec![],
            documented: None,
            evidence: vec![],
        };
        let package = eventbridge_catalog::model::Package {
            name: String::new(),
            version: String::new(),
            description: String::new(),
            repository: None,
            catalogue: None,
            runtime: None,
            registry: Default::default(),
        };
        let model = Model {
            package,
            events: detail_types.iter().map(event).collect(),
        };
        let features = Features::of(&model);
        let names = model.events.iter().map(|event| features.get(&event.name));
        names
            .map(|name| name.unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn a_feature_is_a_group() {
        for (detail_type, feature) in [
            ("Kitchen Tea Kettle State Change", "tea-kettle"),
            ("Kitchen Time Event", "time-events"),
        ] {
            assert_eq!(features(&[detail_type]), [feature], "{detail_type}");
        }
    }

    #[test]
    fn too_many_groups_are_named_by_one_word() {
        let many: Vec<String> = (0..=MOST)
            .map(|index| format!("Kitchen Oven X{index} Lit"))
            .collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(features(&many).iter().all(|feature| feature == "oven"));
        let other: Vec<String> = (0..=MOST).map(|index| format!("X{index} Lit")).collect();
        let other: Vec<&str> = other.iter().map(String::as_str).collect();
        assert!(features(&other).iter().all(|feature| feature == "other"));
    }
}

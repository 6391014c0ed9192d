//! The names of all events come in; groups of them go out, each a feature of the crate, so that who reads
//! a few types compiles a few.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToKebabCase;

use eventbridge_catalog::model::{EventType, Model};

/// The feature of each event.
#[derive(Default)]
pub(super) struct Features(BTreeMap<String, String>);

/// So many groups at most: crates.io takes 300 features of a crate.
const MOST: usize = 200;

/// Features that are there already, and what is depended on.
const TAKEN: [&str; 6] = [
    "chrono",
    "default",
    "eventbridge-runtime",
    "jiff",
    "patterns",
    "time",
];

/// So many words make a group's name.
const WORDS: usize = 2;

/// What any event may be called after: these words end what it is about.
const ANY: [&str; 6] = [
    "change",
    "event",
    "events",
    "notification",
    "state",
    "status",
];

/// Where events go whose group is too small to be one.
const OTHER: &str = "other";

impl Features {
    /// Events about the same make a group. Where these groups are too many, those that share their first
    /// word are one, and of what is left those of a single event.
    pub(super) fn of(model: &Model) -> Self {
        let mut groups = grouped(model, WORDS);
        if groups.len() > MOST {
            groups = grouped(model, 1);
        }
        if groups.len() > MOST {
            let (few, mut many): (BTreeMap<_, _>, BTreeMap<_, _>) =
                groups.into_iter().partition(|(_, names)| names.len() == 1);
            many.entry(OTHER.to_owned())
                .or_default()
                .extend(few.into_values().flatten());
            groups = many;
        }
        let features = groups
            .iter()
            .flat_map(|(group, names)| names.iter().map(|name| ((*name).clone(), group.clone())));
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
    pub(super) fn cfg(&self, event: &str) -> String {
        let feature = self.get(event);
        feature.map_or(String::new(), |name| {
            format!("#[cfg(feature = \"{name}\")]\n")
        })
    }
}

/// The names of all events, by what they are about in so many words.
fn grouped(model: &Model, words: usize) -> BTreeMap<String, Vec<&String>> {
    let mut groups: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for event in &model.events {
        let group = feature(&subject(event, words).join("-"));
        groups.entry(group).or_default().push(&event.name);
    }
    groups
}

/// The first words of a detail-type that tell what it is about: those that its name begins with, as
/// `Training Job` of `Some Service Training Job State Change`. Words are told apart as pages do,
/// `HyperPod` is one.
fn subject(event: &EventType, most: usize) -> Vec<String> {
    let name = event.name.to_lowercase();
    let spelled = event.detail_type.to_lowercase();
    let spelled = spelled.split(|c: char| !c.is_ascii_alphanumeric());
    let mut words: Vec<String> = spelled
        .filter(|word| !word.is_empty())
        .skip_while(|word| !name.starts_with(word))
        .map(str::to_owned)
        .collect();
    if words.is_empty() {
        words = event
            .name
            .to_kebab_case()
            .split('-')
            .map(str::to_owned)
            .collect();
    }
    let end = words
        .iter()
        .skip(1)
        .position(|word| ANY.contains(&word.as_str()));
    words.truncate(end.map_or(most, |end| most.min(end + 1)));
    words
}

/// One that cannot be a feature's name gets another.
fn feature(words: &str) -> String {
    let kept = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    let words: String = words.chars().filter(kept).collect();
    match words.trim_matches('-') {
        "" => OTHER.to_owned(),
        words if TAKEN.contains(&words) => format!("{words}-events"),
        words if words.starts_with(|c: char| c.is_ascii_digit()) => format!("events-{words}"),
        words => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            evidence: vec![],
        };
        let package = eventbridge_catalog::model::Package {
            name: String::new(),
            version: String::new(),
            description: String::new(),
            repository: None,
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
    fn a_feature_says_what_its_events_are_about() {
        for (detail_type, feature) in [
            ("Kitchen Tea Kettle State Change", "tea-kettle"),
            ("Kitchen Tea Kettle Lid Closed", "tea-kettle"),
            ("Kitchen HyperOven Status Change", "hyperoven"),
            ("Kitchen Stove State-change Notification", "stove"),
            ("Kitchen State Change", "state"),
            ("Kitchen Time Event", "time-events"),
            ("Kitchen 2nd Oven Lit", "events-2nd-oven"),
            ("Kitchen", "other"),
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

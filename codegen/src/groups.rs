//! An event comes in, what it is about goes out: the module, subpath and feature that it stands in, in every
//! language under the same words. `Some Service Training Job State Change` is about a `training_job`, and so is all
//! else that happens to one.
//!
//! The group is told by the event's own detail-type and name alone, so that no event that arrives moves another. Words
//! are told apart as pages do: `HyperPod` is one.

use eventbridge_catalog::model::{EventType, Model};
use eventbridge_catalog::schema_set::device;
use heck::{ToKebabCase, ToUpperCamelCase};
use std::collections::BTreeMap;

/// The events of a model that are about the same.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group<'m> {
    /// `training_job`: an identifier in every language, and the name of a file on every system.
    pub(crate) name: String,
    /// In the order of the model.
    pub(crate) events: Vec<&'m EventType>,
}

/// The groups of a model, by name.
pub(crate) fn groups(model: &Model) -> Vec<Group<'_>> {
    groups_by(model, name)
}

/// Groups of other names.
pub(crate) fn groups_by(model: &Model, name: fn(&EventType) -> String) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<String, Vec<&EventType>> = BTreeMap::new();
    for event in &model.events {
        groups.entry(name(event)).or_default().push(event);
    }
    let groups = groups.into_iter();
    groups
        .map(|(name, events)| Group { name, events })
        .collect()
}

/// The name of an event's group, with `_` between words.
pub(crate) fn name(event: &EventType) -> String {
    named(&subject(event))
}

/// What an event is about, in words as its detail-type spells them: `Training Job`.
pub fn subject_in_words(event: &EventType) -> String {
    let spelled = event
        .detail_type
        .split(|c: char| !c.is_ascii_alphanumeric());
    let spelled: Vec<&str> = spelled.collect();
    let word = |word: &String| {
        let known = spelled.iter().find(|it| it.eq_ignore_ascii_case(word));
        known.map_or_else(|| word.to_upper_camel_case(), |it| (*it).to_owned())
    };
    let words: Vec<String> = subject(event).iter().map(word).collect();
    match words.is_empty() {
        true => "Other".to_owned(),
        false => words.join(" "),
    }
}

fn named(words: &[String]) -> String {
    let name = words.join("_");
    match name.chars().next() {
        None => OTHER.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{EVENTS}_{name}"),
        Some(_) if device(&name) || TAKEN.split_whitespace().any(|taken| taken == name) => {
            format!("{name}_{EVENTS}")
        }
        Some(_) => name,
    }
}

/// The group by the first word alone, for what cannot have so many.
pub(crate) fn by_first_word(event: &EventType) -> String {
    named(&subject(event).into_iter().take(1).collect::<Vec<_>>())
}

/// Where events go that nothing is known of but signs.
pub(crate) const OTHER: &str = "other";

/// Set a word apart that means something else already.
const EVENTS: &str = "events";

/// So many words at most say what an event is about; what follows is a part of it.
const WORDS: usize = 4;

/// Words that mean something in a language, in a package or to a registry of packages.
const TAKEN: &str = "\
    abstract alloc and any as assert async await bigint boolean box break case catch chrono class const continue core \
    crate debugger def default del delete detail do dyn elif else enum envelope eventbridge_runtime except export \
    extends extern false final finally for from function gen global if impl implements import in index instanceof \
    interface is jiff \
    lambda let lib loop macro match mod module move mut never new nonlocal not null number object or override package \
    pass pattern patterns print priv private protected pub public raise ref return self static std string struct super \
    switch symbol test this throw time trait true try type typeof undefined unknown unsafe unsized use var virtual \
    void where while with yield fn";

/// What ends a detail-type that tells of a change and not which.
const KINDS: [&str; 7] = [
    "change",
    "changes",
    "event",
    "events",
    "notification",
    "state",
    "status",
];

/// The subject ends before these: what follows tells how it happened, or how it stands.
const PREPOSITIONS: [&str; 6] = ["by", "from", "in", "to", "via", "with"];

/// What is done to things, in any form: `create`, `created`, `creating`.
const VERBS: &str = "\
    abort accept acknowledge activate add approve archive assign associate attach attempt cancel change close complete \
    create deactivate decline delete deny deploy deprecate deregister detach disable disassociate enable end exceed \
    execute expire fail finish import initiate invoke join launch leave migrate modify move open pause publish put \
    reach receive recover register reject release remove rename replace request reset resolve restore resume return \
    revoke rotate scale send set shutdown start stop submit succeed suspend terminate throttle transfer transition \
    trigger unregister update upload";

/// What an event tells of its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tells {
    /// Its state: `State Change`.
    State,
    /// That something happened: `Event`, or no word.
    Something,
    /// What was done to it: `Created`.
    Deed,
}

/// What an event tells of its group's subject. Of two events of a group, the types of the one that comes first here
/// keep their names.
pub(crate) fn tells(event: &EventType) -> Tells {
    split(event).1
}

fn subject(event: &EventType) -> Vec<String> {
    split(event).0
}

/// The words of a detail-type that tell what it is about, in small letters, and what it tells of that.
fn split(event: &EventType) -> (Vec<String>, Tells) {
    let mut words = words(event);
    let all = words.len();
    let mut tells = Tells::Something;
    while words.len() > 1 && words.last().is_some_and(|word| KINDS.contains(&&**word)) {
        let word = words.pop();
        if word.is_some_and(|word| word == "state" || word == "status") {
            tells = Tells::State;
        }
    }
    if words.len() == all {
        let happens = |word: &String| PREPOSITIONS.contains(&&**word) || is_verb(word);
        let happens = words
            .iter()
            .skip(1)
            .position(happens)
            .map(|place| place + 1);
        let deed = happens.and_then(|place| words.get(place));
        if deed.is_some_and(|word| is_verb(word)) {
            tells = Tells::Deed;
        }
        words.truncate(happens.unwrap_or(all));
    }
    words.truncate(WORDS);
    (words, tells)
}

/// Without the words before those that the event's name begins with: they name the service.
fn words(event: &EventType) -> Vec<String> {
    let name = event.name.to_lowercase();
    let spelled = event
        .detail_type
        .split(|c: char| !c.is_ascii_alphanumeric());
    let spelled: Vec<String> = spelled
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .skip_while(|word| !name.starts_with(word))
        .collect();
    match spelled.as_slice() {
        // Written as one word, or called by another name.
        [] | [_] => event
            .name
            .to_kebab_case()
            .split('-')
            .filter(|word| !word.is_empty() && word.is_ascii())
            .map(str::to_owned)
            .collect(),
        _ => spelled,
    }
}

/// Whether a word is one of the verbs, in any form, or ends as what was done.
fn is_verb(word: &str) -> bool {
    let stems = [
        word.strip_suffix("ing"),
        word.strip_suffix("ed"),
        word.strip_suffix('s'),
        Some(word),
    ];
    let is_stem = |stem: &str| VERBS.split_whitespace().any(|verb| is_form(verb, stem));
    stems.into_iter().flatten().any(is_stem)
}

/// `creat` and `create` are forms of `create`, `stopp` of `stop`, `deni` of `deny`.
fn is_form(verb: &str, stem: &str) -> bool {
    let doubled = |verb: &str| stem.strip_prefix(verb) == verb.get(verb.len() - 1..);
    stem == verb
        || verb.strip_suffix('e') == Some(stem)
        || doubled(verb)
        || (verb.strip_suffix('y').is_some() && verb.strip_suffix('y') == stem.strip_suffix('i'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(detail_type: &str) -> EventType {
        let words = detail_type.split(['-', ' ']);
        EventType {
            description: None,
            documentation: None,
            source: "my.kitchen".to_owned(),
            detail_type: detail_type.to_owned(),
            name: words.filter(|word| *word != "Kitchen").collect(),
            detail: vec![],
            definitions: vec![].into(),
            roles: vec![],
            documented: None,
            evidence: vec![],
        }
    }

    #[test]
    fn a_group_says_what_its_events_are_about() {
        for (detail_type, group) in [
            ("Kitchen Tea Kettle State Change", "tea_kettle"),
            ("Kitchen Tea Kettle Descaled", "tea_kettle_descaled"),
            ("Kitchen Tea Kettle Created", "tea_kettle"),
            ("Kitchen Tea Kettle Create Failed", "tea_kettle"),
            ("Kitchen Tea Kettle Stopping", "tea_kettle"),
            ("Kitchen Tea Kettle Setting Timer Name", "tea_kettle"),
            ("Kitchen Tea Kettle Repair In Progress", "tea_kettle_repair"),
            ("Kitchen Baking Timer Event", "baking_timer"),
            ("Kitchen HyperOven Status Change", "hyperoven"),
            ("Kitchen BBQOven Lid Closed", "bbqoven_lid"),
            ("Kitchen Stove State-change Notification", "stove"),
            ("Kitchen Access Denied", "access"),
            ("API Call via Waiter", "api_call"),
            (
                "Kitchen One Two Three Four Five Event",
                "one_two_three_four",
            ),
            ("KitchenTeaKettleStateChange", "kitchen_tea_kettle"),
            ("Kitchen State Change", "state"),
            ("Kitchen Time Event", "time_events"),
            ("Kitchen Aux Event", "aux_events"),
            ("Kitchen 2nd Oven Created", "events_2nd_oven"),
            ("窯", "other"),
        ] {
            assert_eq!(name(&event(detail_type)), group, "{detail_type}");
        }
    }

    #[test]
    fn words_are_spelled_as_the_detail_type_spells_them() {
        let words = |detail_type| subject_in_words(&event(detail_type));
        assert_eq!(words("Kitchen HyperOven Status Change"), "HyperOven");
        assert_eq!(words("API Call via Waiter"), "API Call");
        assert_eq!(words("KitchenTeaPotEvent"), "Kitchen Tea Pot");
        assert_eq!(words("窯"), "Other");
    }

    #[test]
    fn an_event_by_another_name_goes_by_it() {
        let named = EventType {
            name: "TeaPotEvent".to_owned(),
            ..event("Kitchen Something")
        };
        assert_eq!(name(&named), "tea_pot");
    }
}

//! The groups of names that a page describes come in; what is said of the fields among them goes out. The samples
//! tell which names are fields: a group is about an event if half of its names are fields of it, or a label says so.

use super::super::evidence::page::ProseField;
use super::super::page::Prose;
use super::described::{Entry, Group, groups};
use super::flat::Flat;
use super::listed::Listed;
use super::place::{ENVELOPE, Place};
use super::word::{Style, is_operation, style};
use super::{Facts, Reader};
use eventbridge_catalog::path;
use std::collections::{BTreeMap, HashSet};

/// A page with more events than this describes those next to a group.
const MAX_EVENTS: usize = 64;

impl Reader<'_> {
    /// Adds what groups of descriptions say.
    pub(super) fn read_described(&self, facts: &mut Facts) {
        let all: Vec<&str> = self.distinct_events();
        let is_field = |word: &str| self.words.is_field_somewhere(word);
        for group in groups(self.page, &is_field) {
            let base = self.base(&group);
            for event in self.events_of_group(&group, &base, &all) {
                self.attach(event, &group, &base, facts);
            }
        }
    }

    fn distinct_events(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.events.iter().map(|(_, name)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The events whose fields a group describes: those of its section, or else of the whole page, that have most of
    /// its names.
    fn events_of_group<'s>(
        &'s self,
        group: &Group<'_>,
        base: &Option<String>,
        all: &[&'s str],
    ) -> Vec<&'s str> {
        let near = self.events_in_section(group.first);
        let (candidates, in_section) = match near.is_empty() {
            false => (near, true),
            true if all.len() <= MAX_EVENTS => (all.to_vec(), false),
            true => (self.events_next_to(group.first), false),
        };
        let fields = |event: &str| {
            let known = |entry: &&Entry<'_>| {
                self.place(event, base, entry.name)
                    .is_some_and(|place| place.known)
            };
            group.entries.iter().filter(known).count()
        };
        let counted: Vec<(usize, &str)> = candidates
            .into_iter()
            .map(|event| (fields(event), event))
            .collect();
        let most = counted.iter().map(|(count, _)| *count).max().unwrap_or(0);
        let is_meant = most > 0 || in_section && counted.len() == 1;
        let best = counted
            .into_iter()
            .filter(|(count, _)| *count == most && is_meant);
        best.map(|(_, event)| event).collect()
    }

    fn events_in_section(&self, index: usize) -> Vec<&str> {
        let section = self.headings.partition_point(|&heading| heading < index);
        let start = section.checked_sub(1).map_or(0, |last| self.headings[last]);
        let end = self.headings.get(section).copied().unwrap_or(usize::MAX);
        let first = self.events.partition_point(|(block, _)| *block < start);
        let in_section = self.events[first..]
            .iter()
            .take_while(|(block, _)| *block < end);
        let before: Vec<&str> = in_section
            .clone()
            .filter(|(block, _)| *block < index)
            .map(|(_, name)| name.as_str())
            .collect();
        let mut names = match before.last() {
            Some(last) if before.len() > MAX_EVENTS => vec![*last],
            Some(_) => before,
            None => in_section.take(1).map(|(_, name)| name.as_str()).collect(),
        };
        names.sort_unstable();
        names.dedup();
        names
    }

    fn events_next_to(&self, index: usize) -> Vec<&str> {
        let split = self.events.partition_point(|(block, _)| *block < index);
        let next = self.events.get(split);
        let previous = split
            .checked_sub(1)
            .and_then(|before| self.events.get(before));
        let mut names: Vec<&str> = previous
            .into_iter()
            .chain(next)
            .map(|(_, name)| name.as_str())
            .collect();
        names.dedup();
        names
    }

    fn attach(&self, event: &str, group: &Group<'_>, base: &Option<String>, facts: &mut Facts) {
        let places = group
            .entries
            .iter()
            .map(|entry| (entry, self.place(event, base, entry.name)));
        let of_detail = |(entry, place): &(&Entry<'_>, Option<Place>)| {
            place.is_some() || !ENVELOPE.contains(&entry.name)
        };
        let places: Vec<(&Entry<'_>, Option<Place>)> = places.filter(of_detail).collect();
        let is_rooted = |(entry, place): &&(&Entry<'_>, Option<Place>)| {
            let inner = entry.name.trim_start_matches("detail.").contains('.');
            place.as_ref().is_some_and(|place| place.known || inner)
        };
        let rooted = places.iter().filter(is_rooted).count();
        let based = base
            .as_deref()
            .and_then(|base| self.known_path(event, "", base));
        let kinds = || group.entries.iter().all(|entry| entry.said.kind.is_some());
        let about_event = rooted > 0 && rooted * 2 >= places.len() || based.is_some() && kinds();
        let parent = self.common_parent(&places);
        let names: HashSet<&str> = places.iter().map(|(entry, _)| entry.name).collect();
        for (entry, place) in places {
            let Some(mut place) = place else { continue };
            if !place.known {
                if !self.is_new_field(event, entry, about_event) {
                    continue;
                }
                if base.is_none() && !entry.name.contains('.') {
                    place.path = path::key(&parent, entry.name);
                }
            }
            if about_event || entry.said.has_label() || (place.known && entry.said.kind.is_some()) {
                self.attach_entry(event, entry, place, &names, facts);
            }
        }
    }

    /// The object in which most known names of a group stand; the detail itself where that is as good.
    fn common_parent(&self, places: &[(&Entry<'_>, Option<Place>)]) -> String {
        let mut parents: BTreeMap<String, usize> = BTreeMap::new();
        for place in places
            .iter()
            .filter_map(|(_, place)| place.as_ref())
            .filter(|place| place.known)
        {
            let around = path::around(&place.path);
            *parents
                .entry(
                    around
                        .first()
                        .map(|it| (*it).to_owned())
                        .unwrap_or_default(),
                )
                .or_default() += 1;
        }
        let most = parents.values().max().copied().unwrap_or(0);
        let mut best = parents.into_iter().filter(|(_, count)| *count == most);
        best.next().map(|(parent, _)| parent).unwrap_or_default()
    }

    /// Whether a name that no sample has is a field.
    fn is_new_field(&self, event: &str, entry: &Entry<'_>, about_event: bool) -> bool {
        let name = entry.name.rsplit('.').next().unwrap_or(entry.name);
        let says_so = entry.said.has_label() || entry.said.kind.is_some();
        let alike = self
            .words
            .paths(event)
            .style
            .is_none_or(|known| style(name) == known);
        let operation = style(name) == Style::Upper && is_operation(name);
        entry.marked_or(about_event)
            && !self.words.values.contains(name)
            && !ENVELOPE.contains(&name)
            && !operation
            && (about_event || says_so)
            && (alike || says_so)
    }

    /// Adds what is said of one of the names that a group describes.
    fn attach_entry(
        &self,
        event: &str,
        entry: &Entry<'_>,
        place: Place,
        names: &HashSet<&str>,
        facts: &mut Facts,
    ) {
        let line = self.line(entry.at);
        let condition = entry
            .said
            .condition
            .as_ref()
            .and_then(|told| self.told_condition(event, &place.path, told, names));
        let adds = !place.known || entry.said.kind.is_some() || condition.is_some();
        if adds || entry.said.required.is_some() {
            facts.fields.push(ProseField {
                detail_type: event.to_owned(),
                field: place.path.clone(),
                line,
                condition,
                kind: entry.said.kind.clone(),
                required: entry.said.required,
            });
        }
        for list in &entry.said.lists {
            self.attach_list(event, entry, &place, list, facts);
        }
    }

    /// Takes a list of values that a label or a sample proves; tells of others.
    fn attach_list(
        &self,
        event: &str,
        entry: &Entry<'_>,
        place: &Place,
        list: &Listed,
        facts: &mut Facts,
    ) {
        let kind = entry.said.kind.as_deref();
        let texts = kind.is_none_or(|kind| kind.contains("string") || kind == "list");
        let field = self.field_of_values(event, &place.path);
        if !texts {
            return;
        }
        let values: Vec<(String, usize)> = list
            .values
            .iter()
            .map(|(value, at)| (value.clone(), self.line(*at)))
            .collect();
        let constants = list.values.iter().all(|(value, _)| is_constant(value));
        let shown = self.shows_one_of(event, &field, &values);
        let is_field = |(value, _): &(String, usize)| self.words.is_field(event, value);
        if !shown && list.values.iter().any(is_field) {
            return;
        }
        if list.labelled || constants || shown {
            facts
                .values
                .push(self.value_list(event, vec![field], values));
        } else {
            let words: Vec<&str> = list
                .values
                .iter()
                .map(|(value, _)| value.as_str())
                .collect();
            let message = format!(
                "{} may be the values of `{}`: nothing says so, and no sample shows one of them",
                words.join(", "),
                place.path
            );
            facts.doubtful.push((entry.at, message));
        }
    }

    /// The items of a list take the values that are said of it.
    fn field_of_values(&self, event: &str, path: &str) -> String {
        let items = format!("{path}[]");
        match self.words.paths(event).get(&items) {
            Some(_) => items,
            None => path.to_owned(),
        }
    }

    /// Where prose names one field and the unit in which its instants are counted.
    pub(super) fn read_unit(&self, event: &str, prose: &Prose, facts: &mut Facts) {
        let flat = Flat::new(prose);
        let [(_, name, at)] = flat.codes[..] else {
            return;
        };
        let Some(unit) = crate::kind_word::unit(&flat.text.to_lowercase()) else {
            return;
        };
        if let Some(place) = self.place(event, &None, name).filter(|place| place.known) {
            facts.fields.push(ProseField {
                detail_type: event.to_owned(),
                field: place.path,
                line: self.line(at),
                condition: None,
                kind: Some(unit.to_owned()),
                required: None,
            });
        }
    }
}

impl Entry<'_> {
    fn marked_or(&self, about_event: bool) -> bool {
        self.marked || about_event
    }
}

/// A word that only programs write: `IN_SERVICE`.
fn is_constant(word: &str) -> bool {
    let spelled =
        |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '.' | '-');
    word.len() > 2 && word.chars().all(spelled)
}

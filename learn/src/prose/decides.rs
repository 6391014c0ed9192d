//! What a page says decides whether a field is there comes in; the field of the event that is meant, and its values, go
//! out.

use super::Reader;
use super::condition::{ToldCondition, says_key};
use super::label_words::begins_condition;
use super::sentence::{Word, is_row};
use super::vocabulary::Seen;
use super::word::is_word;
use eventbridge_catalog::model::Condition;
use eventbridge_catalog::path;
use std::collections::HashSet;

/// No condition names more values: what does is a list of values.
const MAX_VALUES: usize = 16;

impl Reader<'_> {
    /// "If `TrainingJobStatus` is `Failed` or `Stopped`, …": a field, and then values of it.
    pub(super) fn condition_before(&self, event: &str, before: &[Word<'_>]) -> Option<Condition> {
        let is_value =
            |word: &Word<'_>| is_word(word.text) && !self.words.is_field(event, word.text);
        let values = before
            .iter()
            .rev()
            .take(MAX_VALUES + 1)
            .take_while(|word| is_value(word))
            .count();
        let (fields, values) = before.split_at(before.len() - values);
        let [.., when] = fields else { return None };
        let said = match values {
            [] => false,
            [_] => true,
            _ if values.len() > MAX_VALUES => false,
            _ => begins_condition(when.before) && is_row(values),
        };
        let path = self
            .only_path(event, when.text)
            .filter(|path| self.holds_texts(event, path))?;
        said.then(|| Condition {
            when: path.to_owned(),
            is: values.iter().map(|word| word.text.to_owned()).collect(),
        })
    }

    /// The one field that a name means: at the top, or else wherever it stands.
    pub(super) fn only_path(&self, event: &str, name: &str) -> Option<&str> {
        let found = self.words.paths_of_key(event, name);
        match found[..] {
            [(path, _)] => Some(path),
            _ => found
                .iter()
                .find(|(path, _)| *path == name)
                .map(|(path, _)| *path),
        }
    }

    fn holds_texts(&self, event: &str, path: &str) -> bool {
        let seen = self.words.paths(event).get(path);
        seen.is_some_and(|seen| !seen.strings.is_empty())
    }

    pub(super) fn is_shown(&self, event: &str, condition: &Condition) -> bool {
        let seen = self.words.paths(event).get(&condition.when);
        seen.is_some_and(|seen| {
            condition
                .is
                .iter()
                .any(|value| seen.strings.contains(value))
        })
    }

    /// The condition that the description of the field at a path tells, where its group describes some names.
    pub(super) fn told_condition(
        &self,
        event: &str,
        field: &str,
        told: &ToldCondition,
        described: &HashSet<&str>,
    ) -> Option<Condition> {
        let around = path::around(field);
        let parent = around.first().map_or("", String::as_str);
        let when = match self.decides(event, parent, &told.subject) {
            Some(path) => path,
            None if described.contains(told.subject.as_str()) => path::key(parent, &told.subject),
            None => self.says_path(event, parent, told)?,
        };
        let condition = Condition {
            when,
            is: told.is.iter().cloned().collect(),
        };
        // A value may be called as some field is.
        let is_field = |value: &String| self.words.is_field(event, value);
        let are_values = self.is_shown(event, &condition) || !condition.is.iter().any(is_field);
        (condition.when != field && are_values).then_some(condition)
    }

    /// The field that a name means: the one beside, or else the only one of that name.
    fn decides(&self, event: &str, parent: &str, name: &str) -> Option<String> {
        let beside = path::key(parent, name);
        match self.words.paths(event).get(&beside) {
            Some(_) => Some(beside),
            None => self.only_path(event, name).map(str::to_owned),
        }
    }

    /// The field that words mean: the one with most of them in its key. Where the page does not mark the values, samples
    /// have to show one.
    fn says_path(&self, event: &str, parent: &str, told: &ToldCondition) -> Option<String> {
        let shows = |seen: &Seen| {
            let is = |text: &String| told.is.iter().any(|value| value.eq_ignore_ascii_case(text));
            !seen.strings.is_empty() && (told.marked || seen.strings.iter().any(is))
        };
        let paths = self.words.paths(event);
        let words = told.subject.split(|c: char| !c.is_alphanumeric());
        let alike = words.flat_map(|word| paths.with_last_word(word));
        let mut found: Vec<(String, &str)> = alike
            .map(|(path, seen)| (path::last_key(path), path, seen))
            .filter(|(key, _, seen)| says_key(&told.subject, key) && shows(seen))
            .map(|(key, path, _)| (key, path))
            .collect();
        found.sort_unstable();
        found.dedup();
        let beside = |(key, path): &(String, &str)| path::key(parent, key) == *path;
        if found.iter().any(beside) {
            found.retain(beside);
        }
        let most = found.iter().map(|(key, _)| key.len()).max();
        found.retain(|(key, _)| Some(key.len()) == most);
        match &found[..] {
            [(_, path)] => Some((*path).to_owned()),
            _ => None,
        }
    }
}

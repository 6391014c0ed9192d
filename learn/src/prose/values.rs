//! Sentences, lists and samples come in; the values that they document for a field go out.

use super::super::evidence::page::ValueList;
use super::super::page::{Block, Prose, Span};
use super::super::sample::{Sample, SampleKind, walk};
use super::Reader;
use super::sentence::{
    Word, ends_in_colon, is_alone, is_enumeration, is_row, is_title, listed_value, plain_words,
};
use super::word::{is_compound, is_word};
use crate::kind_word;
use eventbridge_catalog::json::{Node, Value};
use eventbridge_catalog::path;
use std::collections::HashSet;

/// The longest list that documents the values of a field.
const MAX_VALUES: usize = 200;

/// The most fields that one list documents.
const MAX_FIELDS: usize = 16;

/// How many paragraphs may stand between two items of one list: an example message, a note.
const MAX_NOTES: usize = 2;

impl Reader<'_> {
    /// "`state` is `enabling`, `enabled` or `disabled`": a field, then words one of which a sample shows.
    pub(super) fn values_in_sentence(
        &self,
        event: &str,
        sentence: &[Word<'_>],
    ) -> Option<ValueList> {
        let (field, words) = match sentence.split_first()? {
            (first, _) if !self.words.is_field(event, first.text) => {
                return self.values_of_shown(event, sentence);
            }
            split => split,
        };
        let values: Vec<_> = words
            .iter()
            .map(|word| (word.text.to_owned(), self.line(word.at)))
            .collect();
        let are_values = values
            .iter()
            .all(|(value, _)| is_word(value) && !self.is_any_field(event, value));
        if !(2..=MAX_VALUES).contains(&values.len()) || !are_values || !is_enumeration(words) {
            return None;
        }
        let fields = self.fields_with_values(event, &[*field], &values);
        let confirmed = |path: &String| self.shows_one_of(event, path, &values);
        fields
            .iter()
            .any(confirmed)
            .then(|| self.value_list(event, fields, values))
    }

    /// "the status changes to `enabled` or `disabled`": words in a row that name no field, one of which samples show in
    /// one field alone.
    fn values_of_shown(&self, event: &str, words: &[Word<'_>]) -> Option<ValueList> {
        let are_values = words
            .iter()
            .all(|word| is_word(word.text) && !self.is_any_field(event, word.text));
        if !(2..=MAX_VALUES).contains(&words.len()) || !are_values || !is_row(words) {
            return None;
        }
        let paths = self.words.paths(event);
        let texts = words.iter().map(|word| word.text);
        let mut shown: Vec<&str> = paths.that_show(texts).take(MAX_FIELDS).collect();
        shown.dedup();
        let [path] = shown[..] else { return None };
        let values = words
            .iter()
            .map(|word| (word.text.to_owned(), self.line(word.at)));
        Some(self.value_list(event, vec![path.to_owned()], values.collect()))
    }

    fn is_any_field(&self, event: &str, word: &str) -> bool {
        let looks_so =
            is_compound(word) && self.ends_like_key(word) && !self.words.values.contains(word);
        self.words.is_field(event, word) || looks_so
    }

    /// Whether a list may begin behind a paragraph: a note between two items of one is no
    /// introduction to the second.
    pub(super) fn may_introduce(&self, index: usize, prose: &Prose) -> bool {
        let before = index.checked_sub(1).map(|before| &self.page.blocks[before]);
        ends_in_colon(prose) || !matches!(before, Some(Block::Item(_)))
    }

    /// A sentence that names a field, and a list behind it.
    pub(super) fn values_in_list(
        &self,
        index: usize,
        event: &str,
        sentence: &[Word<'_>],
    ) -> Option<ValueList> {
        let values = self.listed_values(index, event, sentence)?;
        let placed = |(value, at): (&str, usize)| (value.to_owned(), self.line(at));
        let values: Vec<_> = values.into_iter().map(placed).collect();
        if values
            .iter()
            .any(|(value, _)| self.words.is_field(event, value))
        {
            return None;
        }
        let fields = self.fields_with_values(event, sentence, &values);
        (!fields.is_empty()).then(|| self.value_list(event, fields, values))
    }

    pub(super) fn value_list(
        &self,
        event: &str,
        fields: Vec<String>,
        values: Vec<(String, usize)>,
    ) -> ValueList {
        ValueList {
            detail_type: event.to_owned(),
            fields,
            values,
        }
    }

    /// A sentence that names a field in a plain word, as pages of plain text do, and a list behind it. Samples have to
    /// show one of the values, as words say little.
    pub(super) fn values_behind_words(
        &self,
        index: usize,
        event: &str,
        prose: &Prose,
    ) -> Option<ValueList> {
        let named = plain_words(prose);
        let named = named.filter(|word| self.words.is_field(event, word.text));
        let named: Vec<Word<'_>> = named.take(MAX_FIELDS).collect();
        let list = (!named.is_empty()).then(|| self.values_in_list(index, event, &named))??;
        let shown = |path: &String| self.shows_one_of(event, path, &list.values);
        list.fields.iter().all(shown).then_some(list)
    }

    /// The items of the list behind a paragraph, if each is a single word or begins with inline code,
    /// with their byte offsets. Notes between items are passed over.
    pub(super) fn listed_values(
        &self,
        index: usize,
        event: &str,
        sentence: &[Word<'_>],
    ) -> Option<Vec<(&str, usize)>> {
        let mut values = Vec::new();
        let mut notes = 0;
        let named: HashSet<&str> = sentence.iter().map(|word| word.text).collect();
        for (at, block) in self.page.blocks.iter().enumerate().skip(index + 1) {
            let alone = matches!(block, Block::Paragraph(prose) if is_alone(prose));
            match block {
                Block::Paragraph(prose) | Block::Item(prose)
                    if alone || matches!(block, Block::Item(_)) =>
                {
                    match listed_value(prose) {
                        Some(value) if values.len() < MAX_VALUES => values.push(value),
                        None if notes > 0 => break,
                        _ => return None,
                    }
                }
                Block::Paragraph(_) if values.is_empty() || notes == MAX_NOTES => break,
                Block::Paragraph(prose) if self.ends_list(at, prose, event, &named) => break,
                Block::Paragraph(_) => {
                    notes += 1;
                    continue;
                }
                _ => break,
            }
            notes = 0;
        }
        (values.len() >= 2).then_some(values)
    }

    /// Whether a paragraph behind an item is no note on it: a title, or an introduction to
    /// something else.
    fn ends_list(&self, at: usize, prose: &Prose, event: &str, named: &HashSet<&str>) -> bool {
        let followed = matches!(self.page.blocks.get(at + 1), Some(Block::Item(_)));
        let other = |span: &Span| match span {
            Span::Code(text, _) => !named.contains(text.as_str()) && self.holds_text(event, text),
            Span::Text(_) => false,
        };
        let title = !followed && is_title(&self.page.blocks[at]);
        title || ends_in_colon(prose) || prose.spans.iter().any(other)
    }

    /// Whether a word is a field of the event for which samples show text.
    fn holds_text(&self, event: &str, word: &str) -> bool {
        let paths = self.words.paths_of_key(event, word);
        paths.iter().any(|(_, seen)| !seen.strings.is_empty())
    }

    /// The paths that a list of values belongs to: of the fields a sentence names, those that hold
    /// strings, or have a part that shows one of the values. When samples prove the list for some of
    /// them, the others are named for another reason.
    fn fields_with_values(
        &self,
        event: &str,
        named: &[Word<'_>],
        values: &[(String, usize)],
    ) -> Vec<String> {
        let mut fields = Vec::new();
        let mut known = HashSet::new();
        for word in named.iter().filter(|word| known.insert(word.text)) {
            for (path, seen) in self.words.paths_of_key(event, word.text) {
                match seen.is_object {
                    true => fields.extend(self.part_that_shows(event, path, values)),
                    false if !seen.strings.is_empty() => fields.push(path.to_owned()),
                    false => {}
                }
            }
        }
        let proven: Vec<String> = fields
            .iter()
            .filter(|path| self.shows_one_of(event, path, values))
            .cloned()
            .collect();
        let meant = if proven.is_empty() { fields } else { proven };
        match meant.len() {
            0..=MAX_FIELDS => meant,
            _ => Vec::new(),
        }
    }

    fn part_that_shows(
        &self,
        event: &str,
        object: &str,
        values: &[(String, usize)],
    ) -> Option<String> {
        let values = values.iter().map(|(value, _)| value.as_str());
        let paths = self.words.paths(event);
        paths.part_that_shows(object, values).map(str::to_owned)
    }

    pub(super) fn shows_one_of(&self, event: &str, path: &str, values: &[(String, usize)]) -> bool {
        let seen = self.words.paths(event).get(path);
        seen.is_some_and(|seen| values.iter().any(|(value, _)| seen.strings.contains(value)))
    }

    /// Values that stand in a sample beside the one shown: in a comment, or behind an "or".
    pub(super) fn values_beside_samples(&self, samples: &[Sample<'_>]) -> Vec<ValueList> {
        let mut lists = Vec::new();
        for sample in samples
            .iter()
            .filter(|sample| sample.kind == SampleKind::Event)
        {
            let Some(detail) = sample.node.get("detail") else {
                continue;
            };
            walk(detail, "", &mut |path, member| {
                if let Some((path, values)) = self.values_beside(sample, path, &member.node) {
                    lists.push(self.value_list(&sample.detail_types[0], vec![path], values));
                }
            });
        }
        lists
    }

    fn values_beside(
        &self,
        sample: &Sample<'_>,
        path: &str,
        node: &Node,
    ) -> Option<(String, Vec<(String, usize)>)> {
        let (path, shown) = match &node.value {
            Value::Array(items) => (format!("{path}[]"), items.as_slice()),
            Value::String(_) | Value::Placeholder(_) => {
                (path.to_owned(), std::slice::from_ref(node))
            }
            _ => return None,
        };
        let several = shown.iter().flat_map(|item| {
            let offered = item.as_str().map(kind_word::several).unwrap_or_default();
            offered.into_iter().map(|value| (value, item.span.start))
        });
        let several: Vec<(&str, usize)> = several.collect();
        if node.alternatives.is_empty() && several.is_empty() {
            return None;
        }
        let is_value = |text: &&str| !kind_word::stands_for_values(&path::last_key(&path), text);
        let shown = shown.iter().filter_map(|item| {
            let text = match &item.value {
                Value::Placeholder(word) if !item.alternatives.is_empty() => word.as_str(),
                _ => item.as_str()?,
            };
            is_value(&text).then_some((text, item.span.start))
        });
        let shown: Vec<(&str, usize)> = several.into_iter().chain(shown).collect();
        let beside = node
            .alternatives
            .iter()
            .map(|(value, at)| (value.as_str(), *at));
        let place = |(value, at): (&str, usize)| (value.to_owned(), self.line(sample.origin(at)));
        let beside = beside.filter(|(value, _)| kind_word::read(value).is_none());
        let values: Vec<_> = shown.into_iter().chain(beside).map(place).collect();
        (!values.is_empty()).then_some((path, values))
    }
}

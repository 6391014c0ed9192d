//! The running text of a page and its samples come in; what the text adds to them goes out: the values
//! a field may take, fields that no sample shows, and when a field is there.
//!
//! The page's language does not matter: only inline code, lists and the order of things are looked
//! at, and the words of the samples tell which inline code is a field and which a value.

use super::evidence::{ProseField, ValueList};
use super::instant::names_a_time;
use super::names::words;
use super::page::{Block, Page, Prose, Span};
use super::sample::{Kind, Sample, walk};
use crate::json::{Node, Value};
use crate::model::Condition;
use crate::text::Lines;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What the prose of a page adds to its samples.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Documented values, by detail-type and fields.
    pub values: Vec<ValueList>,
    /// Fields named in prose.
    pub fields: Vec<ProseField>,
}

/// Reads the prose of a page.
pub fn read(page: &Page, samples: &[Sample<'_>], lines: &Lines<'_>) -> Facts {
    let reader = Reader {
        page,
        lines,
        words: Words::of(samples),
        events: events_by_block(samples),
        headings: headings(page),
    };
    let mut facts = Facts {
        values: reader.values_beside_samples(samples),
        fields: Vec::new(),
    };
    for (index, block) in page.blocks.iter().enumerate() {
        if let Block::Paragraph(prose) = block {
            reader.read_paragraph(index, prose, &mut facts);
        }
    }
    facts
}

/// What the samples of a page call things.
struct Words {
    /// Of each detail-type, the paths of `detail` and the strings seen there.
    types: BTreeMap<String, BTreeMap<String, Seen>>,
    /// Every string value that is one word.
    values: BTreeSet<String>,
    /// The last word of every key: `Reason` of `FailureReason`.
    endings: BTreeSet<String>,
}

/// What stands at a path in the samples of a page.
#[derive(Default)]
struct Seen {
    strings: BTreeSet<String>,
    is_object: bool,
}

impl Words {
    fn of(samples: &[Sample<'_>]) -> Words {
        let mut words = Words {
            types: BTreeMap::new(),
            values: BTreeSet::new(),
            endings: BTreeSet::new(),
        };
        for sample in samples.iter().filter(|sample| sample.kind == Kind::Event) {
            let paths = words
                .types
                .entry(sample.detail_types[0].clone())
                .or_default();
            let Some(detail) = sample.node.get("detail") else {
                continue;
            };
            walk(detail, "", &mut |path, member| {
                words
                    .endings
                    .extend(last_hump(&member.key).map(str::to_owned));
                note_values(path, &member.node, paths, &mut words.values);
            });
        }
        words
    }

    fn paths(&self, detail_type: &str) -> &BTreeMap<String, Seen> {
        static NONE: BTreeMap<String, Seen> = BTreeMap::new();
        self.types.get(detail_type).unwrap_or(&NONE)
    }

    fn paths_of_key<'w>(
        &'w self,
        detail_type: &str,
        key: &'w str,
    ) -> impl Iterator<Item = (&'w String, &'w Seen)> {
        let is_key = move |path: &str| {
            path == key
                || path
                    .strip_suffix(key)
                    .is_some_and(|rest| rest.ends_with('.'))
        };
        self.paths(detail_type)
            .iter()
            .filter(move |(path, _)| is_key(path.trim_end_matches("[]")))
    }

    fn is_field(&self, detail_type: &str, word: &str) -> bool {
        self.paths_of_key(detail_type, word).next().is_some()
    }
}

fn note_values(
    path: &str,
    node: &Node,
    paths: &mut BTreeMap<String, Seen>,
    values: &mut BTreeSet<String>,
) {
    let seen = paths.entry(path.to_owned()).or_default();
    match &node.value {
        Value::String(text) => {
            seen.strings.insert(text.clone());
            if is_word(text) {
                values.insert(text.clone());
            }
        }
        Value::Object(_) => seen.is_object = true,
        Value::Array(items) => {
            let path = format!("{path}[]");
            items
                .iter()
                .for_each(|item| note_values(&path, item, paths, values));
        }
        _ => {}
    }
}

/// The block and detail-type of each event, in reading order.
fn events_by_block(samples: &[Sample<'_>]) -> Vec<(usize, String)> {
    let events = samples.iter().filter(|sample| sample.kind == Kind::Event);
    events
        .map(|sample| (sample.block, sample.detail_types[0].clone()))
        .collect()
}

struct Reader<'p> {
    page: &'p Page,
    lines: &'p Lines<'p>,
    words: Words,
    events: Vec<(usize, String)>,
    /// The blocks that are headings.
    headings: Vec<usize>,
}

fn headings(page: &Page) -> Vec<usize> {
    let blocks = page.blocks.iter().enumerate();
    let headings = blocks.filter(|(_, block)| matches!(block, Block::Heading(_)));
    headings.map(|(index, _)| index).collect()
}

impl Reader<'_> {
    fn line(&self, at: usize) -> usize {
        self.lines.place(at).line
    }

    fn read_paragraph(&self, index: usize, prose: &Prose, facts: &mut Facts) {
        let sentences = sentences(prose);
        let Some(detail_type) = self.event_of(index, &sentences) else {
            return;
        };
        for sentence in &sentences {
            self.read_fields(detail_type, sentence, &sentences, facts);
            facts
                .values
                .extend(self.values_in_sentence(detail_type, sentence));
        }
        if let Some(last) = sentences
            .last()
            .filter(|_| self.may_introduce(index, prose))
        {
            facts
                .values
                .extend(self.values_in_list(index, detail_type, last));
        }
    }

    /// The event that a paragraph is about: of the events next to it in its section, the one whose
    /// fields and values it names most. When they are equal, it is the one that follows, unless a
    /// title stands between.
    fn event_of(&self, index: usize, sentences: &[Vec<Word<'_>>]) -> Option<&str> {
        let section = self.headings.partition_point(|&heading| heading < index);
        let start = section.checked_sub(1).map_or(0, |last| self.headings[last]);
        let end = self.headings.get(section).copied().unwrap_or(usize::MAX);
        let split = self.events.partition_point(|(block, _)| *block < index);
        let next = self.events.get(split).filter(|(block, _)| *block < end);
        let previous = self.events[..split]
            .last()
            .filter(|(block, _)| *block >= start);
        let event = match (previous, next) {
            (Some(previous), Some(next)) => {
                let named = |event: &str| self.names(event, index, sentences);
                match named(&previous.1).cmp(&named(&next.1)) {
                    Ordering::Greater => previous,
                    Ordering::Equal if self.ends_section(previous.0, index, next.0) => previous,
                    _ => next,
                }
            }
            (one, other) => one.or(other)?,
        };
        Some(&event.1)
    }

    /// How many fields of an event a paragraph names, and how many of them the event's samples show
    /// with a value that it or the list behind it names.
    fn names(&self, event: &str, index: usize, sentences: &[Vec<Word<'_>>]) -> (usize, usize) {
        let words = || sentences.iter().flatten();
        let fields = || words().filter(|word| self.words.is_field(event, word.text));
        let listed = self.listed_values(index + 1).unwrap_or_default();
        let values: Vec<&str> = listed
            .iter()
            .map(|(value, _)| value.as_str())
            .chain(words().map(|word| word.text))
            .collect();
        let shows = |seen: &Seen| values.iter().any(|value| seen.strings.contains(*value));
        let shown = fields().filter(|word| {
            let mut paths = self.words.paths_of_key(event, word.text);
            paths.any(|(_, seen)| shows(seen))
        });
        (fields().count(), shown.count())
    }

    /// Whether a title stands between a block and the event that follows it, and none between it
    /// and the event before.
    fn ends_section(&self, previous: usize, index: usize, next: usize) -> bool {
        let title = |range: Range<usize>| self.page.blocks[range].iter().any(is_title);
        title(index + 1..next) && !title(previous..index)
    }

    fn read_fields(
        &self,
        event: &str,
        sentence: &[Word<'_>],
        paragraph: &[Vec<Word<'_>>],
        facts: &mut Facts,
    ) {
        for (position, word) in sentence.iter().enumerate() {
            let condition = self.condition(event, &sentence[..position]);
            let known = self.words.paths(event).contains_key(word.text);
            if (known && condition.is_some())
                || self.names_new_field(event, word.text, condition.as_ref(), paragraph)
            {
                facts.fields.push(ProseField {
                    detail_type: event.to_owned(),
                    field: word.text.to_owned(),
                    line: self.line(word.at),
                    condition,
                });
            }
        }
    }

    /// "If `TrainingJobStatus` is `Failed`, …": a field and then a value of it.
    fn condition(&self, event: &str, before: &[Word<'_>]) -> Option<Condition> {
        let [.., when, is] = before else { return None };
        let paths = self.words.paths(event);
        let holds_strings = paths
            .get(when.text)
            .is_some_and(|seen| !seen.strings.is_empty());
        let is_value = is_word(is.text) && !self.words.is_field(event, is.text);
        (holds_strings && is_value).then(|| Condition {
            when: when.text.to_owned(),
            is: is.text.to_owned(),
        })
    }

    /// Whether inline code that no sample of the event knows is a field of it: a compound word in the
    /// style of the event's keys. Values may look the same (`AgentRFTEvaluation`), so where keys begin
    /// with a capital it must also end as keys do (`FailureReason`), or depend on a value that the
    /// samples do not show.
    fn names_new_field(
        &self,
        event: &str,
        word: &str,
        condition: Option<&Condition>,
        paragraph: &[Vec<Word<'_>>],
    ) -> bool {
        let known = self.words.values.contains(word) || self.words.is_field(event, word);
        let other = known || !is_compound(word) || is_operation(word);
        if other || self.key_style(event) != Some(style(word)) {
            return false;
        }
        let about_event = paragraph
            .iter()
            .flatten()
            .any(|other| self.words.is_field(event, other.text));
        match style(word) {
            Style::Lower => about_event || paragraph.iter().flatten().count() == 1,
            Style::Upper => {
                about_event
                    && (self.ends_like_key(word)
                        || condition.is_some_and(|it| !self.is_shown(event, it)))
            }
        }
    }

    fn ends_like_key(&self, word: &str) -> bool {
        last_hump(word).is_some_and(|ending| self.words.endings.contains(ending))
    }

    fn is_shown(&self, event: &str, condition: &Condition) -> bool {
        self.words
            .paths(event)
            .get(&condition.when)
            .is_some_and(|seen| seen.strings.contains(&condition.is))
    }

    /// How the event writes its keys, when it writes all of them alike and some are compound.
    fn key_style(&self, event: &str) -> Option<Style> {
        let keys: Vec<&String> = self
            .words
            .paths(event)
            .keys()
            .filter(|path| !path.contains(['.', '[']))
            .collect();
        let first = style(keys.first()?);
        let alike = keys
            .iter()
            .all(|key| style(key) == first && key.chars().all(|c| c.is_ascii_alphanumeric()));
        (alike && keys.iter().any(|key| is_compound(key))).then_some(first)
    }

    /// "`state` is `enabling`, `enabled` or `disabled`": a field, then words one of which a sample shows.
    fn values_in_sentence(&self, event: &str, sentence: &[Word<'_>]) -> Option<ValueList> {
        let (field, words) = sentence.split_first()?;
        let values: Vec<_> = words
            .iter()
            .map(|word| (word.text.to_owned(), self.line(word.at)))
            .collect();
        let are_values = values
            .iter()
            .all(|(value, _)| is_word(value) && !self.is_any_field(event, value));
        if values.len() < 2 || !are_values || !is_enumeration(words) {
            return None;
        }
        let fields = self.fields_with_values(event, &[*field], &values);
        let confirmed = |path: &String| self.shows_one_of(event, path, &values);
        fields
            .iter()
            .any(confirmed)
            .then(|| self.value_list(event, fields, values))
    }

    fn is_any_field(&self, event: &str, word: &str) -> bool {
        let looks_so =
            is_compound(word) && self.ends_like_key(word) && !self.words.values.contains(word);
        self.words.is_field(event, word) || looks_so
    }

    /// Whether a list may begin behind a paragraph: a note between two items of one is no
    /// introduction to the second.
    fn may_introduce(&self, index: usize, prose: &Prose) -> bool {
        let before = index.checked_sub(1).map(|before| &self.page.blocks[before]);
        let colon = match prose.spans.last() {
            Some(Span::Text(text)) => text.trim_end().ends_with([':', '：']),
            _ => false,
        };
        colon || !matches!(before, Some(Block::Item(_)))
    }

    /// A sentence that names a field, and a list behind it.
    fn values_in_list(
        &self,
        index: usize,
        event: &str,
        sentence: &[Word<'_>],
    ) -> Option<ValueList> {
        let values = self.listed_values(index + 1)?;
        if values
            .iter()
            .any(|(value, _)| self.words.is_field(event, value))
        {
            return None;
        }
        let fields = self.fields_with_values(event, sentence, &values);
        (!fields.is_empty()).then(|| self.value_list(event, fields, values))
    }

    fn value_list(
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

    /// The items of the list that begins at a block, if each is a single word or begins with inline code.
    /// Notes between items are passed over.
    fn listed_values(&self, from: usize) -> Option<Vec<(String, usize)>> {
        let mut values = Vec::new();
        let mut notes = 0;
        for block in self.page.blocks.get(from..)? {
            match block {
                Block::Item(prose) => {
                    notes = 0;
                    let (value, at) = listed_value(prose).filter(|_| values.len() < MAX_VALUES)?;
                    values.push((value.to_owned(), self.line(at)));
                }
                Block::Paragraph(_) if !values.is_empty() && notes < MAX_NOTES => notes += 1,
                _ => break,
            }
        }
        (values.len() >= 2).then_some(values)
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
        for word in named {
            for (path, seen) in self.words.paths_of_key(event, word.text) {
                match seen.is_object {
                    true => fields.extend(self.part_that_shows(event, path, values)),
                    false if !seen.strings.is_empty() => fields.push(path.clone()),
                    false => {}
                }
            }
        }
        let proven: Vec<String> = fields
            .iter()
            .filter(|path| self.shows_one_of(event, path, values))
            .cloned()
            .collect();
        if proven.is_empty() { fields } else { proven }
    }

    fn part_that_shows(
        &self,
        event: &str,
        object: &str,
        values: &[(String, usize)],
    ) -> Option<String> {
        let prefix = format!("{object}.");
        let mut parts = self
            .words
            .paths(event)
            .keys()
            .filter(|path| path.starts_with(&prefix));
        parts
            .find(|path| self.shows_one_of(event, path, values))
            .cloned()
    }

    fn shows_one_of(&self, event: &str, path: &str, values: &[(String, usize)]) -> bool {
        let seen = self.words.paths(event).get(path);
        seen.is_some_and(|seen| values.iter().any(|(value, _)| seen.strings.contains(value)))
    }

    /// Values that stand in a sample beside the one shown: in a comment, or behind an "or".
    fn values_beside_samples(&self, samples: &[Sample<'_>]) -> Vec<ValueList> {
        let mut lists = Vec::new();
        for sample in samples.iter().filter(|sample| sample.kind == Kind::Event) {
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
        if node.alternatives.is_empty() {
            return None;
        }
        let (path, shown) = match &node.value {
            Value::Array(items) => (format!("{path}[]"), items.as_slice()),
            _ => (path.to_owned(), std::slice::from_ref(node)),
        };
        let shown = shown
            .iter()
            .filter_map(|item| Some((item.as_str()?, item.span.start)));
        let beside = node
            .alternatives
            .iter()
            .map(|(value, at)| (value.as_str(), *at));
        let place = |(value, at): (&str, usize)| (value.to_owned(), self.line(sample.origin(at)));
        Some((path, shown.chain(beside).map(place).collect()))
    }
}

/// The longest list that documents the values of a field.
const MAX_VALUES: usize = 500;

/// The longest heading, in bytes.
const MAX_TITLE: usize = 200;

/// How many paragraphs may stand between two items of one list: an example message, a note.
const MAX_NOTES: usize = 2;

/// Inline code in running text.
#[derive(Clone, Copy)]
struct Word<'p> {
    text: &'p str,
    at: usize,
    /// The text between the code before it and this.
    before: &'p str,
}

/// The inline code of each sentence.
fn sentences(prose: &Prose) -> Vec<Vec<Word<'_>>> {
    let mut sentences = vec![Vec::new()];
    let mut before = "";
    for span in &prose.spans {
        match span {
            Span::Text(text) => {
                before = text.trim();
                if ends_sentence(text) {
                    sentences.push(Vec::new());
                }
            }
            Span::Code(text, at) => {
                let before = std::mem::take(&mut before);
                let at = *at;
                if let Some(sentence) = sentences.last_mut() {
                    sentence.push(Word { text, at, before });
                }
            }
        }
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Whether values stand in a row: words between them, but for the last two, may be parts of values.
fn is_enumeration(values: &[Word<'_>]) -> bool {
    let Some((last, others)) = values.get(1..).and_then(<[_]>::split_last) else {
        return false;
    };
    let joins = |word: &Word<'_>| {
        word.before == last.before || !word.before.contains(char::is_alphanumeric)
    };
    others.iter().all(joins)
}

/// Whether a sentence ends in a text, in any script.
fn ends_sentence(text: &str) -> bool {
    text.contains(['。', '！', '？', '।'])
        || [". ", "! ", "? "].iter().any(|end| text.contains(end))
}

/// The value that a list item names.
fn listed_value(item: &Prose) -> Option<(&str, usize)> {
    let mut spans = item
        .spans
        .iter()
        .filter(|span| !matches!(span, Span::Text(text) if text.trim().is_empty()));
    match (spans.next()?, spans.next()) {
        (Span::Code(value, at), _) if is_word(value) => Some((value, *at)),
        (Span::Text(value), None) if is_bare_word(value.trim()) => Some((value.trim(), item.at)),
        _ => None,
    }
}

/// Whether a paragraph looks like a heading, which plain text cannot mark: no punctuation
/// stands behind it.
fn is_title(block: &Block) -> bool {
    let prose = match block {
        Block::Heading(_) => return true,
        Block::Paragraph(prose) => prose,
        _ => return false,
    };
    match prose.spans.as_slice() {
        [Span::Text(text)] => {
            let begins = text.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase());
            begins && text.len() <= MAX_TITLE && text.ends_with(char::is_alphanumeric)
        }
        _ => false,
    }
}

/// One word in any script, as translated lists hold them.
fn is_bare_word(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= 60
        && !text.contains(char::is_whitespace)
        && !text.contains("://")
}

/// One word as a program would write a value.
fn is_word(text: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.len() <= 100
        && text.chars().all(inner)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Upper,
    Lower,
}

fn style(word: &str) -> Style {
    if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        Style::Upper
    } else {
        Style::Lower
    }
}

/// Two words at least, written as one: `failureReason`.
fn is_compound(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_alphanumeric())
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word
            .as_bytes()
            .windows(2)
            .any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

/// Whether a name is one of an API operation: a verb and what it is done to. Fields may begin with
/// some of them, but then one word follows: `stopCode`.
fn is_operation(word: &str) -> bool {
    const VERBS: [&str; 34] = [
        "add",
        "associate",
        "attach",
        "batch",
        "cancel",
        "copy",
        "create",
        "delete",
        "deregister",
        "describe",
        "detach",
        "disable",
        "disassociate",
        "enable",
        "export",
        "get",
        "import",
        "invoke",
        "list",
        "modify",
        "publish",
        "put",
        "query",
        "register",
        "remove",
        "reset",
        "restore",
        "send",
        "submit",
        "tag",
        "terminate",
        "untag",
        "update",
        "upload",
    ];
    const NOUNS_TOO: [&str; 6] = ["request", "restart", "run", "set", "start", "stop"];
    let humps = words(word);
    let first = humps.first().map(|hump| hump.to_ascii_lowercase());
    let begins = |verbs: &[&str]| first.as_deref().is_some_and(|first| verbs.contains(&first));
    let verb = begins(&VERBS) || begins(&NOUNS_TOO) && humps.len() > 2;
    verb && !names_a_time(word)
}

/// `Reason` of `FailureReason`.
fn last_hump(word: &str) -> Option<&str> {
    let start = word.rfind(|c: char| c.is_ascii_uppercase())?;
    (start + 1 < word.len()).then(|| &word[start..])
}

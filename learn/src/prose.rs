//! The running text of a page and its samples come in; what the text adds to them goes out: the values
//! a field may take, fields that no sample shows, and when a field is there.
//!
//! The page's language does not matter: only inline code, lists and the order of things are looked
//! at, and the words of the samples tell which inline code is a field and which a value.

mod attach;
mod condition;
mod decides;
mod described;
mod flat;
mod label;
mod label_words;
mod listed;
mod place;
mod sentence;
mod values;
mod vocabulary;
mod word;

use super::evidence::page::{ProseField, ValueList};
use super::page::{Block, Page, Prose};
use super::sample::{Sample, SampleKind};
use eventbridge_catalog::model::Condition;
use eventbridge_catalog::text::Lines;
use sentence::{Word, is_title, sentences};
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use vocabulary::{Seen, Words};
use word::{Style, is_compound, is_operation, last_hump, style};

/// What the prose of a page adds to its samples.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// Documented values, by detail-type and fields.
    pub values: Vec<ValueList>,
    /// Fields named in prose.
    pub fields: Vec<ProseField>,
    /// What looks like a list of values and was not taken: where, and what is odd about it.
    pub doubtful: Vec<(usize, String)>,
}

/// Reads the prose of a page.
pub(crate) fn read(page: &Page, samples: &[Sample<'_>], lines: &Lines<'_>) -> Facts {
    let events = events_by_block(samples);
    let reader = Reader {
        page,
        lines,
        words: Words::of(samples),
        one_event: events.windows(2).all(|pair| pair[0].1 == pair[1].1),
        events,
        headings: blocks_that(page, |block| matches!(block, Block::Heading(_))),
        titles: blocks_that(page, is_title),
    };
    let mut facts = Facts {
        values: reader.values_beside_samples(samples),
        ..Facts::default()
    };
    for (index, block) in page.blocks.iter().enumerate() {
        if let Block::Paragraph(prose) = block {
            reader.read_paragraph(index, prose, &mut facts);
        }
    }
    reader.read_described(&mut facts);
    facts
}

/// The block and detail-type of each event, in reading order.
fn events_by_block(samples: &[Sample<'_>]) -> Vec<(usize, String)> {
    let events = samples
        .iter()
        .filter(|sample| sample.kind == SampleKind::Event);
    events
        .map(|sample| (sample.block, sample.detail_types[0].clone()))
        .collect()
}

struct Reader<'p> {
    page: &'p Page,
    lines: &'p Lines<'p>,
    words: Words,
    events: Vec<(usize, String)>,
    /// Whether the page has one event, in however many samples.
    one_event: bool,
    /// The blocks that are headings.
    headings: Vec<usize>,
    /// The blocks that are titles.
    titles: Vec<usize>,
}

fn blocks_that(page: &Page, are_meant: impl Fn(&Block) -> bool) -> Vec<usize> {
    let blocks = page.blocks.iter().enumerate();
    let found = blocks.filter(|(_, block)| are_meant(block));
    found.map(|(index, _)| index).collect()
}

/// What a paragraph as a whole tells of its inline code.
#[derive(Clone, Copy)]
struct Context {
    /// Whether it names a field of the event.
    about_event: bool,
    /// Whether there is no other.
    alone: bool,
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
        let context = self.context(detail_type, &sentences);
        for sentence in &sentences {
            self.read_fields(detail_type, sentence, context, facts);
            facts
                .values
                .extend(self.values_in_sentence(detail_type, sentence));
        }
        self.read_unit(detail_type, prose, facts);
        if !self.may_introduce(index, prose) {
            return;
        }
        let listed = match sentences.last() {
            Some(last) => self.values_in_list(index, detail_type, last),
            None => None,
        };
        let listed = listed.or_else(|| self.values_behind_words(index, detail_type, prose));
        facts.values.extend(listed);
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
            (None, None) => self.events.first().filter(|_| self.one_event)?,
            (one, other) => one.or(other)?,
        };
        Some(&event.1)
    }

    /// How many fields of an event a paragraph names, and how many of them the event's samples show
    /// with a value that it or the list behind it names.
    fn names(&self, event: &str, index: usize, sentences: &[Vec<Word<'_>>]) -> (usize, usize) {
        let words = || sentences.iter().flatten();
        let fields = || words().filter(|word| self.words.is_field(event, word.text));
        let last = sentences.last().map(Vec::as_slice).unwrap_or_default();
        let listed = self.listed_values(index, event, last).unwrap_or_default();
        let listed = listed.into_iter().map(|(value, _)| value);
        let values: HashSet<&str> = listed.chain(words().map(|word| word.text)).collect();
        let shows = |seen: &Seen| {
            seen.strings
                .iter()
                .any(|text| values.contains(text.as_str()))
        };
        let mut known = HashMap::new();
        let shown = fields().filter(|word| {
            let is_shown = || {
                let paths = self.words.paths_of_key(event, word.text);
                paths.iter().any(|(_, seen)| shows(seen))
            };
            *known.entry(word.text).or_insert_with(is_shown)
        });
        (fields().count(), shown.count())
    }

    /// Whether a title stands between a block and the event that follows it, and none between it
    /// and the event before.
    fn ends_section(&self, previous: usize, index: usize, next: usize) -> bool {
        let title = |range: Range<usize>| {
            let first = self.titles.partition_point(|&at| at < range.start);
            self.titles.get(first).is_some_and(|&at| at < range.end)
        };
        title(index + 1..next) && !title(previous..index)
    }

    fn context(&self, event: &str, paragraph: &[Vec<Word<'_>>]) -> Context {
        let mut words = paragraph.iter().flatten();
        Context {
            alone: words.clone().count() == 1,
            about_event: words.any(|word| self.words.is_field(event, word.text)),
        }
    }

    fn read_fields(&self, event: &str, sentence: &[Word<'_>], context: Context, facts: &mut Facts) {
        for (position, word) in sentence.iter().enumerate() {
            let condition = self.condition_before(event, &sentence[..position]);
            let known = condition
                .as_ref()
                .and_then(|_| self.only_path(event, word.text));
            if known.is_some()
                || self.names_new_field(event, word.text, condition.as_ref(), context)
            {
                facts.fields.push(ProseField {
                    detail_type: event.to_owned(),
                    field: known.unwrap_or(word.text).to_owned(),
                    line: self.line(word.at),
                    condition,
                    kind: None,
                    required: None,
                });
            }
        }
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
        context: Context,
    ) -> bool {
        let known = self.words.values.contains(word) || self.words.is_field(event, word);
        let other = known || !is_compound(word) || is_operation(word);
        if other || self.words.paths(event).style != Some(style(word)) {
            return false;
        }
        match style(word) {
            Style::Lower => context.about_event || context.alone,
            Style::Upper => {
                context.about_event
                    && (self.ends_like_key(word)
                        || condition.is_some_and(|it| !self.is_shown(event, it)))
            }
        }
    }

    fn ends_like_key(&self, word: &str) -> bool {
        last_hump(word).is_some_and(|ending| self.words.endings.contains(ending))
    }
}

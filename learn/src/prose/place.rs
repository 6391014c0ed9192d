//! A name that a page describes comes in; where it stands in an event goes out: at a path that samples have, or as a
//! new key of the object that is described.

use super::super::page::{Block, Span};
use super::Reader;
use super::described::Group;
use super::flat::Flat;
use eventbridge_catalog::path;

/// How many blocks before a group may introduce it.
const MAX_INTRODUCTION: usize = 3;

/// The keys of the envelope: what is said of them is not said of a detail.
pub(super) const ENVELOPE: [&str; 11] = [
    "version",
    "id",
    "detail-type",
    "source",
    "account",
    "time",
    "region",
    "resources",
    "detail",
    "replay-name",
    "ingestion-time",
];

/// A field of an event: its path, and whether samples have it.
pub(super) struct Place {
    pub(super) path: String,
    pub(super) known: bool,
}

impl Reader<'_> {
    /// The object whose fields a group describes, if its introduction or heading names one below `detail`.
    pub(super) fn base(&self, group: &Group<'_>) -> Option<String> {
        let before = &self.page.blocks[..group.first];
        for block in before.iter().rev().take(MAX_INTRODUCTION) {
            let (prose, last) = match block {
                Block::Heading(prose) => (prose, true),
                Block::Paragraph(prose) => (prose, false),
                Block::Item(_) | Block::Code(_) => return None,
            };
            let codes = prose.spans.iter().filter_map(|span| match span {
                Span::Code(code, _) => Some(code.as_str()),
                Span::Text(_) => None,
            });
            let plain = Flat::new(prose).text;
            let heading = last
                .then_some(plain.trim())
                .filter(|text| !text.contains(' '));
            let mut named = codes.chain(heading).filter_map(|name| {
                let dotted = name.strip_prefix("event.").unwrap_or(name);
                let below = dotted.strip_prefix("detail.");
                below.or_else(|| self.is_object_somewhere(dotted).then_some(dotted))
            });
            if let Some(name) = named.next_back() {
                return Some(name.to_owned());
            }
            if last {
                return None;
            }
        }
        None
    }

    fn is_object_somewhere(&self, name: &str) -> bool {
        let last = name.rsplit('.').next().unwrap_or(name);
        self.words.objects.contains(last.trim_end_matches("[]"))
    }

    /// Where a name stands in an event: at a path that samples have, or as a new key of the object that is described.
    pub(super) fn place(&self, event: &str, base: &Option<String>, name: &str) -> Option<Place> {
        let name = name.strip_prefix("event.").unwrap_or(name);
        let (name, from_top) = match name.strip_prefix("detail.") {
            Some(below) => (below, true),
            None => (name, false),
        };
        let base = base.as_deref().filter(|_| !from_top);
        let base = base.and_then(|base| self.known_path(event, "", base));
        if let Some(base) = &base
            && let Some(path) = self.known_path(event, base, name)
        {
            return Some(Place { path, known: true });
        }
        if let Some(path) = self.known_path(event, "", name) {
            return Some(Place { path, known: true });
        }
        if ENVELOPE.contains(&name) {
            return None;
        }
        let found = self.words.paths_of_key(event, name);
        let within = |path: &str| {
            base.as_deref()
                .is_none_or(|base| path::is_below(path, base))
        };
        let mut found = found.into_iter().filter(|(path, _)| within(path));
        match (found.next(), found.next()) {
            (Some((path, _)), None) => Some(Place {
                path: path.to_owned(),
                known: true,
            }),
            (Some(_), Some(_)) => None,
            (None, _) => self.new_place(event, base.as_deref(), name),
        }
    }

    /// The path of dotted keys below a path, if samples have it. Marks of lists may be left out.
    pub(super) fn known_path(&self, event: &str, base: &str, dotted: &str) -> Option<String> {
        let paths = self.words.paths(event);
        let mut path = base.to_owned();
        for key in dotted.split('.') {
            let key = key.trim_end_matches("[]");
            let lists = ["", "[]", "[][]"].into_iter();
            let mut inside = lists.map(|list| match path.is_empty() {
                true => path::key("", key),
                false => path::key(&format!("{}{list}", path.trim_end_matches("[]")), key),
            });
            path = inside.find(|path| paths.get(path).is_some())?;
        }
        Some(path)
    }

    /// A key that no sample has, in the object that is described.
    fn new_place(&self, event: &str, base: Option<&str>, name: &str) -> Option<Place> {
        let (parent, key) = match name.rsplit_once('.') {
            Some((parent, key)) => (self.known_path(event, base.unwrap_or(""), parent)?, key),
            None => (base.unwrap_or("").to_owned(), name),
        };
        let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        if key.is_empty() || !key.chars().all(is_key) {
            return None;
        }
        let seen = self.words.paths(event);
        let list = format!("{parent}[]");
        let parent = match !parent.is_empty() && seen.get(&list).is_some_and(|seen| seen.is_object)
        {
            true => list,
            false => parent,
        };
        let path = path::key(&parent, key);
        Some(Place { path, known: false })
    }
}

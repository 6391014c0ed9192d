//! The outline of an event and the fields that are wanted come in; the leaves of those fields go out, each with
//! the array elements that it lies in.
//!
//! Of an event without keys that repeat no more is read than fields can be in: an object is left when all of its keys
//! have been met that lead somewhere.

use super::cursor::Cursor;
use super::leaf::{LeafKind, Leaves, NOWHERE};
use super::number::Comparable;
use super::path::{NodeId, Paths, ROOT};
use super::reader::MAX_DEPTH;
use super::text;

/// What the walk keeps from event to event, so that nothing is allocated anew.
#[derive(Clone, Debug, Default)]
pub(crate) struct Walk {
    open: Vec<Open>,
    /// Whether the rest of the event has been found to matter.
    goes_on: bool,
    key: Vec<u8>,
}

/// An array or object that is being walked.
#[derive(Clone, Copy, Debug)]
struct Open {
    node: NodeId,
    empty_step: bool,
    element: u32,
    /// The array's number, if it is one.
    array: Option<u32>,
    /// How many keys of an object led somewhere.
    found: usize,
}

impl Open {
    /// The value of a key in it.
    #[inline]
    fn inside(&self, node: NodeId, is_empty: bool) -> Self {
        Self {
            node,
            empty_step: self.empty_step || is_empty,
            array: None,
            found: 0,
            ..*self
        }
    }
}

/// What the walk goes along.
struct Way<'a, 'e> {
    cursor: &'a mut Cursor<'e>,
    paths: &'a Paths,
    leaves: &'a mut Leaves,
    walk: &'a mut Walk,
}

/// Collects the leaves of wanted fields.
pub(crate) fn collect(
    cursor: &mut Cursor<'_>,
    paths: &Paths,
    leaves: &mut Leaves,
    walk: &mut Walk,
) {
    leaves.clear();
    walk.open.clear();
    walk.goes_on = !cursor.outline.is_trusted;
    let mut way = Way {
        cursor,
        paths,
        leaves,
        walk,
    };
    if way.cursor.enter().is_some() {
        way.walk.open.push(Open {
            node: ROOT,
            empty_step: false,
            element: NOWHERE,
            array: None,
            found: 0,
        });
    }
    while let Some(open) = way.walk.open.last().copied() {
        let go_on = match open.array {
            None => way.members(open),
            Some(_) => way.items(open),
        };
        if go_on.is_none() {
            return;
        }
    }
}

impl Way<'_, '_> {
    /// The members of an object, up to one whose value is to be walked itself. Most keys lead nowhere. None where
    /// the event ends.
    fn members(&mut self, mut open: Open) -> Option<()> {
        let tails = self.paths.tails(open.node);
        let enough = self.enough(open.node);
        if open.found >= enough {
            return self.finish(&open);
        }
        loop {
            let (at, met) = self.cursor.next()?;
            if met != b':' {
                if matches!(met, b'{' | b'[') {
                    self.cursor.leave()?;
                    continue;
                }
                self.cursor.at = at + 1;
                self.close();
                return Some(());
            }
            let (close, tail) = self.cursor.key_end(at);
            if tail.is_some_and(|tail| !tails.may_have(tail)) {
                continue;
            }
            let quick = tail
                .filter(|_| !self.cursor.outline.has_escapes)
                .and_then(|tail| {
                    self.paths
                        .child_before(open.node, tail, self.cursor.bytes, close)
                });
            let inside = match quick {
                Some(node) => {
                    open.found += 1;
                    let is_empty = self.cursor.byte(close - 1) == b'"';
                    Some(open.inside(node, is_empty))
                }
                None => self.follow(&mut open, close),
            };
            let Some(inside) = inside else { continue };
            let value = self.cursor.value(at);
            if self.value(value, &inside, &open)? {
                return Some(());
            }
            if open.found >= enough {
                return self.finish(&open);
            }
        }
    }

    /// How many keys of an object may lead somewhere before no other can.
    #[inline]
    fn enough(&self, node: NodeId) -> usize {
        match self.paths.all_leaves(node) {
            Some(0) => 0,
            Some(count) if self.cursor.outline.is_trusted => count,
            _ => usize::MAX,
        }
    }

    /// Leaves an object in which no key that is to come leads anywhere. None if that is so of all around it, too.
    fn finish(&mut self, open: &Open) -> Option<()> {
        if !self.walk.goes_on && open.found > 0 {
            (!self.is_over()).then_some(())?;
        }
        self.cursor.leave()?;
        self.close();
        Some(())
    }

    /// Whether what is around the innermost object has no key to come that leads anywhere; looked for once.
    fn is_over(&mut self) -> bool {
        let around = self
            .walk
            .open
            .split_last()
            .map_or(&[][..], |(_, around)| around);
        if around.iter().any(|open| open.array.is_some()) {
            return false;
        }
        self.walk.goes_on = true;
        let rest = self.cursor.rest();
        let is_over = |open: &Open| self.paths.is_over(open.node, open.found, rest);
        around.iter().all(is_over) && (around.is_empty() || memchr::memchr(b'\\', rest).is_none())
    }

    /// Where a key leads, and whether by an empty step.
    #[inline]
    fn follow(&mut self, open: &mut Open, close: usize) -> Option<Open> {
        let mut name = self.cursor.key(close)?;
        if self.cursor.is_escaped(name) {
            self.walk.key.clear();
            text::unescape(name, &mut self.walk.key);
            name = &self.walk.key;
        }
        let (node, is_child) = self.paths.follow(open.node, name)?;
        open.found += usize::from(is_child);
        Some(open.inside(node, name.is_empty()))
    }

    /// The items of an array, up to one that is to be walked itself.
    fn items(&mut self, open: Open) -> Option<()> {
        loop {
            let at = self.cursor.item();
            if self.cursor.byte(at) == b']' {
                self.cursor.take(at)?;
                self.close();
                return Some(());
            }
            if self.value(at, &open, &open)? {
                return Some(());
            }
        }
    }

    /// A value at a wanted place. Says whether it is to be walked.
    #[inline]
    fn value(&mut self, at: usize, inside: &Open, open: &Open) -> Option<bool> {
        match self.cursor.byte(at) {
            b'"' => {
                let close = self.cursor.string_close(at)?;
                self.cursor.at = close + 1;
                self.string(at + 1, close, inside);
                Some(false)
            }
            byte @ (b'{' | b'[') => {
                // What is deeper is refused where it is checked: what arrays within arrays cost grows with their depth.
                (self.walk.open.len() < MAX_DEPTH).then_some(())?;
                self.cursor.take(at)?;
                if let Some(last) = self.walk.open.last_mut() {
                    *last = *open;
                }
                self.open(*inside, byte == b'[');
                Some(true)
            }
            first => {
                let end = self.cursor.scalar_end(at);
                self.cursor.at = end;
                self.scalar(at, end, first, inside);
                (end > at).then_some(false)
            }
        }
    }

    fn open(&mut self, mut open: Open, is_array: bool) {
        if let Some(number) = open.array {
            open.element = self.leaves.element(open.element, number);
        }
        open.array = is_array.then(|| self.leaves.open_array());
        self.walk.open.push(open);
    }

    fn close(&mut self) {
        let array = self.walk.open.pop().and_then(|open| open.array);
        if let Some(array) = array {
            self.leaves.close_array(array);
        }
    }

    fn string(&mut self, start: usize, end: usize, inside: &Open) {
        let raw = self.cursor.bytes.get(start..end).unwrap_or(&[]);
        if !self.cursor.is_escaped(raw) {
            return self.leaf(LeafKind::String, (start as u32, end as u32), inside);
        }
        let text = self.leaves.decode(raw);
        self.leaf(LeafKind::Decoded, text, inside);
    }

    fn scalar(&mut self, start: usize, end: usize, first: u8, inside: &Open) {
        let kind = match first {
            b'-' | b'0'..=b'9' => {
                let text = self.cursor.bytes.get(start..end).unwrap_or(&[]);
                LeafKind::Number(Comparable::read(text))
            }
            _ => LeafKind::Word,
        };
        self.leaf(kind, (start as u32, end as u32), inside);
    }

    fn leaf(&mut self, kind: LeafKind, text: (u32, u32), inside: &Open) {
        for field in self.paths.fields(inside.node, inside.empty_step) {
            self.leaves.push(field, inside.element, text, kind);
        }
    }
}

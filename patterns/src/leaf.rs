//! The leaves of an event's wanted fields, each with the array elements that it lies in.

use super::number::Comparable;
use super::operator::Value;
use super::text;

/// A leaf in no array element lies here.
pub(crate) const NOWHERE: u32 = 0;

/// A value of a wanted field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leaf {
    pub(crate) field: u32,
    /// The innermost array element that it lies in.
    pub(crate) element: u32,
    /// Where its text starts and ends in the event; a string's is between its quotes.
    text: (u32, u32),
    kind: LeafKind,
    /// The field's next leaf, if there is one.
    next: u32,
}

/// What a leaf is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeafKind {
    String,
    /// A string with escapes, whose text is among the decoded ones.
    Decoded,
    /// A number, as it is compared.
    Number(Option<Comparable>),
    Word,
}

/// An element of an array: an object or array in it is one, a plain value is none.
#[derive(Clone, Copy, Debug)]
struct Element {
    parent: u32,
    depth: u32,
    array: u32,
}

/// The leaves of one event. Kept from event to event, so that nothing is allocated anew.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leaves {
    pub(crate) leaves: Vec<Leaf>,
    elements: Vec<Element>,
    /// A field's first and last leaf.
    ends: Vec<(u32, u32)>,
    /// Each array's first element and the one behind its last, all in it included.
    arrays: Vec<(u32, u32)>,
    decoded: Vec<u8>,
}

const NO_LEAF: u32 = u32::MAX;

impl Leaves {
    /// Forgets the last event.
    pub(crate) fn clear(&mut self) {
        for leaf in self.leaves.drain(..) {
            if let Some(ends) = self.ends.get_mut(leaf.field as usize) {
                *ends = (NO_LEAF, NO_LEAF);
            }
        }
        self.decoded.clear();
        self.arrays.clear();
        self.elements.clear();
        self.elements.push(Element {
            parent: NOWHERE,
            depth: 0,
            array: u32::MAX,
        });
    }

    /// Begins an array and gives its number.
    pub(crate) fn open_array(&mut self) -> u32 {
        let number = self.arrays.len() as u32;
        let first = self.elements.len() as u32;
        self.arrays.push((first, first));
        number
    }

    /// Ends an array: all elements since it began are its own or lie in them.
    pub(crate) fn close_array(&mut self, array: u32) {
        if let Some((_, end)) = self.arrays.get_mut(array as usize) {
            *end = self.elements.len() as u32;
        }
    }

    /// Adds an element of an array and gives its number.
    pub(crate) fn element(&mut self, parent: u32, array: u32) -> u32 {
        let number = self.elements.len() as u32;
        let depth = self.depth(parent) + 1;
        self.elements.push(Element {
            parent,
            depth,
            array,
        });
        number
    }

    /// Decodes an escaped string; says where its text is among the decoded ones.
    pub(crate) fn decode(&mut self, raw: &[u8]) -> (u32, u32) {
        let start = self.decoded.len() as u32;
        text::unescape(raw, &mut self.decoded);
        (start, self.decoded.len() as u32)
    }

    /// Adds a leaf of a field.
    pub(crate) fn push(&mut self, field: u32, element: u32, text: (u32, u32), kind: LeafKind) {
        self.link(field);
        self.leaves.push(Leaf {
            field,
            element,
            text,
            kind,
            next: NO_LEAF,
        });
    }

    /// Makes the leaf to come its field's last.
    fn link(&mut self, field: u32) {
        let new = self.leaves.len() as u32;
        if self.ends.len() <= field as usize {
            self.ends.resize(field as usize + 1, (NO_LEAF, NO_LEAF));
        }
        let Some((first, last)) = self.ends.get_mut(field as usize) else {
            return;
        };
        match self.leaves.get_mut(*last as usize) {
            Some(before) => before.next = new,
            None => *first = new,
        }
        *last = new;
    }

    /// Whether a leaf is its field's first.
    pub(crate) fn is_first(&self, field: u32, leaf: u32) -> bool {
        self.ends
            .get(field as usize)
            .is_some_and(|(first, _)| *first == leaf)
    }

    /// The leaves of a field in the order of the event.
    pub(crate) fn of(&self, field: u32) -> impl Iterator<Item = &Leaf> {
        let first = self.ends.get(field as usize).map(|(first, _)| *first);
        let leaf = |index: u32| self.leaves.get(index as usize);
        std::iter::successors(first.and_then(leaf), move |before| leaf(before.next))
    }

    /// The value of a leaf.
    pub(crate) fn value<'a>(&'a self, leaf: &Leaf, bytes: &'a [u8]) -> Value<'a> {
        let range = leaf.text.0 as usize..leaf.text.1 as usize;
        let from = if leaf.kind == LeafKind::Decoded {
            &self.decoded
        } else {
            bytes
        };
        let text = from.get(range).unwrap_or(&[]);
        match leaf.kind {
            LeafKind::String | LeafKind::Decoded => Value::String(text),
            LeafKind::Number(number) => Value::Number(text, number),
            LeafKind::Word => Value::Word(text),
        }
    }

    fn depth(&self, element: u32) -> u32 {
        self.elements
            .get(element as usize)
            .map_or(0, |element| element.depth)
    }

    fn parent(&self, element: u32) -> u32 {
        self.elements
            .get(element as usize)
            .map_or(NOWHERE, |element| element.parent)
    }

    /// Where two elements lie in different elements of one array: the first's element of that array.
    pub(crate) fn conflict(&self, mut one: u32, mut other: u32) -> Option<u32> {
        if one == other || one == NOWHERE || other == NOWHERE {
            return None;
        }
        while self.depth(one) > self.depth(other) {
            one = self.parent(one);
        }
        while self.depth(other) > self.depth(one) {
            other = self.parent(other);
        }
        while one != other && self.parent(one) != self.parent(other) {
            (one, other) = (self.parent(one), self.parent(other));
        }
        (one != other && self.array(one) == self.array(other)).then_some(one)
    }

    /// The number of the array that an element is an element of.
    pub(crate) fn array(&self, element: u32) -> u32 {
        self.elements
            .get(element as usize)
            .map_or(u32::MAX, |found| found.array)
    }

    /// The elements of the array that an element is an element of, and all in them: the first and the one
    /// behind the last.
    pub(crate) fn array_of(&self, element: u32) -> (u32, u32) {
        let array = self.arrays.get(self.array(element) as usize);
        array.copied().unwrap_or_default()
    }

    /// How many arrays have been walked.
    pub(crate) fn arrays(&self) -> usize {
        self.arrays.len()
    }

    /// An element and those around it, from the inside out.
    pub(crate) fn around(&self, element: u32) -> impl Iterator<Item = u32> {
        let inside = |element: u32| Some(element).filter(|&element| element != NOWHERE);
        std::iter::successors(inside(element), move |&inner| inside(self.parent(inner)))
    }
}

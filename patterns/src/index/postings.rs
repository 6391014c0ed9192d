//! Numbers of branches come in one by one; they go out together. Most lists have one.

/// A branch, and the number of one of its needs, by which most that stand here by chance are told apart before they are
/// looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Posting {
    pub(crate) branch: u32,
    pub(crate) need: u32,
}

/// A list of branches, small where it can be.
#[derive(Clone, Debug, Default)]
pub(crate) enum Postings {
    /// None.
    #[default]
    Empty,
    /// One.
    One(Posting),
    /// Several. The box keeps the enum at two words, and most are of one.
    #[expect(clippy::box_collection)]
    Many(Box<Vec<Posting>>),
}

impl Postings {
    pub(crate) fn push(&mut self, branch: Posting) {
        match self {
            Self::Empty => *self = Self::One(branch),
            Self::One(first) if *first == branch => {}
            Self::One(first) => *self = Self::Many(Box::new(vec![*first, branch])),
            Self::Many(list) if list.last() == Some(&branch) => {}
            Self::Many(list) => list.push(branch),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.as_slice().len()
    }

    pub(crate) fn as_slice(&self) -> &[Posting] {
        match self {
            Self::Empty => &[],
            Self::One(branch) => std::slice::from_ref(branch),
            Self::Many(list) => list,
        }
    }

    pub(crate) fn visit(&self, give: &mut impl FnMut(Posting)) {
        self.as_slice().iter().for_each(|&branch| give(branch));
    }
}

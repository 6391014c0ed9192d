//! Members with keys come in; they go out each key once, and it is told whether two lists of them are the
//! same in any order. Few are looked through, many are put into a table.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::Text;

/// Keys that have to be distinct, looked through while they are few.
#[derive(Default)]
pub(crate) struct Distinct(Option<HashMap<Text, usize>>);

/// Beyond so many keys a table finds them sooner.
pub(crate) const FEW: usize = 16;

impl Distinct {
    /// Whether a key is none of those before; it is one of them from now on.
    pub(crate) fn add<T>(&mut self, before: &[(Text, T)], key: &Text) -> bool {
        self.place(before, key).is_none()
    }

    /// Where a key stands among those before. If it is none of them, it comes next.
    fn place<T>(&mut self, before: &[(Text, T)], key: &Text) -> Option<usize> {
        if before.len() < FEW {
            return before.iter().position(|(known, _)| known == key);
        }
        let keys = before.iter().map(|(key, _)| key.clone());
        let places = self.0.get_or_insert_with(|| keys.zip(0..).collect());
        match places.entry(key.clone()) {
            Entry::Occupied(place) => Some(*place.get()),
            Entry::Vacant(place) => {
                place.insert(before.len());
                None
            }
        }
    }

    /// Sets a member: of a key that stands twice, the last value counts.
    pub(crate) fn set<T>(&mut self, members: &mut Vec<(Text, T)>, key: Text, value: T) {
        let known = self.place(members, &key);
        match known.and_then(|place| members.get_mut(place)) {
            Some((_, known)) => *known = value,
            None => members.push((key, value)),
        }
    }
}

/// Members, each key once: of one that stands twice, the last value counts.
pub(crate) fn dedup<T>(
    members: impl IntoIterator<Item = (impl Into<Text>, impl Into<T>)>,
) -> Vec<(Text, T)> {
    let members = members.into_iter();
    let mut distinct = Vec::with_capacity(members.size_hint().0);
    extend(&mut distinct, members);
    distinct
}

/// Sets members: few by looking through what is there, more by a table.
pub(crate) fn extend<T>(
    members: &mut Vec<(Text, T)>,
    new: impl Iterator<Item = (impl Into<Text>, impl Into<T>)>,
) {
    let mut new = new.fuse();
    let singly = singly(&new);
    for (key, value) in new.by_ref().take(singly) {
        set(members, key.into(), value.into());
    }
    let mut keys = Distinct::default();
    for (key, value) in new {
        keys.set(members, key.into(), value.into());
    }
}

/// So many keys are sooner looked for one by one than by a table that has to be made first.
const SINGLY: usize = 8;

/// How many of new members are set by looking through what is there, before a table is made. It takes no
/// more than twice the time of the better way, whatever their number turns out to be.
pub(crate) fn singly(new: &impl Iterator) -> usize {
    if new.size_hint().0 > SINGLY {
        0
    } else {
        SINGLY
    }
}

/// Sets a member, and gives what stood there.
pub(crate) fn set<T>(members: &mut Vec<(Text, T)>, key: Text, value: T) -> Option<T> {
    let wanted = key.as_str();
    match members.iter_mut().find(|(known, _)| known == wanted) {
        Some((_, known)) => Some(std::mem::replace(known, value)),
        None => {
            members.push((key, value));
            None
        }
    }
}

/// Whether the same values stand at the same keys, in any order. On each side a key stands once.
pub(crate) fn same_members<K: AsRef<str>, V: PartialEq>(one: &[(K, V)], other: &[(K, V)]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    // Most objects that are compared have their members in one order, or begin so.
    let pairs = || one.iter().zip(other);
    let in_order = pairs()
        .take_while(|((key, _), (other, _))| key.as_ref() == other.as_ref())
        .count();
    let (one_rest, other_rest) = (one.get(in_order..), other.get(in_order..));
    let mut ordered = pairs().take(in_order);
    ordered.all(|((_, value), (_, other))| value == other)
        && same_in_any_order(one_rest.unwrap_or_default(), other_rest.unwrap_or_default())
}

fn same_in_any_order<K: AsRef<str>, V: PartialEq>(one: &[(K, V)], other: &[(K, V)]) -> bool {
    if one.len() <= FEW {
        let member = |key: &str| other.iter().find(|(other, _)| other.as_ref() == key);
        return one
            .iter()
            .all(|(key, value)| member(key.as_ref()).is_some_and(|(_, other)| value == other));
    }
    let other: HashMap<&str, &V> = other
        .iter()
        .map(|(key, value)| (key.as_ref(), value))
        .collect();
    one.iter()
        .all(|(key, value)| other.get(key.as_ref()) == Some(&value))
}

/// One number for members in whatever order they stand: how many, and the sum of their hashes.
pub(crate) fn in_any_order<K: Hash, V: Hash>(
    members: impl Iterator<Item = (K, V)>,
) -> (usize, u64) {
    members.fold((0, 0), |(count, sum), member| {
        let mut hasher = DefaultHasher::new();
        member.hash(&mut hasher);
        (count + 1, sum.wrapping_add(hasher.finish()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_keys_are_told_apart() {
        let mut distinct = Distinct::default();
        let mut keys: Vec<(Text, ())> = Vec::new();
        for index in 0..100 {
            let key = Text::from(index.to_string());
            assert!(distinct.add(&keys, &key));
            keys.push((key, ()));
            assert!(!distinct.add(&keys, &Text::from((index / 2).to_string())));
        }
    }

    #[test]
    fn members_are_the_same_in_any_order() {
        let turned = |count: usize, by: usize| -> Vec<(String, usize)> {
            let member = |index: usize| ((index + by) % count).to_string();
            (0..count)
                .map(|index| (member(index), (index + by) % count))
                .collect()
        };
        for count in [1, 2, FEW, FEW + 1, FEW + 2, 3 * FEW] {
            let one = turned(count, 0);
            for by in [0, 1, count / 2, count - 1] {
                let mut other = turned(count, by);
                other[count / 2..].reverse();
                assert!(same_members(&one, &other), "{count} {by}");
                for place in [0, count / 2, count - 1] {
                    let mut different = other.clone();
                    different[place].1 += 1;
                    assert!(!same_members(&one, &different), "{count} {by} {place}");
                    different[place] = ("new".to_owned(), other[place].1);
                    assert!(!same_members(&one, &different), "{count} {by} {place}");
                    different.remove(place);
                    assert!(!same_members(&one, &different), "{count} {by} {place}");
                    assert!(!same_members(&different, &one), "{count} {by} {place}");
                }
            }
        }
    }
}

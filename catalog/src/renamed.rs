//! What is gone and what is new comes in, each with the names of its parts; which of the new is the same under another
//! name goes out.

use crate::nearest::fold;
use std::collections::BTreeSet;

/// A name, and the names of its parts.
pub type Named<'n> = (&'n str, BTreeSet<&'n str>);

/// How alike names must be, and how many of the parts must be the same.
const ALIKE: f64 = 0.75;

/// So many of each are compared.
const COMPARED: usize = 200;

/// The names of what is called otherwise now: what it was called, and what it is called. Each name stands in one pair
/// at most; the most alike are paired first.
pub fn pairs<'n>(gone: &[Named<'n>], new: &[Named<'n>]) -> Vec<(&'n str, &'n str)> {
    let mut found = Vec::new();
    for (old, old_parts) in gone.iter().take(COMPARED) {
        for (name, parts) in new.iter().take(COMPARED) {
            found.extend(likeness((old, old_parts), (name, parts)).map(|it| (it, *old, *name)));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken, mut given) = (BTreeSet::new(), BTreeSet::new());
    found.retain(|(_, old, name)| {
        let free = !taken.contains(old) && !given.contains(name);
        if free {
            taken.insert(*old);
            given.insert(*name);
        }
        free
    });
    found
        .into_iter()
        .map(|(_, old, name)| (old, name))
        .collect()
}

/// How alike two are, if they may be the same.
fn likeness(
    (old, old_parts): (&str, &BTreeSet<&str>),
    (name, parts): (&str, &BTreeSet<&str>),
) -> Option<f64> {
    let names = match (fold(old), fold(name)) {
        (old, name) if old == name => 1.0,
        (old, name) => strsim::normalized_damerau_levenshtein(&old, &name),
    };
    let all = old_parts.len().max(parts.len());
    let shared = match all {
        0 => 1.0,
        all => old_parts.intersection(parts).count() as f64 / all as f64,
    };
    let same_name = names >= 1.0 && shared >= 0.5;
    (same_name || names >= ALIKE && shared >= ALIKE && all > 0).then_some(names + shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named<'n>(name: &'n str, parts: &[&'n str]) -> Named<'n> {
        (name, parts.iter().copied().collect())
    }

    #[test]
    fn what_has_a_similar_name_and_the_same_parts_is_renamed() {
        let gone = [
            named("KilnStateChange", &["Status", "Name"]),
            named("Lid Shut", &["Lid"]),
        ];
        let new = [
            named("Kiln State Change", &["Status", "Name", "Arn"]),
            named("Kiln Opened", &["Status", "Name"]),
        ];
        assert_eq!(
            pairs(&gone, &new),
            [("KilnStateChange", "Kiln State Change")]
        );
    }

    #[test]
    fn what_has_another_name_or_other_parts_is_not() {
        let gone = [named("Kiln Lit", &["Status", "Name"])];
        assert!(pairs(&gone, &[named("Kiln Lid", &["Weight"])]).is_empty());
        assert!(pairs(&gone, &[named("Glaze Mixed", &["Status", "Name"])]).is_empty());
    }
}

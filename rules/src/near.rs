//! A word and those that are known come in; which of them is meant goes out, if it can be told.

use eventbridge_catalog::nearest::fold;

/// Longer words are not compared.
const LONG: usize = 200;

/// How near a word is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nearness {
    /// The same letters, in other case or with other separators.
    Folded,
    /// So many letters differ.
    Letters(usize),
}

/// The one known word that is meant, if one is nearest and near enough.
pub(crate) fn meant<'k>(
    word: &str,
    known: impl Iterator<Item = &'k str>,
) -> Option<(&'k str, Nearness)> {
    if word.len() > LONG {
        return None;
    }
    let folded = fold(word);
    let mut best: Option<(Nearness, &str)> = None;
    let mut is_tied = false;
    for other in known.filter(|other| other.len() <= LONG) {
        let Some(nearness) = nearness(word, &folded, other) else {
            continue;
        };
        match best {
            Some((known, name)) if known == nearness && name != other => is_tied = true,
            Some((known, _)) if known <= nearness => {}
            _ => (best, is_tied) = (Some((nearness, other)), false),
        }
    }
    best.filter(|_| !is_tied)
        .map(|(nearness, name)| (name, nearness))
}

fn nearness(word: &str, folded: &str, other: &str) -> Option<Nearness> {
    let other_folded = fold(other);
    if folded == other_folded {
        return Some(Nearness::Folded);
    }
    let length = folded.chars().count().max(other_folded.chars().count());
    let allowed = allowed(length);
    if folded.len().abs_diff(other_folded.len()) > 4 * allowed {
        return None;
    }
    let distance = strsim::damerau_levenshtein(folded, &other_folded);
    // What both keep of separators may tell them apart: `a.b` and `ab`.
    let distance = distance.max(usize::from(word != other));
    (distance <= allowed).then_some(Nearness::Letters(distance))
}

/// How many letters may differ in a word of so many.
fn allowed(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        8..=19 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_meant_when_it_alone_is_near() {
        let known = ["Completed", "InService", "Failed", "Fired"];
        let meant = |word| meant(word, known.into_iter()).map(|(word, _)| word);
        assert_eq!(meant("Compleeted"), Some("Completed"));
        assert_eq!(meant("IN_SERVICE"), Some("InService"));
        assert_eq!(meant("Faired"), None);
        assert_eq!(meant("Glazed"), None);
    }
}

//! Names as people and services spell them come in; names of files that every system takes, and fragments of addresses, no
//! two alike, go out.

use eventbridge_catalog::schema_set::device;
use std::collections::{BTreeMap, BTreeSet};

/// The names that are given out already.
#[derive(Default)]
pub(crate) struct Names {
    /// In small letters: to some systems case is nothing.
    taken: BTreeSet<String>,
    /// The number that comes next behind a name.
    next: BTreeMap<String, usize>,
}

/// So many characters at most: with what stands behind them, every system takes that.
const LONGEST: usize = 120;

impl Names {
    /// A name near this one that nothing has yet.
    pub(crate) fn claim(&mut self, name: &str) -> String {
        let plain = plain(name);
        let next = self.next.entry(plain.to_lowercase()).or_insert(1);
        loop {
            let name = match *next {
                1 => plain.clone(),
                number => format!("{plain}-{number}"),
            };
            *next += 1;
            if !device(&name) && self.taken.insert(name.to_lowercase()) {
                return name;
            }
        }
    }
}

/// What of a name needs no escape in an address; what does stands as `_`.
fn plain(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let kept = name.chars().take(LONGEST);
    let kept: String = kept.map(|c| if is_plain(c) { c } else { '_' }).collect();
    // A name of dots is a folder, one that ends with them loses them.
    let kept = kept.trim_matches('.');
    if kept.is_empty() { "_" } else { kept }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn no_two_names_are_alike_on_any_system() {
        let mut names = Names::default();
        let mut claim = |name| names.claim(name);
        assert_eq!(claim("TrainingJob"), "TrainingJob");
        assert_eq!(claim("trainingjob"), "trainingjob-2");
        assert_eq!(claim("TrainingJob-3"), "TrainingJob-3");
        assert_eq!(claim("TRAININGJOB"), "TRAININGJOB-4");
        assert_eq!(claim("con"), "con-2");
        assert_eq!(claim("../<b>"), "__b_");
        assert_eq!(claim(".."), "_");
        assert_eq!(claim("日本"), "__");
    }
}

//! A name that nobody knows comes in, and the names that there are; what may be meant goes out.

/// So many names are told.
const NEAREST: usize = 3;

/// Of longer names so many letters are compared: names that people mistype are short, and comparing takes as long as
/// both names multiplied.
const LETTERS: usize = 64;

/// With so many of the names there are a name is compared: there may be as many wrong names as right ones.
const KNOWN: usize = 1_000;

/// `did you mean StepStatus, StepName or Status?`
pub fn did_you_mean<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    let name = start(name);
    let mut known: Vec<(usize, &str)> = known
        .take(KNOWN)
        .map(|other| (strsim::damerau_levenshtein(&name, &start(other)), other))
        .collect();
    known.sort_unstable();
    known.dedup();
    let names: Vec<&str> = known.iter().take(NEAREST).map(|(_, name)| *name).collect();
    let (last, first) = names.split_last()?;
    let names = match first {
        [] => (*last).to_owned(),
        _ => format!("{} or {last}", first.join(", ")),
    };
    Some(format!("did you mean {names}?"))
}

fn start(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric()).take(LETTERS);
    letters.flat_map(char::to_lowercase).collect()
}

/// A name as people compare it: without case, and without what separates its words.
pub fn fold(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_are_told() {
        let known = ["StepStatus", "Status", "StepName", "Arn"];
        assert_eq!(
            did_you_mean("step_statu", known.into_iter()).unwrap(),
            "did you mean StepStatus, StepName or Status?"
        );
        assert_eq!(
            did_you_mean("x", ["Arn"].into_iter()).unwrap(),
            "did you mean Arn?"
        );
        assert_eq!(did_you_mean("x", std::iter::empty()), None);
    }
}

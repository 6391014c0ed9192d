//! A name comes in; the events and rules of that workload go out, always the same for the same name.

mod lots;
mod sagemaker;
mod varied;

use std::io::{BufRead, BufReader, BufWriter, Error, Result, Write};
use std::path::{Path, PathBuf};

/// Events and the rules they are matched against.
#[derive(Clone, Debug)]
pub struct Workload {
    /// Compact JSON, one event each.
    pub events: Vec<String>,
    /// Event patterns; the index is the rule's id.
    pub rules: Vec<String>,
}

/// How many events each workload has.
const EVENTS: usize = 10_000;

/// Rule sets of rising size, in the mix that people have.
const MIXED: [usize; 6] = [1, 10, 100, 1_000, 10_000, 100_000];

/// How many rules without any exact predicate.
const INEXACT: usize = 10_000;

/// How many rules the workloads have whose events or rules are of another kind.
const VARIED: usize = 1_000;

/// The kinds of those whose rules are of another kind.
const OTHER_RULES: [&str; 3] = ["matched", "untyped", "types"];

/// The names of all workloads.
pub fn names() -> Vec<String> {
    let mixed = MIXED.iter().map(|count| format!("mixed-{count}"));
    let changes = varied::CHANGES.iter().map(|(name, _)| *name);
    let varied = changes
        .chain(OTHER_RULES)
        .map(|kind| format!("{kind}-{VARIED}"));
    let lots = lots::CATEGORIES
        .iter()
        .map(|category| format!("lots-{}", category.name));
    mixed
        .chain([format!("inexact-{INEXACT}")])
        .chain(lots)
        .chain(varied)
        .collect()
}

fn unknown(name: &str) -> Error {
    Error::other(format!(
        "no workload is called {name}; there are: {}",
        names().join(", ")
    ))
}

/// The workload of that name.
pub fn workload(name: &str) -> Result<Workload> {
    let unknown = || unknown(name);
    if let Some(which) = name.strip_prefix("lots-") {
        let category = lots::CATEGORIES.iter().find(|it| it.name == which);
        return Ok(lots::workload(category.ok_or_else(unknown)?, EVENTS));
    }
    let (kind, which) = name.rsplit_once('-').ok_or_else(unknown)?;
    let count = || which.parse::<usize>().map_err(|_| unknown());
    Ok(match kind {
        "mixed" => sagemaker::mixed(EVENTS, count()?)?,
        "inexact" => sagemaker::inexact(EVENTS, count()?)?,

        "matched" => varied::matched(sagemaker::mixed(EVENTS, count()?)?),
        "untyped" => varied::untyped(sagemaker::mixed(EVENTS, count()?)?),
        "types" => varied::types(sagemaker::mixed(EVENTS, count()?)?),
        _ => varied::change(kind, sagemaker::mixed(EVENTS, count()?)?).map_err(|_| unknown())?,
    })
}

/// Events without end, as they would arrive; always the same.
pub fn deliveries() -> Result<impl Iterator<Item = String>> {
    sagemaker::deliveries()
}

/// Where a workload stands as files, so that every engine reads the very same bytes.
#[derive(Clone, Debug)]
pub struct Files {
    /// One event a line.
    pub events: PathBuf,
    /// One rule a line.
    pub rules: PathBuf,
}

impl Files {
    /// Writes the workload of that name into a folder.
    pub fn write(name: &str, folder: &Path) -> Result<Files> {
        let workload = workload(name)?;
        std::fs::create_dir_all(folder)?;
        let files = Files {
            events: folder.join(format!("{name}.events")),
            rules: folder.join(format!("{name}.rules")),
        };
        write_lines(&files.events, &workload.events)?;
        write_lines(&files.rules, &workload.rules)?;
        Ok(files)
    }

    /// Reads the workload.
    pub fn read(&self) -> Result<Workload> {
        Ok(Workload {
            events: read_lines(&self.events)?,
            rules: read_lines(&self.rules)?,
        })
    }
}

fn write_lines(path: &Path, lines: &[String]) -> Result<()> {
    let mut file = BufWriter::new(std::fs::File::create(path)?);
    for line in lines {
        writeln!(file, "{line}")?;
    }
    file.flush()
}

fn read_lines(path: &Path) -> Result<Vec<String>> {
    BufReader::new(std::fs::File::open(path)?).lines().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_and_rules_are_json_of_the_sizes_promised() {
        for name in names().iter().filter(|name| *name != "mixed-100000") {
            let Workload { events, rules } = workload(name).unwrap();
            let mean = events.iter().map(String::len).sum::<usize>() / events.len();
            let (count, usual) = match name.split('-').next().unwrap() {
                "lots" => (EVENTS, 600..800),
                "small" => (EVENTS, 250..350),
                "10kb" => (1_900, 9_500..10_500),
                "100kb" => (190, 99_000..101_000),
                "unicode" | "spaced" => (EVENTS, 1_300..1_800),
                "shuffled" => (EVENTS, 900..1_300),
                _ => (EVENTS, 1_100..1_300),
            };
            assert!(events.len() >= count, "{name}");
            assert!(usual.contains(&mean), "{name}: {mean} bytes an event");
            for text in events.iter().take(500).chain(&rules) {
                serde_json::from_str::<serde_json::Value>(text).unwrap();
                assert!(!text.contains('\n'), "{name}: one is read as several");
            }
        }
    }

    #[test]
    fn a_workload_is_always_the_same() {
        let [one, other] = ["mixed-100"; 2].map(|name| workload(name).unwrap());
        assert_eq!((one.events, one.rules), (other.events, other.rules));
    }
}

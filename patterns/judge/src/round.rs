//! A seed and a number of pairs come in; a report goes out: how many there were of what, on how many a known
//! fault of the engine decides, and each other disagreement with a minimal pair.

use crate::difference::{DifferenceKind, difference, differences};
use crate::engine::{Engine, Pair, Verdict};
use crate::explanation::explanation;
use crate::fault::EngineFault;
use crate::vocabulary::chance;
use crate::{events, ours, patterns, shrink::shrink};
use fastrand::Rng;
use std::collections::BTreeMap;
use std::fmt;
use std::io::Result;

/// How many pairs go through the engine at once.
const BATCH: u64 = 4_000;

/// How many rules share a small set when sets are compared with single rules; a large one has all rules of a batch.
const SMALL: usize = 100;

/// How many disagreements of a round are made small; the rest are counted.
const SHRUNK: usize = 12;

/// A pair on which the engines disagree.
#[derive(Clone, Debug)]
pub struct Disagreement {
    /// How they disagree.
    pub kind: DifferenceKind,
    /// The pair, as small as it got.
    pub pair: Pair,
    /// What the engine said of the pair as it was generated.
    pub engine: Verdict,
    /// What we said of it.
    pub ours: Verdict,
}

/// What a round found.
#[derive(Debug, Default)]
pub struct Report {
    /// How many pairs were judged.
    pub pairs: u64,
    /// In how many the engine takes the pattern.
    pub valid: u64,
    /// In how many it takes the pattern with `$or` as the name of a field.
    pub fallback: u64,
    /// In how many the event matches.
    pub matched: u64,
    /// In how many a good pattern met an event that is refused.
    pub refused_events: u64,
    /// How many disagreements a known fault explains.
    pub faults: BTreeMap<EngineFault, u64>,
    /// How many it does not.
    pub unexplained: BTreeMap<DifferenceKind, u64>,
    /// The first of them, each a different minimal pair.
    pub disagreements: Vec<Disagreement>,
}

/// The pairs of a seed.
pub fn pairs(seed: u64, count: u64) -> impl Iterator<Item = Pair> {
    let mut rng = Rng::with_seed(seed);
    (0..count).map(move |_| pair(&mut rng))
}

fn pair(rng: &mut Rng) -> Pair {
    let pattern = patterns::pattern(rng);
    let event = events::event(rng, &pattern);
    let (mut pattern, mut event) = (pattern.spelled(rng), event.spelled(rng));
    match rng.u8(..50) {
        0 if chance(rng, 50) => pattern = damaged(rng, &pattern),
        1 => event = damaged(rng, &event),
        _ => {}
    }
    Pair { pattern, event }
}

/// The text with one place of it gone, doubled, or followed by something else.
fn damaged(rng: &mut Rng, text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let at = rng.usize(..=characters.len());
    let strange = [
        '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', 'e', ' ', '\u{0}', '\u{feff}', '\u{a0}',
        '#', '/',
    ];
    match rng.u8(..5) {
        0 => characters.truncate(at),
        1 if at < characters.len() => drop(characters.remove(at)),
        2 => characters.insert(at, strange[rng.usize(..strange.len())]),
        3 => characters.extend(["x", "{}", " }", ",", "\"", "]", " \u{0}"][rng.usize(..7)].chars()),
        _ => characters.insert(0, ['\u{feff}', ' ', '\n', '\u{0}', '['][rng.usize(..5)]),
    }
    characters.into_iter().collect()
}

/// Judges the pairs of a seed.
pub fn round(
    engine: &mut Engine,
    seed: u64,
    count: u64,
    mut progress: impl FnMut(u64),
) -> Result<Report> {
    let mut report = Report::default();
    let mut all = pairs(seed, count);
    loop {
        let batch: Vec<Pair> = all.by_ref().take(BATCH as usize).collect();
        if batch.is_empty() {
            return Ok(report);
        }
        judge(engine, &batch, &mut report)?;
        report.pairs += batch.len() as u64;
        progress(report.pairs);
    }
}

fn judge(engine: &mut Engine, batch: &[Pair], report: &mut Report) -> Result<()> {
    let verdicts = engine.judge(batch)?;
    for (pair, theirs) in batch.iter().zip(verdicts) {
        report.count(&theirs);
        let ours = ours::judge(pair);
        let Some(kind) = difference(&theirs, &ours) else {
            continue;
        };
        match explanation(engine, kind, pair)? {
            Some(fault) => *report.faults.entry(fault).or_default() += 1,
            None => report.add(
                engine,
                Disagreement {
                    kind,
                    pair: pair.clone(),
                    engine: theirs,
                    ours,
                },
            )?,
        }
    }
    judge_sets(batch, report);
    Ok(())
}

/// Judges rules in sets, small ones and a large one, by ours alone.
fn judge_sets(batch: &[Pair], report: &mut Report) {
    let small = batch.chunks(SMALL).map(|rules| (rules, rules));
    let large = (batch, &batch[..batch.len().min(SMALL)]);
    for (rules, events) in small.chain([large]) {
        if let Some(pair) = ours::set_disagreement(rules, events) {
            report.add_set(pair);
        }
    }
}

/// The smallest pair on which the engines still disagree the same way.
fn shrunk(engine: &mut Engine, pair: Pair, kind: DifferenceKind) -> Result<Pair> {
    shrink(pair, |pairs| {
        let differences = differences(engine, pairs)?;
        Ok(differences
            .into_iter()
            .map(|difference| difference == Some(kind))
            .collect())
    })
}

impl Report {
    /// Whether nothing is unexplained.
    pub fn agrees(&self) -> bool {
        self.unexplained.is_empty()
    }

    fn count(&mut self, verdict: &Verdict) {
        self.valid += u64::from(verdict.valid);
        self.fallback += u64::from(verdict.fallback);
        self.matched += u64::from(verdict.matched == Some(true));
        self.refused_events += u64::from(verdict.event_error.is_some());
    }

    fn excuse(&mut self, fault: EngineFault) {
        *self.faults.entry(fault).or_default() += 1;
    }

    fn add(&mut self, engine: &mut Engine, mut found: Disagreement) -> Result<()> {
        if self.disagreements.len() < SHRUNK {
            found.pair = shrunk(engine, found.pair, found.kind)?;
            // Two faults may have hidden each other.
            if let Some(fault) = explanation(engine, found.kind, &found.pair)? {
                self.excuse(fault);
                return Ok(());
            }
            found.engine = engine
                .judge(std::slice::from_ref(&found.pair))?
                .swap_remove(0);
            found.ours = ours::judge(&found.pair);
        }
        *self.unexplained.entry(found.kind).or_default() += 1;
        if self.disagreements.len() < SHRUNK && !self.knows(&found) {
            self.disagreements.push(found);
        }
        Ok(())
    }

    fn knows(&self, found: &Disagreement) -> bool {
        self.disagreements.iter().any(|known| {
            known.kind == found.kind
                && known.pair.pattern == found.pair.pattern
                && known.pair.event == found.pair.event
        })
    }

    fn add_set(&mut self, pair: Pair) {
        *self.unexplained.entry(DifferenceKind::Set).or_default() += 1;
        if self.disagreements.len() < SHRUNK {
            let (engine, ours) = (Verdict::default(), ours::judge(&pair));
            self.disagreements.push(Disagreement {
                kind: DifferenceKind::Set,
                pair,
                engine,
                ours,
            });
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "{} pairs: {} patterns valid ({} with $or as a field), {} events refused, {} matches",
            self.pairs, self.valid, self.fallback, self.refused_events, self.matched
        )?;
        for (fault, count) in &self.faults {
            writeln!(
                out,
                "the engine's fault, {fault:?}: {count} ({})",
                fault.reason()
            )?;
        }
        for (kind, count) in &self.unexplained {
            writeln!(out, "DISAGREEMENT {kind:?}: {count}")?;
        }
        self.disagreements
            .iter()
            .try_for_each(|found| write!(out, "\n{found}"))
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "{:?}\n  pattern {}\n  event   {}",
            self.kind, self.pair.pattern, self.pair.event
        )?;
        for (who, verdict) in [("engine", &self.engine), ("ours", &self.ours)] {
            let said = verdict.event_error.as_ref().or(verdict.error.as_ref());
            let said = said
                .and_then(|said| said.lines().next())
                .unwrap_or_default();
            writeln!(
                out,
                "  {who:<7} valid {} match {:?} {said}",
                verdict.valid, verdict.matched
            )?;
        }
        Ok(())
    }
}

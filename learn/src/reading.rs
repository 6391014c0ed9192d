//! One file of evidence comes in; what was read in it goes out: a report of its blocks, what it says of
//! each event source, and what a person should look at.

mod evidence;
mod placeholders;
mod soundness;

use super::evidence::page::PageEvidence;
use super::origins;
use super::page::{self, Page};
use super::resolve;
use super::revision::revision;
use super::sample::{self, Sample, SampleKind, detail_paths, walk};
use super::shape::MAX_PATH;
use super::texts::{self, PageTexts, Texts};
use eventbridge_catalog::diagnostic::{Diagnostic, Severity};
use eventbridge_catalog::json::RepairKind;
use eventbridge_catalog::text::{Lines, Place};
use std::collections::BTreeMap;
use std::path::Path;

/// What was read in one page.
#[derive(Clone, Debug)]
pub struct PageReport {
    /// The file, as the caller named it.
    pub path: String,
    /// By which name the page is known.
    pub page: String,
    /// When it was what the page said, where the caller knows.
    pub date: Option<String>,
    /// The language of its prose, where there is enough of it to tell.
    pub language: Option<String>,
    /// `sha256:` of its bytes.
    pub revision: String,
    /// Whether it ends before it is complete.
    pub cut_off: bool,
    /// `text`, `markdown` or `html`.
    pub format: &'static str,
    /// Its JSON blocks, in reading order.
    pub blocks: Vec<Block>,
    /// What it says of each event source.
    pub evidence: BTreeMap<String, PageEvidence>,
    /// What a person should look at.
    pub diagnostics: Vec<Diagnostic>,
    texts: PageTexts,
}

impl PageReport {
    /// The page under another name than its file's.
    pub fn named(mut self, page: &str) -> Self {
        page.clone_into(&mut self.page);
        self.texts.page = page.to_owned();
        for evidence in self.evidence.values_mut() {
            evidence.page = page.to_owned();
        }
        self
    }

    /// The page as it was at a date.
    pub fn dated(mut self, date: &str) -> Self {
        self.date = Some(date.to_owned());
        for evidence in self.evidence.values_mut() {
            evidence.date = Some(date.to_owned());
        }
        self
    }

    /// What it says of fields in words.
    pub fn texts(&self) -> Texts {
        Texts::Page(self.texts.clone())
    }
}

/// A JSON block of a page, as reports show it.
#[derive(Clone, Debug)]
pub struct Block {
    /// The line where it begins.
    pub line: usize,
    /// What it is.
    pub kind: SampleKind,
    /// The detail-types it names.
    pub detail_types: Vec<String>,
    /// Whether a plain JSON parser would have read it.
    pub strict: bool,
    /// What was repaired in it.
    pub repairs: Vec<Repaired>,
    /// One dotted path for each key under `detail`, sorted.
    pub fields: Vec<String>,
}

/// A repair, placed in the page.
#[derive(Clone, Debug)]
pub struct Repaired {
    /// The kind of defect.
    pub kind: RepairKind,
    /// Where.
    pub place: Place,
    /// What was found and how it was read.
    pub message: String,
}

/// Reads a page.
///
/// # Errors
///
/// An empty page; a block that is cut off or nested beyond the limits.
pub fn read(path: &str, text: &str) -> Result<PageReport, Diagnostic> {
    if text.trim().is_empty() {
        return Err(Diagnostic::error(path, "is empty").help("fetch the page again"));
    }
    let page = page::read(text);
    let lines = Lines::new(text);
    let mut samples = sample::find(&page).map_err(|unreadable| {
        Diagnostic::error(path, unreadable.error.message).at(lines.place(unreadable.at))
    })?;
    let reader = Reader {
        path,
        text,
        lines: &lines,
        revision: revision(text),
        language: soundness::language(&page),
    };
    let sourceless = origins::find(&page, &mut samples);
    let nameless = resolve::resolve(&page, &mut samples);
    let mut reading = reader.reading(&page, &samples);
    let warnings = nameless
        .into_iter()
        .map(|index| reader.nameless(&samples[index]));
    let sourceless = sourceless
        .into_iter()
        .map(|index| reader.sourceless(&samples[index]));
    reading.diagnostics.extend(warnings.chain(sourceless));
    Ok(reading)
}

/// By which a page is known.
fn file_name(path: &str) -> String {
    let name = Path::new(path).file_name();
    name.map_or_else(
        || path.to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

struct Reader<'p> {
    path: &'p str,
    text: &'p str,
    lines: &'p Lines<'p>,
    revision: String,
    language: Option<String>,
}

impl Reader<'_> {
    fn reading(&self, page: &Page, samples: &[Sample<'_>]) -> PageReport {
        let mut diagnostics: Vec<Diagnostic> = samples
            .iter()
            .flat_map(|sample| [self.repair_diagnostics(sample), self.misspelt(sample)].concat())
            .collect();
        diagnostics.extend(samples.iter().filter_map(|sample| self.unread(sample)));
        let evidence = self.evidence(page, samples, &mut diagnostics);
        diagnostics.extend(self.without_events(page, samples, &evidence));
        if samples
            .iter()
            .all(|sample| sample.kind == SampleKind::Other)
        {
            let help = "is it a page that documents events? samples are JSON with `source` and `detail-type`";
            diagnostics.push(
                Diagnostic::warning(
                    self.path,
                    "no event and no event pattern stands in this page",
                )
                .help(help),
            );
        }
        PageReport {
            path: self.path.to_owned(),
            page: file_name(self.path),
            revision: self.revision.clone(),
            date: None,
            language: self.language.clone(),
            cut_off: soundness::is_cut_off(page.format, self.text),
            format: page.format.name(),
            blocks: samples.iter().map(|sample| self.block(sample)).collect(),
            evidence,
            diagnostics,
            texts: texts::page::texts(file_name(self.path), page, samples),
        }
    }

    /// Why a page that names events shows none.
    fn without_events(
        &self,
        page: &Page,
        samples: &[Sample<'_>],
        evidence: &BTreeMap<String, PageEvidence>,
    ) -> Option<Diagnostic> {
        if samples
            .iter()
            .any(|sample| sample.kind == SampleKind::Event)
        {
            return None;
        }
        let names = evidence.values().flat_map(|page| page.names.iter());
        let lines: Vec<usize> = names.map(|(_, line)| *line).collect();
        if let Some(line) = lines.first() {
            let message = format!(
                "no event stands in this page: {} are known by the names that it lists",
                lines.len()
            );
            let place = Place {
                line: *line,
                column: 1,
            };
            return Some(Diagnostic::new(Severity::Note, self.path, message).at(place));
        }
        let (count, at) = resolve::listed_alone(page)?;
        let message = format!(
            "{count} names of events are listed here, and no sample or pattern tells their source: they are passed over"
        );
        let found = Diagnostic::warning(self.path, message).at(self.lines.place(at));
        Some(found.help("a pattern such as { \"source\": [\"aws.kiln\"], \"detail-type\": [\"…\"] } with one of them tells it"))
    }

    /// An event whose detail-type stands for any.
    fn nameless(&self, sample: &Sample<'_>) -> Diagnostic {
        let message = "the `detail-type` of this event stands for other names, and nothing here tells which; \
                       the block is passed over";
        Diagnostic::warning(self.path, message)
            .at(self.lines.place(sample.at()))
            .help("names are read from code after the block, under the term `detail-type`")
    }

    /// An event without a source.
    fn sourceless(&self, sample: &Sample<'_>) -> Diagnostic {
        let message = "this block has a `detail-type` and a `detail`, but no `source`, and nothing here tells \
                       which; the block is passed over";
        Diagnostic::warning(self.path, message)
            .at(self.lines.place(sample.at()))
            .help("the source is read from the block, from a pattern beside it, or behind the term `source`")
    }

    fn block(&self, sample: &Sample<'_>) -> Block {
        Block {
            line: self.lines.place(sample.at()).line,
            kind: sample.kind,
            detail_types: sample.detail_types.clone(),
            strict: sample.strict,
            repairs: self.repairs(sample),
            fields: if sample.kind == SampleKind::Event {
                detail_paths(&sample.node)
            } else {
                Vec::new()
            },
        }
    }

    fn repairs(&self, sample: &Sample<'_>) -> Vec<Repaired> {
        let repaired = |repair: &eventbridge_catalog::json::Repair| Repaired {
            kind: repair.kind,
            place: self.lines.place(sample.origin(repair.at)),
            message: repair.message.clone(),
        };
        sample.repairs.iter().map(repaired).collect()
    }

    fn misspelt(&self, sample: &Sample<'_>) -> Vec<Diagnostic> {
        let misspelt = misspelt_keys(sample).map(|(at, key)| {
            let message = format!(
                "the key of a pattern is `{}`, not `{key}`; so written it never matches",
                key.to_ascii_lowercase()
            );
            Diagnostic::new(Severity::Note, self.path, message)
                .at(self.lines.place(sample.origin(at)))
                .wide(key.len() + 2)
        });
        misspelt.collect()
    }

    /// One diagnostic for each kind of repair of a block, at the first: a block in single quotes has fifty.
    fn repair_diagnostics(&self, sample: &Sample<'_>) -> Vec<Diagnostic> {
        let mut kinds: Vec<(RepairKind, Diagnostic, usize)> = Vec::new();
        for Repaired {
            kind,
            place,
            message,
        } in self.repairs(sample)
        {
            match kinds.iter_mut().find(|(known, ..)| *known == kind) {
                Some((_, _, more)) => *more += 1,
                None => kinds.push((
                    kind,
                    Diagnostic::new(Severity::Note, self.path, message).at(place),
                    0,
                )),
            }
        }
        let counted = kinds.into_iter().map(|(_, mut diagnostic, more)| {
            if more > 0 {
                diagnostic
                    .message
                    .push_str(&format!(" ({more} more of this kind in the block)"));
            }
            diagnostic
        });
        counted.collect()
    }

    /// A warning at the first key of an event that is not looked into.
    fn unread(&self, sample: &Sample<'_>) -> Option<Diagnostic> {
        let detail = sample.node.get("detail")?;
        let mut far = None;
        walk(detail, "", &mut |path, member| {
            if path.len() > MAX_PATH && far.is_none() {
                far = Some(member.key_span.start);
            }
        });
        let at = self.lines.place(sample.origin(far?));
        let message = format!(
            "the path of this key has more than {MAX_PATH} bytes; what lies in it is not read"
        );
        Some(Diagnostic::warning(self.path, message).at(at))
    }
}

/// Keys of a pattern whose case is wrong.
fn misspelt_keys<'s>(sample: &'s Sample<'_>) -> impl Iterator<Item = (usize, &'s str)> {
    let members = if sample.kind == SampleKind::Pattern {
        sample.node.members()
    } else {
        &[]
    };
    let odd = members
        .iter()
        .filter(|member| member.key.contains(|c: char| c.is_ascii_uppercase()));
    odd.map(|member| (member.key_span.start, member.key.as_str()))
}

//! Evidence comes in (documentation pages, deliveries, registry documents, the API model), schemas go out.
//!
//! The stages, in the order data flows: [`input`] → [`page`] → `sample` and `prose` → [`reading`] → [`evidence`]
//! (kept in `samples/`) → `gather` → [`shape`] → [`join`] with [`corrections`] → `value_kind` → `definitions` →
//! [`schema`] → `set`. Evidence that is no page arrives as shapes: of a [`delivery`], or of a [`document`] of a
//! registry. An [`api_model`] is applied to what all others know.

pub mod api_model;
pub mod corrections;
pub mod coverage;
mod definitions;
pub mod delivery;
pub mod descriptions;
pub mod detail_types;
pub mod document;
mod editions;
pub mod evidence;
mod gather;
pub mod input;
mod instant;
pub mod join;
mod kind_word;
mod knowledge;
mod learned;
mod loss;
mod marks;
mod names;
mod naming;
mod origins;
pub mod page;
mod privacy;
mod prose;
mod quoted;
pub mod reading;
mod registry;
mod registry_names;
mod resolve;
mod revision;
mod sample;
pub mod schema;
mod set;
pub mod shape;
mod strangers;
mod texts;
mod value_kind;
mod written_type;

pub use delivery::Deliveries;
pub use evidence::saved::is_saved_deliveries;
pub use evidence::shapes::ShapeEvidence;
pub use learned::{Evidence, Learned, LearnedEvent, SchemaChange};
pub use loss::Losses;
pub use reading::PageReport;
pub use sample::SampleKind;
pub use set::{HeldPage, held_page, knows_page};
pub use texts::Texts;

use naming::Naming;
use std::path::Path;

/// Learns evidence into a schema set. A page, a document or a model replaces what the set holds of the same name,
/// deliveries add to what arrived before; all evidence with the corrections gives the schemas. Without any,
/// the set is derived anew from the evidence it holds. Nothing is written: see
/// [`files::apply`](eventbridge_catalog::files::apply).
///
/// A page that lost something is refused: an error in what is learned.
pub fn learn(schemas: &Path, pieces: &[Evidence]) -> Learned {
    learn_with(schemas, pieces, Losses::Refused)
}

/// Learns as [`learn`] does; what becomes of pages that lost something, the caller says.
pub fn learn_with(schemas: &Path, pieces: &[Evidence], losses: Losses) -> Learned {
    let mut learned = Learned::default();
    let mut evidence = match gather::kept_evidence(schemas) {
        Ok(evidence) => evidence,
        Err(problems) => {
            learned.diagnostics = problems;
            return learned;
        }
    };
    learned
        .diagnostics
        .extend(gather::add_pieces(schemas, &mut evidence, pieces, losses));
    let alike = naming::one_spelling(schemas, &mut evidence);
    learned.diagnostics.extend(alike);
    let known = set::known(schemas, &evidence, &mut learned);
    let detail_types = known.iter().map(|(source, known)| {
        let types = known.events.keys().map(String::as_str);
        (source.as_str(), types.collect())
    });
    let naming = Naming::of(schemas, detail_types);
    let events = registry_names::events(&known);
    for (source, known) in known {
        if let Some(evidence) = evidence.get(&source) {
            set::learn_source(schemas, (&source, evidence), known, &naming, &mut learned);
        }
    }
    learned.events.sort();
    registry_names::keep(schemas, &events, &mut learned);
    learned
}

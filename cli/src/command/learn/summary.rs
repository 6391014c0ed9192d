//! What was read in a file of evidence comes in; lines about it for people go out.

use crate::terminal::counted;
use eventbridge_catalog::text::visible;
use eventbridge_learn::delivery::{Delivered, Kept};
use eventbridge_learn::input::Input;
use eventbridge_learn::{Evidence, PageReport, SampleKind};

/// What was read in one file, in lines for people.
pub(super) fn summary(input: &Input) -> String {
    match input {
        Input::Page(reading) => page_summary(reading),
        Input::Deliveries(delivered) => delivered_summary(delivered),
        Input::Shapes(path, told) => {
            let events = told.shapes.values().map(|events| events.len()).sum();
            let path = visible(path);
            format!("{path} (shapes): {}\n", counted(events, "event type"))
        }
        Input::Document(path, documents) => {
            let told = documents.pieces.iter().map(piece_summary);
            let path = visible(path);
            told.map(|said| format!("{path} ({}\n", visible(&said)))
                .collect()
        }
    }
}

fn piece_summary(piece: &Evidence) -> String {
    match piece {
        Evidence::ApiModel(model) => format!("API model): {}", model.service),
        Evidence::Shapes(told) => {
            let events = told.shapes.values().flat_map(|events| events.keys());
            let events: Vec<&str> = events.map(String::as_str).collect();
            format!("registry document): {}", events.join(", "))
        }
        Evidence::Page(_) | Evidence::Texts(_) => String::new(), // in no document
    }
}

fn page_summary(reading: &PageReport) -> String {
    let count = |kind| {
        let blocks = reading.blocks.iter();
        blocks.filter(|block| block.kind == kind).count()
    };
    let repaired = reading.blocks.iter().filter(|block| !block.strict).count();
    format!(
        "{} ({}): {}, {}, {}; {repaired} of them were no JSON and were repaired\n",
        visible(&reading.path),
        reading.format,
        counted(count(SampleKind::Event), "event"),
        counted(count(SampleKind::Pattern), "event pattern"),
        counted(count(SampleKind::Other), "other block"),
    )
}

fn delivered_summary(delivered: &Delivered) -> String {
    let mut said = format!(
        "{} (deliveries): {}, {:.1} MB; {} passed over\n",
        visible(&delivered.path),
        counted(delivered.total() as usize, "event"),
        delivered.bytes as f64 / 1e6,
        counted(delivered.skipped as usize, "line"),
    );
    for ((_, detail_type), count) in &delivered.events {
        said.push_str(&format!("  {count:>9} {}\n", visible(detail_type)));
    }
    said.push_str(&kept_summary(&delivered.kept));
    said
}

/// What was kept of the values of deliveries.
fn kept_summary(kept: &Kept) -> String {
    let words: Vec<&str> = kept.words.iter().map(String::as_str).collect();
    let words = if words.is_empty() {
        "no word of a value".to_owned()
    } else {
        format!("the words {}", words.join(", "))
    };
    let mut said = format!(
        "  kept: names of fields, kinds of values, ids of a few events, {words}; not kept: all other values, among \
         them {} where words of states stand, and {} of data\n",
        counted(kept.other_texts as usize, "text"),
        counted(kept.data_keys as usize, "key"),
    );
    if kept.too_far > 0 {
        let parts = counted(kept.too_far as usize, "part");
        said.push_str(&format!(
            "  not read: {parts} too deep in an event, or behind too long a path\n"
        ));
    }
    said
}

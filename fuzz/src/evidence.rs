//! Readers of evidence, and what becomes of it: whatever is learned is generated, and learned again changes nothing.

use std::path::Path;

use eventbridge_catalog::{files, schema_set};
use eventbridge_codegen as emit;
use eventbridge_learn::delivery::Deliveries;
use eventbridge_learn::{Evidence, document, page, reading};
use tempfile::TempDir;

use super::text;

/// A documentation page, of any format.
pub fn pages(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let read = page::read(text);
    let code: usize = read.blocks.iter().map(size).sum();
    assert!(code <= 8 * (text.len() + 64), "the blocks of a page grew");
    let (one, other) = (
        reading::read("kiln.md", text),
        reading::read("kiln.md", text),
    );
    assert_eq!(
        format!("{one:?}"),
        format!("{other:?}"),
        "read twice, it differs"
    );
    if let Ok(reading) = one {
        learned(&[reading.into()]);
    }
}

fn size(block: &page::Block) -> usize {
    match block {
        page::Block::Code(code) => code.text.text.len(),
        page::Block::Heading(prose) | page::Block::Paragraph(prose) | page::Block::Item(prose) => {
            prose.spans.iter().map(words).sum()
        }
    }
}

fn words(span: &page::Span) -> usize {
    match span {
        page::Span::Text(text) | page::Span::Code(text, _) => text.len(),
    }
}

/// A document of the Schema Registry.
pub fn documents(data: &[u8]) {
    let Some(text) = text(data) else { return };
    if let Ok(Some(documents)) = document::read("my.kiln@Fired.json", text) {
        learned(&documents.pieces);
    }
}

/// The model of a service's API, beside a page whose event it has a shape of.
pub fn api_model(data: &[u8]) {
    const PAGE: &str = "Kiln Fired\n{ \"source\": \"my.kiln\", \"detail-type\": \"Kiln Fired\", \"detail\": \
        { \"Status\": \"HOT\", \"Glaze\": {}, \"EndTime\": \"2026-01-01T00:00:00Z\" } }\n";
    let Some(text) = text(data) else { return };
    let Ok(Some(documents)) = document::read("service-2.json", text) else {
        return;
    };
    let page = reading::read("kiln.md", PAGE).expect("the page is sound");
    let mut pieces: Vec<Evidence> = documents.pieces;
    pieces.push(page.into());
    let set = set(&[(
        "mirrors.json",
        r#"{ "service": "Kiln", "mirrors": [{ "detail_type": "Kiln Fired", "shape": "DescribeKiln" }] }"#,
    )]);
    learned_into(&set, &pieces);
}

/// Events that arrived, bare or in messages, in lines, packed or not.
pub fn deliveries(data: &[u8]) {
    let read = || {
        let mut deliveries = Deliveries::default();
        let delivered = deliveries.read("kiln.ndjson", data).ok()?;
        Some((delivered, deliveries.shapes()))
    };
    let (one, other) = (read(), read());
    assert_eq!(
        format!("{one:?}"),
        format!("{other:?}"),
        "read twice, it differs"
    );
    let Some((delivered, shapes)) = one else {
        return;
    };
    if delivered.total() > 0 {
        learned(&[shapes.into()]);
    }
}

/// A file of a schema set: packages are made of whatever the catalogue takes, or one sentence says why not.
pub fn catalogue(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let set = set(&[("Fired.json", text)]);
    match schema_set::load(set.path()) {
        Ok(model) => sound(&emit::packages(&model).files),
        Err(problems) => assert!(!problems.is_empty(), "an error without a word"),
    }
}

/// A set of one source, with files beside its schemas.
fn set(beside: &[(&str, &str)]) -> TempDir {
    let set = tempfile::tempdir().unwrap();
    let folder = set.path().join("my.kiln");
    std::fs::create_dir(&folder).unwrap();
    for (name, text) in beside {
        std::fs::write(folder.join(name), text).unwrap();
    }
    set
}

fn learned(pieces: &[Evidence]) {
    learned_into(&tempfile::tempdir().unwrap(), pieces);
}

/// What is learned without an error is a set that loads, that packages are made of, and that stays as it is.
fn learned_into(set: &TempDir, pieces: &[Evidence]) {
    let learned = eventbridge_learn::learn(set.path(), pieces);
    if !learned.is_sound() || learned.changes.is_empty() {
        return;
    }
    files::apply(set.path(), &learned.changes).unwrap();
    let again = eventbridge_learn::learn(set.path(), &[]);
    assert!(again.is_sound(), "{:?}", again.diagnostics);
    assert!(
        again.changes.is_empty(),
        "learned again, it differs: {:?}",
        again.changes
    );
    // A page may show patterns alone: they are kept, and there is no event yet to make packages of.
    if learned.changes.iter().any(|change| is_schema(&change.path)) {
        generated(set.path());
    }
}

fn is_schema(path: &str) -> bool {
    const BESIDE: [&str; 3] = ["corrections.json", "detail-types.json", "mirrors.json"];
    matches!(path.split('/').collect::<Vec<_>>()[..], [_, name] if !BESIDE.contains(&name))
}

fn generated(set: &Path) {
    let model = schema_set::load(set).unwrap_or_else(|problems| panic!("{problems:?}"));
    let files = emit::packages(&model).files;
    sound(&files);
}

/// Rust is Rust and JSON is JSON.
fn sound(files: &[emit::File]) {
    for file in files {
        let extension = Path::new(&file.path).extension();
        match extension.and_then(|extension| extension.to_str()) {
            Some("rs") => drop(syn::parse_file(&file.text).expect(&file.path)),
            Some("json") => {
                drop(serde_json::from_str::<serde_json::Value>(&file.text).expect(&file.path))
            }
            _ => {}
        }
    }
}

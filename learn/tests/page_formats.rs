//! The formats of one page must give the same blocks. Reads the pages in `../shared`, which are
//! not part of this repository; says so and returns when they are absent.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;

use eventbridge_learn::page::{Block, Format, Page, Prose, Span, read};

fn pages() -> Option<PathBuf> {
    let pages = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/pages");
    if !pages.exists() {
        eprintln!("skipped: {} is absent", pages.display());
        return None;
    }
    Some(pages)
}

fn load(name: &str) -> Option<(String, Page)> {
    let text = fs::read_to_string(pages()?.join(name)).unwrap();
    let page = read(&text);
    Some((text, page))
}

/// A block as any format must give it: whitespace folded, code words marked, headings (which plain
/// text cannot tell) as paragraphs.
fn show(block: &Block) -> String {
    match block {
        Block::Heading(prose) | Block::Paragraph(prose) => format!("P {}", words(prose)),
        Block::Item(prose) => format!("I {}", words(prose)),
        Block::Code(code) => format!("C {}", fold(&code.text.text)),
    }
}

fn words(prose: &Prose) -> String {
    let spans = prose.spans.iter().map(|span| match span {
        Span::Text(text) => fold(text),
        Span::Code(code, _) => format!("`{code}`"),
    });
    fold(&spans.collect::<Vec<_>>().join(" "))
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Flattens a page as text extraction does: one line for each block, a bullet on a line of its
/// own, and a line end behind every inline code, which is glued to the word before it.
fn flatten(page: &Page, glue: &str) -> String {
    let mut text = String::new();
    for block in &page.blocks {
        match block {
            Block::Item(prose) => text += &format!("-\n{}\n", flatten_prose(prose, glue)),
            Block::Heading(prose) | Block::Paragraph(prose) => {
                text += &format!("{}\n", flatten_prose(prose, glue));
            }
            Block::Code(code) => text += &format!("{}\n", fold(&code.text.text)),
        }
    }
    text
}

fn flatten_prose(prose: &Prose, glue: &str) -> String {
    let mut line = String::new();
    for span in &prose.spans {
        match span {
            Span::Text(text) => line += text.trim(),
            Span::Code(code, _) => {
                let glued = line.is_empty() || line.ends_with('\n');
                line += &format!("{}{code}\n", if glued { "" } else { glue });
            }
        }
    }
    line.trim_end().to_owned()
}

fn assert_same(one: &Page, other: &Page) {
    for (one, other) in one.blocks.iter().zip(&other.blocks) {
        assert_eq!(show(one), show(other));
    }
    assert_eq!(one.blocks.len(), other.blocks.len());
}

/// All blocks of a page agree with those of the same page flattened, with inline code glued to the
/// word before it and without.
fn assert_survives_flattening(page: &Page) {
    for glue in ["", " "] {
        let flat = read(&flatten(page, glue));
        assert_eq!(flat.format, Format::Text);
        assert_same(page, &flat);
    }
}

#[test]
fn formats_are_told_apart() {
    let files = [
        ("sagemaker/en-2020-08.md", Format::Markdown),
        ("sagemaker/en-2021-06.md", Format::Markdown),
        ("sagemaker/en-2023-02.md", Format::Markdown),
        ("sagemaker/en-2023-02.txt", Format::Text),
        ("sagemaker/en-2026-07.html", Format::Html),
        ("sagemaker/en-2026-07.md", Format::Markdown),
        ("sagemaker/id-2025.txt", Format::Text),
    ];
    for (name, format) in files {
        let Some((text, page)) = load(name) else {
            return;
        };
        assert_eq!(page.format, format, "{name}");
        let dos = text.replace('\n', "\r\n");
        assert_same(&page, &read(&dos));
    }
}

#[test]
fn the_newest_edition_agrees_in_all_formats() {
    let Some((_, markdown)) = load("sagemaker/en-2026-07.md") else {
        return;
    };
    let Some((_, html)) = load("sagemaker/en-2026-07.html") else {
        return;
    };
    assert_same(&markdown, &html);
    assert_survives_flattening(&html);
}

#[test]
fn the_edition_of_2023_agrees_in_both_formats() {
    let Some((_, markdown)) = load("sagemaker/en-2023-02.md") else {
        return;
    };
    let Some((_, text)) = load("sagemaker/en-2023-02.txt") else {
        return;
    };
    assert_same(&markdown, &text);
    assert_survives_flattening(&markdown);
}

#[test]
fn older_editions_survive_flattening() {
    for name in [
        "sagemaker/en-2021-06.md",
        "sagemaker/en-2020-08.md",
        "sagemaker/id-2025.txt",
    ] {
        let Some((_, page)) = load(name) else { return };
        assert_survives_flattening(&page);
    }
}

#[test]
fn code_blocks_know_where_they_stand() {
    let Some(pages) = pages() else { return };
    for folder in ["other", "sagemaker"] {
        for file in fs::read_dir(pages.join(folder)).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let blocks = if path.extension().is_some_and(|end| end == "json") {
                vec![]
            } else {
                read(&text).blocks
            };
            for block in blocks {
                let Block::Code(code) = block else { continue };
                assert!(!code.open, "{}", path.display());
                for at in code
                    .text
                    .text
                    .match_indices(['{', '}', '[', ']'])
                    .map(|(at, _)| at)
                {
                    let bracket = &code.text.text[at..=at];
                    assert!(
                        text[code.text.origin(at)..].starts_with(bracket),
                        "{}",
                        path.display()
                    );
                }
            }
        }
    }
}

#[test]
fn the_truth_counts_the_same_samples() {
    let Some(pages) = pages() else { return };
    for folder in ["other", "sagemaker"] {
        for file in fs::read_dir(pages.join(folder)).unwrap() {
            let truth = file.unwrap().path();
            let Some(stem) = truth
                .to_str()
                .and_then(|name| name.strip_suffix(".truth.json"))
            else {
                continue;
            };
            let text = fs::read_to_string(&truth).unwrap();
            let truth: serde_json::Value = serde_json::from_str(&text).unwrap();
            let expected = truth
                .get("json_blocks")
                .or(truth.get("block_count"))
                .unwrap();
            for end in ["md", "txt", "html"] {
                let Ok(text) = fs::read_to_string(format!("{stem}.{end}")) else {
                    continue;
                };
                let samples = read(&text)
                    .blocks
                    .iter()
                    .filter(|block| is_sample(block))
                    .count();
                assert_eq!(Some(samples as u64), expected.as_u64(), "{stem}.{end}");
            }
        }
    }
}

fn is_sample(block: &Block) -> bool {
    matches!(block, Block::Code(code) if code.text.text.trim_start().starts_with('{'))
}

/// What a careful reader takes for inline code on the machine-translated page, message texts aside.
#[test]
fn prose_of_the_translated_page_names_what_its_truth_lists() {
    let Some((_, page)) = load("sagemaker/id-2025.txt") else {
        return;
    };
    let spans = page.blocks.iter().flat_map(|block| match block {
        Block::Heading(prose) | Block::Paragraph(prose) | Block::Item(prose) => &prose.spans[..],
        Block::Code(_) => &[],
    });
    let codes = spans.filter_map(|span| match span {
        Span::Code(code, _) if !code.starts_with('"') => Some(code.as_str()),
        _ => None,
    });
    let expected = "Resources Resources TrainingJobStatus Failed FailureReason TransformJobStatus \
        Failed FailureReason IN_SERVICE FeatureGroupStatus OfflineStoreStatus \
        currentPipelineExecutionStatus previousPipelineExecutionStatus cacheHitResult \
        currentStepStatus previousStepStatus currentStepStatus Failed failureReason \
        ProcessingJobStatus Failed VariantStatus Creating Deleting Updating ActivatingTraffic Baking";
    assert_eq!(
        codes.collect::<Vec<_>>(),
        expected.split_whitespace().collect::<Vec<_>>()
    );
    let words = [
        "Melaksanakan",
        "Berhasil",
        "Failed",
        "Stopping",
        "Dihentikan",
    ];
    let items: Vec<_> = page.blocks.iter().map(show).collect();
    assert!(items.windows(5).any(|five| {
        five.iter()
            .zip(words)
            .all(|(item, word)| *item == format!("I {word}"))
    }));
}

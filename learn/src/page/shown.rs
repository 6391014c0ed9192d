//! For tests: a page comes in; each of its blocks as one line of text goes out, inline code in backticks.

use super::{Block, Page, Prose, Span};

pub(super) fn blocks(page: Page) -> Vec<String> {
    let blocks = page.blocks.into_iter().map(|block| match block {
        Block::Heading(prose) => format!("H {}", words(&prose)),
        Block::Paragraph(prose) => format!("P {}", words(&prose)),
        Block::Item(prose) => format!("I {}", words(&prose)),
        Block::Code(code) => format!("C{} {}", if code.open { "…" } else { "" }, code.text.text),
    });
    blocks.collect()
}

fn words(prose: &Prose) -> String {
    let spans = prose.spans.iter().map(|span| match span {
        Span::Text(text) => text.clone(),
        Span::Code(code, _) => format!("`{code}`"),
    });
    spans.collect()
}

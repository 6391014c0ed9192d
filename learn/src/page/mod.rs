//! A documentation page comes in, as plain text, Markdown or HTML; its headings, paragraphs, list
//! items and code blocks go out, the same whatever the format was, each with its place in the page.

mod builder;
mod html;
mod markdown;
#[cfg(test)]
mod shown;
mod sniff;
mod text;

use eventbridge_catalog::text::Extract;
use std::ops::Range;

/// What a page is written in. Sniffed, never asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// One line for each block of the rendered page.
    Text,
    /// CommonMark, as in the documentation's own repositories.
    Markdown,
    /// As served.
    Html,
}

impl Format {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
        }
    }

    /// What `page` is written in.
    pub fn sniff(page: &str) -> Format {
        sniff::format(page)
    }
}

/// A page as a reader sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// What it was written in.
    pub format: Format,
    /// Its blocks, in reading order, flattened: an item's own paragraphs and code follow it.
    pub blocks: Vec<Block>,
    /// Its tables, whose cells stand among the blocks as well.
    pub tables: Vec<Table>,
}

/// A table of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Which of the page's blocks are its cells.
    pub blocks: Range<usize>,
    /// The cells of each row, also empty ones; all that a cell holds as one text.
    pub rows: Vec<Vec<Prose>>,
}

/// One block of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading: a new section begins. Plain text has none that can be told from a paragraph.
    Heading(Prose),
    /// A paragraph.
    Paragraph(Prose),
    /// The first paragraph of a list item, or the term of a definition list.
    Item(Prose),
    /// A code block that may hold JSON.
    Code(Code),
}

/// Running text with its inline code told apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    /// Byte offset in the page.
    pub at: usize,
    /// The parts, in order.
    pub spans: Vec<Span>,
    /// How many bytes of text in bold it begins with.
    pub bold: usize,
    /// Whether it is the term of a definition list: what follows describes it.
    pub term: bool,
}

/// A part of running text.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    /// Words.
    Text(String),
    /// Inline code, and its byte offset in the page.
    Code(String, usize),
}

/// A code block.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// Its text, without indentation of the surrounding list, markup and entities.
    pub text: Extract,
    /// Whether the page ended before the block was closed (an open fence, an open `<pre>`).
    pub open: bool,
}

/// Reads a part of a page in HTML.
pub(crate) fn fragment(html: &str) -> Page {
    html::read(html)
}

/// Reads a page.
pub fn read(page: &str) -> Page {
    match Format::sniff(page) {
        Format::Text => text::read(page),
        Format::Markdown => markdown::read(page),
        Format::Html => html::read(page),
    }
}

//! Text, inline code and block boundaries come in, in reading order; finished blocks go out, with
//! whitespace folded.

use super::{Block, Code, Format, Page, Prose, Span, Table};
use eventbridge_catalog::text::Extract;

/// What the next block of prose will be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum BlockKind {
    #[default]
    Paragraph,
    Heading,
    Item,
    /// The term of a definition list.
    Definition,
    /// A cell of a table's first column: an item when it begins with inline code.
    Term,
}

impl BlockKind {
    /// Headings of the sixth level label a note or an example; they begin no section.
    pub(super) fn of_heading(level: usize) -> BlockKind {
        if level < 6 {
            BlockKind::Heading
        } else {
            BlockKind::Paragraph
        }
    }
}

/// Collects the blocks of a page.
#[derive(Debug, Default)]
pub(super) struct Builder {
    blocks: Vec<Block>,
    prose: Prose,
    kind: BlockKind,
    gap: bool,
    /// How many elements in bold are open.
    bold: usize,
    tables: Vec<Table>,
    /// Whether a table is open: the last one.
    in_table: bool,
}

impl Builder {
    /// Appends running text that stands at byte `at`.
    pub(super) fn text(&mut self, text: &str, at: usize) {
        for (index, character) in text.char_indices() {
            if character.is_whitespace() {
                self.gap = true;
            } else if !is_invisible(character) {
                self.character(character, at + index);
            }
        }
    }

    fn character(&mut self, character: char, at: usize) {
        let bold = self.bold > 0 && self.is_bold_so_far();
        self.close_gap(at);
        match self.prose.spans.last_mut() {
            Some(Span::Text(text)) => text.push(character),
            _ => self.prose.spans.push(Span::Text(character.into())),
        }
        if let (true, [Span::Text(text)]) = (bold, &self.prose.spans[..]) {
            self.prose.bold = text.len();
        }
    }

    fn is_bold_so_far(&self) -> bool {
        match &self.prose.spans[..] {
            [] => true,
            [Span::Text(text)] => text.len() == self.prose.bold,
            _ => false,
        }
    }

    /// What follows stands in bold.
    pub(super) fn begin_bold(&mut self) {
        self.bold += 1;
    }

    /// What stood in bold ends.
    pub(super) fn end_bold(&mut self) {
        self.bold = self.bold.saturating_sub(1);
    }

    /// A table begins. One that stands in another is part of it.
    pub(super) fn begin_table(&mut self) {
        self.end();
        if !self.in_table {
            let blocks = self.blocks.len()..self.blocks.len();
            let rows = Vec::new();
            self.tables.push(Table { blocks, rows });
        }
        self.in_table = true;
    }

    /// The table ends.
    pub(super) fn end_table(&mut self) {
        self.end();
        if let Some(table) = self.tables.last_mut().filter(|_| self.in_table) {
            table.blocks.end = self.blocks.len();
        }
        self.in_table = false;
    }

    /// A row of a table begins.
    pub(super) fn begin_row(&mut self) {
        self.end();
        if let Some(table) = self.tables.last_mut().filter(|_| self.in_table) {
            table.rows.push(Vec::new());
        }
    }

    /// A cell of a table begins, the first of its row or another.
    pub(super) fn begin_cell(&mut self, first: bool) {
        self.begin(if first {
            BlockKind::Term
        } else {
            BlockKind::Paragraph
        });
        if let Some(row) = self.row() {
            row.push(Prose::default());
        }
    }

    fn row(&mut self) -> Option<&mut Vec<Prose>> {
        let table = self.tables.last_mut().filter(|_| self.in_table);
        table.and_then(|table| table.rows.last_mut())
    }

    /// Adds what a block says to the cell it stands in.
    fn fill_cell(&mut self, prose: &Prose) {
        let Some(cell) = self.row().and_then(|row| row.last_mut()) else {
            return;
        };
        match cell.spans.is_empty() {
            true => *cell = prose.clone(),
            false => {
                cell.spans.push(Span::Text(" ".to_owned()));
                cell.spans.extend(prose.spans.iter().cloned());
            }
        }
    }

    /// Writes the space that folded whitespace has left, or begins the block.
    fn close_gap(&mut self, at: usize) {
        let gap = std::mem::take(&mut self.gap);
        match self.prose.spans.last_mut() {
            None => self.prose.at = at,
            Some(Span::Text(text)) if gap => text.push(' '),
            Some(Span::Code(..)) if gap => self.prose.spans.push(Span::Text(" ".into())),
            Some(_) => {}
        }
    }

    /// Appends inline code that stands at byte `at`.
    pub(super) fn inline_code(&mut self, code: &str, at: usize) {
        let code = fold(code);
        if !code.is_empty() {
            self.close_gap(at);
            self.prose.spans.push(Span::Code(code, at));
        }
    }

    /// Lets a space stand between what is there and what comes.
    pub(super) fn space(&mut self) {
        self.gap = true;
    }

    /// Whether prose has been written since the last block ended.
    pub(super) fn has_prose(&self) -> bool {
        !self.prose.spans.is_empty()
    }

    /// The last character of the prose written since the last block ended.
    pub(super) fn last_character(&self) -> Option<char> {
        match self.prose.spans.last()? {
            Span::Text(text) | Span::Code(text, _) => text.chars().next_back(),
        }
    }

    /// Ends the block, and says what the next one is.
    pub(super) fn begin(&mut self, kind: BlockKind) {
        self.end();
        self.kind = kind;
    }

    /// Ends the block, if it holds anything.
    pub(super) fn end(&mut self) {
        self.gap = false;
        if !self.has_prose() {
            return;
        }
        let mut prose = std::mem::take(&mut self.prose);
        prose.term = self.kind == BlockKind::Definition;
        self.fill_cell(&prose);
        self.blocks.push(match std::mem::take(&mut self.kind) {
            BlockKind::Paragraph => Block::Paragraph(prose),
            BlockKind::Heading => Block::Heading(prose),
            BlockKind::Term if !begins_with_code(&prose) => Block::Paragraph(prose),
            BlockKind::Item | BlockKind::Definition | BlockKind::Term => Block::Item(prose),
        });
    }

    /// Ends the block at a forced line break. Inline code alone before it is the term that what
    /// follows describes.
    pub(super) fn line_break(&mut self) {
        if self.kind == BlockKind::Paragraph && is_term(&self.prose) {
            self.kind = BlockKind::Definition;
        }
        self.end();
    }

    /// Ends the block and appends a code block; a blank one is dropped.
    pub(super) fn code(&mut self, text: Extract, open: bool) {
        self.begin(BlockKind::Paragraph);
        if !text.text.trim().is_empty() {
            let text = without_links(text);
            self.blocks.push(Block::Code(Code { text, open }));
        }
    }

    /// The page with all blocks.
    pub(super) fn finish(mut self, format: Format) -> Page {
        self.end_table();
        Page {
            format,
            blocks: self.blocks,
            tables: self.tables,
        }
    }
}

/// The code without what a converter has left of links: `"[cone](#cone "#cone")"` is `"cone"`. Only a link that is all
/// of a text in quotes is one.
fn without_links(code: Extract) -> Extract {
    if !code.text.contains("](") {
        return code;
    }
    let mut plain = Extract::default();
    let mut from = 0;
    for (at, _) in code.text.match_indices("\"[") {
        if let Some((label, end)) = link(&code.text[at + 1..]).filter(|_| at >= from) {
            let label = at + 2..at + 2 + label;
            for range in [from..at + 1, label] {
                plain.push_part(&code, range);
            }
            from = at + 1 + end;
        }
    }
    plain.push_part(&code, from..code.text.len());
    plain
}

/// The length of the label of the link that a text begins with, and where the link ends, before a quote.
fn link(text: &str) -> Option<(usize, usize)> {
    const LONGEST: usize = 500;
    let near = text
        .char_indices()
        .nth(LONGEST)
        .map_or(text, |(end, _)| &text[..end]);
    let line = near.lines().next()?;
    let label = line[1..].find(['[', ']', '"'])?;
    let target = line[1 + label..].strip_prefix("](")?;
    let end = line.len() - target.len() + target.find(")\"")? + 1;
    (label > 0).then_some((label, end))
}

fn begins_with_code(prose: &Prose) -> bool {
    matches!(prose.spans.first(), Some(Span::Code(..)))
}

fn is_term(prose: &Prose) -> bool {
    let words = prose.spans.iter().map(|span| match span {
        Span::Text(text) => text.split_whitespace().count(),
        Span::Code(..) => 0,
    });
    begins_with_code(prose) && words.sum::<usize>() <= 3
}

fn fold(text: &str) -> String {
    let visible = text.replace(is_invisible, "");
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that only mark where a line may break, and the byte order mark.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Appends text of the page that begins at byte `origin`, with line ends of one kind.
pub(super) fn push_lines(extract: &mut Extract, text: &str, origin: usize) {
    let mut at = 0;
    for (end, _) in text.match_indices("\r\n") {
        extract.push(&text[at..end], origin + at);
        at = end + 1;
    }
    extract.push(&text[at..], origin + at);
}

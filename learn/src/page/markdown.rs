//! A page in CommonMark comes in; its blocks go out. Code blocks lose the indentation of the lists
//! they stand in, and keep the place of every line.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::builder::{BlockKind, Builder};
use super::{Format, Page};
use eventbridge_catalog::text::Extract;

pub(super) fn read(page: &str) -> Page {
    let mut reader = Reader::new(page);
    let skipped = page.len() - page.trim_start_matches('\u{feff}').len();
    for (event, range) in
        Parser::new_ext(&page[skipped..], Options::ENABLE_TABLES).into_offset_iter()
    {
        reader.event(event, range.start + skipped..range.end + skipped);
    }
    reader.builder.finish(Format::Markdown)
}

struct Reader<'p> {
    page: &'p str,
    builder: Builder,
    code: Option<(Extract, bool)>,
    links: usize,
    images: usize,
    column: usize,
    /// Whether an anchor was the last on the line: it keeps spaces at the end from breaking the line.
    anchor: bool,
}

impl<'p> Reader<'p> {
    fn new(page: &'p str) -> Self {
        let builder = Builder::default();
        Reader {
            page,
            builder,
            code: None,
            links: 0,
            images: 0,
            column: 0,
            anchor: false,
        }
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        if !matches!(event, Event::InlineHtml(_) | Event::SoftBreak) {
            self.anchor = false;
        }
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => self.inline_code(&code, range),
            Event::SoftBreak if self.anchor => self.builder.line_break(),
            Event::SoftBreak => self.builder.space(),
            Event::HardBreak => self.builder.line_break(),
            Event::InlineHtml(html) if is_anchor(&html) => self.anchor = true,
            Event::InlineHtml(html) if html.starts_with("<br") => self.builder.line_break(),
            Event::Rule => self.builder.end(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.builder.begin(BlockKind::of_heading(*level as usize))
            }
            Tag::Item => self.builder.begin(BlockKind::Item),
            Tag::Paragraph | Tag::List(_) | Tag::BlockQuote(_) | Tag::HtmlBlock => {
                self.builder.end();
            }
            Tag::CodeBlock(_) => self.code = Some((Extract::default(), self.is_open(range))),
            Tag::Table(_) => self.builder.begin_table(),
            Tag::TableHead | Tag::TableRow => {
                self.column = 0;
                self.builder.begin_row();
            }
            Tag::TableCell => {
                let first = std::mem::replace(&mut self.column, 1) == 0;
                self.builder.begin_cell(first);
            }
            Tag::Strong => self.builder.begin_bold(),
            Tag::Link { .. } => self.links += 1,
            Tag::Image { .. } => self.images += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::TableCell => self.builder.end(),
            // An empty item must not make an item of what follows the list.
            TagEnd::Item => self.builder.begin(BlockKind::Paragraph),
            TagEnd::CodeBlock => {
                if let Some((text, open)) = self.code.take() {
                    self.builder.code(text, open);
                }
            }
            TagEnd::Table => self.builder.end_table(),
            TagEnd::Strong => self.builder.end_bold(),
            TagEnd::Link => self.links = self.links.saturating_sub(1),
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        match &mut self.code {
            Some((code, _)) if self.page.get(range.clone()) == Some(text) => {
                code.push(text, range.start);
            }
            Some((code, _)) => code.push_decoded(text, range.start),
            None if self.images == 0 => self.builder.text(text, range.start),
            None => {}
        }
    }

    /// Code that is a link's text names a thing described elsewhere, not a part of an event.
    fn inline_code(&mut self, code: &str, range: Range<usize>) {
        let ticks = self.page[range.clone()]
            .bytes()
            .take_while(|byte| b"` ".contains(byte));
        let at = range.start + ticks.count();
        match (self.links, self.images) {
            (0, 0) => self.builder.inline_code(code, at),
            (_, 0) => self.builder.text(code, at),
            _ => {}
        }
    }

    /// Whether the page ends before the fence of this code block is closed.
    fn is_open(&self, range: Range<usize>) -> bool {
        let block = &self.page[range.start..range.end];
        let Some(mark) = block.chars().next().filter(|mark| "`~".contains(*mark)) else {
            return false;
        };
        let fence = block.len() - block.trim_start_matches(mark).len();
        let last = block
            .trim_end()
            .rsplit_once('\n')
            .map_or("", |(_, line)| line);
        let last = last.trim_start_matches([' ', '\t', '>']);
        let closed = last.len() >= fence && last.trim_matches(mark).is_empty();
        !closed && self.page[range.end..].trim_start().is_empty()
    }
}

fn is_anchor(html: &str) -> bool {
    html.starts_with("<a name") || html.starts_with("<a id")
}

#[cfg(test)]
mod tests;

//! A page as served comes in; its blocks go out. The tokenizer says where tags stand; all that
//! lies between them is read from the page itself, so that every character of a code block knows
//! its place.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::builder::{BlockKind, Builder, push_lines};
use super::{Format, Page};
use eventbridge_catalog::text::Extract;

/// The longest entity that is decoded: the longest name has 33 characters.
const LONGEST_ENTITY: usize = 40;

pub(super) fn read(page: &str) -> Page {
    let mut reader = Reader {
        page,
        ..Reader::default()
    };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
        reader.event(event, span);
        None::<Infallible>
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(page, emitter).finish();
    reader.finish()
}

#[derive(Default)]
struct Reader<'p> {
    page: &'p str,
    builder: Builder,
    /// Where the text after the last tag begins.
    text_from: usize,
    /// An element whose content nobody reads, and how deep it is nested in its like.
    skipped: Option<(Vec<u8>, usize)>,
    preformatted: Option<Extract>,
    inline: Inline,
    column: usize,
}

/// What inline markup is open. Blocks close it.
#[derive(Default)]
struct Inline {
    code: usize,
    links: usize,
    /// Code that holds a link or stands in one names a thing described elsewhere.
    linked: bool,
    at: Option<usize>,
    text: String,
}

impl Reader<'_> {
    fn event(&mut self, event: CallbackEvent, span: Span<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.text_until(span.start);
                self.start(name);
            }
            CallbackEvent::CloseStartTag { .. } => self.text_from = span.end,
            CallbackEvent::EndTag { name } => {
                self.text_until(span.start);
                self.end(name);
                self.text_from = span.end;
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => {
                self.text_until(span.start);
                self.text_from = span.end;
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Page {
        let rest = self.page.get(self.text_from..).unwrap_or_default();
        self.text_until(self.page.len() - unfinished_tag(rest));
        self.flush();
        if let Some(code) = self.preformatted.take() {
            self.builder.code(code, true);
        }
        self.builder.finish(Format::Html)
    }

    fn text_until(&mut self, end: usize) {
        let from = std::mem::replace(&mut self.text_from, end);
        if self.skipped.is_some() {
            return;
        }
        for_each_piece(
            self.page.get(from..end).unwrap_or_default(),
            |piece, at, verbatim| {
                self.piece(piece, from + at, verbatim);
            },
        );
    }

    fn piece(&mut self, text: &str, at: usize, verbatim: bool) {
        if let Some(code) = &mut self.preformatted {
            match text {
                _ if verbatim => push_lines(code, text, at),
                // Pages indent code by it; JSON knows no such space.
                "\u{a0}" => code.push_decoded(" ", at),
                _ => code.push_decoded(text, at),
            }
        } else if self.inline.code > 0 {
            self.inline.at.get_or_insert(at);
            self.inline.text.push_str(text);
        } else {
            self.builder.text(text, at);
        }
    }

    fn start(&mut self, name: &[u8]) {
        if self.skips(name) {
            return;
        }
        if self.preformatted.is_some() {
            return self.break_line(name == b"br");
        }
        match name {
            b"code" | b"tt" | b"samp" => self.inline.code += 1,
            b"a" => {
                self.inline.links += 1;
                self.inline.linked |= self.inline.code > 0;
            }
            b"b" | b"strong" => self.builder.begin_bold(),
            b"br" => {
                self.flush();
                self.builder.line_break();
            }
            b"pre" => {
                self.flush();
                self.builder.end();
                self.preformatted = Some(Extract::default());
            }
            _ if is_block(name) => self.start_block(name),
            _ => {}
        }
    }

    fn start_block(&mut self, name: &[u8]) {
        self.flush();
        match name {
            b"li" => self.builder.begin(BlockKind::Item),
            b"dt" => self.builder.begin(BlockKind::Definition),
            b"table" => self.builder.begin_table(),
            b"tr" => {
                self.column = 0;
                self.builder.begin_row();
            }
            b"td" | b"th" => {
                let first = std::mem::replace(&mut self.column, 1) == 0;
                self.builder.begin_cell(first);
            }
            [b'h', level @ b'1'..=b'6'] => {
                self.builder
                    .begin(BlockKind::of_heading(usize::from(level - b'0')));
            }
            _ => self.builder.end(),
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some((skipped, depth)) = &mut self.skipped {
            if skipped == name {
                *depth -= 1;
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        match (name, self.preformatted.take()) {
            (b"pre", Some(code)) => self.builder.code(code, false),
            (_, Some(code)) => {
                self.preformatted = Some(code);
                self.break_line(is_block(name));
            }
            (b"code" | b"tt" | b"samp", None) => self.end_code(),
            (b"a", None) => self.inline.links = self.inline.links.saturating_sub(1),
            (b"b" | b"strong", None) => self.builder.end_bold(),
            (b"table", None) => {
                self.flush();
                self.builder.end_table();
            }
            (b"li" | b"dt" | b"td" | b"th", None) => {
                self.flush();
                // An empty item must not make an item of what follows it.
                self.builder.begin(BlockKind::Paragraph);
            }
            (_, None) if is_block(name) => {
                self.flush();
                self.builder.end();
            }
            _ => {}
        }
    }

    /// Whether this start tag stands in, or begins, an element that nobody reads.
    fn skips(&mut self, name: &[u8]) -> bool {
        if let Some((skipped, depth)) = &mut self.skipped {
            // The end tag of `head` may be left out: what cannot stand in it ends it.
            if skipped != b"head" || may_stand_in_head(name) {
                *depth += usize::from(skipped == name);
                return true;
            }
            self.skipped = None;
        }
        if is_skipped(name) {
            self.skipped = Some((name.to_vec(), 1));
        }
        self.skipped.is_some()
    }

    /// Lines of a code block may be elements instead of ending in line ends.
    fn break_line(&mut self, breaks: bool) {
        if let Some(code) = self.preformatted.as_mut().filter(|_| breaks)
            && !code.text.is_empty()
            && !code.text.ends_with('\n')
        {
            code.push_decoded("\n", self.text_from);
        }
    }

    fn end_code(&mut self) {
        self.inline.code = self.inline.code.saturating_sub(1);
        if self.inline.code == 0 {
            self.flush_code();
        }
    }

    fn flush_code(&mut self) {
        let text = std::mem::take(&mut self.inline.text);
        let linked = std::mem::take(&mut self.inline.linked) || self.inline.links > 0;
        match self.inline.at.take() {
            Some(at) if linked => self.builder.text(&text, at),
            Some(at) => self.builder.inline_code(&text, at),
            None => {}
        }
    }

    /// Closes all inline markup before a block begins or ends.
    fn flush(&mut self) {
        self.flush_code();
        self.inline = Inline::default();
    }
}

/// Hands out the text of a piece of markup without tags: what stands there as it is, and what
/// entities stand for, each with its byte offset and whether it is verbatim.
fn for_each_piece(raw: &str, mut piece: impl FnMut(&str, usize, bool)) {
    let mut from = 0;
    while let Some(found) = raw[from..].find('&') {
        let at = from + found;
        piece(&raw[from..at], from, true);
        let entity = &raw[at..at + entity_length(&raw[at..])];
        let decoded = htmlize::unescape(entity);
        piece(&decoded, at, decoded == entity);
        from = at + entity.len();
    }
    piece(&raw[from..], from, true);
}

/// The length of what may be an entity at the beginning of `raw`.
fn entity_length(raw: &str) -> usize {
    let name = raw.bytes().skip(1).take(LONGEST_ENTITY);
    let length = 1 + name
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    length + usize::from(raw[length..].starts_with(';'))
}

/// How many bytes at the end of a page belong to a tag that the page's end cut off.
fn unfinished_tag(rest: &str) -> usize {
    match rest.rfind('<').map(|at| &rest[at..]) {
        Some(tag) if !tag.contains('>') && !tag[1..].starts_with(char::is_whitespace) => tag.len(),
        _ => 0,
    }
}

fn is_skipped(name: &[u8]) -> bool {
    matches!(
        name,
        b"script"
            | b"style"
            | b"template"
            | b"head"
            | b"title"
            | b"nav"
            | b"button"
            | b"select"
            | b"textarea"
            | b"iframe"
            | b"noscript"
    )
}

fn may_stand_in_head(name: &[u8]) -> bool {
    matches!(
        name,
        b"head"
            | b"title"
            | b"meta"
            | b"link"
            | b"script"
            | b"style"
            | b"base"
            | b"noscript"
            | b"template"
    )
}

fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"address"
            | b"article"
            | b"aside"
            | b"blockquote"
            | b"body"
            | b"caption"
            | b"center"
            | b"dd"
            | b"details"
            | b"div"
            | b"dl"
            | b"dt"
            | b"fieldset"
            | b"figcaption"
            | b"figure"
            | b"footer"
            | b"form"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"header"
            | b"hr"
            | b"html"
            | b"li"
            | b"main"
            | b"ol"
            | b"p"
            | b"section"
            | b"summary"
            | b"table"
            | b"tbody"
            | b"td"
            | b"tfoot"
            | b"th"
            | b"thead"
            | b"tr"
            | b"ul"
    )
}

#[cfg(test)]
mod tests;

//! A page comes in; what tells that it is the page that was meant, and all of it, goes out.

use crate::page::{Block, Format, Page, Span};

/// Of so many letters of prose a language can be told; less is names and words of code.
const LETTERS: usize = 200;

/// Of so many letters the language is told.
const MAX_LETTERS: usize = 20_000;

/// The prose at the beginning of a page, as much as is looked at.
fn prose_of(page: &Page) -> String {
    let mut text = String::new();
    for block in &page.blocks {
        let (Block::Heading(prose) | Block::Paragraph(prose) | Block::Item(prose)) = block else {
            continue;
        };
        for span in &prose.spans {
            if let Span::Text(words) = span
                && text.len() < MAX_LETTERS
            {
                text.push_str(words);
                text.push(' ');
            }
        }
    }
    text
}

/// The language of a page's prose, `eng`, where there is enough of it to tell.
pub(super) fn language(page: &Page) -> Option<String> {
    let text = prose_of(page);
    let letters = text.chars().filter(|c| c.is_alphabetic());
    if letters.take(LETTERS).count() < LETTERS {
        return None;
    }
    let told = whatlang::detect(&text).filter(|told| told.is_reliable())?;
    Some(told.lang().code().to_owned())
}

/// Whether a page of HTML begins, and does not end.
pub(super) fn is_cut_off(format: Format, text: &str) -> bool {
    let has = |tag: &str| {
        let mut places = text.as_bytes().windows(tag.len());
        places.any(|place| place.eq_ignore_ascii_case(tag.as_bytes()))
    };
    format == Format::Html && has("<html") && !has("</html")
}

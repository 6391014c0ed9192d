//! A page comes in; what it is written in goes out.

use super::Format;
use super::text::{Line, Part, lines, parts};

/// The evidence for each format that one pass over the lines gathers. JSON samples do not count:
/// they may hold markup in strings, and comments that look like headings.
#[derive(Default)]
struct Marks {
    tags: usize,
    fences: usize,
    markdown: usize,
    samples: bool,
}

pub(super) fn format(page: &str) -> Format {
    if is_document(page) {
        return Format::Html;
    }
    let marks = marks(page);
    if marks.tags > 1 && marks.tags > 2 * marks.fences + marks.markdown {
        Format::Html
    } else if marks.fences > 0 || marks.markdown > 0 && !marks.samples {
        Format::Markdown
    } else {
        Format::Text
    }
}

/// Whether the page says itself that it is an HTML document.
fn is_document(page: &str) -> bool {
    let page = page.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    ["<!doctype", "<html", "<head>", "<body"]
        .iter()
        .any(|start| begins(page, start))
}

fn begins(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn marks(page: &str) -> Marks {
    let mut marks = Marks::default();
    for part in parts(&lines(page)) {
        match part {
            Part::Sample(line) => marks.samples |= line.indentation < 4,
            Part::Prose(line) => marks.count(line),
        }
    }
    marks
}

impl Marks {
    fn count(&mut self, line: &Line) {
        let text = line.text;
        self.fences += usize::from(text.starts_with("```") || text.starts_with("~~~"));
        self.markdown += usize::from(line.indentation < 4 && is_heading(text));
        self.markdown += usize::from(has_inline_markdown(text));
        self.tags += block_tags(text);
    }
}

fn is_heading(line: &str) -> bool {
    let title = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - title.len())) && title.starts_with(' ')
}

/// Whether the line holds a link, an anchor or inline code.
fn has_inline_markdown(line: &str) -> bool {
    line.contains("](")
        || line.contains("<a name=\"")
        || line
            .split_once('`')
            .is_some_and(|(_, rest)| rest.contains('`'))
}

/// How many tags of elements that only HTML pages hold stand in the line.
fn block_tags(line: &str) -> usize {
    const NAMES: [&str; 16] = [
        "p", "div", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "h1", "h2",
        "h3", "section",
    ];
    let tags = line.split('<').skip(1).filter(|tag| {
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let name = tag
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        let ends = tag[name.len()..].starts_with(['>', ' ', '\n', '\r', '/']);
        ends && NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
    });
    tags.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_and_fragments_are_html() {
        assert_eq!(format("\u{feff}\r\n<!DOCTYPE html><p>"), Format::Html);
        assert_eq!(
            format("<h2>Orders</h2>\n<pre><code>{\n}</code></pre>"),
            Format::Html
        );
        assert_eq!(
            format("<p>Run this:</p>\n<pre># a comment\n# another</pre>"),
            Format::Html
        );
    }

    #[test]
    fn fences_headings_and_links_are_markdown() {
        assert_eq!(
            format("Orders\n\n```\n{ \"a\": \"<p></p><p></p>\" }\n```\n"),
            Format::Markdown
        );
        assert_eq!(format("# Orders\n\nSee `a`.\n"), Format::Markdown);
        assert_eq!(format("See [the guide](guide.md).\n"), Format::Markdown);
        assert_eq!(
            format("<div>\n\n# Orders\n\n```\n{}\n```\n\n</div>\n"),
            Format::Markdown
        );
    }

    #[test]
    fn markup_inside_a_sample_is_no_markup() {
        let page = "Orders\n{ \"a\": \"<p>x</p><div></div> [y](z) `q`\" }\n-\nOne\n";
        assert_eq!(format(page), Format::Text);
        let page = "Orders\n{\n# What may stand here\n# Or here\n\"a\": 1\n}\nThe end.\n";
        assert_eq!(format(page), Format::Text);
        assert_eq!(format(""), Format::Text);
    }
}

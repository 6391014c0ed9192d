use super::super::{Block, Span, shown};
use super::*;

const PAGE: &str = concat!(
    "<!DOCTYPE html><html><head><title>Shop</title><script>var x = '</p><pre>';</script>\r\n",
    "<body><nav><p>Menu</p></nav><h2>Order state change</h2><h6>Note</h6>\r\n",
    "<p>If <code class=\"code\">State</code> is\r\n <code>Fail&#101;d</code>, see ",
    "<a href=x><code>OrderState</code></a> &amp; <code><a href=y>More</a></code>.</p>\r\n",
    "<ul><li><p>One</p><p>More on it</p></li><li>Two</ul>\r\n",
    "<dl><dt><span><code>open</code></span></dt><dd><p>It waits.</p></dd></dl>\r\n",
    "<p><code>closed</code><br>It is done.</p>",
    "<table><tr><td><code>red</code></td><td><code>R</code> is red</td></tr></table>\r\n",
    "<pre class=\"programlisting\"><div class=\"btn\"><button>Copy</button></div>",
    "<!--DEBUG: cli ()--><code>{\r\n  &quot;a&quot;: <span class=hl>&quot;x &lt; ",
    "<code>y</code>&quot;</span>\r\n}</code></pre>",
);

fn shown(page: &str) -> Vec<String> {
    shown::blocks(read(page))
}

#[test]
fn a_page_becomes_its_blocks() {
    assert_eq!(
        shown(PAGE),
        [
            "H Order state change",
            "P Note",
            "P If `State` is `Failed`, see OrderState & More.",
            "I One",
            "P More on it",
            "I Two",
            "I `open`",
            "P It waits.",
            "I `closed`",
            "P It is done.",
            "I `red`",
            "P `R` is red",
            "C {\n  \"a\": \"x < y\"\n}",
        ]
    );
}

#[test]
fn every_character_of_code_knows_its_place() {
    let page = read(PAGE);
    let Some(Block::Code(code)) = page.blocks.last() else {
        panic!("no code")
    };
    let text = &code.text.text;
    assert!(PAGE[code.text.origin(0)..].starts_with("{\r\n"));
    assert!(PAGE[code.text.origin(text.find('"').unwrap())..].starts_with("&quot;a"));
    assert!(PAGE[code.text.origin(text.find('<').unwrap())..].starts_with("&lt; "));
    assert!(PAGE[code.text.origin(text.find('y').unwrap())..].starts_with("y</code>"));
    assert!(PAGE[code.text.origin(text.find('}').unwrap())..].starts_with("}</code></pre>"));
}

#[test]
fn inline_code_and_blocks_know_their_place() {
    let page = read(PAGE);
    let Block::Paragraph(prose) = &page.blocks[2] else {
        panic!("no paragraph")
    };
    assert!(PAGE[prose.at..].starts_with("If <code"));
    let Span::Code(_, at) = prose.spans[1] else {
        panic!("no code")
    };
    assert!(PAGE[at..].starts_with("State</code>"));
}

#[test]
fn what_the_end_cuts_off_is_open() {
    assert_eq!(
        shown("<p>a</p><pre><code>{ &quot;a&quot;: 1 </cod"),
        ["P a", "C… { \"a\": 1 "]
    );
    assert_eq!(shown("<p>a</p><p>b <code class=\"co"), ["P a", "P b"]);
    assert_eq!(shown("<p>a <code>b"), ["P a `b`"]);
    assert_eq!(
        shown("<p>1 < 2 & 3 &unknown; &"),
        ["P 1 < 2 & 3 &unknown; &"]
    );
}

#[test]
fn unclosed_markup_ends_with_its_block() {
    assert_eq!(
        shown("<p><code>a</p><p>b</p><a href=x><p>c <code>d</code>"),
        ["P `a`", "P b", "P c `d`"]
    );
    assert_eq!(shown("<head><title>x</title><h1>Orders</h1>"), ["H Orders"]);
    assert_eq!(shown("<ul><li></li></ul><p>a</p>"), ["P a"]);
}

#[test]
fn lines_of_code_may_be_elements() {
    assert_eq!(shown("<pre><div>{</div><div>}</div></pre>"), ["C {\n}\n"]);
    assert_eq!(shown("<pre>{<br>}</pre>"), ["C {\n}"]);
}

#[test]
fn spaces_that_do_not_break_are_spaces_in_code() {
    let page = "<html><pre><code>{&nbsp;&nbsp;\"a\":&#160;\"x&nbsp;y\" }</code></pre>";
    assert_eq!(shown(page), ["C {  \"a\": \"x y\" }"]);
}

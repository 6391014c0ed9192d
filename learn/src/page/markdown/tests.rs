use super::super::{Block, Span, shown};
use super::*;

const PAGE: &str = concat!(
    "\u{feff}# Orders<a name=\"orders\"></a>\r\n\r\n",
    "If `State` is `Failed`, it contains\r\nthe *reason*\\. See [ `OrderState` ](x.md)\\.\r\n\r\n",
    "**Note**  \r\nIt may fail\\.\r\n\r\n",
    "`active`  \r\nThe order has been taken\\.\r\n\r\n",
    "+ One\r\n+ Two\r\n\r\n",
    "1. `Open`: waiting\\.\r\n\r\n   More: `\"Waiting.\"`\r\n\r\n",
    "   + Nested\r\n\r\n     ```json\r\n     {\r\n       \"a\": 1\r\n     }\r\n     ```\r\n",
    "\r\n| Value | Meaning |\r\n|---|---|\r\n| `red` | danger |\r\n\r\n",
    "![alt](x.png)\r\n\r\nThen:\r\n\r\n    { \"b\":\r\n    2 }\r\n",
);

fn shown(page: &str) -> Vec<String> {
    shown::blocks(read(page))
}

#[test]
fn a_page_becomes_its_blocks() {
    assert_eq!(
        shown(PAGE),
        [
            "H Orders",
            "P If `State` is `Failed`, it contains the reason. See OrderState .",
            "P Note",
            "P It may fail.",
            "I `active`",
            "P The order has been taken.",
            "I One",
            "I Two",
            "I `Open`: waiting.",
            "P More: `\"Waiting.\"`",
            "I Nested",
            "C {\n  \"a\": 1\n}\n",
            "P Value",
            "P Meaning",
            "I `red`",
            "P danger",
            "P Then:",
            "C { \"b\":\n2 }\n",
        ]
    );
}

#[test]
fn nested_code_knows_its_place() {
    for block in read(PAGE).blocks {
        let Block::Code(code) = block else { continue };
        for (at, character) in code.text.text.char_indices().filter(|(_, c)| *c != '\n') {
            assert!(PAGE[code.text.origin(at)..].starts_with(character));
        }
    }
}

#[test]
fn inline_code_knows_its_place() {
    let page = read(PAGE);
    let Block::Paragraph(prose) = &page.blocks[1] else {
        panic!("no paragraph")
    };
    assert!(PAGE[prose.at..].starts_with("If `State`"));
    let Span::Code(_, at) = prose.spans[1] else {
        panic!("no code")
    };
    assert!(PAGE[at..].starts_with("State`"));
}

#[test]
fn a_fence_is_open_when_the_page_ends_before_it_is_closed() {
    assert_eq!(
        shown("Hi\n\n```\n{ \"a\": 1\n"),
        ["P Hi", "C… { \"a\": 1\n"]
    );
    assert_eq!(shown("- x\n\n  ~~~json\n  {"), ["I x", "C… {"]);
    assert_eq!(shown("> ````\n> {\n> ```\n> ````\n"), ["C {\n```\n"]);
    assert_eq!(shown("````\n{\n```\n"), ["C… {\n```\n"]);
    assert_eq!(shown("```\n"), [""; 0]);
    assert_eq!(shown("- ```\n  {\n\nAfter\n"), ["C {\n\n", "P After"]);
}

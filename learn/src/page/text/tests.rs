use super::super::{Block, Span, shown};
use super::*;

fn shown(page: &str) -> Vec<String> {
    shown::blocks(read(page))
}

#[test]
fn torn_paragraphs_are_whole_again() {
    let page = concat!(
        "Order state change\r\nAn order that the shop has taken.\r\n",
        "If the value ofOrderState\r\nisFailed\r\n, the event contains theFailureReason\r\n",
        "field, which says why. Orders inRegion\r\nare free.\r\n",
        "{ \"OrderState\": \"Failed\", \"Region\": 1 }\r\nOrder item change\r\nIt changes.\r\n",
    );
    assert_eq!(
        shown(page),
        [
            "P Order state change",
            "P An order that the shop has taken.",
            concat!(
                "P If the value of `OrderState` is `Failed`, the event contains the ",
                "`FailureReason` field, which says why. Orders in `Region` are free."
            ),
            "C { \"OrderState\": \"Failed\", \"Region\": 1 }",
            "P Order item change",
            "P It changes.",
        ]
    );
}

#[test]
fn names_in_lower_case_are_told_from_glued_words() {
    let page = concat!(
        "If there is a hit on the shelf, the event contains theshelfHitResult\nfield.\n",
        "IfstepState\nisFailed\n, it contains thefailureReason\nfield.\n",
        "{ \"stepName\": \"a\", \"stepState\": \"Succeeded\", \"shelfMark\": \"b\" }\n",
        "The order.\n{ \"FailureReason\": \"x\" }\n",
    );
    assert_eq!(
        shown(page)[..2],
        [
            "P If there is a hit on the shelf, the event contains the `shelfHitResult` field.",
            "P If `stepState` is `Failed`, it contains the `failureReason` field.",
        ]
    );
    let mixed = concat!(
        "Jika ada, acara berisi shelfHitResult\nbidang. stepState\nadalahFailed\n.\n",
        "{ \"stepName\": \"a\", \"stepState\": \"Failed\" }\n",
    );
    assert_eq!(
        shown(mixed)[0],
        "P Jika ada, acara berisi `shelfHitResult` bidang. `stepState` adalah `Failed`."
    );
}

#[test]
fn scripts_without_spaces_end_names() {
    let page = concat!(
        "Acme 订单\n如果的值OrderState\n是Failed\n，则事件包含FailureReason\n字段。\n可以是以下值之一：\n",
        "-\nOpen\n-\n已完成\n{ \"OrderState\": \"Failed\" }\n",
    );
    assert_eq!(
        shown(page)[..5],
        [
            "P Acme 订单",
            "P 如果的值`OrderState`是`Failed`，则事件包含`FailureReason`字段。",
            "P 可以是以下值之一：",
            "I Open",
            "I 已完成",
        ]
    );
}

#[test]
fn items_follow_bullets_on_lines_of_their_own_or_not() {
    let page = concat!(
        "-\nOpening\n: taking the order.\nSay:\"Taking X.\"\n•\nClosed\n* Packed\n",
        "\"Packing X.\"\n,\"Sending X.\"\n{ \"a\": 1 }\n-\n",
    );
    assert_eq!(
        shown(page),
        [
            "I `Opening`: taking the order.",
            "P Say: `\"Taking X.\"`",
            "I Closed",
            "I Packed",
            "P `\"Packing X.\"`, `\"Sending X.\"`",
            "C { \"a\": 1 }",
        ]
    );
}

#[test]
fn terms_stand_alone_before_their_descriptions() {
    let page = concat!(
        "Note\nIt may fail.\nThe values are:\norder_open\nThe order waits.\nclosed\nIt is done.\n",
        "{ \"state\": \"order_open\" }\n",
    );
    assert_eq!(
        shown(page)[..7],
        [
            "P Note",
            "P It may fail.",
            "P The values are:",
            "I `order_open`",
            "P The order waits.",
            "I `closed`",
            "P It is done.",
        ]
    );
}

#[test]
fn product_names_at_line_ends_do_not_tear_headings_off() {
    let page = "Monitoring with PaperBoy\nUse PaperBoy to see orders.\nPaperBoy helps.\n";
    assert_eq!(shown(page).len(), 3);
}

#[test]
fn samples_may_stand_on_several_lines() {
    let page = concat!(
        "Orders\n{\n  \"a\": \"x { y\",\n\n  # What else may stand here\n  \"b\": [\n    \"c\"\n  ]\n}\n",
        "Then\n{ 'a':\n1 }\n{ \"a\": \"\n012345\n\", \"b\": 2 }\nThe end\n",
    );
    assert_eq!(
        shown(page),
        [
            "P Orders",
            concat!(
                "C {\n  \"a\": \"x { y\",\n\n  # What else may stand here\n  \"b\": [\n",
                "    \"c\"\n  ]\n}"
            ),
            "P Then",
            "C { 'a':\n1 }",
            "C { \"a\": \"\n012345\n\", \"b\": 2 }",
            "P The end",
        ]
    );
}

#[test]
fn a_sample_that_is_never_closed_ends_before_prose() {
    let page = "{ \"a\": { \"b\": 1 }\nNote: more follows.\n-\nOne\n{ \"c\": [\n";
    assert_eq!(
        shown(page),
        [
            "C { \"a\": { \"b\": 1 }",
            "P Note: more follows.",
            "I One",
            "C… { \"c\": ["
        ]
    );
}

#[test]
fn placeholders_and_notes_in_brackets_are_prose() {
    let page = "{{region}} is yours.\n[introduction shortened]\n[1] A footnote\n{name} of it\n";
    assert!(shown(page).iter().all(|block| block.starts_with('P')));
}

#[test]
fn places_point_into_the_page() {
    let page = "\u{feff}Orders\r\n\r\n  ofState\r\n, yes\r\n {\r\n \"State\": 1 }\r\n";
    let blocks = read(page).blocks;
    let [
        Block::Paragraph(_),
        Block::Paragraph(prose),
        Block::Code(code),
    ] = &blocks[..]
    else {
        panic!("{blocks:?}")
    };
    assert!(page[prose.at..].starts_with("ofState"));
    let Span::Code(_, at) = prose.spans[1] else {
        panic!("no code")
    };
    assert!(page[at..].starts_with("State\r"));
    assert!(page[code.text.origin(0)..].starts_with("{\r\n"));
    let quote = code.text.text.find('"').unwrap();
    assert!(page[code.text.origin(quote)..].starts_with("\"State\""));
}

#[test]
fn constants_are_told_from_glued_words() {
    let page = concat!(
        "The orderState\ncan beSUBMITTED\n,PENDING_REVIEW\norREJECTED\n.\n",
        "{ \"orderState\": \"x\", \"clusterARN\": \"y\" }\n",
    );
    assert_eq!(
        shown(page)[0],
        "P The `orderState` can be `SUBMITTED`, `PENDING_REVIEW` or `REJECTED`."
    );
}

#[test]
fn a_name_that_may_hide_glue_is_no_code() {
    let page = concat!(
        "The shop sends the event. If the cat is in the box, the event contains thecatHitResult\n",
        "field. It sends theshelfMark\nand theboxFoldReason\n, see the orderState\n.\n",
        "{ \"orderState\": \"x\", \"shelfMark\": \"y\" }\n",
    );
    assert_eq!(
        shown(page)[0],
        concat!(
            "P The shop sends the event. If the cat is in the box, the event contains the ",
            "`catHitResult` field. It sends the `shelfMark` and the `boxFoldReason`, see the ",
            "`orderState`.",
        )
    );
    let page = concat!(
        "Le champ orderState\nest dans le texte, et le champ le dit:leorderState\n",
        "dans le champ. Il contient lefoldReason\nou non.\n",
        "{ \"orderState\": \"x\" }\n",
    );
    assert!(shown(page)[0].contains("lefoldReason"));
    assert!(!shown(page)[0].contains("`lefoldReason`"));
}

#[test]
fn terms_behind_a_colon_are_items() {
    let page = concat!(
        "The values forstate\nare:\nopen\nThe order is new.\nSHUT\nIt is done.\n",
        "allGoneAway\nThe order is lost.\n{ \"state\": \"open\" }\n",
    );
    assert_eq!(
        shown(page)[..7],
        [
            "P The values for `state` are:",
            "I `open`",
            "P The order is new.",
            "I `SHUT`",
            "P It is done.",
            "I `allGoneAway`",
            "P The order is lost.",
        ]
    );
}

#[test]
fn malformed_members_do_not_end_a_sample() {
    let page = "Orders\n{\n\"a\" \"b\",\n\"Note: \"c\",\n\"d\" = 1\n}\nThe end.\n";
    assert_eq!(shown(page).len(), 3);
}

//! Small pages that once went wrong, each a kind of fault, with made-up names: what is learned of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod summary;

use eventbridge_learn::Evidence;
use summary::{deliveries, events, events_in, learn_into, learn_pages, page};

/// An event as it arrives.
fn event(detail_type: &str, detail: &str) -> String {
    format!(
        r#"{{
  "version": "0",
  "id": "1",
  "detail-type": "{detail_type}",
  "source": "aws.mill",
  "account": "111122223333",
  "time": "2026-01-02T03:04:05Z",
  "region": "us-east-1",
  "resources": [],
  "detail": {detail}
}}"#
    )
}

/// A template: what stands before and behind is left out.
fn template(detail_type: &str, detail: &str) -> String {
    format!(
        "{{\n  . . .,\n  \"detail-type\": \"{detail_type}\",\n  \"source\": \"aws.mill\",\n  . . .,\n  \"detail\": {detail}\n}}"
    )
}

fn fenced(block: &str) -> String {
    format!("# Mill events\n\n```\n{block}\n```\n")
}

fn one(text: &str) -> String {
    events(&[("mill.md", text)]).join("\n")
}

/// The event of a page in Markdown: a sample and what stands behind it.
fn described(detail: &str, prose: &str) -> String {
    one(&format!(
        "{}\n{prose}\n",
        fenced(&event("Mill Started", detail))
    ))
}

/// The same as plain text, the sample on one line.
fn flattened(detail: &str, prose: &str) -> String {
    let block = event("Mill Started", detail).replace('\n', " ");
    events(&[(
        "mill.txt",
        &format!("Mill events\n\nThe mill sends this event.\n\n{block}\n\n{prose}\n"),
    )])
    .join("\n")
}

#[test]
fn a_name_in_marks_confirms_an_event_and_names_none() {
    for mark in [
        "`Mill Started`",
        "{{Mill Started}}",
        "*Mill Started*",
        "<replaceable>Mill Started</replaceable>",
        "${Mill Started}",
    ] {
        let known = fenced(&event("Mill Started", r#"{ "mill-id": "m" }"#));
        let names = format!(
            "# Mill events\n\nMill sends the following events directly to EventBridge:\n\n- Mill Started\n- Mill Stopped\n- Mill Door Shut\n\n```\n{{\n  \"source\": [\"aws.mill\"],\n  \"detail-type\": [\"{mark}\"]\n}}\n```\n"
        );
        let folder = tempfile::tempdir().unwrap();
        let learned = learn_pages(folder.path(), &[("mill.md", &known), ("names.md", &names)]);
        assert!(
            folder.path().join("aws.mill/Started.json").is_file(),
            "{mark}: the type keeps its name"
        );
        assert!(
            learned[1].diagnostics.is_empty(),
            "{:?}",
            learned[1].diagnostics
        );
        assert_eq!(
            events_in(folder.path()),
            [
                "Mill Door Shut: {}",
                "Mill Started: {mill-id: string}",
                "Mill Stopped: {}"
            ],
            "{mark}"
        );
    }
}

#[test]
fn alternatives_in_a_detail_type_are_events() {
    let bars = fenced(&event("Mill Gate open|shut|stuck", r#"{ "gate": "g" }"#));
    assert_eq!(
        one(&bars),
        "Mill Gate open: {gate: string}\nMill Gate shut: {gate: string}\nMill Gate stuck: {gate: string}"
    );
    let either = fenced(&template("string", r#"{ "gate": "string" }"#))
        + "\n`detail-type`\n\nFor this event, this value is either `Mill Gate Open` or `Mill Gate Shut`.\n";
    assert_eq!(
        one(&either),
        "Mill Gate Open: {gate: string}\nMill Gate Shut: {gate: string}"
    );
    let listed = fenced(&template(
        "Mill Gate `status`",
        r#"{ "gate": "String", "at": "DateTime" }"#,
    )) + "\n`detail-type`\n\nFor this event, this value is one of the following:\n\n- `Mill Gate Opening`\n- `Mill Gate Open`\n";
    assert_eq!(
        one(&listed),
        "Mill Gate Open: {gate: string, at: instant()}\nMill Gate Opening: {gate: string, at: instant()}"
    );
    let block = template("Mill Gate Open", "{}").replace(
        "\"Mill Gate Open\"",
        "\"Mill Gate Open\" (or \"Mill Gate Shut\")",
    );
    assert_eq!(
        one(&fenced(&block)),
        "Mill Gate Open: {}\nMill Gate Shut: {}"
    );
    let nameless = page("mill.md", &fenced(&template("string", "{}")));
    assert!(
        nameless.evidence.is_empty()
            && nameless
                .diagnostics
                .iter()
                .any(|found| found.message.contains("stands for other names"))
    );
}

#[test]
fn keys_that_are_links_are_keys() {
    let titled = r##"{ . . ., "[detail-type](#m "#m")": "Mill Started", "[source](#s "#s")": "aws.mill", "[detail](#d "#d")": { "[grain](#g "#g")": "string", "[stones](#n "#n")": integer } }"##;
    assert_eq!(
        one(&fenced(titled)),
        "Mill Started: {grain: string, stones: integer}"
    );
    let addressed = r#"{ "grain": "rye", "[millSettings](https://docs.example.com/api/MillSettings.html)": "{...}" }"#;
    assert_eq!(
        described(addressed, ""),
        "Mill Started: {grain: string, millSettings: {}}"
    );
}

#[test]
fn a_source_stands_in_the_text_or_a_pattern_beside() {
    let block = "```\n{...common\n  \"detail-type\": \"Mill Started\",\n  \"detail\": { \"millId\": String, \"stones\": Integer, \"dry\": Boolean }\n}\n```\n";
    let known = "Mill Started: {millId: string, stones: integer, dry: boolean}";
    for told in [
        "- `source` - This is always `aws.mill`.\n\n",
        "- `source`: aws.mill\n\n",
        "```\n{ \"source\": [\"aws.mill\"] }\n```\n\n",
    ] {
        assert_eq!(
            one(&format!("# Mill events\n\n{told}{block}")),
            known,
            "{told}"
        );
    }
    let none = page("mill.md", &format!("# Mill events\n\n{block}"));
    assert!(none.evidence.is_empty());
    assert!(
        none.diagnostics
            .iter()
            .any(|found| found.message.contains("no `source`")),
        "{:?}",
        none.diagnostics
    );
    let two = format!("# Mill events\n\n- `source`: aws.mill\n- `source`: aws.loom\n\n{block}");
    assert!(
        page("mill.md", &two).evidence.is_empty(),
        "which of two is not to be guessed"
    );
}

#[test]
fn words_for_kinds_are_kinds() {
    let words = r#"{ "millId": "string", "size": "number", "safe": "boolean", "at": "timestamp", "stones": integer, "ok": boolean, "weight": number, "parts": ["string"], "more": "{...}" }"#;
    let known = "Mill Started: {millId: string, size: number, safe: boolean, at: instant(), stones: integer, ok: boolean, \
                 weight: number, parts: list of string, more: {}}";
    assert_eq!(one(&fenced(&template("Mill Started", words))), known);
    let values = r#"{ "millId": "m", "size": 40, "safe": true, "at": 1748794825350, "parts": [], "text": "s" }"#;
    let fighting = r#"{ "millId": integer|string, "size": "number", "safe": "boolean", "at": "timestamp", "parts": ["string"], "text": "number" }"#;
    let both =
        fenced(&template("Mill Started", fighting)) + &fenced(&event("Mill Started", values));
    assert_eq!(
        one(&both),
        "Mill Started: {millId: string, size: number, safe: boolean, at: instant(integer-millis), parts: list of string, \
         text: string}"
    );
    assert_eq!(
        described(r#"{ "mill": "m", "dry": TRUE | FALSE }"#, ""),
        "Mill Started: {mill: string, dry: boolean}"
    );
    assert_eq!(
        described(r#"{ "dry": "true|false", "state": "idle|grinding" }"#, ""),
        "Mill Started: {dry: boolean, state: [idle, grinding]}"
    );
}

#[test]
fn placeholders_are_no_values_and_no_source() {
    let marked =
        r#"{ "mill-id": "{{mill-id}}", "state": "*grinding*", "n": {{5}}, "`grain`": "`rye`" }"#;
    assert_eq!(
        described(marked, ""),
        "Mill Started: {mill-id: string, state: string, n: integer, grain: string}"
    );
    let source = fenced(&event("Mill Started", "{}").replace("aws.mill", "aws.{{service}}"));
    let read = page("mill.md", &source);
    assert!(
        read.evidence.is_empty()
            && read
                .diagnostics
                .iter()
                .any(|found| found.message.contains("no event source"))
    );
}

#[test]
fn definition_lists_say_what_values_there_are() {
    let detail = r#"{ "mill-id": "m", "grain": "RYE" }"#;
    let known = "Mill Started: {mill-id: string, grain: [RYE, OATS]}";
    for prose in [
        "`grain`\n\nThe grain.\n\nValid values: `RYE` | `OATS`\n\nRequired: Yes",
        "`grain`  \n*Valid values*: `RYE` \\| `OATS`  \nThe grain.",
        "`grain`  <a name=\"g\"></a>\n*Valid values*: `RYE` \\| `OATS`  \nThe grain.",
        "**grain**  \nThe grain\\.  \nType: String  \nValid values: RYE, OATS",
        "The valid values for `grain` are `RYE` and `OATS`.",
        "- `mill-id` - The mill.\n- `grain` - The grain. Possible values are `RYE` and `OATS`.",
        "- **grain** (String): The grain, RYE or OATS. Valid values: RYE, OATS.",
        "| Field | Type | Description |\n| --- | --- | --- |\n| `mill-id` | String | The mill. |\n| grain | String | The grain. Valid values: `RYE`, `OATS` |",
        "`grain`\nDas Korn. Gültige Werte: `RYE` und `OATS`.",
        "- `mill-id` – 製粉機。\n- `grain` – 穀物。有効な値: `RYE`、または `OATS`。",
        "The possible values for `grain` are:\n\n`RYE`\n\nIt is dark.\n\n`OATS`\n\nThey are light.",
    ] {
        assert_eq!(described(detail, prose), known, "{prose}");
    }
    let html = format!(
        "<html><body><h1>Mill events</h1><pre><code>{}</code></pre><dl><dt><span class=\"term\"><code>grain</code></span></dt><dd><p>The grain.</p><p><em>Valid values</em>: <code>RYE</code> | <code>OATS</code></p></dd></dl></body></html>",
        event("Mill Started", detail)
    );
    assert_eq!(events(&[("mill.html", &html)]).join("\n"), known);
}

#[test]
fn fields_that_only_prose_has_are_fields_with_their_kinds() {
    let detail = r#"{ "millId": "m", "grain": "RYE" }"#;
    for (prose, known) in [
        (
            "`grain`\n\nThe grain.\n\n`stones`\n\nHow many stones.",
            "stones: ?",
        ),
        (
            "`stones`  \nHow many. Value is one of `S6`, `S9`, or `S10`.",
            "stones: [S6, S9, S10]",
        ),
        (
            "**grain**  \nThe grain.\n\n**relatedMillId**  \nThe other mill.  \nType: String",
            "relatedMillId: string",
        ),
        (
            "| Field | Type |\n| --- | --- |\n| `millId` | String |\n| `grain` | String |\n| `stones` | Integer |",
            "stones: integer",
        ),
        (
            "- `millId` - The mill.\n- `grain` - The grain.\n- `stoppedAt` - When it stopped (epoch seconds).",
            "stoppedAt: instant(integer-seconds)",
        ),
        (
            "- `millId` - The mill.\n- `stones` (Array of strings) - The stones.",
            "stones: list of string",
        ),
    ] {
        assert_eq!(
            described(detail, prose),
            format!("Mill Started: {{millId: string, grain: string, {known}}}"),
            "{prose}"
        );
    }
}

#[test]
fn what_is_no_field_becomes_none() {
    let detail = r#"{ "millId": "m", "grain": "RYE" }"#;
    for prose in [
        "`detail-type`\n\nThe name.\n\n`source`\n\nThe source.",
        "- `CreateMill` - Makes a mill.\n- `DeleteMill` - Takes it away.",
        "**Note**  \nThe mill is old.",
        "| Region | Endpoint |\n| --- | --- |\n| us-east-1 | mill.example.com |",
        "Required: Yes",
        "See `aws mill start` and `aws mill stop`.",
        "- One: the mill.\n- Two: the grain.",
    ] {
        assert_eq!(
            described(detail, prose),
            "Mill Started: {millId: string, grain: string}",
            "{prose}"
        );
    }
}

#[test]
fn fields_of_inner_objects_are_found_by_heading_and_by_dots() {
    let detail = r#"{ "millId": "m", "stone": { "kind": "LAVA", "parts": [ { "size": 3 } ] } }"#;
    let known = "Mill Started: {millId: string, stone: {kind: [LAVA, BASALT], parts: list of {size: integer, worn: boolean}, weight: number}}";
    let dotted = "- `stone.kind` - The kind. Valid values: `LAVA`, `BASALT`\n- `stone.parts.worn` (Boolean) - Worn.\n- `stone.weight` (Number) - In kg.";
    let heading = "### `stone`\n\n| Field | Type | Notes |\n| --- | --- | --- |\n| `kind` | String | One of LAVA or BASALT. |\n| `weight` | Number | In kg. |\n\n\
                   The `detail.stone.parts` list holds:\n\n| Field | Type |\n| --- | --- |\n| `size` | Integer |\n| `worn` | Boolean |";
    for prose in [dotted, heading] {
        let found = described(detail, prose);
        assert_eq!(found, known, "{prose}");
    }
}

#[test]
fn plain_text_has_lists_of_every_kind() {
    let lists = [
        "The possible values for state are:\n\n  • idle\n\n  • grinding\n\n  • stopped\n\nWhen you start the mill, it grinds.",
        "The possible values for state are:\nidle\ngrinding\nstopped\nWhen you start the mill, it grinds.",
        "The possible values for state are:\n- \n                \nidle - \n                \ngrinding - \n                \nstopped \nWhen you start it.",
        "The possible values for state are:\n\n- idle\n- grinding\n- stopped\n\nWhen you start the mill, it grinds.",
        "state に指定できる値は、次のとおりです。\n\n- idle\n- grinding\n- stopped\n\n製粉機を動かします。",
        "Die möglichen Werte für state sind:\n\n- idle\n- grinding\n- stopped\n\nWenn Sie die Mühle starten, mahlt sie.",
        "Die möglichen Werte für `state` sind:\n\n- `idle`\n- `grinding`\n- `stopped`\n\nWenn Sie die Mühle starten, mahlt sie.",
    ];
    let known = "Mill Started: {mill-id: string, state: [idle, grinding, stopped]}";
    for prose in lists {
        assert_eq!(
            flattened(r#"{ "mill-id": "m", "state": "idle" }"#, prose),
            known,
            "{prose}"
        );
        let compound = prose.replace("state", "mill-state");
        let known = known.replace("state", "mill-state");
        assert_eq!(
            flattened(r#"{ "mill-id": "m", "mill-state": "idle" }"#, &compound),
            known,
            "{compound}"
        );
    }
    let torn = "Die möglichen Werte für mill-state\nsind:\nidle\ngrinding\nstopped\nWenn Sie die Mühle starten, mahlt sie.";
    let known = known.replace("state", "mill-state");
    assert_eq!(
        flattened(r#"{ "mill-id": "m", "mill-state": "idle" }"#, torn),
        known
    );
}

#[test]
fn comments_offer_values() {
    for comment in [
        "//(or \"LID.SHUT\" or \"LID.STUCK\")",
        "// LID.OPEN | LID.SHUT | LID.STUCK",
        "# one of: LID.OPEN, LID.SHUT, LID.STUCK",
        "// \"LID.OPEN\" | \"LID.SHUT\" | \"LID.STUCK\"",
    ] {
        let detail =
            format!("{{\n    \"eventType\": \"LID.OPEN\", {comment}\n    \"lidId\": \"l\"\n  }}");
        assert_eq!(
            described(&detail, ""),
            "Mill Started: {eventType: [LID.OPEN, LID.SHUT, LID.STUCK], lidId: string}",
            "{comment}"
        );
    }
    for comment in ["// the lid", "// see the guide, or ask", "# {\"a\": \"b\"}"] {
        let detail =
            format!("{{\n    \"eventType\": \"LID.OPEN\", {comment}\n    \"lidId\": \"l\"\n  }}");
        assert_eq!(
            described(&detail, ""),
            "Mill Started: {eventType: string, lidId: string}",
            "{comment}"
        );
    }
}

#[test]
fn patterns_list_values() {
    let pattern = "```\n{\n  \"source\": [\"aws.mill\"],\n  \"detail-type\": [\"Mill Started\"],\n  \"detail\": { \"level\": [\"Warn\", \"Error\"], \"name\": [\"north\"], \"grain\": [\"`grain`\"], \"parts\": { \"kind\": [\"STONE\"] }, \"owner\": [\"me\"] }\n}\n```\n";
    let detail = r#"{ "name": "m", "level": "Info", "grain": "rye", "owner": "o", "parts": [ { "kind": "S" } ] }"#;
    assert_eq!(
        described(detail, pattern),
        "Mill Started: {name: string, level: [Warn, Error], grain: string, owner: string, parts: list of {kind: [STONE]}}"
    );
}

#[test]
fn patterns_that_commands_are_given_list_values_too() {
    let detail = r#"{ "name": "m", "level": "Info" }"#;
    let pattern = r#"{"source": ["aws.mill"], "detail-type": ["Mill Started"], "detail": {"level": ["Warn", "Error"]}}"#;
    for command in [
        format!("aws events put-rule --name mill --event-pattern '{pattern}' --state ENABLED"),
        format!(
            "aws events put-rule \\\n    --event-pattern \"{}\"",
            pattern.replace('"', "\\\"")
        ),
        format!(
            "aws events put-rule --event-pattern='{}'",
            pattern.replace(", ", ",\n  ")
        ),
    ] {
        assert_eq!(
            described(detail, &format!("```bash\n{command}\n```\n")),
            "Mill Started: {name: string, level: [Warn, Error]}",
            "{command}"
        );
    }
}

#[test]
fn a_list_that_nothing_proves_is_told() {
    let text = format!(
        "{}\n- `place` - Where it stands (north, south or west).\n",
        fenced(&event("Mill Started", r#"{ "place": "p" }"#))
    );
    assert_eq!(one(&text), "Mill Started: {place: string}");
    let told = page("mill.md", &text).diagnostics;
    assert!(told.iter().any(|found| found.message == "north, south, west may be the values of `place`: nothing says so, and no sample shows one of them"), "{told:?}");
}

#[test]
fn conditions_and_requirements_are_read() {
    let detail = r#"{ "millId": "m", "state": "idle" }"#;
    let prose = "| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n| millId | String | Yes | The mill. |\n| state | String | Yes | The state: idle, grinding or broken. |\n| fault | String | No | What broke (present when state is broken). |";
    assert_eq!(
        described(detail, prose),
        "Mill Started: {millId: string, state: [idle, grinding, broken], fault: string when state is broken}"
    );
}

#[test]
fn tables_of_plain_text_are_read() {
    let detail = r#"{ "millId": "m", "state": "idle" }"#;
    let rows = [
        ["Field", "Type", "Description"],
        ["millId", "String", "The mill."],
        ["state", "String", "The state: idle, grinding or broken."],
        [
            "fault",
            "String",
            "What broke (present when state is broken).",
        ],
    ];
    let known = "Mill Started: {millId: string, state: [idle, grinding, broken], fault: string when state is broken}";
    let aligned = rows.map(|[a, b, c]| format!("  {a:8}  {b:8}  {c}"));
    for table in [
        rows.map(|row| row.join("\t")).join("\n"),
        rows.map(|row| row.join(" | ")).join("\n"),
        aligned.join("\n"),
    ] {
        let text = format!("It has these fields:\n\n{table}\n\nSee also the guide.");
        assert_eq!(flattened(detail, &text), known, "{text}");
    }
}

#[test]
fn a_condition_may_name_several_values_and_a_field_inside() {
    let detail =
        r#"{ "state": "idle", "gear": { "lidState": "open", "drive": { "kind": "belt" } } }"#;
    let prose = |text: &str| {
        format!(
            "The `gear` object:\n\n| Field | Type | Description |\n| --- | --- | --- |\n| lidState | String | The lid. |\n| hinge | String | {text} |"
        )
    };
    for (text, when) in [
        (
            "The hinge (present when lidState is ajar or broken).",
            "gear.lidState is ajar or broken",
        ),
        ("Present when `state` is `grinding`.", "state is grinding"),
        (
            "Only returned when the gear's lid state is `broken`.",
            "gear.lidState is broken",
        ),
        (
            "Present when kind is belt or chain.",
            "gear.drive.kind is belt or chain",
        ),
    ] {
        let read = described(detail, &prose(text));
        let hinge = format!("hinge: string when {when}}}");
        assert!(read.contains(&hinge), "{text}: {read}");
    }
}

#[test]
fn a_sentence_may_name_several_values_that_decide() {
    let detail = r#"{ "state": "idle", "faultReason": "x", "gear": { "wear": "low" } }"#;
    let when = "Mill Started: {state: string, faultReason: string when state is broken or jammed, gear: {wear: string}}";
    for text in [
        "If the value of `state` is `broken` or `jammed`, the event contains `faultReason`.",
        "Wenn `state` den Wert `broken` oder `jammed` hat, enthält das Ereignis `faultReason`.",
    ] {
        assert_eq!(described(detail, text), when, "{text}");
    }
    let other = described(
        detail,
        "The `state` may be `broken` or `jammed`, and `faultReason` tells why.",
    );
    assert!(!other.contains("when"), "{other}");
    assert_eq!(
        described(detail, "If `state` is `broken`, the event has `wear`."),
        "Mill Started: {state: string, faultReason: string, gear: {wear: string when state is broken}}"
    );
}

#[test]
fn a_page_spells_the_value_that_decides_as_events_do() {
    let detail = r#"{ "millState": "IDLE" }"#;
    let prose = "- `millState`: one of `IDLE` or `BROKEN`.\n- `fault`: what broke. It is only returned when the mill state is `broken`.";
    assert!(
        described(detail, prose).contains("fault: ? when millState is BROKEN"),
        "{}",
        described(detail, prose)
    );
}

#[test]
fn epoch_seconds_are_told_from_milliseconds() {
    let detail = r#"{ "mill-id": "m", "expireAt": 1767323045, "coolTime": 1767323045.5, "textTime": "1767323045", "createdAt": 1767323045123, "ttl": 1767323045 }"#;
    let known = "{mill-id: string, expireAt: instant(integer-seconds), coolTime: instant(float-seconds), textTime: instant(string-seconds), \
                 createdAt: instant(integer-millis), ttl: instant(integer-seconds)}";
    assert_eq!(
        described(
            detail,
            "The field `ttl` is the time in seconds since the epoch."
        ),
        format!("Mill Started: {known}")
    );
    let both = fenced(&event("Mill Started", r#"{ "expireAt": 1767323045 }"#))
        + &fenced(&event(
            "Mill Started",
            r#"{ "expireAt": "2026-01-02T03:04:05Z" }"#,
        ));
    assert_eq!(
        one(&both),
        "Mill Started: {expireAt: instant(integer-seconds|rfc3339)}"
    );
    let folder = tempfile::tempdir().unwrap();
    learn_into(
        folder.path(),
        deliveries(&event("Mill Started", &detail.replace("ttl", "count")).replace('\n', " ")),
    );
    assert_eq!(
        events_in(folder.path())[0],
        format!("Mill Started: {known}").replace("ttl: instant(integer-seconds)", "count: integer")
    );
}

#[test]
fn what_arrived_is_believed_before_words() {
    let words = fenced(&template(
        "Mill Started",
        r#"{ "millArn": "string", "startDate": integer, "stones": integer, "stopDate": "string" }"#,
    ));
    let arrived = event(
        "Mill Started",
        r#"{ "millArn": "arn", "startDate": 1748794825350, "stones": 1, "stopDate": 1748794825350 }"#,
    );
    let known = "Mill Started: {millArn: string, startDate: instant(integer-millis), stones: integer, stopDate: instant(integer-millis)}";
    for turned in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let mut evidence = vec![
            Evidence::Page(page("mill.md", &words)),
            deliveries(&arrived),
        ];
        if turned {
            evidence.reverse();
        }
        for piece in evidence {
            learn_into(folder.path(), piece);
        }
        assert_eq!(events_in(folder.path()), [known]);
    }
}

#[test]
fn an_event_on_one_line_may_leave_something_out() {
    let block = r#"{ . . ., "detail-type": "Mill Started", "source": "aws.mill", . . ., "detail": { "mill-id": "string" } }"#;
    let text = format!("Mill events\n\nHeading\nThe event:\n{block}\nThat is all.\n");
    assert_eq!(
        events(&[("mill.txt", &text)]),
        ["Mill Started: {mill-id: string}"]
    );
}

#[test]
fn partners_have_sources_with_slashes() {
    let block = event(
        "Grain Bought",
        r#"{ "version": 1, "grain": { "state": "bought" } }"#,
    )
    .replace("aws.mill", "aws.partner/mill.example.com/0106-187a/bought");
    let folder = tempfile::tempdir().unwrap();
    let first = learn_pages(folder.path(), &[("mill.md", &fenced(&block))]);
    let names: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".json"))
        .collect();
    assert_eq!(names, ["aws.partner+mill.example.com+0106-187a+bought"]);
    assert_eq!(
        first[0].events[0].source,
        "aws.partner/mill.example.com/0106-187a/bought"
    );
    let again = learn_pages(folder.path(), &[("mill.md", &fenced(&block))]);
    assert!(again[0].changes.is_empty(), "{:?}", again[0].changes);
}

#[test]
fn names_that_begin_with_a_digit_get_a_letter() {
    let block = event("3D Milling Done", r#"{ "mill-id": "m" }"#);
    let folder = tempfile::tempdir().unwrap();
    learn_pages(folder.path(), &[("mill.md", &fenced(&block))]);
    assert!(folder.path().join("aws.mill/X3dMillingDone.json").is_file());
}

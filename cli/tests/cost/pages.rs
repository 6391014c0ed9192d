//! Pages, and JSON on them that is none.

use super::Files;

fn page(name: &str, text: String) -> Files {
    vec![(name.to_owned(), text)]
}

fn markdown(text: String) -> Files {
    page("kilns.md", text)
}

/// A fence with an event that has this detail.
fn event(detail_type: &str, detail: &str) -> String {
    format!(
        "```json\n{{\"source\": \"my.kiln\", \"detail-type\": \"{detail_type}\", \"detail\": {{{detail}}}}}\n```\n\n"
    )
}

fn repeated(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

fn listed(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect::<Vec<_>>().join(", ")
}

fn kiln(detail: &str) -> String {
    event("Kiln Fired", detail)
}

pub(crate) fn sentences(count: usize) -> Files {
    let fields = listed(count, |at| format!("\"cone{at}Status\": \"cold\""));
    let said = |at| format!("The `cone{at}Status` can be `hot{at}`, `warm{at}` or `cold`.\n\n");
    markdown(kiln(&fields) + &repeated(count, said))
}

pub(crate) fn paragraphs(count: usize) -> Files {
    let said = |_| "the `lidStatus` of a kiln, or its `potStatus`, with `glaze`.\n\n".to_owned();
    let (one, other) = (
        kiln("\"lidStatus\": \"shut\""),
        event("Kiln Cooled", "\"potStatus\": \"dry\""),
    );
    markdown(one + &repeated(count, said) + &other)
}

pub(crate) fn notes(count: usize) -> Files {
    let item = |at| format!("- `hot{at}`\n\n  note\n\n");
    markdown(
        kiln("\"lidStatus\": \"hot1\"") + "The `lidStatus` is one of:\n\n" + &repeated(count, item),
    )
}

pub(crate) fn one_sentence(count: usize) -> Files {
    let words = listed(count, |at| format!("`lidStatus` and `lidDegree{at}`"));
    markdown(kiln("\"lidStatus\": \"shut\", \"lidDegree\": 1") + &words + "\n")
}

pub(crate) fn one_key(count: usize) -> Files {
    let places = listed(count, |at| {
        format!("\"kiln{at}\": {{\"status\": \"cold\"}}")
    });
    let said = |_| "The `status` is `hot`, `warm` or `cold`.\n\n".to_owned();
    markdown(kiln(&places) + &repeated(count, said))
}

pub(crate) fn parts(count: usize) -> Files {
    let inner = listed(count, |at| format!("\"part{at}\": \"cold{at}\""));
    let said = |at| format!("The `kiln` is `hot{at}`, `warm{at}` or `dry{at}`.\n\n");
    markdown(kiln(&format!("\"kiln\": {{{inner}}}")) + &repeated(count, said))
}

pub(crate) fn values(count: usize) -> Files {
    let values = listed(count, |at| format!("`hot{at}`"));
    markdown(kiln("\"status\": \"hot1\"") + "The `status` is one of " + &values + ".\n")
}

pub(crate) fn events(count: usize) -> Files {
    let shown = |at| {
        let name = format!("Kiln {at} State Change");
        format!(
            "## {name}\n\n{}The `status` is `hot` or `cold`.\n\n",
            event(&name, "\"status\": \"cold\", \"name\": \"a\"")
        )
    };
    markdown(repeated(count, shown))
}

pub(crate) fn sources(count: usize) -> Files {
    let shown = |at| event("Kiln Fired", "\"a\": 1").replace("my.kiln", &format!("my.kiln{at}"));
    markdown(repeated(count, shown))
}

pub(crate) fn big_event(count: usize) -> Files {
    markdown(kiln(&listed(count, |at| {
        format!("\"kiln{at}\": {{\"pot{at}\": [{{\"lid{at}\": {at}}}]}}")
    })))
}

pub(crate) fn long_path(count: usize) -> Files {
    let inner = listed(count / 10, |at| format!("\"k{at}\": 1"));
    markdown(kiln(&format!("\"{}\": {{{inner}}}", "k".repeat(count))))
}

pub(crate) fn headings(count: usize) -> Files {
    markdown(repeated(count, |at| format!("# Kiln {at}\n\n## Lid\n\n")) + &kiln("\"a\": 1"))
}

pub(crate) fn links(count: usize) -> Files {
    markdown(kiln("\"a\": 1") + &repeated(count, |at| format!("[kiln]({at} ![lid](x [a]: y\n")))
}

pub(crate) fn emphasis(count: usize) -> Files {
    markdown(kiln("\"a\": 1") + &repeated(count, |_| "*a _b **c `d ".to_owned()))
}

pub(crate) fn quotes(count: usize) -> Files {
    let deep = repeated(count, |at| format!("{}- kiln\n", "  ".repeat(at % 64)));
    markdown(kiln("\"a\": 1") + &deep + &(">".repeat(100) + " kiln\n").repeat(count))
}

pub(crate) fn table(count: usize) -> Files {
    let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(count));
    markdown(kiln("\"a\": 1") + &row("`kiln`") + &row("---") + &"|x\n".repeat(count))
}

pub(crate) fn fences(count: usize) -> Files {
    markdown(kiln("\"a\": 1") + &"```\n".repeat(count))
}

pub(crate) fn open_fences(count: usize) -> Files {
    markdown(
        kiln("\"a\": 1") + &"> ```\n> kiln\n\nkiln\n".repeat(count) + &"\n".repeat(100 * count),
    )
}

fn described(at: usize) -> String {
    format!("`cone{at}`\n\nThe cone. Type: String\n\nValid values: `hot{at}` | `cold`\n\n")
}

fn cones(count: usize) -> String {
    listed(count, |at| format!("\"cone{at}\": \"cold\""))
}

pub(crate) fn terms(count: usize) -> Files {
    markdown(kiln(&cones(count)) + &repeated(count, described))
}

pub(crate) fn terms_and_events(count: usize) -> Files {
    let section = |at| {
        let name = format!("Kiln {at} Change");
        format!(
            "## Fields\n\n{}## Event\n\n{}",
            described(at),
            event(&name, &format!("\"cone{at}\": \"cold\""))
        )
    };
    markdown(repeated(count, section))
}

pub(crate) fn inner_terms(count: usize) -> Files {
    let inner = listed(count, |at| format!("\"pot{at}\": {{\"lid\": \"cold\"}}"));
    let item = |at| {
        format!(
            "- `pot{at}.lid` (String) - One of `hot`, `cold`.\n- `pot{at}.new` (Integer) - New.\n"
        )
    };
    markdown(kiln(&inner) + &repeated(count, item))
}

pub(crate) fn one_term(count: usize) -> Files {
    let said = |at| {
        format!("Valid values: `hot{at}`. Type: String. Required: Yes, or (`a`, `b`): c, d.\n\n")
    };
    markdown(kiln("\"cone\": \"cold\"") + "`cone`\n\n" + &repeated(count, said))
}

pub(crate) fn long_description(count: usize) -> Files {
    let words = listed(count, |at| {
        format!("one of hot{at} or: (cold, epoch `dry{at}` when `cone` is")
    });
    markdown(kiln("\"cone\": \"cold\"") + "`cone`\n\n" + &words + "\n")
}

pub(crate) fn field_tables(count: usize) -> Files {
    let head = "| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n";
    let row = |at| {
        format!(
            "| `cone{at}` | String | Yes | Cold or hot{at}. Valid values: `cold`, `hot{at}` |\n"
        )
    };
    let table = |at| format!("{head}{}\n", row(at));
    markdown(kiln(&cones(count)) + head + &repeated(count, row) + "\n" + &repeated(count, table))
}

pub(crate) fn names(count: usize) -> Files {
    let pattern = "```\n{\"source\": [\"my.kiln\"], \"detail-type\": [\"Kiln 0 Lit\"]}\n```\n\n";
    markdown(
        pattern.to_owned()
            + "The events are:\n\n"
            + &repeated(count, |at| format!("- Kiln {at} Lit\n")),
    )
}

pub(crate) fn patterns(count: usize) -> Files {
    let pattern = |at| {
        format!(
            "```\n{{\"source\": [\"my.kiln\"], \"detail-type\": [\"Kiln Fired\"], \"detail\": {{\"cone{at}\": [\"hot\", \"dry\"]}}}}\n```\n\n"
        )
    };
    markdown(kiln(&cones(count)) + &repeated(count, pattern))
}

pub(crate) fn text_tables(count: usize) -> Files {
    let kiln = event("Kiln Fired", &cones(count)).replace("```", "");
    let row = |at| format!("cone{at}\tString\tCold or hot{at}.\n");
    let bars = |at| format!("cone{at} | String | Cold.\n");
    let text = kiln
        + "Field\tType\tDescription\n"
        + &repeated(count, row)
        + "\n\n"
        + &repeated(count, bars)
        + &"---|---\n".repeat(count);
    page("kiln.txt", text)
}

pub(crate) fn quoted_patterns(count: usize) -> Files {
    let command = |at| {
        format!(
            "put --pattern '{{\"source\": [\"my.kiln\"], \"detail-type\": [\"Kiln Fired\"], \"detail\": {{\"cone{at}\": [\"hot\"]}}}}' \"{{\\\"a{at}\\\":1}}\"\n"
        )
    };
    markdown(kiln(&cones(count)) + "```\n" + &repeated(count, command) + "```\n")
}

pub(crate) fn conditions(count: usize) -> Files {
    let states = listed(count, |at| format!("\"cone{at}State\": \"cold\""));
    let row = |at| {
        format!(
            "| cone{at}State | String | Only returned when the kiln's cone{at} lid state is `hot` or `dry`. |\n| cone{at}Age | String | Present when cone{at}State is hot or dry. |\n"
        )
    };
    let head = "| Field | Type | Description |\n| --- | --- | --- |\n";
    let sentence =
        |at| format!("If `cone{at}State` is `hot` or `dry`, the event has `cone{at}State`.\n\n");
    markdown(kiln(&states) + head + &repeated(count, row) + "\n" + &repeated(count, sentence))
}

pub(crate) fn without_source(count: usize) -> Files {
    let section = |at| {
        format!(
            "## Kiln {at}\n\n- `source` - Always `my.kiln`.\n\n```\n{{\"detail-type\": \"Kiln {at} Lit\", \"detail\": {{\"a\": 1}}}}\n```\n\n"
        )
    };
    markdown(repeated(count, section))
}

pub(crate) fn several(count: usize) -> Files {
    markdown(kiln(&listed(count, |at| {
        format!("\"cone{at}\": \"hot|cold|dry{at}\", \"pot{at}\": \"string\"")
    })))
}

pub(crate) fn marks(count: usize) -> Files {
    markdown(kiln(&listed(count.min(9_000), |at| {
        format!("\"`cone{at}`\": \"{{{{cold}}}}\", \"pot{at}\": [\"*dry*\"]")
    })))
}

pub(crate) fn linked_keys(count: usize) -> Files {
    markdown(kiln(&listed(count.min(9_000), |at| {
        format!("\"[cone{at}](#c \"#c\")\": \"[cold](\", \"[x{at}\": 1")
    })))
}

pub(crate) fn bare_lists(count: usize) -> Files {
    let event =
        r#"{ "source": "my.kiln", "detail-type": "Kiln Fired", "detail": { "lid": "hot" } }"#;
    let list = |at| format!("The values of `lid` are:\nhot\ncold{at}\n- dry -\n\n");
    page(
        "kilns.txt",
        format!(
            "Kilns\n{event}\n{}{}",
            repeated(count, list),
            "hot\n".repeat(count)
        ),
    )
}

pub(crate) fn text(count: usize) -> Files {
    let said =
        |at| format!("The status of a kiln can be\nhot{at}\n, warm{at}, or the\nlidStatus\n.\n");
    let event = r#"{ "source": "my.kiln", "detail-type": "Kiln Fired", "detail": { "lidStatus": "hot1" } }"#;
    page(
        "kilns.txt",
        format!("Kilns\n{event}\n{}", repeated(count, said)),
    )
}

fn html(text: String) -> Files {
    let event =
        r#"<pre>{"source": "my.kiln", "detail-type": "Kiln Fired", "detail": {"a": 1}}</pre>"#;
    page("kilns.html", format!("<html><body>{event}{text}"))
}

pub(crate) fn html_open(count: usize) -> Files {
    html("<div><p><code>kiln".repeat(count))
}

pub(crate) fn html_tag(count: usize) -> Files {
    html("<a href=x ".repeat(count))
}

pub(crate) fn html_entities(count: usize) -> Files {
    html("<p>&amp;&notit;&#x41;&nothing".repeat(count))
}

pub(crate) fn no_commas(count: usize) -> Files {
    markdown(kiln(&repeated(count.min(9_000), |at| {
        format!("\"k{at}\": {at} ")
    })))
}

pub(crate) fn same_keys(count: usize) -> Files {
    markdown(kiln(&listed(count.min(9_000), |_| {
        "\"kiln\": 1".to_owned()
    })))
}

pub(crate) fn comments(count: usize) -> Files {
    markdown(kiln(&repeated(count.min(9_000), |at| {
        format!("\"k{at}\": 1, # \"hot\" or \"cold\"\n /* lid */\n")
    })))
}

pub(crate) fn alternatives(count: usize) -> Files {
    markdown(kiln(&listed(count.min(9_000), |at| {
        format!("\"k{at}\": \"hot\" (or \"cold\" or \"dry\")")
    })))
}

pub(crate) fn open_brackets(count: usize) -> Files {
    page(
        "kilns.txt",
        format!("Kilns\n{}", "{\"a\":\n[\n".repeat(count)),
    )
}

pub(crate) fn wrong_brackets(count: usize) -> Files {
    page(
        "kilns.md",
        format!("# Kilns\n\n```\n{}```\n", "{\"a\": [1}\n".repeat(count)),
    )
}

pub(crate) fn wrong_brackets_in_line(count: usize) -> Files {
    page(
        "kilns.md",
        format!("# Kilns\n\n```\n{}\n```\n", "{\"a\": [1}".repeat(count)),
    )
}

pub(crate) fn long_string(count: usize) -> Files {
    markdown(kiln(&format!(
        "\"kiln\": \"{}\"",
        "\\u0041x".repeat(count / 7)
    )))
}

pub(crate) fn long_number(count: usize) -> Files {
    markdown(kiln(&format!("\"kiln\": {}", "7".repeat(count))))
}

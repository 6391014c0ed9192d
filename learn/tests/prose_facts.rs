//! What prose adds to samples, and what it must not: made-up pages, in Markdown and flattened.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use eventbridge_catalog::json::write;
use eventbridge_learn::evidence::page::{PageEvidence, ValueLists};
use eventbridge_learn::join::join;
use eventbridge_learn::reading::{PageReport, read};
use eventbridge_learn::schema::{known_keys, schema};

/// A sample event of the made-up kiln, on one line.
fn event(detail_type: &str, detail: &str) -> String {
    format!(
        "{{ \"source\": \"my.kiln\", \"detail-type\": \"{detail_type}\", \"detail\": {detail} }}"
    )
}

fn reading(page: &str) -> PageReport {
    read("page", page).unwrap()
}

fn evidence(page: &str) -> PageEvidence {
    reading(page).evidence["my.kiln"].clone()
}

/// Detail-type and values of each list.
fn lists(page: &str) -> Vec<(String, Vec<String>)> {
    let lists = evidence(page).values.into_iter();
    lists
        .map(|list| {
            let values = list.values.into_iter().map(|(value, _)| value);
            (list.detail_type, values.collect())
        })
        .collect()
}

fn fields(page: &str) -> Vec<String> {
    let fields = evidence(page).fields.into_iter();
    fields.map(|field| field.field).collect()
}

/// The values that the schemas of a page know for `state`, with the warnings about its lists.
fn known(page: &str) -> (Vec<String>, usize) {
    let (events, doubts) = join(&[evidence(page)].into_iter().collect(), &ValueLists::new());
    let values = events.values().flat_map(|event| event.values.get("state"));
    let known = values.flat_map(|values| values.ordered());
    let known = known.map(|(value, _)| value.to_owned()).collect();
    (known, doubts.len())
}

#[test]
fn a_list_behind_a_sample_belongs_to_it_where_a_title_follows() {
    let page = format!(
        "Firing\nIt fires.\n{}\nThe values forstate\nare:\n-\nHot\n-\nCold\nCooling\nIt cools.\n{}\n",
        event("Firing", r#"{ "state": "Hot" }"#),
        event("Cooling", r#"{ "state": "Cold" }"#),
    );
    assert_eq!(
        lists(&page),
        [(
            "Firing".to_owned(),
            vec!["Hot".to_owned(), "Cold".to_owned()]
        )]
    );
}

#[test]
fn a_note_between_items_begins_no_list() {
    let page = format!(
        "# Kiln\n\nThe `state` is:\n\n`Hot`  \nIt burns.\n\n`Cold`  \nThe `state` before was hot.\n\n\
         `Warm`  \nSoon.\n\n`Lost`  \nGone.\n\n```\n{}\n```\n",
        event("Firing", r#"{ "state": "Hot" }"#),
    );
    let values: Vec<_> = lists(&page).into_iter().map(|(_, values)| values).collect();
    assert_eq!(values, [["Hot", "Cold", "Warm", "Lost"]]);
}

#[test]
fn a_list_ends_where_another_begins() {
    let sample = event("Firing", r#"{ "state": "Hot", "mode": "Fast" }"#);
    let hot = (
        String::from("Firing"),
        vec!["Hot".to_owned(), "Cold".to_owned()],
    );
    for behind in [
        "The `mode` is:\n\n- Fast\n- Slow\n",
        "`mode` has these.\n\n- Fast\n- Slow\n",
        "It sends:\n\n- One\n- Two\n",
        "More on it.\n\n- One thing\n- Another one\n",
    ] {
        let page =
            format!("# Kiln\n\n`state` is:\n\n- Hot\n- Cold\n\n{behind}\n```\n{sample}\n```\n");
        assert_eq!(lists(&page)[0], hot, "{behind}");
    }
    let page = format!(
        "Look at thestate\nis:\n-\nHot\n-\nCold\nFurther reading\nRead it.\n-\nThis\n-\nThat\n{sample}\n"
    );
    assert_eq!(lists(&page), [hot]);
}

#[test]
fn values_of_several_words_make_no_list_of_their_last_ones() {
    let sample = event("Firing", r#"{ "state": "Hot" }"#);
    let page = |values: &str| format!("# Kiln\n\n`state` is {values}.\n\n```\n{sample}\n```\n");
    assert_eq!(lists(&page("`Hot`, `Cold`, or `Warm`")).len(), 1);
    assert_eq!(lists(&page("`Hot` or `Cold` or `Warm`")).len(), 1);
    assert_eq!(lists(&page("`Hot`, VERY `Cold`, or `Warm`")).len(), 0);
}

#[test]
fn operations_are_no_fields() {
    let page = format!(
        "# Kiln\n\nThe `kilnName` is kept. Call `describeKiln` or `startNewKiln`. It has `stopReason` \
         and `createTime`.\n\n```\n{}\n```\n",
        event("Firing", r#"{ "kilnName": "a", "state": "Hot" }"#),
    );
    assert_eq!(fields(&page), ["stopReason", "createTime"]);
}

#[test]
fn a_list_that_lacks_what_samples_show_is_doubted() {
    let page = |values: &str| {
        let samples = ["Hot", "Cold"].map(|state| {
            let detail = format!("{{ \"state\": \"{state}\" }}");
            format!("```\n{}\n```\n", event("Firing", &detail))
        });
        format!(
            "# Kiln\n\nThe `state` is one of:\n\n{values}\n{}",
            samples.join("\n")
        )
    };
    let (values, doubts) = known(&page("- Hot\n- Cold\n- Warm\n"));
    assert_eq!((values.len(), doubts), (3, 0));
    let (values, doubts) = known(&page("- Hot\n- Kalt\n- Lau\n"));
    assert_eq!((values.len(), doubts), (0, 1));
}

#[test]
fn events_of_an_array_are_blocks_of_their_own() {
    let (one, two) = (event("One", "{ \"a\": 1, }"), event("Two", "{ \"b\": 2 }"));
    let reading = reading(&format!("# Kiln\n\n```\n[\n{one},\n{two}\n]\n```\n"));
    let blocks: Vec<_> = reading
        .blocks
        .iter()
        .map(|block| (block.line, block.strict, block.detail_types.join("")))
        .collect();
    assert_eq!(
        blocks,
        [(5, false, "One".to_owned()), (6, true, "Two".to_owned())]
    );
}

#[test]
fn the_layout_of_a_sample_does_not_order_its_keys() {
    let detail = "{ \"list\": [\n{ \"a\": 1, \"b\": 2 },\n{ \"c\": 3, \"a\": 4 }\n] }";
    let schema_of = |detail: &str| {
        let page = format!("# Kiln\n\n```\n{}\n```\n", event("Firing", detail));
        let (events, _) = join(&[evidence(&page)].into_iter().collect(), &ValueLists::new());
        let keys = known_keys(events.values());
        let text = write(&schema(
            "my.kiln",
            "Firing",
            "Firing",
            &events["Firing"],
            &keys,
        ));
        text.lines()
            .filter(|line| !line.contains("page:"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(schema_of(detail), schema_of(&detail.replace('\n', " ")));
}

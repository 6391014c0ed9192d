//! A router: many rules, each event asked of all of them at once, nothing allocated once warm:
//! `cargo run --example many_rules`.

use eventbridge_patterns::{Pattern, RuleSet, Scratch};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut rules = RuleSet::new();
    for kiln in 0..10_000 {
        let pattern =
            format!(r#"{{"detail-type": ["Kiln Fired"], "detail": {{"kiln": ["k{kiln}"]}}}}"#);
        rules.insert(format!("kiln {kiln}"), Pattern::parse(&pattern)?);
    }
    rules.insert(
        "hot".to_owned(),
        Pattern::parse(r#"{"detail": {"heat": [{"numeric": [">", 1300]}]}}"#)?,
    );

    // Kept from event to event.
    let mut scratch = Scratch::default();
    for event in [
        r#"{"detail-type": "Kiln Fired", "detail": {"kiln": "k42", "heat": 1310}}"#,
        r#"{"detail-type": "Kiln Fired", "detail": {"kiln": "k43", "heat": 900}}"#,
    ] {
        let mut matched: Vec<&String> = rules.matching(event.as_bytes(), &mut scratch)?.collect();
        matched.sort();
        println!("{matched:?}");
    }
    Ok(())
}

//! Why a pattern does not match, and what is wrong with one that is none: `cargo run --example why`.

use eventbridge_patterns::Pattern;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pattern = Pattern::parse(r#"{"source": ["my.kiln"], "detail": {"state": ["FAILED"]}}"#)?;
    let event = br#"{"source": "my.kiln", "detail": {"state": "FIRED"}}"#;
    for unmet in pattern.explain(event)?.unmet() {
        println!(
            "{}: needs {}, the event has {:?}",
            unmet.field, unmet.needed, unmet.found
        );
    }
    if let Err(error) = Pattern::parse(r#"{"detail": {"state": "FAILED"}}"#) {
        println!("{error}");
    }
    Ok(())
}

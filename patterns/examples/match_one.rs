//! One pattern and one event: `cargo run --example match_one`.

use eventbridge_patterns::Pattern;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pattern = Pattern::parse(
        r#"{
            "source": ["my.kiln"],
            "detail": {
                "state": ["FAILED", {"prefix": "STOP"}],
                "cone": [{"numeric": [">=", 6, "<=", 10]}]
            }
        }"#,
    )?;
    for event in [
        r#"{"source": "my.kiln", "detail": {"state": "STOPPED", "cone": 6}}"#,
        r#"{"source": "my.kiln", "detail": {"state": "FIRED", "cone": 6}}"#,
    ] {
        println!("{} {event}", pattern.matches(event.as_bytes())?);
    }
    Ok(())
}

//! Events come in on stdin, a sentence for each goes out.

use own_events::{Event, told};

fn main() -> Result<(), serde_json::Error> {
    let events = serde_json::Deserializer::from_reader(std::io::stdin().lock());
    for event in events.into_iter::<Event>() {
        println!("{}", told(&event?));
    }
    Ok(())
}

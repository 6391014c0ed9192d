//! Reads all fields of an event, each as what it is.
use kilns::kiln::KilnMood;
use kilns::{Detail, Event, EventOf, KilnStateChange, LazyEvent, Text, Timestamp};

fn read(detail: &KilnStateChange) -> Option<&str> {
    let name: &Text = &detail.kiln_name;
    let weight: &Text = &detail.weight;
    let note: &str = &detail.note;
    let phase: &str = detail.kiln_status.as_str();
    let mood: &KilnMood = &detail.mood;
    let fired: Timestamp = detail.fired_time;
    let fuel = detail.burner.as_ref().map(|burner| burner.fuel.as_str());
    let colour: &str = &detail.colour;
    println!("{name} {weight} {note} {phase} {} {fired:?} {fuel:?} {colour}", mood.as_str());
    if *mood == "Calm" || detail.kiln_status == "Lit" {
        println!("{:?}", detail.extra.get("Cracks"));
    }
    detail.glaze.as_ref().map(|glaze| glaze.as_str())
}

fn main() -> Result<(), kilns::ParseError> {
    let event: Event = "{}".parse()?;
    if let Some(detail) = event.detail.as_kiln_state_change() {
        println!("{:?} {:?}", read(detail), event.detail.get("Cracks").and_then(|cracks| cracks.as_i64()));
    }
    if let Detail::KilnBroken(broken) = &event.detail {
        println!("{}", broken.kiln_name);
    }
    let typed: EventOf<KilnStateChange> = "{}".parse()?;
    println!("{:?} {:?} {:?}", typed.detail.glaze, event.status(), event.name());
    let lazy = LazyEvent::from_slice(b"{}")?;
    println!("{:?}", lazy.detail_type());
    Ok(())
}

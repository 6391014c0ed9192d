//! Makes events, as tests do.
use kilns::kiln::{Burner, KilnMood, KilnStateChange};
use kilns::{Event, KilnBroken};

fn main() {
    let mut detail = KilnStateChange::new()
        .with_kiln_name("oak")
        .with_weight("3 kg")
        .with_note("dry")
        .with_colour("red")
        .with_kiln_status("Lit")
        .with_mood(KilnMood::Calm)
        .with_fired_time(kilns::Timestamp::from_unix_millis(0))
        .with_burner(Burner::new().with_fuel("wood"))
        .with_glaze("salt");
    detail.weight = "4 kg".into();
    let event = Event::from(detail);
    println!("{event:?} {:?}", Event::from(KilnBroken::new().with_kiln_name("oak")));
}

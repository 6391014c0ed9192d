//! Matches all that there is.
use kilns::kiln::KilnMood;
use kilns::{Detail, Event};

fn main() -> Result<(), kilns::ParseError> {
    let event: Event = "{}".parse()?;
    let said = match event.detail {
        Detail::KilnStateChange(detail) => match detail.mood {
            KilnMood::Calm => "calm".to_owned(),
            KilnMood::Wild => "wild".to_owned(),
            KilnMood::Unknown(mood) => mood.to_string(),
            _ => "later".to_owned(),
        },
        Detail::KilnBroken(_) => "broken".to_owned(),
        Detail::Unknown(unknown) => format!("{unknown:?}"),
        _ => "later".to_owned(),
    };
    println!("{said}");
    Ok(())
}

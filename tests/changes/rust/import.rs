//! Names all that there is.
use kilns::kiln::{Burner, KilnMood, KilnStateChange};
use kilns::kiln_broken::KilnBroken;
use kilns::{Detail, Event, EventOf};

type All = (Burner, KilnBroken, KilnMood, KilnStateChange, Detail, Event, EventOf<KilnBroken>);

fn main() {
    println!("{} {}", KilnStateChange::DETAIL_TYPE, std::mem::size_of::<All>());
}

//! Objects of very many members come in; they are read, compared and written in time that grows with their
//! number, not with its square.
#![allow(clippy::unwrap_used, clippy::panic)]

use eventbridge_runtime::{
    Event, Extra, Pairs, Text,
    json::{Json, Map},
    object,
};
use std::time::{Duration, Instant};

object! {
    /// A door.
    struct Door {
        /// What it is called.
        name: Text = "name",
    }
}

/// So many that the square of it takes minutes.
const MANY: usize = 50_000;

/// Generous, as tests run unoptimised and beside others.
const SOON: Duration = Duration::from_secs(10);

fn soon<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    assert!(start.elapsed() < SOON, "{what} took {:?}", start.elapsed());
    done
}

fn key(index: usize) -> String {
    format!("the member of number {index}")
}

/// Members in order, or the other way round.
fn members(is_turned: bool) -> impl Iterator<Item = (String, String)> {
    let place = move |index| if is_turned { MANY - 1 - index } else { index };
    (0..MANY).map(move |index| (key(place(index)), place(index).to_string()))
}

fn document(is_turned: bool) -> String {
    let members: Vec<String> = members(is_turned)
        .map(|(key, value)| format!("\"{key}\":{value}"))
        .collect();
    format!("{{{}}}", members.join(","))
}

/// Equal in any order, and not when one value differs.
fn compared<T: PartialEq + Clone>(what: &str, one: &T, turned: &T, different: &T) {
    for (other, is_same) in [(turned, true), (&one.clone(), true), (different, false)] {
        soon(what, || assert!((one == other) == is_same, "{what}"));
        soon(what, || assert!((other == one) == is_same, "{what}"));
    }
}

/// The document of another last member.
fn changed(document: &str) -> String {
    let (rest, _) = document.rsplit_once(':').unwrap();
    format!("{rest}:-1}}")
}

#[test]
fn json_is_compared() {
    let [one, turned] = [false, true].map(document);
    let json = |text: &str| text.parse::<Json>().unwrap();
    compared("Json", &json(&one), &json(&turned), &json(&changed(&one)));
}

#[test]
fn events_are_read_compared_and_written() {
    let of_source = |members: String| members.replacen('{', r#"{"source":"my.kiln","#, 1);
    let [one, turned] = [false, true].map(|turned| of_source(document(turned)));
    let read = |text: &str| soon("reading", || text.parse::<Event<Json>>().unwrap());
    let event = read(&one);
    compared("Event", &event, &read(&turned), &read(&changed(&one)));
    soon("writing", || assert_eq!(event.to_json(), one));
    let by_serde = soon("serde", || serde_json::to_string(&event).unwrap());
    assert_eq!(by_serde, one);
    let again = soon("serde", || serde_json::from_str(&one).unwrap());
    assert!(event == again);
    let differences = soon("differences", || event.differences());
    assert!(differences.len() > MANY);
}

#[test]
fn objects_are_compared() {
    let [one, turned] = [false, true].map(document);
    let read = |text: &str| soon("reading", || serde_json::from_str::<Door>(text).unwrap());
    compared("object", &read(&one), &read(&turned), &read(&changed(&one)));
}

#[test]
fn maps_and_pairs_are_made_and_compared() {
    let map = |is_turned| soon("Map", || members(is_turned).collect::<Map<Text>>());
    let mut different = map(true);
    different.insert(key(0), "-1");
    compared("Map", &map(false), &map(true), &different);
    let pairs = |is_turned| soon("Pairs", || members(is_turned).collect::<Pairs>());
    compared("Pairs", &pairs(false), &pairs(true), &Pairs::default());
    let extra = |is_turned| soon("Extra", || members(is_turned).collect::<Extra>());
    let mut different = extra(true);
    different.insert(key(0), -1);
    compared("Extra", &extra(false), &extra(true), &different);
}

#[test]
fn keys_that_stand_twice_are_found() {
    let twice = || members(false).chain(members(true).map(|(key, _)| (key, "again".to_owned())));
    let map: Map<Text> = soon("Map", || twice().collect());
    assert!(map.len() == MANY && map.values().all(|value| value == "again"));
    assert_eq!(map.keys().next(), Some(&*key(0)));
    let extra: Extra = soon("Extra", || twice().collect());
    assert!(extra.len() == MANY && extra.iter().all(|(_, json)| *json == *"again"));
    let json: Vec<String> = twice()
        .map(|(key, value)| format!("\"{key}\":\"{value}\""))
        .collect();
    let json = format!("{{{}}}", json.join(","));
    assert!(
        soon("reading", || serde_json::from_str::<Map<Text>>(&json)
            .unwrap())
            == map
    );
    let once = serde_json::to_string(&map).unwrap();
    let [json, once] = [json, once].map(|text| text.parse::<Json>().unwrap());
    compared("Json", &json, &once, &Json::default());
}

#[test]
fn pairs_of_a_list_are_set() {
    let mut pairs = Pairs::list("Key", "Value", [("first", "1")]);
    soon("Pairs", || pairs.extend(members(false)));
    soon("Pairs", || pairs.extend(members(true)));
    assert_eq!(pairs.len(), MANY + 1);
}

/// Each looks through the others, but makes nothing anew.
#[test]
fn members_are_set_one_by_one() {
    let (mut map, mut extra) = (Map::<Text>::new(), Extra::default());
    let mut pairs = Pairs::list("Key", "Value", [("first", "1")]);
    for member in members(false).take(MANY / 25) {
        map.extend([member.clone()]);
        extra.extend([member.clone()]);
        pairs.extend([member]);
    }
    assert_eq!((map.len(), extra.len(), pairs.len()), (2_000, 2_000, 2_001));
}

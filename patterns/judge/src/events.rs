//! A pattern comes in; an event goes out that nearly matches it: its leaves are what the pattern asks for,
//! bent a little, in objects and arrays along the pattern's paths.

use crate::json::Json;
use crate::vocabulary::{address, chance, key, no_json, number, scalar, word};
use fastrand::Rng;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(crate) fn event(rng: &mut Rng, pattern: &Json) -> Json {
    if chance(rng, 1) {
        return if rng.bool() {
            scalar(rng)
        } else {
            Json::Array(vec![wild_object(rng, 0)])
        };
    }
    let mut members = Vec::new();
    if chance(rng, 90) {
        plant_leaves(rng, &mut members, pattern);
    }
    if (members.is_empty() || chance(rng, 15))
        && let Json::Object(more) = wild_object(rng, 0)
    {
        members.extend(more);
    }
    if chance(rng, 20) {
        rng.shuffle(&mut members);
    }
    Json::Object(members)
}

/// Puts leaves at the paths of a pattern: at most of them one, at some several.
fn plant_leaves(rng: &mut Rng, members: &mut Vec<(String, Json)>, pattern: &Json) {
    let mut leaves = Vec::new();
    collect(pattern, &mut Vec::new(), &mut leaves);
    for (path, hints) in &leaves {
        for _ in 0..rng
            .usize(..8)
            .saturating_sub(5)
            .max(usize::from(chance(rng, 90)))
        {
            let leaf = leaf(rng, hints);
            plant(rng, members, path, leaf);
        }
    }
}

type Leaves = Vec<(Vec<String>, Vec<Json>)>;

/// The paths of a pattern with the scalars that stand in their arrays, at any depth.
fn collect(pattern: &Json, path: &mut Vec<String>, leaves: &mut Leaves) {
    match pattern {
        Json::Object(members) => {
            for (key, value) in members {
                collect_member(key, value, path, leaves);
            }
        }
        Json::Array(_) if !path.is_empty() => {
            let mut hints = Vec::new();
            scalars(pattern, &mut hints);
            leaves.push((path.clone(), hints));
        }
        _ => {}
    }
}

fn scalars(value: &Json, hints: &mut Vec<Json>) {
    match value {
        Json::Array(items) => items.iter().for_each(|item| scalars(item, hints)),
        Json::Object(members) => members.iter().for_each(|(_, value)| scalars(value, hints)),
        scalar => hints.push(scalar.clone()),
    }
}

fn collect_member(key: &str, value: &Json, path: &mut Vec<String>, leaves: &mut Leaves) {
    match value {
        Json::Array(branches) if key == "$or" => {
            branches
                .iter()
                .for_each(|branch| collect(branch, path, leaves));
        }
        _ => {
            path.push(key.to_owned());
            collect(value, path, leaves);
            path.pop();
        }
    }
}

fn leaf(rng: &mut Rng, hints: &[Json]) -> Json {
    match rng.u8(..100) {
        0..68 => near(rng, hints),
        68..80 => scalar(rng),
        80..82 => {
            if rng.bool() {
                Json::Array(Vec::new())
            } else {
                Json::Object(Vec::new())
            }
        }
        82..84 => wild_object(rng, 2),
        84 if chance(rng, 20) => no_json(rng),
        _ => {
            let items = (0..rng.usize(1..4)).map(|_| match rng.bool() {
                true => near(rng, hints),
                false => wild(rng, 3),
            });
            Json::Array(items.collect())
        }
    }
}

/// A scalar that is nearly one of the hints, if there are any.
fn near(rng: &mut Rng, hints: &[Json]) -> Json {
    match hints {
        [] => scalar(rng),
        _ => {
            let hint = &hints[rng.usize(..hints.len())];
            bent(rng, hint)
        }
    }
}

/// A hint as it is, or changed as far as an operator may or may not forgive.
fn bent(rng: &mut Rng, hint: &Json) -> Json {
    match hint {
        Json::Text(text) => Json::Text(bent_text(rng, text)),
        Json::Token(token) if token.parse::<f64>().is_ok() => bent_number(rng, token),
        other => other.clone(),
    }
}

fn bent_text(rng: &mut Rng, text: &str) -> String {
    if let Some((network, mask)) = text.split_once('/')
        && chance(rng, 80)
    {
        return inside(rng, network, mask);
    }
    match rng.u8(..12) {
        0 => text.to_uppercase(),
        1 => text.to_lowercase(),
        2 => format!("{}{text}", word(rng)),
        3 => format!("{text}{}", word(rng)),
        4 => text.chars().skip(1).collect(),
        5..8 => filled(rng, text),
        8 => respelled(text),
        _ => text.to_owned(),
    }
}

/// A wildcard's text with something in place of each `*`.
fn filled(rng: &mut Rng, text: &str) -> String {
    let mut filled = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '*' => filled.push_str(&if rng.bool() { String::new() } else { word(rng) }),
            '\\' => filled.extend(characters.next()),
            _ => filled.push(character),
        }
    }
    filled
}

/// An address in another of its forms.
fn respelled(text: &str) -> String {
    match text.parse() {
        Ok(std::net::IpAddr::V4(address)) => address
            .octets()
            .map(|octet| format!("{octet:03}"))
            .join("."),
        Ok(std::net::IpAddr::V6(address)) => address
            .segments()
            .map(|segment| format!("{segment:X}"))
            .join(":"),
        Err(_) => text.chars().rev().collect(),
    }
}

/// An address near the edge of a block.
fn inside(rng: &mut Rng, network: &str, mask: &str) -> String {
    let mask = mask.parse::<u32>().unwrap_or(8);
    match network.parse() {
        Ok(IpAddr::V4(network)) => inside_v4(rng, network, mask).to_string(),
        Ok(IpAddr::V6(network)) => inside_v6(rng, network, mask).to_string(),
        Err(_) => address(rng),
    }
}

fn inside_v4(rng: &mut Rng, network: Ipv4Addr, mask: u32) -> Ipv4Addr {
    let host = u32::MAX.checked_shr(mask).unwrap_or(0);
    let low = u32::from(network) & !host;
    let addresses = [
        low,
        low | host,
        low.wrapping_sub(1),
        (low | host).wrapping_add(1),
        low | (rng.u32(..) & host),
    ];
    addresses[rng.usize(..5)].into()
}

fn inside_v6(rng: &mut Rng, network: Ipv6Addr, mask: u32) -> Ipv6Addr {
    let host = u128::MAX.checked_shr(mask).unwrap_or(0);
    let low = u128::from(network) & !host;
    let addresses = [
        low,
        low | host,
        low.wrapping_sub(1),
        (low | host).wrapping_add(1),
        low | (rng.u128(..) & host),
    ];
    addresses[rng.usize(..5)].into()
}

fn bent_number(rng: &mut Rng, token: &str) -> Json {
    let Ok(value) = token.parse::<f64>() else {
        return Json::token(token);
    };
    let token = match rng.u8(..12) {
        0 => format!("{value:e}"),
        1 if token.contains('.') && !token.contains(['e', 'E']) => format!("{token}0"),
        1 if !token.contains(['.', 'e', 'E']) => format!("{token}.0"),
        2 => format!("{}", value + 1.0),
        3 => format!("{}", value - 1.0),
        4 => format!("{}", f64::from_bits(value.to_bits().wrapping_add(1))),
        5 => format!("{}", f64::from_bits(value.to_bits().wrapping_sub(1))),
        6 => return Json::text(token),
        7 => number(rng),
        _ => token.to_owned(),
    };
    // A double at the very end counts up into infinity.
    if token.contains(['N', 'i']) {
        Json::token("0")
    } else {
        Json::Token(token)
    }
}

/// Puts a leaf at the end of a path, into what is there already or into new objects and arrays.
fn plant(rng: &mut Rng, members: &mut Vec<(String, Json)>, path: &[String], leaf: Json) {
    let (key, rest) = match path {
        [] => return,
        [first, second, rest @ ..] if chance(rng, 4) => (format!("{first}.{second}"), rest),
        [only] if chance(rng, 2) && only.contains('.') => {
            let nested: Vec<String> = only.split('.').map(str::to_owned).collect();
            return plant(rng, members, &nested, leaf);
        }
        [first, rest @ ..] => (first.clone(), rest),
    };
    if rest.is_empty() {
        members.push((key, leaf));
        return;
    }
    if !chance(rng, 8)
        && let Some((_, value)) = members.iter_mut().find(|(known, _)| *known == key)
    {
        return descend(rng, value, rest, leaf);
    }
    let mut value = if chance(rng, 25) {
        Json::Array(Vec::new())
    } else {
        Json::Object(Vec::new())
    };
    descend(rng, &mut value, rest, leaf);
    members.push((key, value));
}

fn descend(rng: &mut Rng, value: &mut Json, path: &[String], leaf: Json) {
    match value {
        Json::Object(members) => plant(rng, members, path, leaf),
        Json::Array(items) => {
            if items.is_empty() || chance(rng, 30) {
                items.push(match rng.u8(..12) {
                    0 => Json::Array(Vec::new()),
                    _ => Json::Object(Vec::new()),
                });
            }
            let index = rng.usize(..items.len());
            descend(rng, &mut items[index], path, leaf);
        }
        _ => *value = leaf,
    }
}

fn wild(rng: &mut Rng, depth: u32) -> Json {
    match rng.u8(..10) {
        0 if depth < 4 => Json::Array((0..rng.usize(..4)).map(|_| wild(rng, depth + 1)).collect()),
        1..3 if depth < 4 => wild_object(rng, depth),
        _ => scalar(rng),
    }
}

fn wild_object(rng: &mut Rng, depth: u32) -> Json {
    let members = (0..rng.usize(..4)).map(|_| (key(rng), wild(rng, depth + 1)));
    Json::Object(members.collect())
}

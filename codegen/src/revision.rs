//! A model comes in; what tells it from every other goes out, for packages to say what they were made of.

use eventbridge_catalog::model::Model;
use eventbridge_catalog::surface;

/// `2026-07-3f1c9a0b7d24e586`: when the newest page documented an event, where pages have dates, and a hash of all that
/// is known of events.
pub(crate) fn revision(model: &Model) -> String {
    // The same for all packages, whether they give statuses a type or not.
    let known = serde_json::to_vec(&surface::as_text(model).events).unwrap_or_default();
    let hash = format!("{:016x}", hash(&known));
    let dates = model
        .events
        .iter()
        .filter_map(|event| event.documented.as_ref());
    match dates.map(|dates| dates.last.as_str()).max() {
        Some(date) => format!("{date}-{hash}"),
        None => hash,
    }
}

/// FNV-1a: the same on every machine, and no crate more for who builds with this one.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn the_hash_is_that_of_others() {
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(b"foobar"), 0x8594_4171_f739_67e8);
    }
}

//! How often reading an event allocates, by each way: ours no more often than promised.
#![allow(clippy::unwrap_used)]

use eventbridge_benches::parsing::{WAYS, samples};

#[test]
fn reading_allocates_seldom() {
    let samples = samples().unwrap();
    for (name, way) in WAYS {
        let measured = allocation_counter::measure(|| {
            assert!(samples.iter().all(way));
        });
        let each = |count: u64| count as f64 / samples.len() as f64;
        let (count, bytes) = (each(measured.count_total), each(measured.bytes_total));
        println!("{name:<18} {count:>7.1} allocations {bytes:>9.0} bytes");
        match name {
            "ours" => assert!(count < 12.0),
            "ours-lazy" => assert!(count == 0.0),
            _ => {}
        }
    }
}

//! Events come in; how many of them each way of reading takes in a second of processor time goes out.
//! Dropping what was read is part of the measure.

use std::hint::black_box;
use std::io::{Result, Write};
use std::time::Duration;

use cpu_time::ProcessTime;
use eventbridge_benches_derived as derived;
use sagemaker_events::{Event, LazyEvent};
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::workload;

/// A way of reading an event; false if it cannot.
pub type Way = fn(&Sample) -> bool;

/// An event, and the peers' functions that are made for its detail-type.
pub struct Sample {
    /// The document.
    pub bytes: Vec<u8>,
    derived: [fn(&[u8]) -> bool; 3],
}

/// All ways, the one that others are compared with first.
pub const WAYS: [(&str, Way); 11] = [
    ("derive", |event| event.derived[0](&event.bytes)),
    ("value", |event| {
        dropped(serde_json::from_slice::<serde_json::Value>(&event.bytes))
    }),
    ("sonic-derive", |event| event.derived[1](&event.bytes)),
    ("sonic-value", |event| {
        dropped(sonic_rs::from_slice::<sonic_rs::Value>(&event.bytes))
    }),
    ("simd-derive", |event| event.derived[2](&event.bytes)),
    ("simd-value", |event| {
        // It writes into its input.
        dropped(simd_json::to_owned_value(&mut event.bytes.clone()))
    }),
    ("ours", |event| dropped(Event::from_slice(&event.bytes))),
    ("ours-lazy", |event| {
        let event = LazyEvent::from_slice(&event.bytes);
        event.is_ok_and(|event| is_routed(&event))
    }),
    ("ours-lazy-detail", |event| {
        let event = LazyEvent::from_slice(&event.bytes);
        event.is_ok_and(|event| is_routed(&event) && event.detail().is_ok())
    }),
    ("ours-serde", |event| {
        dropped(serde_json::from_slice::<Event>(&event.bytes))
    }),
    ("serde-ignored", |event| {
        dropped(serde_json::from_slice::<IgnoredAny>(&event.bytes))
    }),
];

fn dropped<T, E>(read: std::result::Result<T, E>) -> bool {
    black_box(read).is_ok()
}

fn is_routed(event: &LazyEvent<'_>) -> bool {
    black_box(event.source() == "aws.sagemaker" && event.detail_type().starts_with("SageMaker"))
}

/// The functions of the peers, made for a type.
struct Functions;

impl derived::Visit for Functions {
    type Out = [fn(&[u8]) -> bool; 3];

    fn visit<D: DeserializeOwned>() -> Self::Out {
        [
            |bytes| dropped(serde_json::from_slice::<derived::Event<D>>(bytes)),
            |bytes| dropped(sonic_rs::from_slice::<derived::Event<D>>(bytes)),
            |bytes| {
                dropped(simd_json::from_slice::<derived::Event<D>>(
                    &mut bytes.to_vec(),
                ))
            },
        ]
    }
}

/// So many events are read in turns.
const EVENTS: usize = 2_000;

/// Events of SageMaker, 1.2 KB on average, and only those from half a KB to three.
pub fn samples() -> Result<Vec<Sample>> {
    let events = workload::workload("mixed-1")?.events;
    let fitting = events
        .into_iter()
        .filter(|text| (500..3_000).contains(&text.len()));
    let samples = fitting.take(EVENTS).filter_map(|text| {
        let event = LazyEvent::new(&text).ok()?;
        let derived = derived::visit::<Functions>(event.detail_type())?;
        let bytes = text.into_bytes();
        Some(Sample { bytes, derived })
    });
    // A few of the workload have a key twice, which serde's derive refuses as we do.
    Ok(samples
        .filter(|sample| sample.derived[0](&sample.bytes))
        .collect())
}

/// How long each way is measured in each round.
const MEASURED: Duration = Duration::from_millis(300);

fn write_head(count: usize, bytes: usize, out: &mut impl Write) -> Result<()> {
    let average = bytes / count.max(1);
    writeln!(out, "{count} events of {average} bytes on average")?;
    writeln!(
        out,
        "{:<18} {:>10} {:>9} {:>9} {:>10} {:>8}",
        "way", "kev/CPU-s", "MB/CPU-s", "x derive", "x value", "refused"
    )
}

/// Measures all ways in turns, `rounds` times; of each the median counts.
pub fn table(rounds: usize, out: &mut impl Write) -> Result<()> {
    let samples = samples()?;
    let bytes: usize = samples.iter().map(|sample| sample.bytes.len()).sum();
    let mut rates = WAYS.map(|_| Vec::new());
    for _ in 0..rounds {
        for ((_, way), rates) in WAYS.iter().zip(&mut rates) {
            rates.push(rate(*way, &samples));
        }
    }
    write_head(samples.len(), bytes, out)?;
    let rates = rates.map(median);
    for ((name, way), rate) in WAYS.iter().zip(rates) {
        let refused = samples.iter().filter(|sample| !way(sample)).count();
        writeln!(
            out,
            "{name:<18} {:>10.1} {:>9.1} {:>9.2} {:>10.2} {refused:>8}",
            rate / 1e3,
            rate * bytes as f64 / samples.len() as f64 / 1e6,
            rate / rates[0],
            rate / rates[1],
        )?;
    }
    Ok(())
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or_default()
}

fn rate(way: Way, samples: &[Sample]) -> f64 {
    samples.iter().for_each(|sample| {
        black_box(way(sample));
    });
    let start = ProcessTime::now();
    let mut done = 0;
    while start.elapsed() < MEASURED {
        samples.iter().for_each(|sample| {
            black_box(way(sample));
        });
        done += samples.len();
    }
    done as f64 / start.elapsed().as_secs_f64()
}

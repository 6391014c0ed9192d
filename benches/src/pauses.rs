//! A number of rules comes in; the longest times of single changes, how evenly events are matched, and what two threads are
//! worth go out.

use crate::workload::{Workload, workload};
use cpu_time::ThreadTime;
use eventbridge_patterns::{Pattern, RuleSet, Scratch};
use std::io::{Result, Write};
use std::time::{Duration, Instant};

/// Tells which rules are removed.
type Part = fn(&usize) -> bool;

/// How often each event is measured; of the times of one the least counts.
const PASSES: usize = 15;

/// Prints them.
pub fn print(rules: usize, out: &mut impl Write) -> Result<()> {
    let Workload { events, rules } = workload(&format!("mixed-{rules}"))?;
    let patterns: Vec<Pattern> = rules
        .iter()
        .filter_map(|rule| Pattern::parse(rule).ok())
        .collect();
    let mut set = RuleSet::new();
    let count = patterns.len();
    let start = Instant::now();
    let inserting = longest(patterns.into_iter().enumerate(), |(id, pattern)| {
        set.insert(id, pattern);
    });
    writeln!(
        out,
        "{count} rules: {:.2} s to insert, the longest {inserting}",
        start.elapsed().as_secs_f64()
    )?;
    spread(&set, &events, "all", out)?;
    threads(&set, &events, out)?;
    removals(&mut set, count, &events, out)
}

/// How long rules take to go, and events after that.
fn removals(
    set: &mut RuleSet<usize>,
    count: usize,
    events: &[String],
    out: &mut impl Write,
) -> Result<()> {
    let parts: [(&str, Part); 2] = [
        ("a tenth", |id| id % 10 == 0),
        ("all but a tenth", |id| id % 10 != 1),
    ];
    for (part, is_removed) in parts {
        let removing = longest((0..count).filter(is_removed), |id| {
            set.remove(&id);
        });
        writeln!(
            out,
            "{part} removed, {} left, the longest {removing}",
            set.len()
        )?;
        spread(set, events, "left", out)?;
    }
    Ok(())
}

/// The longest and the mean, of the processor's time for this thread.
fn longest<T>(items: impl Iterator<Item = T>, mut work: impl FnMut(T)) -> String {
    let (mut most, mut all, mut count) = (Duration::ZERO, Duration::ZERO, 0);
    for item in items {
        let start = ThreadTime::now();
        work(item);
        let took = start.elapsed();
        most = most.max(took);
        all += took;
        count += 1;
    }
    format!(
        "{:.3} ms, the mean {:.2} µs",
        most.as_secs_f64() * 1e3,
        all.as_secs_f64() * 1e6 / f64::from(count.max(1))
    )
}

/// Of each event the shortest time that it took.
fn least(set: &RuleSet<usize>, events: &[String], trusts: bool) -> Vec<Duration> {
    let mut scratch = Scratch::default();
    let mut least = vec![Duration::MAX; events.len()];
    for _ in 0..PASSES {
        for (event, least) in events.iter().zip(&mut least) {
            let start = Instant::now();
            let found = count(set, event.as_bytes(), &mut scratch, trusts);
            *least = start.elapsed().min(*least);
            std::hint::black_box(found);
        }
    }
    least
}

/// How long events take, each by itself.
fn spread(
    set: &RuleSet<usize>,
    events: &[String],
    which: &str,
    out: &mut impl Write,
) -> Result<()> {
    for (way, trusts) in [("checked", false), ("trusted", true)] {
        let mut least = least(set, events, trusts);
        least.sort_unstable();
        let at = |part: usize| {
            least
                .get(least.len() * part / 1_000)
                .map_or(0, Duration::as_nanos)
        };
        writeln!(
            out,
            "  {which}, {way}: median {} ns, 99 % {} ns, 99.9 % {} ns (with about 30 for the clock)",
            at(500),
            at(990),
            at(999)
        )?;
    }
    Ok(())
}

fn count(set: &RuleSet<usize>, event: &[u8], scratch: &mut Scratch, trusts: bool) -> usize {
    if trusts {
        return set.matching_trusted(event, scratch).count();
    }
    set.matching(event, scratch).map_or(0, Iterator::count)
}

/// Events a second by one thread and by two.
fn threads(set: &RuleSet<usize>, events: &[String], out: &mut impl Write) -> Result<()> {
    let rate = |threads: usize| {
        let start = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    let mut scratch = Scratch::default();
                    for event in events.iter().chain(events).chain(events) {
                        std::hint::black_box(count(set, event.as_bytes(), &mut scratch, true));
                    }
                });
            }
        });
        (threads * 3 * events.len()) as f64 / start.elapsed().as_secs_f64()
    };
    let best = |threads: usize| (0..PASSES).map(|_| rate(threads)).fold(0.0, f64::max);
    let (one, two) = (best(1), best(2));
    writeln!(out, "  two threads, trusted: {:.2} times one", two / one)
}

//! `coverage`: a schema set comes in; how much of what its evidence names the schemas have is printed.

use super::Outcome;
use crate::hold::{Use, hold};
use crate::report::{self, CoverageReport};
use crate::{Common, Format, terminal};
use eventbridge_catalog::model::Origin;
use eventbridge_catalog::text::visible;
use eventbridge_learn::coverage::{self, Coverage, Share};
use std::collections::BTreeMap;

pub(crate) fn run(common: &Common, show_overruled: bool) -> Outcome {
    let held = hold(&[(&common.schemas, Use::Read)]);
    let covered = coverage::coverage(&common.schemas);
    drop(held);
    match (&covered, common.format) {
        (_, Format::Json) => report::print(&CoverageReport::new(&covered)),
        (Ok(events), Format::Human) => show(events, show_overruled),
        (Err(problems), Format::Human) => terminal::show(problems),
    }
    match covered {
        Ok(events) if events.iter().all(|event| event.lacking.is_empty()) => Outcome::Done,
        Ok(_) => Outcome::Found,
        Err(_) => Outcome::Wrong,
    }
}

const COLUMNS: [(Origin, &str); 4] = [
    (Origin::Delivery, "deliveries"),
    (Origin::Page, "pages"),
    (Origin::Registry, "registry"),
    (Origin::Api, "API knows"),
];

fn show(events: &[Coverage], show_overruled: bool) {
    let heads = COLUMNS.map(|(_, head)| format!("{head:>14}")).concat();
    say!("{:<68}{heads}  overruled", "fields of");
    let mut totals: BTreeMap<Origin, Share> = BTreeMap::new();
    let (shown, open): (Vec<_>, Vec<_>) = events.iter().partition(|event| !event.shares.is_empty());
    for event in shown {
        say!(
            "{:<68}{}  {:>9}",
            visible(&event.detail_type),
            cells(&event.shares),
            event.overruled.len()
        );
        for (path, origin) in &event.lacking {
            say!("  lacks {}, which a {} names", visible(path), origin.name());
        }
        let overruled = event.overruled.iter().filter(|_| show_overruled);
        overruled.for_each(|fact| say!("  overruled: {}", visible(fact)));
        for (origin, share) in &event.shares {
            totals.entry(*origin).or_default().add(*share);
        }
    }
    let overruled: usize = events.iter().map(|event| event.overruled.len()).sum();
    say!("{:<68}{}  {overruled:>9}", "all", cells(&totals));
    if !open.is_empty() {
        say!("{} more events are known by name alone.", open.len());
    }
    if overruled > 0 && !show_overruled {
        say!("--overruled lists what better evidence overrules.");
    }
}

/// `38/38 100 %`, or nothing.
fn cells(shares: &BTreeMap<Origin, Share>) -> String {
    let cell = |(origin, _)| match shares.get(&origin) {
        Some(Share { had, of }) if *of > 0 => {
            format!("{:>14}", format!("{had}/{of} {:>3} %", had * 100 / of))
        }
        _ => format!("{:>14}", ""),
    };
    COLUMNS.map(cell).concat()
}

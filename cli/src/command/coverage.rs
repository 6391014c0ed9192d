//! `coverage`: a schema set comes in; how much of what its evidence names the schemas have is printed.

use super::Outcome;
use crate::hold::{Use, hold};
use crate::report::{self, CoverageReport};
use crate::{Common, Format, terminal};
use eventbridge_catalog::model::Origin;
use eventbridge_catalog::text::visible;
use eventbridge_learn::coverage::{self, Coverage, Share};
use std::collections::BTreeMap;

/// What is listed below each event.
#[derive(clap::Args)]
pub(crate) struct Call {
    /// List what evidence says and better evidence overrules.
    #[arg(long)]
    overruled: bool,

    /// List the events and fields that have no description.
    #[arg(long)]
    undescribed: bool,
}

pub(crate) fn run(common: &Common, call: &Call) -> Outcome {
    let held = hold(&[(&common.schemas, Use::Read)]);
    let covered = coverage::coverage(&common.schemas);
    drop(held);
    match (&covered, common.format) {
        (_, Format::Json) => report::print(&CoverageReport::new(&covered)),
        (Ok(events), Format::Human) => show(events, call),
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

fn show(events: &[Coverage], call: &Call) {
    let heads = COLUMNS.map(|(_, head)| format!("{head:>14}")).concat();
    say!("{:<68}{heads}     described  overruled", "fields of");
    let mut totals: BTreeMap<Origin, Share> = BTreeMap::new();
    // Of an event that is known by name alone there is nothing to describe.
    let (shown, open): (Vec<_>, Vec<_>) = events.iter().partition(|event| event.described.of > 0);
    for event in shown {
        row(
            &visible(&event.detail_type),
            &event.shares,
            event.described,
            event.overruled.len(),
        );
        for (path, origin) in &event.lacking {
            say!("  lacks {}, which a {} names", visible(path), origin.name());
        }
        let overruled = event.overruled.iter().filter(|_| call.overruled);
        overruled.for_each(|fact| say!("  overruled: {}", visible(fact)));
        let undescribed = event.undescribed.iter().filter(|_| call.undescribed);
        undescribed.for_each(|path| match path.as_str() {
            "" => say!("  the event has no description"),
            path => say!("  no description of {}", visible(path)),
        });
        for (origin, share) in &event.shares {
            totals.entry(*origin).or_default().add(*share);
        }
    }
    let overruled: usize = events.iter().map(|event| event.overruled.len()).sum();
    let mut described = Share::default();
    events
        .iter()
        .for_each(|event| described.add(event.described));
    row("all", &totals, described, overruled);
    if !open.is_empty() {
        say!("{} more events are known by name alone.", open.len());
    }
    if overruled > 0 && !call.overruled {
        say!("--overruled lists what better evidence overrules.");
    }
    if described.had < described.of && !call.undescribed {
        say!("--undescribed lists the events and fields that have no description.");
    }
}

fn row(name: &str, shares: &BTreeMap<Origin, Share>, described: Share, overruled: usize) {
    let of_origins = COLUMNS.map(|(origin, _)| cell(shares.get(&origin)));
    let (of_origins, described) = (of_origins.concat(), cell(Some(&described)));
    say!("{name:<68}{of_origins}{described}  {overruled:>9}");
}

/// `38/38 100 %`, or nothing.
fn cell(share: Option<&Share>) -> String {
    match share {
        Some(Share { had, of }) if *of > 0 => {
            format!("{:>14}", format!("{had}/{of} {:>3} %", had * 100 / of))
        }
        _ => format!("{:>14}", ""),
    }
}

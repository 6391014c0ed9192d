//! Workloads of events and rules come in; what each matching engine takes for an event goes out.

pub mod deliveries;
pub mod engine;
mod instructions;
pub mod measure;
pub mod parsing;
pub mod pauses;
pub mod peer;
pub mod table;
pub mod workload;

//! Workloads of events and rules come in; what each matching engine does with them in a second of
//! processor time goes out.

pub mod deliveries;
pub mod engine;
pub mod measure;
pub mod parsing;
pub mod peer;
pub mod table;
pub mod workload;

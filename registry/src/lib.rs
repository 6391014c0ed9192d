//! Documents of events, and what an EventBridge Schema Registry holds, come in; a [`Plan`](plan::Plan) of what differs
//! goes out, and on request the registry is made so ([`apply`]), or what it holds becomes files ([`pull`]).
//!
//! Nothing here talks to AWS: a registry is whatever implements [`api::Registry`], and [`connector`] is one that asks a
//! program beside the tool, so that nobody else compiles an SDK.

pub mod api;
pub mod apply;
mod arn;
pub mod calls;
pub mod connector;
pub mod desired;
pub mod difference;
pub mod document;
mod failure;
mod in_flight;
mod keep;
mod limiter;
pub mod line;
pub mod mask;
pub mod plan;
pub mod present;
pub mod pull;
pub mod quota;
mod step;
pub mod test_events;
mod walk;

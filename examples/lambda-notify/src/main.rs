//! The function: Lambda's events come in, notifications go to stdout.

use lambda_notify::{Stdout, handle};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use sagemaker_events::Event;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(async |event: LambdaEvent<Event>| {
        handle(&event.payload, &Stdout).await
    }))
    .await
}

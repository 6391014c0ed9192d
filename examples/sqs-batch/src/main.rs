//! The function for a queue.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use sqs_batch::{print, sqs};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(async |event: LambdaEvent<_>| {
        Ok::<_, Error>(sqs(event.payload, print))
    }))
    .await
}

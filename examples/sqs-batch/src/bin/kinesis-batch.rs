//! The function for a stream.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use sqs_batch::{kinesis, print};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(async |event: LambdaEvent<_>| {
        Ok::<_, Error>(kinesis(event.payload, print))
    }))
    .await
}

#![doc = include_str!("../README.md")]

use aws_lambda_events::event::kinesis::KinesisEvent;
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use aws_lambda_events::event::streams::KinesisEventResponse;
use lambda_runtime::Error;
use sagemaker_events::Event;

/// Lets `work` take the event in a body, or all of them if a topic's message or a list is around them. One of
/// an unknown detail-type is an event too.
///
/// # Errors
///
/// Something in the body is no event, of which `work` then gets none, or the work on one fails.
pub fn each(body: &[u8], work: &mut impl FnMut(&Event) -> Result<(), Error>) -> Result<(), Error> {
    Event::from_message(body)?.iter().try_for_each(work)
}

/// Lets `work` take the event of each message. Messages that hold none, or whose event fails, go back to the
/// queue, and from there into its dead-letter queue; the others are done.
pub fn sqs(batch: SqsEvent, mut work: impl FnMut(&Event) -> Result<(), Error>) -> SqsBatchResponse {
    let mut response = SqsBatchResponse::default();
    for message in batch.records {
        let body = message.body.unwrap_or_default();
        if let Err(error) = each(body.as_bytes(), &mut work) {
            let id = message.message_id.unwrap_or_default();
            eprintln!("message {id}: {error}");
            response.add_failure(id);
        }
    }
    response
}

/// Lets `work` take the event of each record of a shard, up to the first that holds none or whose event
/// fails: Lambda goes on from there, so that the order of the shard is kept.
pub fn kinesis(
    batch: KinesisEvent,
    mut work: impl FnMut(&Event) -> Result<(), Error>,
) -> KinesisEventResponse {
    let mut response = KinesisEventResponse::default();
    for record in batch.records.into_iter().map(|record| record.kinesis) {
        if let Err(error) = each(&record.data, &mut work) {
            eprintln!("record {}: {error}", record.sequence_number);
            response.add_failure(record.sequence_number);
            break;
        }
    }
    response
}

/// Where the work on an event would stand.
///
/// # Errors
///
/// None here; real work has some.
pub fn print(event: &Event) -> Result<(), Error> {
    println!("{} {}", event.id, event.detail_type);
    Ok(())
}

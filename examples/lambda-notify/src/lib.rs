#![doc = include_str!("../README.md")]

use std::borrow::Cow;
use std::io::Write;

use lambda_runtime::Error;
use sagemaker_events::Event;
use serde::Serialize;
use subject::Subject;

/// What is told about a failure.
#[derive(Debug, Serialize)]
pub struct Notification<'a> {
    /// What kind of event told it.
    pub detail_type: &'a str,
    /// What failed.
    pub name: &'a str,
    /// Its ARN.
    pub arn: Option<&'a str>,
    /// Its status.
    pub status: &'a str,
    /// Why, if the event says so.
    pub reason: Option<Cow<'a, str>>,
    /// When, in RFC 3339.
    pub time: Option<String>,
    /// Where.
    pub region: &'a str,
}

impl<'a> Notification<'a> {
    /// What to tell about an event, or `None` if nothing failed.
    pub fn of(event: &'a Event) -> Option<Self> {
        let subject = Subject::of(&event.detail).filter(Subject::has_failed)?;
        let resource = event.resources.first();
        Some(Self {
            detail_type: &event.detail_type,
            name: subject.name,
            arn: subject.arn.or(resource.map(|arn| arn.as_ref())),
            status: subject.status,
            reason: subject.reason,
            time: event.time.as_ref().map(ToString::to_string),
            region: &event.region,
        })
    }
}

/// Where notifications go.
pub trait Notify {
    /// Sends a notification. An error fails the invocation, and Lambda tries it again.
    fn notify(
        &self,
        notification: &Notification<'_>,
    ) -> impl Future<Output = Result<(), Error>> + Send;
}

/// Prints each notification as one line of JSON: with Lambda, into the function's log.
pub struct Stdout;

impl Notify for Stdout {
    async fn notify(&self, notification: &Notification<'_>) -> Result<(), Error> {
        let mut line = serde_json::to_vec(notification)?;
        line.push(b'\n');
        std::io::stdout().write_all(&line)?;
        Ok(())
    }
}

/// What the function answers.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// Whether the event was one of failure.
    pub notified: bool,
}

/// Notifies if the event tells of a failure.
///
/// # Errors
///
/// What stands in the way of notifying.
pub async fn handle(event: &Event, notify: &impl Notify) -> Result<Answer, Error> {
    let notification = Notification::of(event);
    if let Some(notification) = &notification {
        notify.notify(notification).await?;
    }
    Ok(Answer {
        notified: notification.is_some(),
    })
}

#![doc = include_str!("../README.md")]

use std::io::Write;

use lambda_runtime::Error;
use sagemaker_events::Event;
use serde::Serialize;

/// What is told about a failure.
#[derive(Debug, Serialize)]
pub struct Notification<'a> {
    /// What kind of event told it.
    pub detail_type: &'a str,
    /// What failed: its name, or its ARN where it has no name.
    pub name: &'a str,
    /// Its ARN.
    pub arn: Option<&'a str>,
    /// Its status.
    pub status: &'a str,
    /// Why, if the event says so.
    pub reason: Option<&'a str>,
    /// When, in RFC 3339.
    pub time: Option<String>,
    /// Where.
    pub region: &'a str,
}

impl<'a> Notification<'a> {
    /// What to tell about an event, or `None` if nothing failed.
    pub fn of(event: &'a Event) -> Option<Self> {
        let status = event.status().filter(|status| has_failed(status))?;
        let resource = event.resources.first().map(|arn| arn.as_str());
        let arn = event.arn().or(resource);
        Some(Self {
            detail_type: event.detail_type(),
            name: event.name().or(arn).unwrap_or_default(),
            arn,
            status,
            reason: event.failure_reason(),
            time: event.time.as_ref().map(ToString::to_string),
            region: event.region(),
        })
    }
}

/// Whether a status is `Failed`, or says what failed: `CREATE_FAILED`, `UpdateFailed`.
fn has_failed(status: &str) -> bool {
    status.to_ascii_lowercase().ends_with("failed")
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

#[cfg(test)]
mod tests {
    #[test]
    fn failed_in_any_spelling() {
        for failed in ["Failed", "FAILED", "CREATE_FAILED", "UpdateFailed"] {
            assert!(super::has_failed(failed), "{failed}");
        }
        for other in ["Completed", "FailedOver", ""] {
            assert!(!super::has_failed(other), "{other}");
        }
    }
}
